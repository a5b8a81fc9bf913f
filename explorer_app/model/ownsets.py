"""`sel()` and `view()`: what is selected and what is visible, for queries that are asked here."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from explorer_app.model.questions import named
from hamilton_ol.errors import QueryError
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.select.asking import spelled
from hamilton_ol.graph.select.parser import parse
from hamilton_ol.graph.select.syntax import EVERY, Glob, Not, Or, Query

if TYPE_CHECKING:
    from explorer_app.model.session import Session


SETS = ("sel", "view")


def mask_of(graph: LineageGraph, nodes: Iterable[int]) -> Mask:
    """Bool (nodes): which of them these are."""
    found: Mask = np.zeros(len(graph), np.bool_)
    found[list(nodes)] = True
    return found


def masks(session: "Session") -> Mapping[str, Mask]:
    """{function: bool (nodes)}, as they are now."""
    return {"sel": mask_of(session.graph, session.selected), "view": session.visible.mask}


def settled(session: "Session", query: str) -> str:
    """The query with names for what is selected, and with the query for what is visible.

    So it means the same when one comes back to it, whatever is selected then.
    """
    if not any(f"{name}(" in query for name in SETS):
        return query
    names: list[Query] = [named(session.graph, node) for node in sorted(session.selected)]
    several = Or(tuple(names)) if len(names) > 1 else Not(Glob(EVERY))
    try:
        shown = parse(session.state.query) if session.state.query else Glob(EVERY)
        return spelled(query, {"sel": names[0] if len(names) == 1 else several, "view": shown})
    except QueryError:
        return query  # asking it says what is wrong
