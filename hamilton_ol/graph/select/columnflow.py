"""Columns to follow: those that are known, and everything where nothing is known of any."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from hamilton_ol.graph.adjacency import Ints, Mask
from hamilton_ol.graph.columns import WHOLE, Flow
from hamilton_ol.graph.select.facts import COLUMNS

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph


class ColumnFlow(Flow):
    """All columns of a graph, and for each node two places more.

    One is the whole result, which what is made of no known column is; the other stands for any
    column of a node, so that what may take each of them is one edge and not as many.

    Attributes:
        names: of the column at each place; `WHOLE` at the others.
    """

    def __init__(self, names: list[str], owners: Ints, origins: Ints, targets: Ints) -> None:
        super().__init__(owners, origins, targets)
        self.names = names

    def of(self, node: int, name: str | None = None) -> Mask:
        """Bool (places): the columns of a node, or the one of this name."""
        found: Mask = self.owners == node
        if name is not None:
            places = np.flatnonzero(found).tolist()
            found[[place for place in places if self.names[place] != name]] = False
        return found

    def without(self, closed: Mask) -> "ColumnFlow":
        """The same without what leaves some nodes.

        Args:
            closed: bool (nodes): which.
        """
        stays = ~closed[self.owners[self.origins]]
        return ColumnFlow(self.names, self.owners, self.origins[stays], self.targets[stays])


def column_flow(graph: "LineageGraph") -> ColumnFlow:
    """The columns of a graph, with no gap where a node does not say what its columns come from.

    Such a node may take any column of what it is made of, and each of its columns may come from
    there; one that is a column of a known table comes from that. The steps of a job that says it
    are passed by, but for what writes its result outside.
    """
    known, count = graph.columns, len(graph)
    more = [*_more(graph)]
    names = [*known.names, *(name for _, name in more)]
    owners = np.append(known.owners, np.array([node for node, _ in more], np.int32))
    wholes = len(names) + np.arange(count)
    anys = wholes + count
    places = np.where([name == WHOLE for name in names], wholes[owners], np.arange(len(names)))
    silent, begins, ends = _silent(graph), *graph.down.ends
    own = silent[owners] & (places < len(names))
    tables, parts = _taken_out(graph, silent, names, owners)
    silent[parts] = False
    gap = silent[ends]
    edges = [
        (places[known.origins], places[known.targets]),
        (places[tables], wholes[parts]),
        (places, anys[owners]),
        (wholes, anys),
        (anys[begins[gap]], wholes[ends[gap]]),
        (wholes[owners[own]], places[own]),
    ]
    origins, targets = (np.concatenate(side).astype(np.int32) for side in zip(*edges, strict=True))
    nodes = np.arange(count, dtype=np.int32)
    return ColumnFlow(
        [*names, *[WHOLE] * (2 * count)], np.concatenate([owners, nodes, nodes]), origins, targets
    )


def _more(graph: "LineageGraph") -> Iterator[tuple[int, str]]:
    """(number of a node, column) that no edge between columns names."""
    known = {*zip(graph.columns.owners.tolist(), graph.columns.names, strict=True)}
    for number, node in enumerate(graph.nodes):
        for name in COLUMNS(node):
            if (number, name) not in known:
                yield number, name


def _silent(graph: "LineageGraph") -> Mask:
    """Bool (nodes): those of which it is not known what their columns come from."""
    known = graph.columns
    told: Mask = np.zeros(len(graph) + 1, np.bool_)
    told[known.owners[known.targets]] = True
    parts = (graph.index.get(node.part_of, -1) if node.part_of else -1 for node in graph.nodes)
    writes = np.fromiter((node.kind == "saver" for node in graph.nodes), np.bool_, len(graph))
    silent: Mask = ~(told[:-1] | (told[np.fromiter(parts, np.intp, len(graph))] & ~writes))
    return silent


def _taken_out(
    graph: "LineageGraph", silent: Mask, names: list[str], owners: Ints
) -> tuple[list[int], list[int]]:
    """(places of columns of tables, numbers of the nodes that are these columns)."""
    numbers = [n for n in np.flatnonzero(silent).tolist() if graph.nodes[n].kind == "column"]
    keys = zip(owners.tolist(), names, strict=True) if numbers else ()
    places, tables, parts = {key: place for place, key in enumerate(keys)}, [], []
    for number in numbers:
        node = graph.nodes[number]
        place = places.get((graph.index.get(node.part_of, -1), node.field))
        if place is not None:
            tables.append(place)
            parts.append(number)
    return tables, parts
