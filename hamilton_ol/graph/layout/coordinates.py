"""Places across the edges: ports that are linked stand opposite to each other, as far as they can."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, means, rank_within, sums
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.pulls import pulls, stiffness
from hamilton_ol.graph.layout.sparse import multiplier
from hamilton_ol.graph.layout.stacking import Stacking

TRUNK, BRANCH, BRANCHES, TURN = 8.0, 2.0, 2.0, 2.0
ROUNDS = ((60_000, 40), (200_000, 24))  # items, rounds
FEWEST_ROUNDS, KEPT_ROUNDS = 14, 24
STEP, LAST_STEP, LAST_ROUNDS = 0.9, 0.6, 6
LIGHTEST, HEAVIEST, LANE = 0.05, 64.0, 2.0
STRAIGHT = 0.95  # how much the rows of folded columns are made straight
SETTLING = 10
TINY = 1e-9


@dataclass(frozen=True, eq=False)
class Anchors:
    """Places that items would like to keep.

    Attributes:
        place: (N,).
        weight: times the weight of the item's links, (N,); 0 for an item that has none.
    """

    place: Floats
    weight: Floats


def coordinates(
    net: Net, stacking: Stacking, check: Callable[[], None], anchors: Anchors | None = None
) -> Floats:
    """The place of each item's middle, (N,)."""
    draw = _Draw(net)
    check()
    rows = _Rows(net, stacking.order)
    lane = net.is_lane
    weight = np.where(lane, LANE, 1.0) * np.clip(draw.total, LIGHTEST, HEAVIEST)
    place = stacking.packed()
    rounds = next((rounds for most, rounds in ROUNDS if net.items < most), FEWEST_ROUNDS)
    held = None
    if anchors is not None:
        rounds = KEPT_ROUNDS
        held = anchors.weight * np.maximum(draw.total, 1.0)
        place = stacking.nearest(np.where(held > 0, anchors.place, place), weight + held)
        weight = weight + held
    for number in range(rounds):
        check()
        wanted = draw.wanted(place)
        if anchors is not None and held is not None:
            total = np.maximum(draw.total + held, TINY)
            wanted = (wanted * draw.total + anchors.place * held) / total
        step = STEP if number < rounds - LAST_ROUNDS else LAST_STEP
        wanted = rows.straightened(place + step * (wanted - place))
        place = stacking.nearest(wanted, weight)
    return place


def settle(net: Net, place: Floats, is_kept: Flags) -> Floats:
    """Places with every item that is not kept moved to where its links draw it, (N,)."""
    draw = _Draw(net)
    for _ in range(SETTLING):
        place = np.where(is_kept, place, draw.wanted(place))
    return place


class _Rows:
    """Cards that stand beside each other in a folded column."""

    def __init__(self, net: Net, order: Ints) -> None:
        layers = net.layers
        folded = layers.folded.copy()
        folded[:-1] |= layers.folded[1:]
        self._cards = np.flatnonzero(folded[layers.of])
        rank = np.empty(net.items, np.int64)
        rank[order] = np.arange(net.items)
        row = rank_within(layers.of, rank[: net.cards])
        key = np.cumsum(~layers.folded)[layers.of] * (net.cards + 1) + row
        self._row = np.unique(key[self._cards], return_inverse=True)[1].reshape(-1)
        self._count = int(self._row.max(initial=-1)) + 1

    def straightened(self, place: Floats) -> Floats:
        """The same with the cards of a row nearly at one height."""
        if not self._count:
            return place
        place = place.copy()
        own = place[self._cards]
        mean = means(own, self._row, self._count)[self._row]
        place[self._cards] = own + STRAIGHT * (mean - own)
        return place


class _Draw:
    """Where the links of an item draw it.

    Attributes:
        total: the weight of an item's links, (N,).
    """

    def __init__(self, net: Net) -> None:
        felt_tail, felt_head = pulls(net, trunk=TRUNK, branch=BRANCH, branches=BRANCHES)
        stiff, turn = stiffness(net), np.full(net.turn_card.size, TURN)
        sides = (net.tail.item, net.turn_card), (net.head.item, net.turn_lane)
        one, other = (np.concatenate(side) for side in sides)
        own, near = np.concatenate((one, other)), np.concatenate((other, one))
        weight = np.concatenate((felt_tail * stiff, turn, felt_head * stiff, turn))
        apart = np.concatenate((net.head.offset - net.tail.offset, -net.turn_offset))
        shift = np.concatenate((apart, -apart))
        self._summed = multiplier(net.items, own, near, weight)
        self._shift = sums(weight * shift, own, net.items)
        self.total = sums(weight, own, net.items)

    def wanted(self, place: Floats) -> Floats:
        """The mean of the places that the links of each item would give it."""
        mean = (self._summed(place) + self._shift) / np.maximum(self.total, TINY)
        return np.asarray(np.where(self.total > 0, mean, place), np.float64)
