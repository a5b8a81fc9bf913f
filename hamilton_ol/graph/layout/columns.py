"""Places along the edges: columns, and the room between them."""

from dataclasses import dataclass, replace

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, greatest
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.parts import Layers
from hamilton_ol.graph.layout.style import Spacing, Style

STEEP = 0.9  # the share of edges in a gap whose travel decides its width
SLOPE = 0.22  # width of a gap by that travel
ALIKE = 2.0  # groups share a width if the widest of their column is at most so many times wider


@dataclass(frozen=True, eq=False)
class Columns:
    """Where the columns are. Each part begins at 0.

    Attributes:
        begin, end: of each layer's column, (L,).
        gap: room after each of them, (L,); after the last one of a part as well.
        card: where each card begins, (n,).
        depth: of the cards, (n,); those of a column may share one.
    """

    begin: Floats
    end: Floats
    gap: Floats
    card: Floats
    depth: Floats

    def moved(self, layers: Layers, by: Floats) -> "Columns":
        """The same with each part moved, (parts,)."""
        shift = by[layers.part]
        return replace(
            self,
            begin=self.begin + shift,
            end=self.end + shift,
            card=self.card + shift[layers.of],
        )


def columns(flow: Flow, net: Net, place: Floats, style: Style, spacing: Spacing) -> Columns:
    """Columns as deep as their deepest card, apart by what travels between them."""
    layers = net.layers
    depth, width = depths(flow, layers, style)
    gap = gaps(net, place, spacing)
    begin = np.cumsum(width + gap) - width - gap
    begin = begin - begin[layers.first][layers.part]
    return aligned(layers, begin, width, depth, style, spacing)


def aligned(
    layers: Layers, begin: Floats, width: Floats, depth: Floats, style: Style, spacing: Spacing
) -> Columns:
    """Cards end where their column ends, so that ports line up; when edges run down they begin there."""
    end = begin + width
    gap = np.append(begin[1:], 0.0) - end
    gap[layers.last] = spacing.column
    card = end[layers.of] - depth if style.is_right else begin[layers.of]
    return Columns(begin, end, gap, card, depth)


def depths(flow: Flow, layers: Layers, style: Style) -> tuple[Floats, Floats]:
    """(depth of each card, of each column). Cards that share none keep their width.

    So do groups that are much narrower than their column: beside a large one that is open.
    """
    width = greatest(flow.depth, layers.of, layers.count, 0.0)
    depth = flow.depth
    if style.share_width and style.is_right:
        is_wide = ALIKE * flow.depth >= width[layers.of]
        for grows in (flow.shares_width & ~flow.is_open, flow.is_open & is_wide):
            shared = greatest(flow.depth[grows], layers.of[grows], layers.count, 0.0)
            depth = np.where(grows, shared[layers.of], depth)
    return depth, width


def gaps(net: Net, place: Floats, spacing: Spacing) -> Floats:
    """The room after each layer, (L,): steep edges get more."""
    tail, head = net.tail, net.head
    travel = np.abs(place[tail.item] + tail.offset - place[head.item] - head.offset)
    steep = _quantile(travel, net.layer[tail.item], net.layers.count)
    room = SLOPE * steep + spacing.column / 2
    return np.clip(room, spacing.column, spacing.column_most)


def _quantile(values: Floats, keys: Ints, count: int) -> Floats:
    """The value below which the share STEEP of each key's values lies; 0 where there are none."""
    far = float(values.max(initial=0.0)) + 1.0
    order = np.argsort(keys * far + values)
    bounds = np.searchsorted(keys[order], np.arange(count + 1))
    begin, end = bounds[:-1], bounds[1:]
    place = np.minimum(begin + ((end - begin) * STEEP).astype(np.int64), np.maximum(end - 1, 0))
    found = np.append(values[order], 0.0)[place]
    return np.where(end > begin, found, 0.0)
