"""What a query comes to while it is typed: worked out once for each text."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from explorer_app.model.terms import terms
from hamilton_ol.errors import QueryError
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.records import NOTHING

JUDGED = 8  # queries whose judgement is kept: what is typed, with what it narrows


class Judgement(NamedTuple):
    """What a query comes to.

    Attributes:
        nodes: how many nodes it means, None if it means nothing.
        error: why it means nothing.
        parts: (term, how many nodes it means alone) where all of them together mean none.
    """

    nodes: int | None = None
    error: QueryError | None = None
    parts: tuple[tuple[str, int], ...] = ()


class Judge:
    """Judges the queries of a graph; what was judged last is kept.

    Args:
        graph: that is asked.
        saved: {name: query} for `$name`; it may change.
        sets: {function: bool (nodes)} for `sel()` and `view()`, as they are now.
    """

    def __init__(
        self,
        graph: LineageGraph,
        saved: Mapping[str, str] = NOTHING,
        sets: Callable[[], Mapping[str, Mask]] = dict,
    ) -> None:
        self._graph, self._saved, self._sets = graph, saved, sets
        self._judged: dict[object, Judgement] = {}

    def __call__(self, query: str) -> Judgement:
        """What a query comes to; nothing changes."""
        sets = self._sets()
        masks = (mask.tobytes() for mask in sets.values())
        key = query, tuple(self._saved.items()), *masks
        if key not in self._judged:
            if len(self._judged) >= JUDGED:
                self._judged.clear()
            self._judged[key] = judge(self._graph, query, self._saved, sets)
        return self._judged[key]


def judge(
    graph: LineageGraph,
    query: str,
    saved: Mapping[str, str] = NOTHING,
    sets: Mapping[str, Mask] = NOTHING,
) -> Judgement:
    """Judge a query; an empty one means all nodes.

    Args:
        graph: that is asked.
        query: its text.
        saved: {name: query} for `$name`.
        sets: {function: bool (nodes)} for `sel()` and `view()`.
    """
    if not query.strip():
        return Judgement(len(graph))
    try:
        count = len(graph.select(query, saved, sets))
    except QueryError as error:
        return Judgement(error=error)
    return Judgement(count, None, () if count else _parts(graph, query, saved, sets))


def _parts(
    graph: LineageGraph, query: str, saved: Mapping[str, str], sets: Mapping[str, Mask]
) -> tuple[tuple[str, int], ...]:
    """Each term alone: where none is left, that shows which one did it."""
    found = terms(query)
    if len(found) < 2:  # noqa: PLR2004 - one term says nothing beside the whole
        return ()
    return tuple((term, len(graph.select(term, saved, sets))) for term in found)
