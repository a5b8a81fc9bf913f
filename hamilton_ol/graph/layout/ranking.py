"""The order of items in their layers."""

from collections.abc import Callable

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, order_by, starts
from hamilton_ol.graph.layout.inversions import inversions
from hamilton_ol.graph.layout.net import Net


class Ranking:
    """An order of all items.

    Attributes:
        net: the items.
        first: where each layer begins in `order`, (L + 1,).
        share: 1 / items in the item's layer, (N,).
        order: the items layer by layer, each in its order, (N,).
        position: the place of each item in its layer, (N,).
        ports: more than the rank of any port.
    """

    def __init__(self, net: Net, place: Floats) -> None:
        self.net = net
        self.first = starts(net.layer, net.layers.count)
        self.size = np.diff(self.first)
        self.share = 1 / self.size[net.layer]
        ranks = (net.tail.rank.max(initial=0), net.head.rank.max(initial=0))
        self.ports = int(max(ranks)) + 1
        self.order = np.zeros(0, np.int64)
        self.position = np.zeros(0, np.int64)
        self.sort(place)

    def sort(self, place: Floats) -> None:
        """Order every layer by `place`, (N,)."""
        self.restore(order_by(place, self.net.layer))

    def restore(self, order: Ints) -> None:
        """Take an order that was once taken from here."""
        self.order = order
        self.position = np.empty(order.size, np.int64)
        self.position[order] = np.arange(order.size) - np.repeat(self.first[:-1], self.size)

    @property
    def places(self) -> Floats:
        """Where the items are between 0 and 1 in their layer, (N,)."""
        return np.asarray((self.position + 0.5) * self.share, np.float64)

    def links(self) -> Ints:
        """Where the links end, one after the other as they begin; two in the wrong order cross."""
        net, most = self.net, int(self.size.max(initial=0)) + 1
        tail = net.layer[net.tail.item] * most
        low = (tail + self.position[net.tail.item]) * self.ports + net.tail.rank
        high = (tail + most + self.position[net.head.item]) * self.ports + net.head.rank
        return np.asarray(high[order_by(high, low)], np.int64)

    def crossings(self, check: Callable[[], None]) -> int:
        """How many pairs of links cross; links of one port do not."""
        return inversions(self.links(), check)
