"""Paths and addresses, written in one way, so that who writes and who reads call it the same."""

import os
import re
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

from hamilton_ol.dataflow.types import class_name, module_name
from hamilton_ol.masking import clean_url

_URL = r"(?:jdbc:)?[A-Za-z][A-Za-z0-9+.-]*://\S*"
_FILE = r"file:(?://(?:localhost)?/(?=[A-Za-z]:[\\/])|//(?:localhost)?(?=/)|(?!//))(.*)"
_WINDOWS = r"[A-Za-z]:[\\/]|\\\\"
_EMBEDDED = r"((?:sqlite|duckdb)(?:\+\w+)?):///([^?#]*)"

_FORMATS = {
    "database": "sql",
    "ndjson": "jsonl",
    "parq": "parquet",
    "pkl": "pickle",
    "pq": "parquet",
    "spreadsheet": "excel",
    "txt": "text",
    "xls": "excel",
    "xlsx": "excel",
    "yml": "yaml",
}
_TELLING = frozenset(
    {"csv", "parquet", "json", "jsonl", "pickle", "feather", "orc", "excel", "xml", "html", "avro"}
    | {"hdf", "npy", "yaml", "text", "delta", "iceberg", "sql", "arrow", "stata", "spss", "sas"}
)
_COMPRESSED = frozenset({".gz", ".bz2", ".xz", ".zst", ".zip"})


def is_url(text: str) -> bool:
    """Whether all of a text is a URL."""
    return re.fullmatch(_URL, text) is not None


def absolute(place: str, folder: str) -> str:
    """A path without links and `..`, or a URL; what is on another machine stays as it is.

    Args:
        place: a path, relative or not, or a URL.
        folder: where a relative path starts.
    """
    place = place.removeprefix("jdbc:")
    if found := re.match(_EMBEDDED, place):
        scheme, file = found.groups()
        return f"{scheme}:///{_real(file, folder) if file not in ('', ':memory:') else file}"
    if found := re.match(_FILE, place):
        place = unquote(found[1])
    if re.match(_URL, place) or (os.name != "nt" and re.match(_WINDOWS, place)):
        return place
    return _real(place, folder)


def _real(path: str, folder: str) -> str:
    path = os.path.join(folder, os.path.expanduser(path))  # noqa: PTH111, PTH118 - texts
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # a loop of links, a NUL
        return os.path.normpath(path)


def is_engine(value: Any) -> bool:
    """Whether a value is an engine, a connection or an address of SQLAlchemy."""
    package, _, _ = module_name(type(value)).partition(".")
    return package == "sqlalchemy" and class_name(type(value)) in {"Engine", "Connection", "URL"}


def engine_url(value: Any) -> str:
    """The address that an engine or a connection leads to, without user and password."""
    engine = getattr(value, "engine", value)
    url = getattr(engine, "url", engine)
    try:
        port = f":{url.port}" if url.port else ""
        return f"{url.get_backend_name()}://{url.host or ''}{port}/{url.database or ''}"
    except AttributeError:  # another version of SQLAlchemy
        return ""


def format_of(named: str, place: str) -> str:
    """What a file holds: as its loader or saver is called, else as the file is.

    Args:
        named: what the loader or saver is called.
        place: path or URL of the file, or nothing.
    """
    named = _FORMATS.get(named, named)
    if named in _TELLING:
        return named
    path = PurePath(clean_url(place) if re.match(_URL, place) else place)
    suffix = path.with_suffix("").suffix if path.suffix.lower() in _COMPRESSED else path.suffix
    suffix = suffix[1:].lower()
    return _FORMATS.get(suffix, suffix)
