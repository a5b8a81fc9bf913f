"""The tree of all nodes: by module, tag or owner, with counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from explorer_app.model.words import module_name
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.kinds import kind_of
from hamilton_ol.records import Tags

INPUTS = "inputs"
OTHERS = "no module"
NO_OWNER = "no owner"
NO_TAG = "no tags"


@dataclass(frozen=True, eq=False)
class Branch:
    """A row of the tree.

    Attributes:
        text: what is written.
        kind: of the node, for its icon; `folder` for a group.
        node: its number, -1 for a group.
        count: how many nodes are in a group, how many columns a node has; 0 for none.
        children: rows below it.
    """

    text: str
    kind: str = "folder"
    node: int = -1
    count: int = 0
    children: "Sequence[Branch]" = ()


class Leaves(Sequence[Branch]):
    """Rows for nodes; made when they are looked at.

    Args:
        plot: what they are of.
        nodes: their numbers, in order.
    """

    def __init__(self, plot: "Plot", nodes: Ints) -> None:
        self._plot, self._nodes = plot, nodes

    def __len__(self) -> int:
        """How many there are."""
        return len(self._nodes)

    @overload
    def __getitem__(self, place: int) -> Branch: ...

    @overload
    def __getitem__(self, place: slice) -> list[Branch]: ...

    def __getitem__(self, place: int | slice) -> Branch | list[Branch]:
        """The row at a place."""
        if isinstance(place, slice):
            return [self._plot.leaf(node) for node in self._nodes[place].tolist()]
        return self._plot.leaf(int(self._nodes[place]))

    def place_of(self, node: int) -> int:
        """The place of a node; -1 where it is not there."""
        found = np.flatnonzero(self._nodes == node)
        return int(found[0]) if found.size else -1

    def owner(self, node: int) -> int:
        """The node that a column is taken from; -1 for what is none."""
        return self._plot.owner(node)


class Plot:
    """Makes rows for the nodes of a graph.

    Args:
        graph: whose nodes.
        cards: which of them are columns of others.
    """

    def __init__(self, graph: LineageGraph, cards: GraphCards) -> None:
        self.graph, self._cards = graph, cards
        self.is_column: Mask = cards.row >= 0

    def leaf(self, node: int) -> Branch:
        """The row of a node; its columns are below it."""
        found, is_column = self.graph.nodes[node], bool(self.is_column[node])
        text = found.field or found.name if is_column else found.name
        columns = () if is_column else Leaves(self, self._columns_of(int(self._cards.card[node])))
        return Branch(text, kind_of(found), node, len(columns), columns)

    def owner(self, node: int) -> int:
        """The node on whose card a column is; -1 for what is none."""
        if not self.is_column[node]:
            return -1
        own = (self._cards.card == self._cards.card[node]) & ~self.is_column
        return int(np.flatnonzero(own)[0])

    def _columns_of(self, card: int) -> Ints:
        cards, columns = self._columns
        first, last = np.searchsorted(cards, [card, card + 1]).tolist()
        return columns[first:last]

    @cached_property
    def _columns(self) -> tuple[Ints, Ints]:
        """Cards of columns, and the columns; sorted by card."""
        columns = np.flatnonzero(self.is_column)
        cards = self._cards.card[columns]
        order = np.argsort(cards, kind="stable")
        return cards[order], columns[order]


def path_to(branches: Sequence[Branch], node: int) -> tuple[int, ...]:
    """Where a node is first: its place at each level, from the top; none where it is not."""
    leaves = [(place, b.children) for place, b in enumerate(branches)]
    for place, below in leaves:
        if isinstance(below, Leaves) and (row := below.place_of(node)) >= 0:
            return place, row
    first = leaves[0][1] if leaves else ()
    owner = first.owner(node) if isinstance(first, Leaves) else -1
    above = path_to(branches, owner) if owner >= 0 else ()
    if not above:
        return ()
    columns = branches[above[0]].children[above[1]].children
    return (*above, columns.place_of(node)) if isinstance(columns, Leaves) else ()


Keys = Iterable[Iterable[str]]  # of each node: the groups that it is in


def by_module(graph: LineageGraph, cards: GraphCards) -> list[Branch]:
    """Groups for modules; inputs last."""
    fields = zip(*map(graph.column, ("kind", "module", "namespace")), strict=True)
    return _grouped(graph, cards, ((_module(*found),) for found in fields))


def by_tag(graph: LineageGraph, cards: GraphCards) -> list[Branch]:
    """Groups for tags with their values; a node is in several."""
    return _grouped(graph, cards, map(_tags, graph.column("tags")), columns_too=True)


def by_owner(graph: LineageGraph, cards: GraphCards) -> list[Branch]:
    """Groups for owners; those without one last."""
    return _grouped(graph, cards, (owners or (NO_OWNER,) for owners in graph.column("owners")))


VIEWS: dict[str, Callable[[LineageGraph, GraphCards], list[Branch]]] = {
    "Modules": by_module,
    "Tags": by_tag,
    "Owners": by_owner,
}
LAST = (OTHERS, INPUTS, NO_OWNER, NO_TAG)


def _module(kind: str, module: str, namespace: str) -> str:
    if kind in {"input", "config"}:
        return INPUTS
    return module or namespace or OTHERS


def _tags(tags: Tags) -> Iterable[str]:
    pairs = [
        f"{key}: {value}"
        for key, values in tags.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return pairs or (NO_TAG,)


def _grouped(
    graph: LineageGraph, cards: GraphCards, keys: Keys, *, columns_too: bool = False
) -> list[Branch]:
    """Groups in the order in which they appear; a column is below the node that it is taken from."""
    numbers: dict[str, int] = {}
    groups, nodes = [], []
    for number, found in enumerate(keys):
        for key in found:
            groups.append(numbers.setdefault(key, len(numbers)))
            nodes.append(number)
    group, node = np.array(groups, np.int64), np.array(nodes, np.int64)
    plot, count = Plot(graph, cards), np.bincount(group, minlength=len(numbers))
    is_shown = ~plot.is_column[node]
    if columns_too:
        is_shown |= group != numbers.get(NO_TAG, -1)
    line = np.array(graph.column("line"), np.int64)
    order = np.flatnonzero(is_shown)
    order = order[np.lexsort((line[node[order]], group[order]))]
    starts = np.searchsorted(group[order], np.arange(len(numbers) + 1))
    branches = [
        Branch(
            module_name(name),
            count=int(count[number]),
            children=Leaves(plot, node[order[starts[number] : starts[number + 1]]]),
        )
        for name, number in numbers.items()
    ]
    return sorted(branches, key=lambda group: group.text in LAST)
