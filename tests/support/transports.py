"""What OpenLineage's own client sends with, and what we send with, told alike."""

import os
import warnings
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urljoin

import yaml
from openlineage.client import OpenLineageClient
from openlineage.client.transport.composite import CompositeTransport
from openlineage.client.transport.http import HttpTransport

from hamilton_ol.config import resolve
from hamilton_ol.config.targets import TargetSpec


def theirs(environ: dict[str, str]) -> list[dict[str, Any]]:
    """What OpenLineage's client sends with; nothing where that is the console for want of better."""
    known = {**environ, "HOME": os.environ["HOME"]}
    with mock.patch.dict(os.environ, known, clear=True), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        transport: Any = OpenLineageClient().transport
        every = isinstance(transport, CompositeTransport)
        inner = transport.transports if every else [transport]
        return [_told(one) for one in inner if one.kind != "noop"]


def _told(transport: Any) -> dict[str, Any]:
    if not isinstance(transport, HttpTransport) and transport.kind != "async_http":
        return {"kind": transport.kind}
    config = transport.config
    bearer = config.auth.get_bearer()
    verify = config.verify if not isinstance(config.verify, str) else True
    return {
        "kind": "http",
        "url": urljoin(config.url.strip(), config.endpoint),
        "token": bearer and bearer.removeprefix("Bearer "),
        "timeout": config.timeout,
        "verify": verify,
        "compression": str(config.compression) if config.compression else "none",
        "headers": dict(config.custom_headers),
        **_tls(config),
    }


def _tls(config: Any) -> dict[str, Any]:
    tls = getattr(config, "ssl_context", None)
    files = (tls.ca_cert_path, tls.client_cert_path, tls.client_key_path) if tls else (None,) * 3
    ca = files[0] or (config.verify if isinstance(config.verify, str) else None)
    return {"files": [ca, *files[1:]]}


def ours(environ: dict[str, str]) -> list[dict[str, Any]]:
    """What we send to."""
    known = {**environ, "HOME": os.environ["HOME"]}
    found = resolve(environ=known)
    assert found.problems == ()
    with mock.patch.dict(os.environ, known, clear=True):
        return [settings_of(spec) for spec in found.targets]


def settings_of(spec: TargetSpec) -> dict[str, Any]:
    """What we send to one target with."""
    if spec.transport is not None:
        return {"kind": spec.transport.read()["type"]}
    assert spec.url is not None
    files = (spec.ca_file, spec.client_cert, spec.client_key)
    return {
        "kind": "http",
        "url": spec.url.read(),
        "token": spec.api_key.read() if spec.api_key else None,
        "timeout": spec.answer_timeout,
        "verify": spec.verify,
        "compression": spec.compression,
        "headers": spec.headers.read(),
        "files": [str(path) if path else None for path in files],
    }


def write(path: Path, document: Any) -> None:
    """Write a file of settings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        document if isinstance(document, str) else yaml.safe_dump(document), encoding="utf-8"
    )
