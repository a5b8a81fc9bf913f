"""Queries made of what a person names, for commands and menus."""

from typing import TYPE_CHECKING

from hamilton_ol.graph.select.formatting import text_of
from hamilton_ol.graph.select.parser import parse
from hamilton_ol.graph.select.syntax import Condition, Name, Path, Query, Reach, Words

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
