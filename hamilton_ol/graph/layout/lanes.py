"""Lanes: where a long edge, or several together, pass between the cards of a layer.

Edges that leave by one port share a trunk of lanes, one in each layer that they pass. Where many
edges meet in one card, they share a trunk into it instead. An edge that runs back has a trunk of its
own, from the layer of its target to that of its source, and turns at both ends.
"""

from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, counting, distinct, means
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.parts import Layers
from hamilton_ol.graph.layout.ports import Ports

JOIN = 12  # long edges into one card that are worth a trunk into it
INTO, BACK = -2, -3


@dataclass(frozen=True, eq=False)
class Lanes:
    """Trunks of lanes. Lanes are numbered trunk by trunk, along u.

    Attributes:
        layer: of each lane, (D,).
        trunk: of each lane, (D,).
        first, last: the lanes that an edge passes, from low to high, (m,); -1 for an edge between
            neighbouring layers.
        is_into: whether an edge is in a trunk into its target, (m,).
        begin: the first lane of each trunk, (T,).
        card, row: whose trunk it is, (T,): the card and row that its edges leave by; or the card that
            they enter, and INTO; or the card that an edge leaves to run back, and BACK.
    """

    layer: Ints
    trunk: Ints
    first: Ints
    last: Ints
    is_into: Flags
    begin: Ints
    card: Ints
    row: Ints

    @property
    def count(self) -> int:
        """How many lanes there are."""
        return self.layer.size


def lanes_of(flow: Flow, ports: Ports, layers: Layers, back: Flags) -> Lanes:
    """The lanes of all edges that do not lead to the next layer."""
    low = np.where(back, layers.of[flow.target], layers.of[flow.source] + 1)
    high = np.where(back, layers.of[flow.source], layers.of[flow.target] - 1)
    long = np.flatnonzero(low <= high)
    key, is_into = _trunk_keys(flow, ports, back, long)
    low, high = low[long], high[long]
    names, one, trunk = distinct(key)
    least = np.full(names.size, layers.count, np.int64)
    np.minimum.at(least, trunk, low)
    most = np.zeros(names.size, np.int64)
    np.maximum.at(most, trunk, high)
    size = most - least + 1
    begin = np.cumsum(size) - size
    first, last = (np.full(flow.edges, -1, np.int64) for _ in range(2))
    first[long] = begin[trunk] + low - least[trunk]
    last[long] = begin[trunk] + high - least[trunk]
    of = np.repeat(np.arange(names.size), size)
    one = long[one]
    card = np.where(is_into[one], flow.target[one], flow.source[one])
    row = np.where(is_into[one], INTO, np.where(back[one], BACK, flow.row[one]))
    return Lanes(least[of] + counting(size), of, first, last, is_into, begin, card, row)


def _trunk_keys(flow: Flow, ports: Ports, back: Flags, long: Ints) -> tuple[Ints, Flags]:
    """(trunk of each long edge as a number that is its own, whether an edge goes into its target)."""
    forward = long[~back[long]]
    out = np.bincount(ports.of[forward], minlength=ports.card.size)[ports.of]
    into = np.bincount(flow.target[forward], minlength=flow.cards)[flow.target]
    is_into = (into >= JOIN) & (into > out) & ~back
    is_into &= np.bincount(long, minlength=flow.edges) > 0
    count = ports.card.size
    key = np.where(is_into, count + flow.target, ports.of)
    key = np.where(back, count + flow.cards + np.arange(flow.edges), key)
    return key[long], np.asarray(is_into, np.bool_)


def lane_places(flow: Flow, lanes: Lanes, place: Floats) -> Floats:
    """A place for each lane on the way between those of the cards that its trunk connects, (D,)."""
    long = np.flatnonzero(lanes.first >= 0)
    trunk, count = lanes.trunk[lanes.first[long]], lanes.begin.size
    start = means(place[flow.source[long]], trunk, count)
    end = means(place[flow.target[long]], trunk, count)
    size = np.bincount(lanes.trunk, minlength=count)[lanes.trunk]
    along = (np.arange(lanes.count) - lanes.begin[lanes.trunk] + 1) / (size + 1)
    return np.asarray(start[lanes.trunk] * (1 - along) + end[lanes.trunk] * along, np.float64)
