"""A net beside itself, so that several beginnings are made better at once.

A small net costs as much as the calls that it takes; of several copies it takes no more of them.
"""

from dataclasses import dataclass, replace

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints
from hamilton_ol.graph.layout.net import Ends, Net
from hamilton_ol.graph.layout.parts import Layers


@dataclass(frozen=True, eq=False)
class Copies:
    """Copies of a net; each has layers of its own, copy by copy.

    Attributes:
        net: all of them, cards first and then lanes.
        count: how many, C.
        number: which copy each item belongs to, (C * N,).
        origin: the item of the single net that it is a copy of, (C * N,).
    """

    net: Net
    count: int
    number: Ints
    origin: Ints

    def places(self, place: Floats) -> Floats:
        """Places of the items of each copy, (C, N), as those of all items, (C * N,)."""
        return np.asarray(place[self.number, self.origin], np.float64)

    def orders(self, order: Ints) -> Ints:
        """An order of all items, (C * N,), as one of the single net for each copy, (C, N)."""
        return np.asarray(self.origin[order].reshape(self.count, -1), np.int64)


def copied(net: Net, count: int) -> Copies:
    """Some copies; for one, the net itself."""
    own = np.arange(net.items)
    if count == 1:
        return Copies(net, 1, np.zeros(own.size, np.int64), own)
    at = _spread(net, own, count)
    origin, number = np.empty((2, at.size), np.int64)
    origin[at], number[at] = np.tile(own, count), np.repeat(np.arange(count), own.size)
    whole = replace(
        net,
        cards=net.cards * count,
        layer=net.layer[origin] + number * net.layers.count,
        breadth=net.breadth[origin],
        layers=_layers(net.layers, count),
        tail=_ends(net, net.tail, count),
        head=_ends(net, net.head, count),
        turn_card=_spread(net, net.turn_card, count),
        turn_lane=_spread(net, net.turn_lane, count),
        turn_offset=np.tile(net.turn_offset, count),
    )
    return Copies(whole, count, number, origin)


def _spread(net: Net, items: Ints, count: int) -> Ints:
    """The copies of some items, copy by copy."""
    is_card, lanes = items < net.cards, net.items - net.cards
    first = np.where(is_card, items, items + (count - 1) * net.cards)
    return (first + np.arange(count)[:, None] * np.where(is_card, net.cards, lanes)).ravel()


def _ends(net: Net, ends: Ends, count: int) -> Ends:
    item = _spread(net, ends.item, count)
    return Ends(item, np.tile(ends.offset, count), np.tile(ends.rank, count))


def _layers(layers: Layers, count: int) -> Layers:
    number = np.arange(count)[:, None]
    return Layers(
        (layers.of + number * layers.count).ravel(),
        (layers.part + number * layers.first.size).ravel(),
        np.tile(layers.step, count),
        (layers.first + number * layers.count).ravel(),
        np.tile(layers.folded, count),
    )
