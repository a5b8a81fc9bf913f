"""The data that nodes are made of: each source once, whoever reads it."""

from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.columns import WHOLE
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset, Node
from hamilton_ol.graph.ownership import Ownership
from hamilton_ol.graph.selection import Selection


class SourceRow(NamedTuple):
    """One source.

    Attributes:
        name, namespace: of the dataset; empty for a loader that does not say what it reads.
        readers: ids of the nodes that read it.
        columns: of it that some node takes, as far as known.
        owners: of the nodes that read it, or of all their columns.
    """

    name: str
    namespace: str
    readers: tuple[str, ...]
    columns: tuple[str, ...]
    owners: tuple[str, ...]


def sources_of(selection: Selection) -> list[SourceRow]:
    """The sources of some nodes, by name; loaders that do not say what they read come last."""
    readers: dict[Dataset, list[Node]] = {}
    unnamed: list[Node] = []
    for node in selection.nodes:
        for dataset in node.sources:
            readers.setdefault(dataset, []).append(node)
        if node.kind == "loader" and not node.sources and not node.part_of:
            unnamed.append(node)
    used, owners = _used(selection.whole, selection.mask), Ownership(selection.whole)
    rows = [_row(dataset, found, owners, used) for dataset, found in readers.items()]
    return sorted(rows) + [_row(Dataset("", ""), [node], owners, used) for node in unnamed]


def _used(graph: LineageGraph, mask: Mask) -> Mask:
    """Bool (places of columns): what the last of some nodes come from, column by column."""
    flow, (begins, ends), last = graph.facts.flow, graph.down.ends, mask.copy()
    last[begins[mask[begins] & mask[ends]]] = False
    return flow.reached(last[flow.owners], is_up=True)


def _row(dataset: Dataset, readers: list[Node], owners: Ownership, used: Mask) -> SourceRow:
    columns = (name for node in readers for name in _columns(node, owners.graph, used))
    names = (owner for node in readers for owner in owners.of(node))
    return SourceRow(
        dataset.name,
        dataset.namespace,
        tuple(node.id for node in readers),
        tuple(dict.fromkeys(columns)),
        tuple(dict.fromkeys(names)),
    )


def _columns(node: Node, graph: LineageGraph, used: Mask) -> list[str]:
    """The columns of a table that are used, as far as that is known; else all that are known."""
    if not node.columns:
        return []
    flow = graph.facts.flow
    places = np.flatnonzero(used & flow.of(graph.number(node.id))).tolist()
    found = [name for place in places if (name := flow.names[place]) != WHOLE]
    return found or [name for name, _ in node.columns]
