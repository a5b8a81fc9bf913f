"""Which edges run backwards, so that the rest has no cycle."""

import heapq
from collections import deque
from collections.abc import Callable

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, order_by, starts, sums

CHECK_EVERY = 256
LARGE = 5_000  # edges; walking fewer takes less time than importing scipy does


def back_edges(
    cards: int, source: Ints, target: Ints, weight: Floats, check: Callable[[], None]
) -> Flags:
    """A light set of edges, (m,), without which there is no cycle. Edges from a card to itself are.

    Inside each strongly connected set cards are ordered by taking sinks to the end, sources to the
    front, else the card with the greatest net outflow to the front; edges against that order run
    back. (Eades, Lin and Smyth 1993, with weights.)
    """
    back = source == target
    if _is_acyclic(cards, source[~back], target[~back]):
        return np.asarray(back, np.bool_)
    strong = _strong(cards, source, target)
    check()
    inside = np.flatnonzero((strong[source] == strong[target]) & ~back)
    if not inside.size:
        return np.asarray(back, np.bool_)
    rank = _Sequence(cards, source[inside], target[inside], weight[inside]).ranks(check)
    back[inside] = rank[source[inside]] > rank[target[inside]]
    return np.asarray(back, np.bool_)


def _is_acyclic(cards: int, source: Ints, target: Ints) -> bool:
    """Whether a graph plainly has no cycle; of one that is large nothing is said."""
    if source.size > LARGE:
        return False
    after = target[order_by(source)].tolist()
    start = starts(source, cards).tolist()
    left = np.bincount(target, minlength=cards).tolist()
    free = [card for card in range(cards) if not left[card]]
    for card in free:  # which grows
        for other in after[start[card] : start[card + 1]]:
            left[other] -= 1
            if not left[other]:
                free.append(other)
    return len(free) == cards


def _strong(cards: int, source: Ints, target: Ints) -> Ints:
    """The strongly connected set of each card, (cards,)."""
    from scipy.sparse import coo_matrix  # noqa: PLC0415 - takes 0.2 s
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    pairs = coo_matrix((np.ones(source.size), (source, target)), shape=(cards, cards))
    return np.asarray(connected_components(pairs, connection="strong")[1], np.int64)


class _Sequence:
    """Takes cards out of a graph one by one."""

    def __init__(self, cards: int, source: Ints, target: Ints, weight: Floats) -> None:
        self._touched = np.unique(np.concatenate((source, target))).tolist()
        self._after = _neighbours(cards, source, target, weight)
        self._before = _neighbours(cards, target, source, weight)
        self._outs = np.bincount(source, minlength=cards).tolist()
        self._ins = np.bincount(target, minlength=cards).tolist()
        net = sums(weight, source, cards)
        self._net = (net - sums(weight, target, cards)).tolist()
        self._left = set(self._touched)
        self._heap = [(-self._net[card], card) for card in self._touched]
        heapq.heapify(self._heap)
        self._sinks = deque(card for card in self._touched if not self._outs[card])
        self._sources = deque(card for card in self._touched if not self._ins[card])
        self._cards = cards

    def ranks(self, check: Callable[[], None]) -> Ints:
        """The place of each card."""
        front: list[int] = []
        back: list[int] = []
        while self._left:
            if len(self._left) % CHECK_EVERY == 0:
                check()
            card, is_sink = self._next()
            (back if is_sink else front).append(card)
            self._take(card)
        rank = np.zeros(self._cards, np.int64)
        rank[front + back[::-1]] = np.arange(len(front) + len(back))
        return rank

    def _next(self) -> tuple[int, bool]:
        for waiting, is_sink in ((self._sinks, True), (self._sources, False)):
            while waiting:
                card = waiting.popleft()
                if card in self._left:
                    return card, is_sink
        while True:
            net, card = heapq.heappop(self._heap)
            if card in self._left and -net == self._net[card]:
                return card, False

    def _take(self, card: int) -> None:
        self._left.remove(card)
        self._loosen(self._after[card], self._ins, self._sources, 1.0)
        self._loosen(self._before[card], self._outs, self._sinks, -1.0)

    def _loosen(
        self, near: list[tuple[int, float]], degree: list[int], free: deque[int], sign: float
    ) -> None:
        for other, weight in near:
            if other in self._left:
                degree[other] -= 1
                self._net[other] += sign * weight
                heapq.heappush(self._heap, (-self._net[other], other))
                if not degree[other]:
                    free.append(other)


def _neighbours(
    cards: int, one: Ints, other: Ints, weight: Floats
) -> list[list[tuple[int, float]]]:
    order, start = order_by(one), starts(one, cards).tolist()
    near = list(zip(other[order].tolist(), weight[order].tolist(), strict=True))
    return [near[start[card] : start[card + 1]] for card in range(cards)]
