"""Columns to follow: those that are known, and everything where nothing is known of any."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hamilton_ol.graph.columns import WHOLE, Column, ColumnEdge, ColumnGraph
from hamilton_ol.graph.select.facts import columns

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph


def column_flow(graph: "LineageGraph") -> ColumnGraph:
    """The columns of a graph, with no gap where a node does not say what its columns come from.

    Such a node may take any column of what it is made of, and each of its columns may come from
    there. The steps of a job that says it are passed by.
    """
    known = graph.columns
    told = {edge.target.node for edge in known.edges}
    silent = {node.id for node in graph.nodes if told.isdisjoint((node.id, node.part_of))}
    names: dict[str, dict[str, None]] = {node.id: {} for node in graph.nodes}
    for node, name in known.columns:
        names[node][name] = None
    for one in graph.nodes:
        names[one.id].update(dict.fromkeys(columns(one)))
    every = (Column(node, name) for node, found in names.items() for name in found)
    return ColumnGraph(graph.index, every, (*known.edges, *_gaps(graph, silent, names)))


def _gaps(
    graph: "LineageGraph", silent: set[str], names: dict[str, dict[str, None]]
) -> Iterator[ColumnEdge]:
    for edge in graph.edges:
        if edge.target in silent:
            whole = Column(edge.target, WHOLE)
            for name in {WHOLE: None, **names[edge.origin]}:
                yield ColumnEdge(Column(edge.origin, name), whole, direct=False)
    for node in silent:
        for name in names[node]:
            if name != WHOLE:
                yield ColumnEdge(Column(node, WHOLE), Column(node, name), direct=False)
