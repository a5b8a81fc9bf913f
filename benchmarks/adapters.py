"""Ours and the peer, both without a server: the peer with a transport that drops everything."""

import shutil
from typing import Any

from hamilton.plugins.h_openlineage import OpenLineageAdapter
from openlineage.client import OpenLineageClient
from openlineage.client.transport.noop import NoopConfig, NoopTransport

from benchmarks.flows import FOLDER
from hamilton_ol import OpenLineageHook

STORE = FOLDER / "store"


def peer() -> Any:
    """Hamilton's own adapter at its fastest: its events go nowhere."""
    client = OpenLineageClient(transport=NoopTransport(NoopConfig()))
    return OpenLineageAdapter(client, "benchmarks", "job")


def ours() -> OpenLineageHook:
    """Our hook, recording to a store on disk."""
    return OpenLineageHook("job", store=STORE)


def clean() -> None:
    """Begin with an empty store."""
    shutil.rmtree(STORE, ignore_errors=True)
