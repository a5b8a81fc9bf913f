"""What a layout remembers, by name, for the next one."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints

NEW = -1


@dataclass(frozen=True, eq=False)
class Trail:
    """Where the cards and lanes of a chart were.

    Attributes:
        column: where the column of each card begins, (n,).
        middle: the middle of each card across the edges, (n,), NaN for a card that was not there.
        layer: the layer inside its part, (n,), -1 for a card that was not there.
        part: its part, (n,), -1 for a card that was not there.
        lane_card, lane_row: whose trunk a lane belongs to, (D,).
        lane_layer: the layer of each lane inside its part, (D,).
        lane_middle: where it was, (D,).
        slot: the cell of a grid that each card was in, (n,), -1 for none.
        line: how many cells a line of that grid had, (n,).
    """

    column: Floats
    middle: Floats
    layer: Ints
    part: Ints
    lane_card: Ints
    lane_row: Ints
    lane_layer: Ints
    lane_middle: Floats
    slot: Ints
    line: Ints

    @property
    def is_known(self) -> Flags:
        """Which cards were there, (n,)."""
        return np.asarray(self.layer != NEW, np.bool_)

    def recalled(self, number: Ints, cards: int) -> "Trail":
        """The same for other cards.

        Args:
            number: the new number of each card, -1 for one that is gone, (n,).
            cards: how many there are now.
        """
        stays = number >= 0
        new = number[stays]
        places = np.full((2, cards), np.nan)
        places[:, new] = np.stack((self.column, self.middle))[:, stays]
        numbers = np.full((4, cards), NEW, np.int64)
        numbers[:, new] = np.stack((self.layer, self.part, self.slot, self.line))[:, stays]
        layer, part, slot, line = numbers
        card = number[self.lane_card]
        lane = card >= 0
        lanes = (card[lane], self.lane_row[lane], self.lane_layer[lane], self.lane_middle[lane])
        return Trail(places[0], places[1], layer, part, *lanes, slot, line)


@dataclass(frozen=True, eq=False)
class Named:
    """A trail and whose it is.

    Attributes:
        names: of the cards, (n,).
        trail: where they were.
    """

    names: Sequence[Hashable]
    trail: Trail

    def recalled(self, names: Sequence[Hashable]) -> Trail | None:
        """The trail for cards that are called so; None when none of them was there."""
        known: dict[Hashable, int] = {}
        for at, name in enumerate(names):
            known.setdefault(name, at)
        number = np.array([known.pop(name, NEW) for name in self.names], np.int64)
        if not (number >= 0).any():
            return None
        return self.trail.recalled(number, len(names))


@dataclass(frozen=True, eq=False)
class Memory:
    """What is kept of a layout.

    Attributes:
        outer: cards that are in no group, and groups as cards.
        inner: members of open groups, inside these.
        direction: which way the edges ran.
    """

    outer: Named | None = None
    inner: Named | None = None
    direction: str = ""


EMPTY = Memory()
