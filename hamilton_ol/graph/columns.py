"""Which column comes from which, as far as that is known."""

from collections.abc import Iterable, Mapping
from functools import cached_property
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
    """All columns of a graph's nodes.

    Args:
        index: {id: number} of the nodes.
        columns: all of them; those that only edges name are added.
        edges: between them; an edge of a node that is not in `index` is left out.

    Attributes:
        columns: all of them, by number.
        edges: between them.
    """

    def __init__(
        self, index: Mapping[str, int], columns: Iterable[Column], edges: Iterable[ColumnEdge]
    ) -> None:
        self.edges = tuple(
            edge
            for edge in dict.fromkeys(edges)
            if edge.origin.node in index and edge.target.node in index
        )
        ends = (end for edge in self.edges for end in edge[:2])
        named = (column for column in columns if column.node in index)
        self.columns = tuple(dict.fromkeys((*named, *ends)))
        self._numbers = {column: number for number, column in enumerate(self.columns)}
        numbers = self._numbers
        super().__init__(
            np.array([index[column.node] for column in self.columns], np.int32),
            np.array([numbers[edge.origin] for edge in self.edges], np.int32),
            np.array([numbers[edge.target] for edge in self.edges], np.int32),
        )

    def __contains__(self, column: object) -> bool:
        """Whether there is such a column."""
        return column in self._numbers

    def number(self, column: Column) -> int:
        """The number of a column, which must be there."""
        return self._numbers[column]
