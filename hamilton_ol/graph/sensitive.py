"""Where personal data, or whatever else is sensitive, ends up."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.columns import WHOLE, Column, ColumnGraph
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.select.columnflow import column_flow
from hamilton_ol.graph.select.conditions import FALSE
from hamilton_ol.graph.select.facts import ARTIFACT_TAG, tag_values

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
        barriers: where it is stopped.
        reached: ids of all nodes that are made of it, with itself.
    """

    node: Node
    tags: tuple[str, ...]
    ends: tuple[End, ...]
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
    wanted = tuple(dict.fromkeys(tag.lower() for tag in tags))
    barriers = {
        node.id: Barrier(node, why) for node in graph.nodes if (why := _stops(node, wanted))
    }
    columns = _passable(graph, barriers)
    marked = ((node, _marks(node, wanted)) for node in graph.nodes if node.id not in barriers)
    return [_row(graph, columns, node, keys, barriers) for node, keys in marked if keys]


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


def _passable(graph: LineageGraph, barriers: Iterable[str]) -> ColumnGraph:
    """The columns of a graph, without what leaves a barrier."""
    flow, closed = column_flow(graph), frozenset(barriers)
    edges = (edge for edge in flow.edges if edge.origin.node not in closed)
    return ColumnGraph(graph.index, flow.columns, edges)


def _begin(columns: ColumnGraph, node: Node) -> Mask:
    """The columns that a tagged result is: its own, and the one it is taken out of."""
    table = Column(node.part_of, node.field)
    return np.array([c.node == node.id or c == table for c in columns.columns], np.bool_)


def _row(
    graph: LineageGraph,
    columns: ColumnGraph,
    node: Node,
    keys: tuple[str, ...],
    barriers: dict[str, Barrier],
) -> SensitiveRow:
    reached = columns.reached(_begin(columns, node))
    found: dict[str, list[str]] = {}
    for number in np.flatnonzero(reached).tolist():
        column = columns.columns[number]
        found.setdefault(column.node, []).append(column.name)
    nodes = [one for one in graph.nodes if one.id in found]
    ends = (End(one, _named(one, found[one.id])) for one in nodes if is_end(one))
    return SensitiveRow(
        node,
        keys,
        tuple(end for end in ends if end.node.id not in barriers),
        tuple(barriers[one.id] for one in nodes if one.id in barriers),
        frozenset(found),
    )


def is_end(node: Node) -> bool:
    """Whether people outside the dataflow get to see a result."""
    is_artifact = any(v.strip().lower() not in FALSE for v in tag_values(node, ARTIFACT_TAG))
    return is_artifact or bool(node.sinks) or node.kind in _ENDS


def _named(node: Node, names: Iterable[str]) -> tuple[str, ...]:
    """Columns; a result that has none is called as its node."""
    return tuple(name for name in names if name not in (WHOLE, node.field or node.name))
