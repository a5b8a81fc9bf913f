"""Neighbours change places wherever that takes away crossings."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import (
    Flags,
    Floats,
    Ints,
    members,
    order_by,
    starts,
    sums,
)
from hamilton_ol.graph.layout.ranking import Ranking

MOST_PAIRS = 40_000  # of links of two neighbours; above it nothing is compared


@dataclass(frozen=True, eq=False)
class _Side:
    start: Ints
    near: Ints
    rank: Ints
    size: Ints


class Exchange:
    """Exchanges in a ranking: a quarter of all pairs of neighbours at once, so that none shares an item.

    Args:
        ranking: what is changed.
        keep: two items of which never change places, (N,).
        check: called often.
    """

    def __init__(
        self, ranking: Ranking, check: Callable[[], None], keep: Flags | None = None
    ) -> None:
        self._ranking, self._check, self._keep = ranking, check, keep
        net = ranking.net
        self._sides = (
            _side(net.items, net.head.item, net.tail.item, net.tail.rank),
            _side(net.items, net.tail.item, net.head.item, net.head.rank),
        )
        sorted_layers = np.repeat(np.arange(ranking.size.size), ranking.size)
        first = np.flatnonzero(sorted_layers[:-1] == sorted_layers[1:])
        layer = sorted_layers[first]
        colour = 2 * (layer & 1) + ((first - ranking.first[layer]) & 1)
        self._quarters = [first[colour == number] for number in range(4)]

    def run(self, rounds: int) -> int:
        """Change places until nothing is gained, or for some rounds; how many crossings went."""
        live: list[Flags] | None = None
        total = 0
        for number in range(rounds):
            touched = np.zeros(self._ranking.net.items, np.bool_)
            gained = 0
            for quarter, pairs in enumerate(self._quarters):
                chosen = pairs if live is None else pairs[live[quarter]]
                if chosen.size:
                    self._check()
                    gained += self._change(chosen, touched)
            total += gained
            if not gained:
                break
            if number + 1 < rounds:
                live = self._near(touched)
        return total

    def _change(self, first: Ints, touched: Flags) -> int:
        order, position = self._ranking.order, self._ranking.position
        upper, lower = order[first], order[first + 1]
        if self._keep is not None:
            free = ~(self._keep[upper] & self._keep[lower])
            first, upper, lower = first[free], upper[free], lower[free]
        gain = np.zeros(first.size)
        for side in self._sides:
            gain += self._gain(side, upper, lower)
        better = gain > 0
        place, one, other = first[better], upper[better], lower[better]
        order[place], order[place + 1] = other, one
        position[other] -= 1
        position[one] += 1
        touched[one] = touched[other] = True
        return int(gain[better].sum())

    def _gain(self, side: _Side, upper: Ints, lower: Ints) -> Floats:
        """Crossings that go minus crossings that come when each pair changes places."""
        pairs = side.size[upper] * side.size[lower]
        pairs = np.where(pairs > MOST_PAIRS, 0, pairs)
        if not pairs.sum():
            return np.zeros(upper.size)
        of = np.repeat(np.arange(upper.size), pairs)
        number = np.arange(of.size) - (np.cumsum(pairs) - pairs)[of]
        width = side.size[lower][of]
        row = number // width
        above = side.start[upper][of] + row
        below = side.start[lower][of] + number - row * width
        position, ports = self._ranking.position, self._ranking.ports
        apart = position[side.near[above]] - position[side.near[below]]
        apart = apart * ports + side.rank[above] - side.rank[below]
        return sums(np.sign(apart), of, upper.size)

    def _near(self, touched: Flags) -> list[Flags]:
        """Which pairs are near to a change, for each quarter."""
        near = touched.copy()
        items = np.flatnonzero(touched)
        for side in self._sides:
            near[side.near[members(side.start, items)[0]]] = True
        sorted_near = near[self._ranking.order]
        wide = sorted_near.copy()
        wide[:-1] |= sorted_near[1:]
        wide[1:] |= sorted_near[:-1]
        return [wide[pairs] | wide[pairs + 1] for pairs in self._quarters]


def _side(items: int, own: Ints, near: Ints, rank: Ints) -> _Side:
    order, start = order_by(own), starts(own, items)
    return _Side(start, near[order], rank[order], np.diff(start))
