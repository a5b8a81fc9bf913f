"""What a layout remembers, by name, for the next one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints


@dataclass(frozen=True, eq=False)
class Memory:
    """Names, and the places that belong to them.

    Attributes:
        names: of the cards, (n,).
        u, v: begin of each card along the edges, and its middle across, (n,).
        layer, part: of each card, (n,).
        lane_card, lane_row, lane_layer: whose value a lane carries, and in which layer, (D,).
        lane_v: where it is, (D,).
        groups: names of groups (or cards beside them) that were laid out as cards, and ...
        group_memory: ... where they were.
        direction: which way the edges ran.
    """

    names: Sequence[str]
    u: Floats
    v: Floats
    layer: Ints
    part: Ints
    lane_card: Ints
    lane_row: Ints
    lane_layer: Ints
    lane_v: Floats
    direction: str
    outer: "Memory | None" = None

    def numbers(self, names: Sequence[str]) -> Ints:
        """The number here of each name, -1 for one that is not here; the first of equal names."""
        known: dict[str, int] = {}
        for number, name in enumerate(self.names):
            known.setdefault(name, number)
        return np.array([known.get(name, -1) for name in names], np.int64)


EMPTY = Memory((), *(np.zeros(0),) * 2, *(np.zeros(0, np.int64),) * 5, np.zeros(0), "")
