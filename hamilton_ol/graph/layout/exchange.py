"""Neighbours change places wherever that takes away crossings."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import (
    Flags,
    Ints,
    members,
    order_by,
    starts,
)
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.ranking import Ranking

AT_ONCE = 16_384  # pairs of neighbours
MOST_PAIRS = 40_000  # of links of two neighbours; above it nothing is compared


@dataclass(frozen=True, eq=False)
class _Links:
    """The links of each item before it, and after all those the links of each item after it."""

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
        self._links = _links(net)
        check()
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
                for begin in range(0, chosen.size, AT_ONCE):
                    self._check()
                    gained += self._change(chosen[begin : begin + AT_ONCE], touched)
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
        gain = self._gain(upper, lower)
        better = gain > 0
        place, one, other = first[better], upper[better], lower[better]
        order[place], order[place + 1] = other, one
        position[other] -= 1
        position[one] += 1
        touched[one] = touched[other] = True
        return int(gain[better].sum())

    def _gain(self, upper: Ints, lower: Ints) -> Ints:
        """Crossings that go minus crossings that come when each pair changes places."""
        side, items, count = self._links, self._ranking.net.items, upper.size
        upper, lower = (np.concatenate((item, item + items)) for item in (upper, lower))
        pairs = side.size[upper] * side.size[lower]
        some = np.flatnonzero((pairs > 0) & (pairs <= MOST_PAIRS))
        gain = np.zeros(2 * count, np.int64)
        gain[some] = self._pulls(upper[some], lower[some], pairs[some])
        return gain[:count] + gain[count:]

    def _pulls(self, upper: Ints, lower: Ints, pairs: Ints) -> Ints:
        """How many links of each upper item end below one of the lower item, less those above one."""
        side = self._links
        above, rows = members(side.start, upper)
        columns, first = side.size[lower].repeat(rows), side.start[lower].repeat(rows)
        below = np.arange(int(pairs.sum())) - (columns.cumsum() - columns - first).repeat(columns)
        apart = self._ends(above).repeat(columns) - self._ends(below)
        total = np.append(0, np.sign(apart).cumsum())
        end = pairs.cumsum()
        return np.asarray(total[end] - total[end - pairs], np.int64)

    def _ends(self, links: Ints) -> Ints:
        """Where links end, as numbers that rise from one item to the next."""
        place = self._ranking.position[self._links.near[links]] * self._ranking.ports
        return np.asarray(place + self._links.rank[links], np.int64)

    def _near(self, touched: Flags) -> list[Flags]:
        """Which pairs are near to a change, for each quarter."""
        near = touched.copy()
        items = np.flatnonzero(touched)
        both = np.concatenate((items, items + near.size))
        near[self._links.near[members(self._links.start, both)[0]]] = True
        sorted_near = near[self._ranking.order]
        wide = sorted_near.copy()
        wide[:-1] |= sorted_near[1:]
        wide[1:] |= sorted_near[:-1]
        return [wide[pairs] | wide[pairs + 1] for pairs in self._quarters]


def _links(net: Net) -> _Links:
    own = np.concatenate((net.head.item, net.tail.item + net.items))
    near = np.concatenate((net.tail.item, net.head.item))
    rank = np.concatenate((net.tail.rank, net.head.rank))
    order, start = order_by(own), starts(own, 2 * net.items)
    return _Links(start, near[order], rank[order], np.diff(start))
