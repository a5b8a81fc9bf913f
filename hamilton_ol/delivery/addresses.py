"""The address of a target, as a person writes it."""

import base64
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, unquote, urlsplit

from hamilton_ol.errors import SettingError

BASE, LAST = "/api/v1", "/lineage"


@dataclass(frozen=True, slots=True)
class Address:
    """Where events go.

    Attributes:
        host: name or number.
        port: None for the scheme's own.
        secure: whether it is https.
        path: with its query, as it is asked for.
        shown: the whole address without what may be secret in it.
        authorization: header that says who we are, or an empty text.
    """

    host: str
    port: int | None
    secure: bool
    path: str
    shown: str
    authorization: str = field(default="", repr=False)


def parse(url: str) -> Address:
    """Read an address; without a path that of Marquez is taken, without a scheme http.

    Raises:
        SettingError: it is none.
    """
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _no_address(url) from error
    is_plain = all(c.isprintable() and not c.isspace() for c in url)
    if parts.scheme not in ("http", "https") or not _is_host(host) or port == 0 or not is_plain:
        raise _no_address(url)
    path = _path(parts.path)
    name = f"[{host}]" if ":" in host else host
    return Address(
        host=host,
        port=port,
        secure=parts.scheme == "https",
        path=quote(f"{path}?{parts.query}" if parts.query else path, safe="/%?&=:;,+@!$'()*~"),
        shown=f"{parts.scheme}://{name}{f':{port}' if port else ''}{path}",
        authorization=_authorization(parts),
    )


def _is_host(host: str) -> bool:
    try:
        return bool(host.encode("idna")) or ":" in host
    except UnicodeError:  # a part of the name is empty or too long
        return False


def _path(path: str) -> str:
    path = path.rstrip("/")
    if path.endswith(LAST):
        return path
    return f"{path}{LAST}" if path.endswith(BASE) else f"{path}{BASE}{LAST}"


def _authorization(parts: SplitResult) -> str:
    if parts.username is None:
        return ""
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return f"Basic {base64.b64encode(pair.encode()).decode('ascii')}"


def _no_address(url: str) -> SettingError:
    shown = "" if "@" in url else f": {url!r}"
    return SettingError(
        f"This is no address that events can be sent to{shown}",
        hint="Give the address of your Marquez, for example http://localhost:5000",
    )
