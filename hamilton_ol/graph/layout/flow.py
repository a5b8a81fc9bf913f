"""Cards and edges in the layout's own directions: u runs along the edges, v across them."""

from dataclasses import dataclass

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints


@dataclass(frozen=True, eq=False)
class Flow:
    """What one run lays out.

    Attributes:
        depth: extent of the cards along u, (n,).
        breadth: extent along v, (n,).
        rows: how many rows a card has, (n,).
        shares_width: whether a card is as wide as all others of its column that share theirs, (n,).
        is_open: whether each edge leaves and enters a card by a port of its own, in free order, (n,).
        source, row, target, argument: of the edges, (m,).
        weight: how much an edge counts when a cycle is cut, (m,).
        part: what is laid out together, (n,), or None for what edges connect.
    """

    depth: Floats
    breadth: Floats
    rows: Ints
    shares_width: Flags
    is_open: Flags
    source: Ints
    row: Ints
    target: Ints
    argument: Ints
    weight: Floats
    part: Ints | None = None

    @property
    def cards(self) -> int:
        """How many cards there are."""
        return self.depth.size

    @property
    def edges(self) -> int:
        """How many edges there are."""
        return self.source.size
