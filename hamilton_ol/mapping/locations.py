"""Paths and URIs taken apart: never an error, and never a user, a password or a query."""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

_URI = re.compile(r"(?:jdbc:)?([A-Za-z][A-Za-z0-9+.-]*)://")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_HALF = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ADDRESS = re.compile(r"(.*?)(?::(\d*))?", re.DOTALL)


class Location(NamedTuple):
    """The parts of a URI.

    Attributes:
        scheme: in small letters, without the driver after a `+`.
        container: what stands before an `@`, where that is no user but a part of the address.
        host: of databases and servers; a bucket.
        port: digits, or nothing.
        path: without slashes around it.
    """

    scheme: str
    container: str
    host: str
    port: str
    path: str

    @property
    def address(self) -> str:
        """Host and port, if there is one."""
        return f"{self.host}:{self.port}" if self.port else self.host


def is_uri(text: str) -> bool:
    """Whether a text begins as a URI with an authority does."""
    return _URI.match(text) is not None


def is_path(text: str) -> bool:
    """Whether a text is an absolute path, here or on Windows."""
    return text.startswith("/") or _DRIVE.match(text) is not None


def split(uri: str) -> Location:
    """The parts of a URI; what has no place in a name is gone."""
    found = _URI.match(uri)
    scheme = found[1].partition("+")[0].lower() if found else ""
    rest = re.split(r"[?#;]", uri[found.end() if found else 0 :], maxsplit=1)[0]
    authority, _, path = rest.partition("/")
    user, _, address = authority.rpartition("@")
    host, port = _parts(address)
    container = user if ":" not in user else ""
    return Location(scheme, container, host, port, path.strip("/"))


def escaped(uri: str) -> str:
    """A URI with escapes for what may not stand in one; those that are there stay."""
    scheme, _, rest = uri.partition("://")
    authority, slash, path = rest.partition("/")
    address = quote(authority, safe="%:@[]!$&'()*+,;=", errors="replace")
    way = quote(path, safe="%/:?@!$&'()*+,;=~", errors="replace")
    return f"{scheme}://{_HALF.sub('%25', f'{address}{slash}{way}')}"


def _parts(address: str) -> tuple[str, str]:
    found = _ADDRESS.fullmatch(address)
    return (found[1], found[2] or "") if found else (address, "")


def file_path(text: str) -> str:
    """The one way to write an absolute path: slashes, no `.` and `..`, `/C:/x` for a drive."""
    if _DRIVE.match(text):
        text = text.replace("\\", "/")
    kept: list[str] = []
    for part in text.split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in ("", "."):
            kept.append(part)
    return "/" + "/".join(kept)


def unquoted(path: str) -> str:
    """The path of a `file` URI as the file system has it."""
    return file_path("/" + unquote(path))
