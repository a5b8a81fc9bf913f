"""Queries made of what a person names, for commands and menus."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from hamilton_ol.graph.select.formatting import text_of
from hamilton_ol.graph.select.parser import parse
from hamilton_ol.graph.select.syntax import (
    And,
    Call,
    Condition,
    Minus,
    Name,
    Not,
    Or,
    Path,
    Query,
    Reach,
    Words,
)

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph


def asked(graph: "LineageGraph", text: str) -> Query:
    """The node that is called so, else what the text says as a query.

    A command asks for one node by its name; one that is only like it is another one.

    Raises:
        QueryError: it is neither.
    """
    if text in graph or graph.names.all_of(text):
        return Name(text)
    said = parse(text)
    return Name(said.text, is_quoted=True) if isinstance(said, Name) else said


def spelled(text: str, sets: Mapping[str, Query]) -> str:
    """A query with what sets of whoever asks mean in their place; others are as they were.

    Args:
        text: of the query.
        sets: {function: what it means}, for `sel` and `view`.

    Raises:
        QueryError: it cannot be understood.
    """
    said = parse(text)
    found = _replaced(said, sets)
    return text if found == said else text_of(found)


def _replaced(said: Query, sets: Mapping[str, Query]) -> Query:
    match said:
        case Call(function) if function in sets:
            return sets[function]
        case Call(_, arguments):
            parts = (a if isinstance(a, int) else _replaced(a, sets) for a in arguments)
            return replace(said, arguments=tuple(parts))
        case Or(parts) | And(parts) | Minus(parts):
            return replace(said, parts=tuple(_replaced(part, sets) for part in parts))
        case Path(parts):
            return replace(said, steps=tuple(_replaced(part, sets) for part in parts))
        case Not(of) | Reach(of):
            return replace(said, of=_replaced(of, sets))
        case _:
            return said


def readers(source: str) -> Query:
    """The nodes that read a dataset."""
    return Condition("source", Words(source, is_exact=True))


def reach(of: Query, depth: int | None, *, is_up: bool) -> str:
    """The query for all that some nodes come from, or that comes from them.

    Args:
        of: the nodes.
        depth: how many steps to go; None for all.
        is_up: which way.
    """
    steps = -1 if depth is None else depth
    return text_of(Reach(of, up=steps) if is_up else Reach(of, down=steps))


def path(begin: Query, end: Query) -> str:
    """The query for all on any way from some nodes to others."""
    return text_of(Path((begin, end)))
