"""Transports as OpenLineage's own client has them set, and the targets that they become.

HTTP is ours, so `http` and `async_http` become tables with a `url`. A composite that sends
everything everywhere becomes several targets, each with acknowledgements of its own. Any other
transport stays what it is. What each option means is read off openlineage-python 1.54,
`openlineage/client/transport`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hamilton_ol.masking import clean_url
from hamilton_ol.parsing import FALSE, TRUE

Table = Mapping[str, Any]
ENDPOINT, TIMEOUT = "api/v1/lineage", 5.0  # defaults of the client
_KEYS = ("apiKey", "apikey", "api_key")
_TLS = {
    "ca_file": ("caCertPath", "ca_cert_path", "cacertpath"),
    "client_cert": ("clientCertPath", "client_cert_path", "clientcertpath"),
    "client_key": ("clientKeyPath", "client_key_path", "clientkeypath"),
}


def target_tables(
    name: str, transport: Table, known: Mapping[str, str]
) -> Iterator[tuple[str, Table]]:
    """The targets that a transport becomes: (name, table) of each.

    Args:
        name: what the target is called.
        transport: its configuration.
        known: {value: environment variable that holds it}.

    Raises:
        ValueError: with what was expected of which option.
    """
    kind = transport.get("type")
    if not isinstance(kind, str) or not kind:
        raise ValueError("transport.type: expected the name of a transport")
    if kind in ("http", "async_http"):
        yield name, dict(_http(transport, known))
    elif kind == "composite" and _sends_everywhere(transport):
        for child, inner in _children(transport):
            yield from target_tables(child, inner, known)
    elif kind != "noop":
        yield name, {"transport": _anchored(transport)}


def address_of(name: str, transport: Table) -> str:
    """Where a transport sends to, without anything that is secret."""
    kind = str(transport["type"])
    if kind in ("kafka", "msk-iam"):
        config = transport.get("config")
        servers = config.get("bootstrap.servers", "") if isinstance(config, Mapping) else ""
        return clean_url(f"{kind}://{servers}/{transport.get('topic', '')}")
    if kind == "file":
        place = str(transport.get("log_file_path", ""))
        return clean_url(place) if "://" in place else f"file://{place}"
    return f"{kind}://" if kind == "console" else f"{kind}://{name}"


def _sends_everywhere(transport: Table) -> bool:
    return all(transport.get(f"continue_on_{of}", True) for of in ("success", "failure"))


def _children(transport: Table) -> Iterator[tuple[str, Table]]:
    """(name, configuration) of each transport in a composite."""
    inner = transport.get("transports")
    if isinstance(inner, Mapping):
        pairs = [(str(name), child) for name, child in inner.items() if child]
    elif isinstance(inner, list):
        pairs = [(_name(child, number), child) for number, child in enumerate(inner, 1)]
    else:
        pairs = []
    if not pairs:
        raise ValueError("transport.transports: expected at least one transport")
    for name, child in pairs:
        if not isinstance(child, Mapping):
            raise ValueError(f"transport.transports.{name}: expected a table")  # noqa: TRY004
        yield name, child


def _name(child: Any, number: int) -> str:
    name = child.get("name") if isinstance(child, Mapping) else None
    return str(name or f"{child.get('type') if isinstance(child, Mapping) else ''}-{number}")


def _anchored(transport: Table) -> Table:
    """A file keeps its place, wherever a later process is started."""
    place = transport.get("log_file_path")
    if transport["type"] != "file" or not isinstance(place, str) or "://" in place:
        return transport
    return {**transport, "log_file_path": str(Path(place).absolute())}


# --- HTTP ----------------------------------------------------------------------------------------


def _http(transport: Table, known: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    """The options of the client's HTTP as keys of a target."""
    if not isinstance(transport.get("url"), str):
        raise ValueError("transport.url: expected a text that is not empty")  # noqa: TRY004
    yield "url", transport["url"].strip()
    yield "endpoint", transport.get("endpoint", ENDPOINT)
    yield "timeout", transport.get("timeout", TIMEOUT)
    yield "compression", transport.get("compression") or "none"
    yield from _verification(transport)
    yield from _token(transport.get("auth") or {}, known)
    yield "allow_insecure_token", transport.get("allow_insecure_token", False)
    headers = transport.get("custom_headers") or {}
    if not isinstance(headers, Mapping):
        raise ValueError("transport.custom_headers: expected a table")  # noqa: TRY004
    yield "headers", {str(key): str(value) for key, value in headers.items()}


def _verification(transport: Table) -> Iterator[tuple[str, object]]:
    verify = transport.get("verify", True)
    tls = transport.get("sslContext", transport.get("ssl_context", transport.get("sslcontext")))
    if tls is not None and not isinstance(tls, Mapping):
        raise ValueError("transport.sslContext: expected a table")
    files = {key: _first(tls or {}, names) for key, names in _TLS.items()}
    is_path = isinstance(verify, str) and verify.lower() not in TRUE | FALSE
    if is_path and not files["ca_file"]:  # as `requests` takes it
        files["ca_file"] = verify
    yield from ((key, value) for key, value in files.items() if value)
    yield "verify", is_path or bool(files["ca_file"]) or verify


def _token(auth: Any, known: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    if not isinstance(auth, Mapping):
        raise ValueError("transport.auth: expected a table")  # noqa: TRY004
    if auth.get("type") == "api_key":
        key = _first(auth, _KEYS)
        if not key:
            raise ValueError("transport.auth.apiKey: expected a text that is not empty")
        variable = known.get(str(key))
        yield ("api_key_env", variable) if variable else ("api_key", str(key))
    elif auth.get("type"):
        yield "auth", auth


def _first(table: Table, names: tuple[str, ...]) -> Any:
    return next((table[name] for name in names if table.get(name)), None)
