"""The transport that OpenLineage's own client would take, without importing it.

Read off openlineage-python 1.54, `openlineage/client/client.py`: a file (`OPENLINEAGE_CONFIG`, else
`openlineage.yml` in the current folder, else in `~/.openlineage`) over variables
`OPENLINEAGE__A__B`, merged; else `OPENLINEAGE_URL`. Where the client would write to the console
because nothing is set, there is none.
"""

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FILE = "openlineage.yml"
PREFIX = "OPENLINEAGE__"
URL, ENDPOINT, API_KEY = "OPENLINEAGE_URL", "OPENLINEAGE_ENDPOINT", "OPENLINEAGE_API_KEY"
CONFIG, DISABLED = "OPENLINEAGE_CONFIG", "OPENLINEAGE_DISABLED"
ALLOW = "allow_insecure_token"  # a key of ours, which the client does not mind
_DEFAULT = f"{PREFIX}TRANSPORT__TRANSPORTS__DEFAULT_HTTP"


class ClientTransport(NamedTuple):
    """What the client would send with.

    Attributes:
        transport: its configuration; None where it would send nothing, or to the console only.
        origin: what it is set by.
        problem: what is wrong with the configuration, or an empty text.
    """

    transport: Mapping[str, Any] | None = None
    origin: str = ""
    problem: str = ""


def is_disabled(environ: Mapping[str, str]) -> bool:
    """Whether the client would send nothing."""
    return environ.get(DISABLED, "").lower().strip() == "true"


def has_variables(environ: Mapping[str, str]) -> bool:
    """Whether a variable says something of the client's transport."""
    return any(environ.get(name) for name in (URL, CONFIG)) or any(
        name.startswith(f"{PREFIX}TRANSPORT") for name in environ
    )


def find_file(environ: Mapping[str, str], folder: Path | None) -> Path | None:
    """The configuration file of the client."""
    for path in _places(environ, folder):
        try:
            if path.is_file() and os.access(path, os.R_OK):
                return path
        except OSError:
            continue
    return None


def _places(environ: Mapping[str, str], folder: Path | None) -> Iterator[Path]:
    if given := environ.get(CONFIG):
        yield Path(given)
    with contextlib.suppress(OSError):  # somebody removed the current folder
        yield (folder or Path.cwd()) / FILE
    home = str(Path("~").expanduser()) if environ is os.environ else environ.get("HOME")
    if home:
        yield Path(home) / ".openlineage" / FILE


def client_transport(environ: Mapping[str, str], folder: Path | None) -> ClientTransport:
    """What the client would send with.

    Args:
        environ: environment variables.
        folder: the current folder.
    """
    if is_disabled(environ):
        return ClientTransport()
    path, problem, written = find_file(environ, folder), "", {}
    try:
        written = _in_file(path) if path else {}
    except ValueError as error:  # the client goes on without it too
        problem = str(error)
    try:
        config = _merged(_in_variables(_with_url(environ)), written)
    except ValueError as error:
        return ClientTransport(origin=f"{PREFIX}TRANSPORT", problem=str(error))
    is_file = path is not None and bool(written.get("transport"))
    origin = str(path) if is_file else f"{PREFIX}TRANSPORT"
    transport = config.get("transport")
    if transport and not isinstance(transport, Mapping):
        return ClientTransport(origin=origin, problem=f"{origin}: transport: expected a table")
    if transport and transport.get("type"):
        return ClientTransport(transport, origin, problem)
    if environ.get(URL):
        ours = {ALLOW: transport[ALLOW]} if transport and ALLOW in transport else {}
        return ClientTransport(_of_url(environ) | ours, URL, problem)
    return ClientTransport(problem=problem)


def _of_url(environ: Mapping[str, str]) -> dict[str, Any]:
    transport: dict[str, Any] = {"type": "http", "url": environ[URL]}
    if ENDPOINT in environ:
        transport["endpoint"] = environ[ENDPOINT]
    if key := environ.get(API_KEY):
        transport["auth"] = {"type": "api_key", "apiKey": key}
    return transport


def _with_url(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables, with those that the client makes of the simple ones."""
    found, url = dict(environ), environ.get(URL)
    if not url or any(name.startswith(_DEFAULT) for name in environ):
        return found
    key, endpoint = environ.get(API_KEY), environ.get(ENDPOINT)
    more = {"URL": url}
    if key:
        more["AUTH"] = json.dumps({"type": "api_key", "apiKey": key})
    if endpoint:
        more["ENDPOINT"] = endpoint
    found |= {f"{_DEFAULT}__TYPE": "http"} | {f"{_DEFAULT}__{k}": v for k, v in more.items()}
    if environ.get(f"{PREFIX}TRANSPORT__TYPE") == "async_http":
        names = {f"{PREFIX}TRANSPORT__{k}": v for k, v in more.items()}
        found |= {name: value for name, value in names.items() if not environ.get(name)}
    return found


def _in_variables(environ: Mapping[str, str]) -> dict[str, Any]:
    config: dict[str, Any] = {}
    names = sorted((name for name in environ if name.startswith(PREFIX)), reverse=True)
    for name in names:  # a shorter name, which comes later, stands for the whole
        *path, last = (key.lower() for key in name.removeprefix(PREFIX).split("__"))
        inner: Any = config
        for key in path:
            inner = inner.setdefault(key, {})
            if not isinstance(inner, dict):
                raise ValueError(f"{name}: another variable holds a value for a part of its name")  # noqa: TRY004
        try:
            inner[last] = json.loads(environ[name])
        except ValueError:
            inner[last] = environ[name]
    return config


def _in_file(path: Path) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - only where there is such a file

    try:
        config = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise ValueError(f"{path} cannot be read ({type(error).__name__})") from None
    if config and not isinstance(config, dict):
        raise ValueError(f"{path}: expected a table")
    return config or {}


def _merged(weak: Mapping[Any, Any], strong: Mapping[Any, Any]) -> dict[Any, Any]:
    found = dict(weak)
    for key, value in strong.items():
        below = found.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            value = _merged(below, value)  # noqa: PLW2901 - one of the two is kept
        found[key] = value
    return found
