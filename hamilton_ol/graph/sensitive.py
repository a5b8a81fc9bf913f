"""Where personal data, or whatever else is sensitive, ends up."""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.columns import WHOLE
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.select.columnflow import ColumnFlow, column_flow
from hamilton_ol.graph.select.conditions import FALSE
from hamilton_ol.graph.select.facts import ARTIFACT_TAG, tag_values
from hamilton_ol.graph.selection import Selection

TAGS = ("PII", "GDPR", "HIPAA")
STOP = "stop"  # the value of a tag that says: nothing sensitive leaves here
#: Tags of nodes whose results tell of nobody any more.
ANONYMISING = ("anonymized", "anonymised", "anonymizes", "anonymises", "anonymous")
_ENDS = frozenset({"saver", "sink"})


class End(NamedTuple):
    """Where something sensitive arrives.

    Attributes:
        node: an artifact, or what writes something outside.
        columns: of its result that are made of it, as far as known.
    """

    node: Node
    columns: tuple[str, ...]


class Barrier(NamedTuple):
    """A node behind which it is not followed; `why` is the tag that says so."""

    node: Node
    why: str


class SensitiveRow(NamedTuple):
    """One result that is tagged as sensitive.

    Attributes:
        node: the result, often a column.
        tags: keys of the tags that say so.
        ends: where it arrives.
        leaves: other results that are made of it, and that nothing takes.
        barriers: where it is stopped.
        reached: ids of all nodes that are made of it, with itself.
    """

    node: Node
    tags: tuple[str, ...]
    ends: tuple[End, ...]
    leaves: tuple[Node, ...]
    barriers: tuple[Barrier, ...]
    reached: frozenset[str]


def sensitive(graph: LineageGraph, tags: Sequence[str] = TAGS) -> list[SensitiveRow]:
    """What is tagged as sensitive, and where it ends up.

    It is followed from column to column where these are known, else from result to result. A node
    with `PII="stop"`, or tagged as anonymising, is reached and not passed.

    Args:
        graph: of a dataflow.
        tags: keys that mark something as sensitive, in any case; `PII=false` does not.
    """
    columns, marked, barriers = _flow(graph, tags)
    return [_row(graph, columns, node, keys, barriers) for node, keys in marked]


class Spread(NamedTuple):
    """All that is made of anything sensitive, found at once, however much of that there is.

    Attributes:
        nodes: bool (nodes): what is made of it, with itself.
        marked: what is tagged.
        barriers: where it is stopped.
    """

    nodes: Mask
    marked: tuple[Node, ...]
    barriers: tuple[Barrier, ...]


def spread(graph: LineageGraph, tags: Sequence[str] = TAGS) -> Spread:
    """What `sensitive` reaches from all that is tagged together; arguments as there."""
    columns, marked, barriers = _flow(graph, tags)
    begin = np.zeros(len(columns.names), np.bool_)
    for node, _ in marked:
        begin |= _begin(graph, columns, node)
    reached = columns.nodes_of(columns.reached(begin), len(graph))
    stopped = (one for one in barriers.values() if reached[graph.index[one.node.id]])
    return Spread(reached, tuple(node for node, _ in marked), tuple(stopped))


_Flow = tuple[ColumnFlow, list[tuple[Node, tuple[str, ...]]], dict[str, Barrier]]


def _flow(graph: LineageGraph, tags: Sequence[str]) -> _Flow:
    """The columns without what leaves barriers, what is tagged and by which keys, the barriers."""
    wanted = tuple(dict.fromkeys(tag.lower() for tag in tags))
    known = {*wanted, *ANONYMISING}
    tagged = [node for node in graph.nodes if any(key.lower() in known for key in node.tags)]
    barriers = {node.id: Barrier(node, why) for node in tagged if (why := _stops(node, wanted))}
    closed = np.zeros(len(graph), np.bool_)
    closed[[graph.index[node] for node in barriers]] = True
    found = ((node, _marks(node, wanted)) for node in tagged if node.id not in barriers)
    return column_flow(graph).without(closed), [(n, keys) for n, keys in found if keys], barriers


def _marks(node: Node, wanted: Iterable[str]) -> tuple[str, ...]:
    """The keys of a node's tags that call it sensitive."""
    keys = [key for key in node.tags if key.lower() in wanted]
    return tuple(key for key in keys if any(map(_is_yes, tag_values(node, key.lower()))))


def _is_yes(value: str) -> bool:
    return value.strip().lower() not in FALSE


def _stops(node: Node, wanted: Iterable[str]) -> str:
    """The tag of a node behind which nothing is sensitive."""
    for key in node.tags:
        values = tag_values(node, key.lower())
        if key.lower() in wanted and any(v.strip().lower() == STOP for v in values):
            return f"{key}={STOP}"
        if key.lower() in ANONYMISING and any(map(_is_yes, values)):
            return f"{key}={values[0]}"
    return ""


def _begin(graph: LineageGraph, columns: ColumnFlow, node: Node) -> Mask:
    """The columns that a tagged result is: its own, and the one it is taken out of."""
    table = graph.index.get(node.part_of)
    begin = columns.of(graph.index[node.id])
    return begin if table is None else begin | columns.of(table, node.field)


def _row(
    graph: LineageGraph,
    columns: ColumnFlow,
    node: Node,
    keys: tuple[str, ...],
    barriers: dict[str, Barrier],
) -> SensitiveRow:
    reached = columns.reached(_begin(graph, columns, node))
    found = Selection(graph, columns.nodes_of(reached, len(graph)))
    ends = [one for one in found.nodes if is_end(one) and one.id not in barriers]
    places = (reached & columns.of(graph.index[one.id]) for one in ends)
    return SensitiveRow(
        node,
        keys,
        tuple(
            End(one, _named(one, (columns.names[place] for place in np.flatnonzero(mask).tolist())))
            for one, mask in zip(ends, places, strict=True)
        ),
        tuple(one for one in found.nodes if one is not node and _is_leaf(graph, one, barriers)),
        tuple(barriers[one] for one in found if one in barriers),
        frozenset(found),
    )


def _is_leaf(graph: LineageGraph, node: Node, barriers: Container[str]) -> bool:
    is_taken = graph.down.degrees[graph.index[node.id]] > 0
    return not is_taken and node.kind != "check" and node.id not in barriers and not is_end(node)


def is_end(node: Node) -> bool:
    """Whether people outside the dataflow get to see a result."""
    is_artifact = any(v.strip().lower() not in FALSE for v in tag_values(node, ARTIFACT_TAG))
    return is_artifact or bool(node.sinks) or node.kind in _ENDS


def _named(node: Node, names: Iterable[str]) -> tuple[str, ...]:
    """Columns; a result that has none is called as its node."""
    return tuple(name for name in names if name not in (WHOLE, node.field or node.name))
