"""What a loader or a saver says that it read or wrote.

Hamilton's loaders return (data, metadata) and its savers return metadata, in the shapes of
`hamilton.io.utils`; functions under `@dataloader` and `@datasaver` return whatever they like, so
every key is looked for and none is relied on.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from hamilton.node import Node

from hamilton_ol.dataflow.owners import HAS_METADATA, LOADER, SAVER
from hamilton_ol.dataflow.results import Glimpse, Looks, column_name, dtype_name, schema_of
from hamilton_ol.dataflow.types import module_name
from hamilton_ol.masking import Masker, clean_url
from hamilton_ol.records import DatasetAccess, Schema

SOURCE, SINK = "hamilton.data_loader.source", "hamilton.data_saver.sink"
_FORMATS = {"parq": "parquet", "pq": "parquet", "feather": "feather", "xlsx": "excel"}
_TELLING = frozenset(
    {"csv", "parquet", "json", "jsonl", "pickle", "feather", "orc", "excel", "xml", "html", "avro"}
    | {"hdf", "npy", "yaml", "text", "delta", "iceberg", "sql", "arrow", "stata", "spss", "sas"}
)


@dataclass(frozen=True, slots=True)
class Caught:
    """An access as a callback saw it: references to plain things only.

    Attributes:
        data: a glimpse of what was loaded.
        metadata: what the loader or saver said.
        arguments: its arguments that are texts or database engines.
        folder: the working folder at that moment, which relative paths start from.
    """

    data: Glimpse | None
    metadata: Mapping[str, Any]
    arguments: tuple[Any, ...]
    folder: str


def catch_access(node: Node, kwargs: Mapping[str, Any], result: Any, looks: Looks) -> Caught | None:
    """What a node's result says of an access, or None when the node is no loader or saver."""
    if node.tags.get(LOADER) and node.tags.get(HAS_METADATA):
        if type(result) is not tuple or len(result) != 2:  # noqa: PLR2004 - (data, metadata)
            return None
        data: Glimpse | None = looks.glimpse(result[0])
        metadata = result[1]
    elif node.tags.get(SAVER):
        data, metadata = None, result
    else:
        return None
    arguments = (*kwargs.values(), *_literals(node))
    return Caught(
        data,
        dict(metadata) if type(metadata) is dict else {},
        tuple(a for a in arguments if type(a) is str or _is_engine(a)),
        os.getcwd(),  # noqa: PTH109 - a callback is no place for objects
    )


def _literals(node: Node) -> tuple[Any, ...]:
    """Values written in the decorator: `load_from.csv(path="x.csv")`."""
    defaults = getattr(node.callable, "__defaults__", None) or ()
    found = [d for d in defaults if type(d) is dict]
    return tuple(value for table in found for value in table.values())


def _is_engine(value: Any) -> bool:
    return module_name(type(value)).startswith("sqlalchemy.engine")


def access_of(node: Node, caught: Caught, masker: Masker) -> DatasetAccess:
    """The record of an access."""
    file, table = _part(caught, "file_metadata"), _part(caught, "sql_metadata")
    frame = _part(caught, "dataframe_metadata")
    path = _path(file.get("path"))
    name = table.get("table_name")
    schema = schema_of(caught.data) if caught.data else None
    return DatasetAccess(
        node=node.name,
        mode="read" if node.tags.get(LOADER) else "write",
        location=masker.location(_absolute(path, caught.folder)) if path else _database(caught),
        table=name if isinstance(name, str) and name and not name.split()[1:] else "",
        format=_format(node, path),
        rows=_number(frame.get("rows"), table.get("rows"), caught.data[2] if caught.data else None),
        size=_number(file.get("size")),
        modified=_modified(file),
        schema=schema if schema and schema.table else _columns(frame),
    )


def _part(caught: Caught, key: str) -> Mapping[str, Any]:
    part = caught.metadata.get(key)
    return part if type(part) is dict else {}


def _path(value: Any) -> str:
    if isinstance(value, PurePath):
        return str(value)
    return value if type(value) is str else ""


def _absolute(path: str, folder: str) -> str:
    """The one way to write a path, so that who wrote a file and who reads it call it the same."""
    if "://" in path and not path.startswith("file://"):
        return path
    return os.path.realpath(os.path.join(folder, path.removeprefix("file://")))  # noqa: PTH118


def _database(caught: Caught) -> str:
    """The address of the database that an argument leads to, without user and password."""
    for argument in caught.arguments:
        if type(argument) is str and "://" in argument:
            return clean_url(argument)
        if _is_engine(argument):
            url = argument.url
            port = f":{url.port}" if url.port else ""
            return f"{url.get_backend_name()}://{url.host or ''}{port}/{url.database or ''}"
    return ""


def _format(node: Node, path: str) -> str:
    named = str(node.tags.get(SOURCE) or node.tags.get(SINK) or "").lower()
    if named in _TELLING:
        return named
    suffix = PurePath(clean_url(path) if "://" in path else path).suffix[1:].lower()
    return _FORMATS.get(suffix, suffix)


def _number(*values: Any) -> int | None:
    return next((value for value in values if type(value) is int), None)


def _modified(file: Mapping[str, Any]) -> float | None:
    """Hamilton puts the current time where it does not know, and then no size."""
    value = file.get("last_modified")
    if isinstance(value, int | float) and file.get("size") is not None:
        return float(value)
    return None


def _columns(frame: Mapping[str, Any]) -> Schema | None:
    names, types = frame.get("column_names"), frame.get("datatypes")
    if not (isinstance(names, list) and isinstance(types, list) and len(names) == len(types)):
        return None
    pairs = zip(map(column_name, names), map(dtype_name, types), strict=True)
    return Schema(tuple(dict(pairs).items()), table=True)
