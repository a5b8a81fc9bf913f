"""Finds a good order: sweeps that look ever more to both sides, exchanges, and several beginnings."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints
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
WIDE = 12  # items in a layer, from which sweeping it alone pays
ROUGH = 16  # sweeps after which an order is not worth a closer look yet
LAST = 3  # sweeps after which neighbours are exchanged when not after each


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
    ranking = Ranking(net, place)
    if not net.tail.item.size:
        yield Found(ranking.order, 0, 0)
        return
    attempt = _Attempt(ranking, watch)
    best = -1
    for number in range(_starts(net.items)):
        if number and (watch.is_spent or best == 0):
            return
        ranking.sort(place if number == 0 else chance.random(net.items))
        watch.check()
        found = attempt.run()
        if best < 0 or found < best:
            best = found
            yield Found(ranking.order.copy(), found if net.items < COUNTED else -1, number + 1)


def _starts(items: int) -> int:
    return next((count for most, count in STARTS if items < most), 1)


class _Attempt:
    """One beginning, made better until it is done."""

    def __init__(self, ranking: Ranking, watch: Watch) -> None:
        self._ranking, self._watch = ranking, watch
        watch.check()
        self._sweeps = Sweeps(ranking, watch.check)
        watch.check()
        self._exchange = Exchange(ranking, watch.check)
        self._is_wide = ranking.net.items / max(self._sweeps.steps, 1) >= WIDE

    def run(self) -> int:
        """Improve the ranking; how many crossings are left."""
        items = self._ranking.net.items
        if items <= MEDIUM:
            self._run_counted()
        else:
            self._run_uncounted(USUAL if items <= LARGE else QUICK)
        rounds = 30 if items <= MEDIUM else 6 if items <= LARGE else 3
        self._exchange.run(rounds)
        return self._ranking.crossings(self._watch.check) if items < COUNTED else 0

    def _run_counted(self) -> None:
        best, order = -1, self._ranking.order
        for number, other in enumerate(THOROUGH):
            self._sweep(number, other)
            if number < ROUGH:
                continue
            self._exchange.run(3)
            found = self._ranking.crossings(self._watch.check)
            if best < 0 or found < best:
                best, order = found, self._ranking.order.copy()
            if best == 0:
                break
        self._ranking.restore(order)

    def _run_uncounted(self, weights: tuple[float, ...]) -> None:
        for number, other in enumerate(weights):
            self._sweep(number, other)
            if number >= len(weights) - LAST:
                self._exchange.run(1)

    def _sweep(self, number: int, other: float) -> None:
        self._watch.check()
        forward = number % 2 == 0
        if self._is_wide:
            self._sweeps.sweep(forward=forward, other=other, reverse_ties=bool(number & 2))
        else:
            self._sweeps.alternate(forward=forward, other=other)
