"""Trunks of hubs that do not cross each other, where that costs hardly any other crossings."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np

from hamilton_ol.graph.layout.arrays import Ints
from hamilton_ol.graph.layout.exchange import Exchange
from hamilton_ol.graph.layout.lanes import Lanes
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.ranking import Ranking
from hamilton_ol.graph.layout.search import Found

BRANCHES = 12  # of a trunk; with fewer it is an edge among others
MOST = 6  # trunks that are looked at
LARGE = 12_000  # items, from which it takes too long
PRICE = 12  # other crossings that are worth one of two trunks less
ROUNDS = 6


def uncrossed(net: Net, lanes: Lanes, found: Found, check: Callable[[], None]) -> Found:
    """The same with as few crossings of hubs' trunks as are cheap to have."""
    trunks = _hubs(net, lanes) if net.items < LARGE else []
    if len(trunks) < 2:  # noqa: PLR2004 - one crosses none
        return found
    ranking, best = Ranking(net, np.zeros(net.items)), found
    kept = np.isin(np.arange(net.items), np.concatenate(trunks))
    for one, other in combinations(trunks, 2):
        ranking.restore(best.order.copy())
        flips = _flips(ranking, one, other)
        if flips:
            check()
            _separate(ranking, one, other)
            Exchange(ranking, check, kept).run(ROUNDS)
            crossings = ranking.crossings(check)
            if crossings <= best.crossings + PRICE * flips:
                best = replace(found, order=ranking.order, crossings=crossings)
    return best


def _hubs(net: Net, lanes: Lanes) -> list[Ints]:
    """The lanes of the trunks that most branches leave or join, (length,) each."""
    tail, head, cards = net.tail.item, net.head.item, net.cards
    branch = np.concatenate(
        (tail[(tail >= cards) & (head < cards)], head[(head >= cards) & (tail < cards)])
    )
    count = np.bincount(lanes.trunk[branch - cards], minlength=lanes.begin.size)
    hubs = np.flatnonzero(count >= BRANCHES)
    hubs = np.sort(hubs[np.argsort(-count[hubs], kind="stable")][:MOST])
    return [cards + np.flatnonzero(lanes.trunk == trunk) for trunk in hubs.tolist()]


def _common(net: Net, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """The lanes of two trunks that are in the same layers."""
    _, first, second = np.intersect1d(net.layer[one], net.layer[other], return_indices=True)
    return one[first], other[second]


def _flips(ranking: Ranking, one: Ints, other: Ints) -> int:
    """How often two trunks cross."""
    first, second = _common(ranking.net, one, other)
    return int((np.diff(ranking.position[first] < ranking.position[second])).sum())


def _separate(ranking: Ranking, one: Ints, other: Ints) -> None:
    """Put the one that mostly is above always above: where it is not, both change places."""
    net = ranking.net
    first, second = _common(net, one, other)
    position = ranking.position
    is_above = position[first] < position[second]
    wrong = is_above != (2 * int(is_above.sum()) >= is_above.size)
    a, b = first[wrong], second[wrong]
    at_a, at_b = (ranking.first[net.layer[lane]] + position[lane] for lane in (a, b))
    ranking.order[at_a], ranking.order[at_b] = b, a
    ranking.restore(ranking.order)
