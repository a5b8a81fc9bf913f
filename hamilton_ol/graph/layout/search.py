"""Finds a good order: sweeps that look ever more to both sides, exchanges, and several beginnings."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints
from hamilton_ol.graph.layout.copies import copied
from hamilton_ol.graph.layout.crossings import Crossings
from hamilton_ol.graph.layout.exchange import Exchange
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.ranking import Ranking
from hamilton_ol.graph.layout.sweeps import Sweeps
from hamilton_ol.graph.layout.watch import Watch

# The weight of the other side in each sweep. Growing weights are what makes the difference.
THOROUGH = (0.0,) * 4 + (0.1,) * 8 + (0.25,) * 8 + (0.4,) * 4 + (0.5,) * 4
USUAL = (0.0,) * 3 + (0.1,) * 4 + (0.25,) * 4 + (0.4,) * 2 + (0.5,) * 3
QUICK = (0.0, 0.1, 0.1, 0.25, 0.25, 0.4, 0.5, 0.5)
SMALL, MEDIUM, LARGE, COUNTED = 300, 12_000, 60_000, 200_000  # items
STARTS = ((SMALL, 6), (2_000, 4), (8_000, 3))
TOGETHER = 2_000  # items, below which further beginnings are tried at once
WIDE = 12  # items in a layer, from which sweeping it alone pays
ROUGH = 16  # sweeps after which an order is not worth a closer look yet
LAST = 3  # sweeps after which neighbours are exchanged when not after each; of the largest none


@dataclass(frozen=True, eq=False)
class Found:
    """An order.

    Attributes:
        order: as `Ranking.order`.
        crossings: -1 when not counted.
        starts: how many beginnings were tried for it.
    """

    order: Ints
    crossings: int
    starts: int


def orders(net: Net, place: Floats, chance: np.random.Generator, watch: Watch) -> Iterator[Found]:
    """Orders, each with fewer crossings than the one before.

    Args:
        net: the items.
        place: first place of each item, (N,).
        chance: for further beginnings.
        watch: asked whether to go on.
    """
    if not net.tail.item.size:
        yield Found(Ranking(net, place).order, 0, 0)
        return
    best, done, attempt = -1, 0, None
    for count in _turns(net.items):
        if done and (watch.is_spent or best == 0):
            return
        if attempt is None or attempt.count != count:
            attempt = _Attempt(net, count, watch)
        begin = [chance.random(net.items) for _ in range(count)] if done else [place]
        order, crossings = attempt.run(np.stack(begin))
        least = int(crossings.argmin())
        if best < 0 or crossings[least] < best:
            best = int(crossings[least])
            yield Found(order[least], best if net.items < COUNTED else -1, done + least + 1)
        done += count


def _turns(items: int) -> tuple[int, ...]:
    """How many beginnings are tried, and how many of them at once."""
    starts = next((count for most, count in STARTS if items < most), 1)
    return (1, starts - 1) if items < TOGETHER else (1,) * starts


class _Attempt:
    """Some beginnings, made better until they are done.

    Attributes:
        count: how many, C.
    """

    def __init__(self, net: Net, count: int, watch: Watch) -> None:
        self.count, self._watch, self._items = count, watch, net.items
        self._copies = copied(net, count)
        self._ranking = Ranking(self._copies.net, np.zeros(count * net.items))
        watch.check()
        self._sweeps = Sweeps(self._ranking, watch.check)
        watch.check()
        self._exchange = Exchange(self._ranking, watch.check)
        watch.check()
        self._crossings = Crossings(self._ranking, count, watch.check)
        self._is_wide = net.items / max(self._sweeps.steps, 1) >= WIDE

    def run(self, place: Floats) -> tuple[Ints, Ints]:
        """The order of each beginning, (C, N), and the crossings that are left, (C,).

        Args:
            place: the places that the items begin at, (C, N).
        """
        self._ranking.sort(self._copies.places(place))
        self._watch.check()
        if self._items <= MEDIUM:
            self._run_counted()
        else:
            self._run_uncounted(USUAL if self._items <= LARGE else QUICK)
        rounds = 30 if self._items <= MEDIUM else 6 if self._items <= LARGE else 2
        self._exchange.run(rounds)
        found = self._crossings.count() if self._items < COUNTED else np.zeros(self.count, np.int64)
        return self._copies.orders(self._ranking.order), found

    def _run_counted(self) -> None:
        """Sweep; the best order of each beginning is kept, be it the first one."""
        shape = (self.count, self._items)
        best, order = self._crossings.count(), self._ranking.order.reshape(shape).copy()
        for number, other in enumerate(THOROUGH):
            if not best.any():
                break
            self._sweep(number, other)
            if number >= ROUGH:
                self._exchange.run(3)
                found = self._crossings.count()
                order[found < best] = self._ranking.order.reshape(shape)[found < best]
                best = np.minimum(best, found)
        self._ranking.restore(order.ravel())

    def _run_uncounted(self, weights: tuple[float, ...]) -> None:
        for number, other in enumerate(weights):
            self._sweep(number, other)
            if weights is USUAL and number >= len(weights) - LAST:
                self._exchange.run(1)

    def _sweep(self, number: int, other: float) -> None:
        self._watch.check()
        forward = number % 2 == 0
        if self._is_wide:
            self._sweeps.sweep(forward=forward, other=other, reverse_ties=bool(number & 2))
        else:
            self._sweeps.alternate(forward=forward, other=other)
