"""Long edges pulled taut through their corridors, as strings are."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, sums
from hamilton_ol.graph.layout.columns import Columns
from hamilton_ol.graph.layout.corridors import Corridors
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.pulls import pulls

TRUNK, BRANCH, BRANCHES = 3.0, 1.0, 1.0
ROUNDS = ((20_000, 30), (150_000, 12))  # lanes, rounds
FEWEST_ROUNDS = 4
STEP = 0.8
LEVEL = 5.0  # lanes that fall or rise less, do not


@dataclass(frozen=True, eq=False)
class Strings:
    """Lanes as they are drawn: from the left side of their column to the right one.

    Attributes:
        left, right: place at both sides, (D,).
        left_slope, right_slope: v by u there, (D,).
    """

    left: Floats
    right: Floats
    left_slope: Floats
    right_slope: Floats


def strings(
    net: Net, columns: Columns, corridors: Corridors, place: Floats, check: Callable[[], None]
) -> Strings:
    """Pull all lanes taut; none leaves its corridor."""
    string = _String(net, columns, place)
    left = right = place[net.cards :]
    count = left.size
    if not count:
        return Strings(left, right, left, right)
    for _ in range(next((rounds for most, rounds in ROUNDS if count < most), FEWEST_ROUNDS)):
        check()
        to_left, to_right = string.taut(left, right)
        left = corridors.nearest(left + STEP * (to_left - left))
        check()
        right = corridors.nearest(right + STEP * (to_right - right))
    check()
    return string.shaped(*_level(left, right))


def _level(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """The same, but nothing that is nearly level looks as if it was drawn by a shaky hand."""
    middle, is_level = (left + right) / 2, np.abs(right - left) < LEVEL
    return np.where(is_level, middle, left), np.where(is_level, middle, right)


class _String:
    def __init__(self, net: Net, columns: Columns, place: Floats) -> None:
        lanes = net.items - net.cards
        self._cards, self._lanes = net.cards, lanes
        felt_tail, felt_head = pulls(net, trunk=TRUNK, branch=BRANCH, branches=BRANCHES)
        to_lane = np.flatnonzero(net.head.item >= net.cards)
        from_lane = np.flatnonzero(net.tail.item >= net.cards)
        self._before = _Near(net, to_lane, felt_head, place, is_tail=True)
        self._after = _Near(net, from_lane, felt_tail, place, is_tail=False)
        layer = net.layer[net.cards :]
        gap = np.maximum(columns.gap, 1.0)
        self._width = np.maximum((columns.end - columns.begin)[layer], 1.0)
        self._gap_before, self._gap_after = gap[layer - 1], gap[layer]

    def taut(self, left: Floats, right: Floats) -> tuple[Floats, Floats]:
        """Where both sides of each lane would be on a straight line between what is beside them."""
        inner = 1 / self._width
        before = self._before.has / self._gap_before
        after = self._after.has / self._gap_after
        to_left = (before * self._before.mean(right) + inner * right) / (before + inner)
        to_right = (after * self._after.mean(left) + inner * left) / (after + inner)
        return to_left, to_right

    def shaped(self, left: Floats, right: Floats) -> Strings:
        """With slopes that keep each curve between its ends: flat where both its neighbours turn."""
        before, after, width = self._gap_before, self._gap_after, self._width
        coming = (left - self._before.mean(right)) / before
        going = (self._after.mean(left) - right) / after
        inside = (right - left) / width
        first = self._before.has * (coming * width + inside * before) / (before + width)
        last = self._after.has * (going * width + inside * after) / (after + width)
        least, most = 3 * np.minimum(inside, 0.0), 3 * np.maximum(inside, 0.0)
        first, last = np.clip(first, least, most), np.clip(last, least, most)
        return Strings(left, right, first, last)


class _Near:
    """What the lanes are linked with on one side.

    Attributes:
        has: 1 for a lane that has links there, (D,).
    """

    def __init__(
        self, net: Net, chosen: Ints, felt: Floats, place: Floats, *, is_tail: bool
    ) -> None:
        near, own = (net.tail, net.head) if is_tail else (net.head, net.tail)
        self._lane = own.item[chosen] - net.cards
        self._count = net.items - net.cards
        weight = felt[chosen]
        item = near.item[chosen]
        self._total = sums(weight, self._lane, self._count)
        self.has = (self._total > 0).astype(np.float64)
        is_card = item < net.cards
        ports = weight * np.where(is_card, place[item] + near.offset[chosen], 0.0)
        self._fixed = sums(ports, self._lane, self._count)
        inner = np.flatnonzero(~is_card)
        self._own, self._other = self._lane[inner], item[inner] - net.cards
        self._weight = weight[inner]

    def mean(self, lanes: Floats) -> Floats:
        """The mean place of all that a lane is linked with, (D,), lanes being at `lanes`."""
        found = self._fixed.copy()
        found[self._own] += self._weight * lanes[self._other]  # at most one lane at a side
        return np.asarray(found / np.maximum(self._total, 1e-9), np.float64)
