"""The edges of a graph in one direction, as compressed sparse rows of int32."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from hamilton_ol.graph.sweep import Sweep

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
LISTED = 50_000  # edges; lists of more are not kept: they are made much quicker than walked


class Adjacency:
    """Which nodes an edge leads to from each node.

    Attributes:
        starts: int32 (nodes + 1): where in `targets` the neighbours of each node begin.
        targets: int32 (edges): the neighbours.
        edges: int32 (edges): the number of the edge that leads there.
    """

    def __init__(self, count: int, origins: Ints, targets: Ints) -> None:
        size = max(len(origins), 1)  # numbers sort several times as fast as places do
        order = np.sort(origins.astype(np.int64) * size + np.arange(len(origins))) % size
        self.starts: Ints = np.zeros(count + 1, np.int32)
        np.cumsum(np.bincount(origins, minlength=count), out=self.starts[1:])
        self.targets: Ints = targets[order]
        self.edges: Ints = order.astype(np.int32)
        for array in (self.starts, self.targets, self.edges):
            array.setflags(write=False)

    @property
    def count(self) -> int:
        """How many nodes there are."""
        return len(self.starts) - 1

    @cached_property
    def degrees(self) -> Ints:
        """int32 (nodes): how many neighbours each node has."""
        return np.diff(self.starts)

    @property
    def lists(self) -> tuple[list[int], list[int]]:
        """`starts` and `targets` as lists, which plain Python walks three times as fast."""
        if len(self.targets) > LISTED:
            return self.starts.tolist(), self.targets.tolist()
        return self._lists

    @cached_property
    def _lists(self) -> tuple[list[int], list[int]]:
        return self.starts.tolist(), self.targets.tolist()

    @cached_property
    def sweep(self) -> "Sweep | None":
        """What finds quickest what is reached; None where that does not work."""
        from hamilton_ol.graph.sweep import sweep  # noqa: PLC0415 - needs scipy

        return sweep(self)

    @cached_property
    def levels(self) -> Ints | None:
        """int32 (nodes): edges of the longest way to each; None for a cycle, and very long ways."""
        from hamilton_ol.graph.sweep import levels_of  # noqa: PLC0415 - that reads this module

        return levels_of(self)

    @property
    def ends(self) -> tuple[Ints, Ints]:
        """int32 (edges), twice: the nodes that each edge leads from, and to."""
        return np.repeat(np.arange(self.count, dtype=np.int32), self.degrees), self.targets

    def of(self, node: int) -> Ints:
        """The neighbours of a node."""
        found: Ints = self.targets[self.starts[node] : self.starts[node + 1]]
        return found

    def edges_of(self, node: int) -> Ints:
        """The numbers of the edges that lead to them."""
        found: Ints = self.edges[self.starts[node] : self.starts[node + 1]]
        return found

    def after(self, nodes: Ints) -> Ints:
        """The neighbours of several nodes, one after the other, repeated where they are shared."""
        begins = self.starts[nodes]
        counts = self.starts[nodes + 1] - begins
        shifts = begins - (np.cumsum(counts) - counts)
        places = np.repeat(shifts, counts) + np.arange(counts.sum())
        found: Ints = self.targets[places]
        return found
