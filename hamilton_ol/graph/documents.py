"""A graph as JSON values, and back; `schemas/LineageGraph` describes them.

What equals its default is left out. What is read may come from anybody: what is wrong in it is
named, and what is not known is skipped.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hamilton_ol.errors import GraphError
from hamilton_ol.graph.columns import Column, ColumnEdge, column_graph
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset, Edge, Node

SCHEMA = (
    "https://raw.githubusercontent.com/hamilton-ol/hamilton-ol/main/schemas/LineageGraph/1-0-0.json"
)
LARGEST = 1 << 63  # what any whole number here is smaller than
_PREFIX = SCHEMA.rpartition("/")[0] + "/1-"


def document(graph: LineageGraph) -> dict[str, Any]:
    """A graph as JSON values."""
    columns = graph.columns
    return {
        "$schema": SCHEMA,
        "name": graph.name,
        "nodes": [_told(node, Node) for node in graph.nodes],
        "edges": [_told(edge, Edge) for edge in graph.edges],
        "columns": [list(column) for column in columns.columns],
        "column_edges": [
            {"origin": list(edge.origin), "target": list(edge.target), "direct": edge.direct}
            for edge in columns.edges
        ],
        "texts": dict(graph.texts),
        "problems": list(graph.problems),
    }


def _told(row: Node | Edge, kind: type[Node | Edge]) -> dict[str, Any]:
    defaults = kind._field_defaults
    return {
        key: _plain(value)
        for key, value in zip(kind._fields, row, strict=True)
        if key not in defaults or value != defaults[key]
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


# --- back ----------------------------------------------------------------------------------------


def graph_of(found: object) -> LineageGraph:
    """The graph that JSON values describe.

    Raises:
        GraphError: they describe none; the message says where.
    """
    whole = _object(found, "the document")
    schema = whole.get("$schema", SCHEMA)
    if not isinstance(schema, str) or not schema.startswith(_PREFIX):
        raise GraphError(
            f"This is no graph of a version that is known: its $schema is {str(schema)[:200]!r}",
            hint="A newer hamilton-ol may read it.",
        )
    columns = [_column(row, f"columns[{n}]") for n, row in _rows(whole, "columns")]
    edges = [_column_edge(row, f"column_edges[{n}]") for n, row in _rows(whole, "column_edges")]
    return LineageGraph(
        [_node(row, f"nodes[{n}]") for n, row in _rows(whole, "nodes")],
        [Edge(**_fields(row, f"edges[{n}]", _EDGE)) for n, row in _rows(whole, "edges")],
        name=_text(whole.get("name", ""), "name"),
        columns=lambda index: column_graph(index, columns, edges),
        texts=_texts(whole.get("texts", {}), "texts"),
        problems=_names(whole.get("problems", []), "problems"),
    )


def _rows(whole: Mapping[str, Any], key: str) -> Iterator[tuple[int, Any]]:
    return enumerate(_list(whole.get(key, []), key))


def _node(row: object, where: str) -> Node:
    fields = _fields(row, where, _NODE)
    return Node(**{"name": fields["id"], **fields})


def _column_edge(row: object, where: str) -> ColumnEdge:
    fields = _fields(row, where, _COLUMN_EDGE)
    return ColumnEdge(**fields)


_Parse = Callable[[Any, str], Any]


def _fields(row: object, where: str, parsers: Mapping[str, tuple[_Parse, bool]]) -> dict[str, Any]:
    """The fields that are known; each parser says what it expects."""
    found = _object(row, where)
    for key, (_, needed) in parsers.items():
        if needed and key not in found:
            raise GraphError(f"{where} has no {key!r}")
    return {
        key: parsers[key][0](value, f"{where}.{key}")
        for key, value in found.items()
        if key in parsers
    }


def _wrong(value: object, where: str, expected: str) -> GraphError:
    return GraphError(f"{where} is {type(value).__name__}, expected {expected}")


def _object(value: object, where: str) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    raise _wrong(value, where, "an object")


def _list(value: object, where: str) -> list[Any]:
    if isinstance(value, list):
        return value
    raise _wrong(value, where, "a list")


def _text(value: object, where: str) -> str:
    if isinstance(value, str):
        return value
    raise _wrong(value, where, "a text")


def _flag(value: object, where: str) -> bool:
    if isinstance(value, bool):
        return value
    raise _wrong(value, where, "true or false")


def _count(value: object, where: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
        return value
    raise _wrong(value, where, "a whole number")


def _seconds(value: object, where: str) -> float | None:
    if value is None or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, int):
        return _count(value, where)
    raise _wrong(value, where, "a number")


def _names(value: object, where: str) -> tuple[str, ...]:
    return tuple(_text(item, where) for item in _list(value, where))


def _texts(value: object, where: str) -> dict[str, str]:
    return {key: _text(item, f"{where}.{key}") for key, item in _object(value, where).items()}


def _tags(value: object, where: str) -> dict[str, str | tuple[str, ...]]:
    return {
        key: item if isinstance(item, str) else _names(item, f"{where}.{key}")
        for key, item in _object(value, where).items()
    }


def _pair(value: object, where: str) -> tuple[str, str]:
    found = _names(value, where)
    if len(found) != 2:  # noqa: PLR2004 - a name and a type, a node and a column
        raise GraphError(f"{where} has {len(found)} items, expected 2")
    return found[0], found[1]


def _column(value: object, where: str) -> Column:
    return Column(*_pair(value, where))


def _datasets(value: object, where: str) -> tuple[Dataset, ...]:
    return tuple(Dataset(*pair) for pair in _schema(value, where))


def _schema(value: object, where: str) -> tuple[tuple[str, str], ...]:
    return tuple(_pair(item, where) for item in _list(value, where))


def _line(value: object, where: str) -> int:
    return _count(value, where) or 0


_PLAIN: Mapping[str, tuple[_Parse, bool]] = dict.fromkeys(
    (
        *("name", "kind", "type", "namespace", "module", "function", "file", "doc"),
        *("part_of", "field", "code", "variant", "status", "run"),
    ),
    (_text, False),
)
_SEEN: Mapping[str, tuple[_Parse, bool]] = dict.fromkeys(
    ("first_seen", "last_seen"), (_count, False)
)
_NODE: Mapping[str, tuple[_Parse, bool]] = {
    "id": (_text, True),
    **_PLAIN,
    "line": (_line, False),
    "tags": (_tags, False),
    "owners": (_names, False),
    "columns": (_schema, False),
    "sources": (_datasets, False),
    "sinks": (_datasets, False),
    "seconds": (_seconds, False),
    "rows": (_count, False),
    **_SEEN,
}
_EDGE: Mapping[str, tuple[_Parse, bool]] = {
    "origin": (_text, True),
    "target": (_text, True),
    "kind": (_text, False),
    "argument": (_text, False),
    "required": (_flag, False),
    **_SEEN,
}
_COLUMN_EDGE: Mapping[str, tuple[_Parse, bool]] = {
    "origin": (_column, True),
    "target": (_column, True),
    "direct": (_flag, False),
}
