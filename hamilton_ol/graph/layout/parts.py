"""Parts without edges between them, and the layers of each."""

import heapq
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, distinct, is_first, sums
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.sparse import components
from hamilton_ol.graph.layout.style import Style


@dataclass(frozen=True, eq=False)
class Layers:
    """Layers of all parts, numbered one part after the other.

    Attributes:
        of: the layer of each card, (n,).
        part: the part of each layer, (L,).
        step: its number inside its part, (L,).
        first: the first layer of each part, (parts,).
        folded: whether a layer goes on with the cards of the layer before, (L,).
    """

    of: Ints
    part: Ints
    step: Ints
    first: Ints
    folded: Flags

    @property
    def count(self) -> int:
        """How many layers there are."""
        return self.part.size

    @property
    def last(self) -> Ints:
        """The last layer of each part, (parts,)."""
        return np.append(self.first[1:], self.count) - 1


def layers_from(part: Ints, level: Ints) -> Layers:
    """Number the levels of all parts; a level without cards gets no layer."""
    high = int(level.max(initial=0)) + 1
    used, _, of = distinct(part * high + level)
    parts = used // high
    first = np.flatnonzero(is_first(parts))
    step = np.arange(used.size) - first[parts]
    return Layers(of, parts, step, first, np.zeros(used.size, np.bool_))


def loose(flow: Flow) -> Flags:
    """Which cards have no edge, (n,)."""
    ends = np.concatenate((flow.source, flow.target))
    return np.asarray(np.bincount(ends, minlength=flow.cards) == 0, np.bool_)


def connected(flow: Flow, alone: Flags) -> Ints:
    """The part of each card, (n,); cards without edges are one part together, the last."""
    if flow.part is not None:
        return flow.part
    label = components(flow.cards, flow.source, flow.target)
    label[alone] = flow.cards
    return np.unique(label, return_inverse=True)[1].reshape(-1)


def place_loose(flow: Flow, style: Style, part: Ints, level: Ints, alone: Flags) -> Ints:
    """Levels in which cards without edges make a block, or fill the emptiest columns of their part."""
    level = level.copy()
    for number in np.unique(part[alone]).tolist():
        cards = np.flatnonzero(alone & (part == number))
        others = np.flatnonzero(~alone & (part == number))
        if others.size:
            level[cards] = _filling(flow, style, level[others], others, cards)
        else:
            level[cards] = np.arange(cards.size) % _block(flow, style, cards)
    return level


def _block(flow: Flow, style: Style, cards: Ints) -> int:
    """How many columns a block has that is shaped like the page."""
    breadth = flow.breadth[cards].mean() + style.spacing.card
    depth = flow.depth[cards].mean() + style.spacing.column
    shape = page_shape(style)
    return max(1, round(float(np.sqrt(cards.size * shape * breadth / depth))))


def page_shape(style: Style) -> float:
    """Wanted extent along u by that along v."""
    return style.aspect if style.is_right else 1 / style.aspect


def _filling(flow: Flow, style: Style, level: Ints, others: Ints, cards: Ints) -> Ints:
    low = int(level.min())
    room = flow.breadth[others] + style.spacing.card
    filled = np.bincount(level - low, weights=room)
    columns = [(float(full), number) for number, full in enumerate(filled)]
    heapq.heapify(columns)
    found = []
    for card in cards.tolist():
        full, number = columns[0]
        found.append(low + number)
        added = float(flow.breadth[card]) + style.spacing.card
        heapq.heapreplace(columns, (full + added, number))
    return np.array(found, np.int64)


def per_part(values: Floats, layers: Layers) -> Floats:
    """The sum over the layers of each part, (parts,)."""
    return sums(values, layers.part, layers.first.size)
