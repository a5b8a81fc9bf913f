"""Nodes that come from themselves."""

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph


def knots(graph: "LineageGraph") -> tuple[tuple[str, ...], ...]:
    """The ids of nodes that come from themselves, those of one knot together."""
    found = [
        tuple(sorted(knot, key=graph.number))
        for knot in nx.strongly_connected_components(graph.nx)
        if len(knot) > 1 or graph.nx.has_edge(*(2 * tuple(knot)))
    ]
    return tuple(sorted(found, key=lambda knot: graph.number(knot[0])))
