"""What a loader or a saver says that it read or wrote.

Hamilton's loaders return (data, metadata) and its savers return metadata, in the shapes of
`hamilton.io.utils`; functions under `@dataloader` and `@datasaver` return whatever they like, so
every key is looked for and none is relied on.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any, NamedTuple

from hamilton.node import Node

from hamilton_ol.dataflow import functions
from hamilton_ol.dataflow.addresses import absolute, engine_url, format_of, is_engine, is_url
from hamilton_ol.dataflow.dtypes import dtype_name
from hamilton_ol.dataflow.owners import HAS_METADATA, LOADER, SAVER
from hamilton_ol.dataflow.results import Glimpse, Looks, schema_of, table_schema
from hamilton_ol.dataflow.values import is_location
from hamilton_ol.masking import Masker
from hamilton_ol.records import DatasetAccess, Schema

SOURCE, SINK = "hamilton.data_loader.source", "hamilton.data_saver.sink"
PARTS = ("file_metadata", "sql_metadata", "dataframe_metadata")
# Where Hamilton's own examples of `@dataloader` and `@datasaver` say what they read or wrote.
PLACES = ("path", "source", "destination", "location", "uri", "url", "file")
# What copies a value of the program; nothing outside is read or written.
_INSIDE = frozenset({"literal", "environment", "memory"})
# These have the tags of the loader or saver that they check, or take apart.
_BORROWERS = functions.EXTRACTORS | {functions.CHECKED, functions.VALIDATOR}


class Caught(NamedTuple):
    """An access as a callback saw it: references to plain things only.

    Attributes:
        data: a glimpse of what was loaded.
        parts: {part: a copy} of what the loader or saver said.
        places: texts of it that may be a location.
        arguments: its arguments that are texts or database engines.
        folder: the working folder at that moment, which relative paths start from.
    """

    data: Glimpse | None
    parts: Mapping[str, Mapping[str, Any]]
    places: tuple[str, ...]
    arguments: tuple[Any, ...]
    folder: str


def catch_access(node: Node, kwargs: Mapping[str, Any], result: Any, looks: Looks) -> Caught | None:
    """What a node's result says of an access, or None when the node is no loader or saver."""
    data: Glimpse | None = None
    metadata = result
    if node.tags.get(LOADER) and node.tags.get(HAS_METADATA):
        if type(result) is not tuple or len(result) != 2:  # noqa: PLR2004 - (data, metadata)
            return None
        data, metadata = looks.glimpse(result[0]), result[1]
    elif not node.tags.get(SAVER):
        return None
    if _named(node) in _INSIDE or functions.wrapper(node) in _BORROWERS:
        return None
    said = metadata if type(metadata) is dict else {}
    found = {key: said.get(key) for key in (*PARTS, *PLACES)}
    return Caught(
        data,
        {key: dict(part) for key in PARTS if type(part := found[key]) is dict},
        tuple(place for key in PLACES if type(place := _text(found[key])) is str and place),
        tuple(a for a in _arguments(node, kwargs) if type(a) is str or is_engine(a)),
        _folder(),
    )


def _folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - a callback is no place for objects
    except OSError:  # it was removed
        return ""


def _arguments(node: Node, kwargs: Mapping[str, Any]) -> Iterator[Any]:
    """What may say where: of a saver not the data, nor what the dataflow has computed."""
    data = functions.default_of(node, "__data_node_name")
    given = {d.name for d in node.dependencies if d.user_defined}
    for name, value in kwargs.items():
        is_data = name == data or name.endswith(f".{data}")
        if node.tags.get(LOADER) or name in given or (data is not None and not is_data):
            yield value
    literals = functions.default_of(node, "__resolved_kwargs")
    yield from literals.values() if type(literals) is dict else ()
    yield from node.default_parameter_values.values()


def _named(node: Node) -> str:
    """What one of Hamilton's own loaders or savers is called, or nothing."""
    if functions.wrapper(node) not in (functions.LOADER, functions.SAVER):
        return ""
    return str(node.tags.get(SOURCE) or node.tags.get(SINK) or "").lower()


def _text(value: Any) -> str:
    if issubclass(type(value), PurePath):
        return str(value)
    return value if type(value) is str else ""


def access_of(node: Node, caught: Caught, masker: Masker) -> DatasetAccess:
    """The record of an access."""
    file, table, frame = (caught.parts.get(part, {}) for part in PARTS)
    path = _path(caught, _text(file.get("path")))
    name = _text(table.get("table_name"))
    schema = schema_of(caught.data) if caught.data else None
    return DatasetAccess(
        node=node.name,
        mode="read" if node.tags.get(LOADER) else "write",
        location=masker.location(path or _address(caught)),
        table=name if not name.split()[1:] else "",  # Hamilton takes `select ...` for a name
        format=format_of(_named(node), path),
        rows=_number(frame.get("rows"), table.get("rows"), caught.data[2] if caught.data else None),
        size=_number(file.get("size")),
        modified=_modified(file),
        schema=schema if schema and schema.table else _columns(frame),
    )


def _path(caught: Caught, path: str) -> str:
    """The absolute path or the URL; a query, which one of Hamilton's loaders gives, is neither."""
    is_query = "\n" in path or path.lstrip(" (").lower().startswith(_QUERIES)
    found = ("" if is_query else path) or next(filter(is_location, caught.places), "")
    return absolute(found, caught.folder) if found else ""


_QUERIES = ("select ", "with ", "insert ", "update ")


def _address(caught: Caught) -> str:
    """The address of a database or a service that an argument leads to."""
    for argument in caught.arguments:
        url = argument if type(argument) is str else engine_url(argument)
        if is_url(url):
            return absolute(url, caught.folder)
    return ""


def _number(*values: Any) -> int | None:
    return next((value for value in values if type(value) is int), None)


def _modified(file: Mapping[str, Any]) -> float | None:
    """Hamilton puts the current time where it does not know, and then no size."""
    value: Any = file.get("last_modified")
    is_number = type(value) is int or type(value) is float  # `in` would ask a metaclass
    is_known = is_number and _number(file.get("size")) is not None
    return float(value) if is_known else None


def _columns(frame: Mapping[str, Any]) -> Schema | None:
    names, types = frame.get("column_names"), frame.get("datatypes")
    if type(names) is not list or type(types) is not list or len(names) != len(types):
        return None
    return table_schema(zip(names, map(dtype_name, types), strict=True))
