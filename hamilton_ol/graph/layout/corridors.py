"""The room of each lane between the cards above and below it."""

from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints
from hamilton_ol.graph.layout.isotonic import isotonic
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.ranking import Ranking
from hamilton_ol.graph.layout.style import Spacing

CLOSEST = 8.0  # lanes are never closer
ENDLESS = 1e7


@dataclass(frozen=True, eq=False)
class Corridors:
    """Bounds of the lanes, and their order inside each room.

    Attributes:
        low, high: what a lane keeps to, (D,).
        lanes: the lanes in the order of the layers, (D,).
        room: the number of the room that each of `lanes` is in, (D,).
        above: distance that each of `lanes` keeps from the first of its room, (D,).
    """

    low: Floats
    high: Floats
    lanes: Ints
    room: Ints
    above: Floats

    def nearest(self, place: Floats) -> Floats:
        """The places nearest to `place` that keep bounds, order and distances, (D,)."""
        wanted = place[self.lanes] - self.above
        wanted = np.clip(
            wanted, self.low[self.lanes] - self.above, self.high[self.lanes] - self.above
        )
        far = self.room * (float(np.ptp(wanted)) + 1.0) if wanted.size else wanted
        found = place.copy()
        if wanted.size:
            found[self.lanes] = isotonic(wanted + far, np.ones(wanted.size)) - far + self.above
        return np.clip(found, self.low, self.high)


def corridors(net: Net, ranking: Ranking, place: Floats, spacing: Spacing) -> Corridors:
    """The corridors of all lanes when all items stand at `place`, (N,)."""
    order = ranking.order
    layer, lane = net.layer[order], net.is_lane[order]
    at = np.arange(order.size)
    previous = np.maximum.accumulate(np.where(lane, -1, at))
    following = np.minimum.accumulate(np.where(lane, order.size, at)[::-1])[::-1]
    before, after = ranking.first[layer] - 1, ranking.first[layer + 1]
    above, below = np.maximum(previous, before), np.minimum(following, after)
    step = min(spacing.lane, CLOSEST) - 0.01
    low = _edge(net, order, place, above, above > before, spacing.clear)
    high = _edge(net, order, place, below, below < after, -spacing.clear)
    slots = np.flatnonzero(lane)
    number = order[slots] - net.cards
    nested = (slots - above[slots] - 1) * step
    left = np.empty(slots.size)
    right = np.empty(slots.size)
    left[number] = low[slots] + nested
    right[number] = high[slots] - (below[slots] - slots - 1) * step
    is_new = np.ones(slots.size, np.bool_)
    is_new[1:] = above[slots][1:] != above[slots][:-1]
    return Corridors(left, np.maximum(left, right), number, np.cumsum(is_new), np.asarray(nested))


def _edge(net: Net, order: Ints, place: Floats, slot: Ints, is_card: Flags, clear: float) -> Floats:
    """The side of a card that a lane keeps clear of; far away where there is none."""
    card = order[np.clip(slot, 0, order.size - 1)]
    side = 1.0 if clear > 0 else -1.0
    edge = place[card] + side * net.breadth[card] / 2 + clear
    return np.where(is_card, edge, -side * ENDLESS)
