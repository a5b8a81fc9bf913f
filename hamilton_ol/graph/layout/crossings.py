"""How many pairs of links cross."""

from collections.abc import Callable

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Ints, counting
from hamilton_ol.graph.layout.inversions import inversions
from hamilton_ol.graph.layout.ranking import Ranking

MOST_PAIRS = 4_000_000  # that are compared at once
NOWHERE = 2**16 - 1  # after all places; numbers of 16 bits are compared four times as fast


class Crossings:
    """Counts in a ranking, whose layers are those of some copies of a net.

    Args:
        ranking: that items are put in order in.
        copies: how many.
        check: called often.
    """

    def __init__(self, ranking: Ranking, copies: int, check: Callable[[], None]) -> None:
        self._ranking, self._copies, self._check = ranking, copies, check
        net, size = ranking.net, int(ranking.size.max(initial=0)) + 1
        sizes = np.bincount(net.layer[net.tail.item], minlength=net.layers.count)
        most, largest = int(sizes.max(initial=0)), size * ranking.ports
        self._is_small = sizes.size * most**2 <= MOST_PAIRS and largest < NOWHERE
        if self._is_small:
            layer = np.repeat(np.arange(sizes.size), sizes)
            self._at, self._base = (layer, counting(sizes)), (layer + 1) * largest
            self._is_later = np.triu(np.ones((most, most), np.bool_), 1)

    def count(self) -> Ints:
        """The crossings of each copy, (C,); links of one port do not cross."""
        links = self._ranking.links()
        if self._is_small:
            return np.array([np.count_nonzero(copy) for copy in self._crossing(links)])
        pieces = np.split(links, self._copies)
        return np.array([inversions(piece, self._check) for piece in pieces])

    def _crossing(self, links: Ints) -> Flags:
        """Which links cross, each compared with all others between the same two layers."""
        most = self._is_later.shape[0]
        table = np.full((self._ranking.size.size, most), NOWHERE, np.uint16)
        table[self._at] = links - self._base
        self._check()
        crosses = table[:, :, None] > table[:, None, :]
        crosses &= self._is_later
        return np.asarray(crosses.reshape(self._copies, -1), np.bool_)
