"""Ours and the peer: without a server, the peer's transport drops everything, or with one."""

import shutil
from typing import Any

from hamilton.plugins.h_openlineage import OpenLineageAdapter
from openlineage.client import OpenLineageClient
from openlineage.client.transport.http import HttpConfig, HttpTransport
from openlineage.client.transport.noop import NoopConfig, NoopTransport

from benchmarks.flows import FOLDER
from hamilton_ol import OpenLineageHook

STORE = FOLDER / "store"


def peer(url: str = "", **http: Any) -> Any:
    """Hamilton's own adapter, at its fastest where it has no target: its events go nowhere."""
    nowhere = NoopTransport(NoopConfig())
    transport = HttpTransport(HttpConfig(url, **http)) if url else nowhere
    return OpenLineageAdapter(OpenLineageClient(transport=transport), "benchmarks", "job")


def ours(url: str = "", name: str = "", **target: Any) -> OpenLineageHook:
    """Our hook, recording to a store on disk, by name one of its own."""
    targets = {"it": {"url": url, **target}} if url else None
    return OpenLineageHook("job", store=STORE / name, targets=targets)


def clean() -> None:
    """Begin with an empty store."""
    shutil.rmtree(STORE, ignore_errors=True)
