"""Nodes that an answer consists of."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from hamilton_ol.graph.adjacency import Ints, Mask
from hamilton_ol.graph.nodes import Edge, Node

if TYPE_CHECKING:
    import pandas as pd

    from hamilton_ol.graph.lineage import LineageGraph


class Selection(AbstractSet[str]):
    """The ids of some nodes, in the order of the graph; equal to any set of the same ids.

    Args:
        graph: that they are in.
        mask: bool (nodes): which of them.
        find_depths: finds what `depths` is, when that is needed first.
    """

    def __init__(
        self,
        graph: "LineageGraph",
        mask: Mask,
        find_depths: Callable[[], Ints | None] = lambda: None,
    ) -> None:
        self._graph, self.mask, self._find_depths = graph, mask, find_depths

    @property
    def whole(self) -> "LineageGraph":
        """The graph that they are in."""
        return self._graph

    @classmethod
    def _from_iterable(cls, it: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(it)

    def __contains__(self, node: object) -> bool:
        """Whether the node with this id is among them."""
        number = self._graph.index.get(node) if isinstance(node, str) else None
        return number is not None and bool(self.mask[number])

    def __iter__(self) -> Iterator[str]:
        """Their ids."""
        ids = self._graph.ids
        return (ids[number] for number in self.numbers.tolist())

    def __len__(self) -> int:
        """How many they are."""
        return int(np.count_nonzero(self.mask))

    def __eq__(self, other: object) -> bool:
        """Whether the other is a set of the same ids."""
        return super().__eq__(other)

    def __hash__(self) -> int:
        """Equal for equal sets."""
        return self._hash()

    def __repr__(self) -> str:
        """How many they are of how many."""
        return f"<Selection of {len(self)} of {len(self._graph)} nodes>"

    @property
    def numbers(self) -> Ints:
        """int32: the numbers of the nodes."""
        return np.flatnonzero(self.mask).astype(np.int32)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All that is known of them."""
        return tuple(map(self._graph.nodes.__getitem__, self.numbers.tolist()))

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges between them."""
        return self._graph.edges_within(self.mask)

    @cached_property
    def depths(self) -> Ints | None:
        """int32 (nodes): how many edges each is away from where the question began.

        -1 where none leads; None where the question began nowhere.
        """
        return self._find_depths()

    def depth(self, node: str) -> int | None:
        """How many edges a node is away from where the question began."""
        found = -1 if self.depths is None else int(self.depths[self._graph.index[node]])
        return None if found < 0 else found

    def graph(self) -> "LineageGraph":
        """These nodes and the edges between them as a graph."""
        return self._graph.restricted(self.mask)

    def to_pandas(self) -> "pd.DataFrame":
        """A row for each node, as `LineageGraph.to_pandas`."""
        return self.graph().to_pandas()
