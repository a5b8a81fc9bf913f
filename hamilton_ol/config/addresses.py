"""The address of a target, as a person writes it."""

import base64
import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, unquote, urlsplit

from hamilton_ol.errors import SettingError

BASE, LAST = "/api/v1", "/lineage"
_PORTS = {"http": 80, "https": 443}


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

    @property
    def actual_port(self) -> int:
        """The port, whether it is written or not."""
        return self.port or _PORTS["https" if self.secure else "http"]

    @property
    def shown_host(self) -> str:
        """The host as it stands in a URL."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{'https' if self.secure else 'http'}://{self.shown_host}:{self.actual_port}"

    @property
    def is_number(self) -> bool:
        """Whether the host is a number rather than a name."""
        return _number(self.host) is not None

    @property
    def is_local(self) -> bool:
        """Whether it never leaves this machine."""
        number = _number(self.host)
        if number is not None:
            return number.is_loopback
        return self.host == "localhost" or self.host.endswith(".localhost")


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def parse(url: str) -> Address:
    """Read an address; without a path that of Marquez is taken, without a scheme http.

    Raises:
        SettingError: it is none.
    """
    return parse_exactly(completed(url))


def completed(url: str) -> str:
    """The address with a scheme, and with the path under which events are taken.

    Raises:
        SettingError: it is none.
    """
    if not url.isprintable():  # `urlsplit` leaves some of that out
        raise _no_address(url)
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        return parts._replace(path=_path(parts.path), fragment="").geturl()
    except ValueError as error:
        raise _no_address(url) from error


def parse_exactly(url: str) -> Address:
    """Read an address whose path is meant as it is written.

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
    path, port = parts.path or "/", None if port == _PORTS[parts.scheme] else port
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
    if ":" in host:
        return True
    try:
        return re.fullmatch(rb"[\w.-]+", host.encode("idna")) is not None
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
    shown = "" if "@" in url or "?" in url else f": {url!r}"
    return SettingError(
        f"This is no address that events can be sent to{shown}",
        hint="Give the address of your Marquez, for example http://localhost:5000",
    )
