"""What a run executes, or executed."""

from collections.abc import Iterable

import numpy as np

from hamilton_ol.graph.adjacency import Adjacency, Ints, Mask
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.reachability import reached
from hamilton_ol.graph.runs import SKIPPED

_OUTSIDE = frozenset({"source", "sink", "dataset"})
_FAILED = frozenset({"FAILED", "ABORTED", "SENTINEL"})


def cut(graph: LineageGraph, mask: Mask, given: Iterable[str]) -> LineageGraph:
    """The part of some nodes that still runs when the results of others are given.

    As with Hamilton's `overrides`: what is given is not executed, and nothing that only it needs.

    Args:
        graph: of the dataflow.
        mask: bool (nodes): what is looked at; what nothing of it comes from is what is asked for.
        given: ids or names of the nodes that have a result already; they become inputs.

    Raises:
        UnknownNodeError, AmbiguousNodeError: a node is not there, or several are called so.
    """
    numbers = {graph.number(node) for node in given}
    origins, targets = graph.ends
    within = mask[origins] & mask[targets]
    asked = np.flatnonzero(mask & ~_marked(len(graph), origins[within]))
    stays = within & ~_marked(len(graph), np.array(sorted(numbers), np.int32))[targets]
    up = Adjacency(len(graph), targets[stays], origins[stays])
    part = graph.restricted(reached(up, asked.astype(np.int32)))
    return LineageGraph(
        [_given(node) if graph.index[node.id] in numbers else node for node in part.nodes],
        [edge for edge in part.edges if graph.index[edge.target] not in numbers],
        name=graph.name,
        columns=lambda _index: part.columns,
        texts=graph.texts,
        problems=graph.problems,
    )


def _given(node: Node) -> Node:
    """A node that is given: it reads nothing, and what a run did with it would not be done."""
    before = node._replace(status="", seconds=None, rows=None, run="")
    return before._replace(kind="input", part_of="", field="", sources=())


def _marked(count: int, numbers: Ints) -> Mask:
    found: Mask = np.zeros(count, np.bool_)
    found[numbers] = True
    return found


def executed(graph: LineageGraph) -> Mask | None:
    """Bool (nodes): what a run executed, took, and wrote, and what it did not come to.

    None where the graph is not that of a run.
    """
    ran = np.array([node.status not in {"", SKIPPED} for node in graph.nodes], np.bool_)
    if not ran.any():
        return None
    failed = np.array([node.status in _FAILED for node in graph.nodes], np.bool_)
    found: Mask = ran.copy()
    for edge in graph.edges:
        origin, target = graph.index[edge.origin], graph.index[edge.target]
        found[origin] |= ran[target]
        found[target] |= ran[origin] and graph.nodes[target].kind in _OUTSIDE
    for node in graph.nodes:  # a column is executed with the table that it is taken out of
        if found[graph.index[node.id]] and node.part_of in graph.index:
            found[graph.index[node.part_of]] = True
    missed = reached(graph.down, np.flatnonzero(failed).astype(np.int32))
    for edge in graph.edges:
        if missed[graph.index[edge.target]] and graph[edge.origin].kind in {"input", "config"}:
            found[graph.index[edge.origin]] = True
    return found | missed
