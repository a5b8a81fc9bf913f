"""Which column comes from which, as far as that is known."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.adjacency import Adjacency, Ints, Mask
from hamilton_ol.graph.reachability import reached

WHOLE = ""  # stands, as a column's name, for a result of which it is not known which column


class Column(NamedTuple):
    """A column of a node's result.

    Attributes:
        node: id of the node.
        name: of the column; the node's own where the result has none; `WHOLE`.
    """

    node: str
    name: str


class ColumnEdge(NamedTuple):
    """One column comes from another.

    Attributes:
        origin, target: the columns, in the direction in which data flows.
        direct: whether its values do, and not only something that depends on it.
    """

    origin: Column
    target: Column
    direct: bool = True


class Flow:
    """What comes from what, of columns that have numbers.

    Attributes:
        owners: int32 (columns): the number of each column's node.
        origins, targets: int32 (edges): the columns that an edge leads from and to.
    """

    def __init__(self, owners: Ints, origins: Ints, targets: Ints) -> None:
        self.owners, self.origins, self.targets = owners, origins, targets

    @cached_property
    def down(self) -> Adjacency:
        """From each column to those that come from it."""
        return Adjacency(len(self.owners), self.origins, self.targets)

    @cached_property
    def up(self) -> Adjacency:
        """From each column to those that it comes from."""
        return Adjacency(len(self.owners), self.targets, self.origins)

    def reached(self, columns: Mask, *, is_up: bool = False) -> Mask:
        """The columns that come from some, or that they come from, and these."""
        roots = np.flatnonzero(columns).astype(np.int32)
        return reached(self.up if is_up else self.down, roots)

    def nodes_of(self, columns: Mask, count: int) -> Mask:
        """The nodes, of `count`, that have one of these columns."""
        found: Mask = np.zeros(count, np.bool_)
        found[self.owners[columns]] = True
        return found


class ColumnGraph(Flow):
    """All columns of a graph's nodes; there may be millions, so no object is made of each.

    Args:
        ids: of the nodes.
        names: of the columns.
        owners: int32 (columns): the number of each column's node.
        origins, targets: int32 (edges): the columns that an edge leads from and to.
        direct: bool (edges): whether values come from there, and not only something that depends
            on them.
    """

    def __init__(
        self,
        ids: Sequence[str],
        names: Sequence[str],
        owners: Ints,
        origins: Ints,
        targets: Ints,
        direct: Mask,
    ) -> None:
        super().__init__(owners, origins, targets)
        self._ids, self.names, self.direct = ids, names, direct

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All of them, by number."""
        ids = map(self._ids.__getitem__, self.owners.tolist())
        return tuple(map(Column, ids, self.names))

    @cached_property
    def edges(self) -> tuple[ColumnEdge, ...]:
        """The edges between them."""
        column = self.columns.__getitem__
        ends = (map(column, side.tolist()) for side in (self.origins, self.targets))
        return tuple(map(ColumnEdge, *ends, self.direct.tolist()))

    @cached_property
    def _numbers(self) -> Mapping[Column, int]:
        return {column: number for number, column in enumerate(self.columns)}

    def __contains__(self, column: object) -> bool:
        """Whether there is such a column."""
        return column in self._numbers

    def number(self, column: Column) -> int:
        """The number of a column, which must be there."""
        return self._numbers[column]


class ColumnNumbers:
    """Columns and the edges between them, as somebody tells them one by one."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._named: set[int] = set()
        self._ends = array("i"), array("i")
        self._direct = bytearray()

    def add(self, node: str, name: str) -> None:
        """There is a column."""
        self._named.add(self._number(node, name))

    def _number(self, node: str, name: str) -> int:
        return self._numbers.setdefault((node, name), len(self._numbers))

    def connect(self, origin: tuple[str, str], target: tuple[str, str], *, direct: bool) -> None:
        """One column, (node, name), comes from another."""
        numbers = self._numbers
        self._ends[0].append(numbers.setdefault(origin, len(numbers)))
        self._ends[1].append(numbers.setdefault(target, len(numbers)))
        self._direct.append(direct)

    def graph(self, index: Mapping[str, int]) -> ColumnGraph:
        """What was told of the nodes in `index`, each edge once."""
        number, nodes = index.get, (node for node, _ in self._numbers)
        owners = np.fromiter((number(node, -1) for node in nodes), np.int32, len(self._numbers))
        origins, targets = (np.array(side, np.int64) for side in self._ends)
        direct = np.array(self._direct, np.bool_)
        keys = (origins * max(len(owners), 1) + targets) * 2 + direct
        edges = np.sort(np.unique(keys, return_index=True)[1])
        edges = edges[(owners[origins[edges]] >= 0) & (owners[targets[edges]] >= 0)]
        stays = np.zeros(len(owners), np.bool_)
        stays[[*self._named]] = True
        stays &= owners >= 0
        stays[origins[edges]] = stays[targets[edges]] = True
        names = tuple(compress((name for _, name in self._numbers), stays.tolist()))
        place = (np.cumsum(stays) - 1).astype(np.int32)
        ends = place[origins[edges]], place[targets[edges]]
        return ColumnGraph(tuple(index), names, owners[stays], *ends, direct[edges])


def column_graph(
    index: Mapping[str, int], columns: Iterable[Column], edges: Iterable[ColumnEdge]
) -> ColumnGraph:
    """The graph of columns.

    Args:
        index: {id: number} of the nodes.
        columns: all of them; those that only edges name are added.
        edges: between them; an edge of a node that is not in `index` is left out.
    """
    told = ColumnNumbers()
    for column in columns:
        told.add(*column)
    for origin, target, direct in edges:
        told.connect(origin, target, direct=direct)
    return told.graph(index)
