"""Least distances between the items of a layer, and the nearest places that keep them."""

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, greatest, is_first
from hamilton_ol.graph.layout.isotonic import isotonic
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.style import Spacing


class Stacking:
    """The items of all layers, one above the other.

    Attributes:
        order: the items layer by layer, (N,).
        height: of each layer when nothing has more room than it needs, (L,).
    """

    def __init__(self, net: Net, order: Ints, spacing: Spacing) -> None:
        self.order = order
        self._layer = net.layer[order]
        lane, breadth = net.is_lane[order], net.breadth[order]
        both, one = lane[1:] & lane[:-1], lane[1:] | lane[:-1]
        room = np.where(both, spacing.lane, np.where(one, spacing.clear + 1, spacing.card))
        step = np.zeros(order.size)
        step[1:] = room + (breadth[1:] + breadth[:-1]) / 2
        first = is_first(self._layer)
        step[first] = 0.0
        total = np.cumsum(step)
        self._packed = total - total[first][np.cumsum(first) - 1]
        self.height = greatest(self._packed, self._layer, net.layers.count, 0.0)

    def packed(self) -> Floats:
        """Places as close as they can be, each layer around 0, (N,)."""
        place = np.empty(self.order.size)
        place[self.order] = self._packed - self.height[self._layer] / 2
        return place

    def nearest(self, place: Floats, weight: Floats) -> Floats:
        """The places nearest to `place` that keep order and distances, (N,).

        One isotonic regression does it for all layers, which are put far enough apart for that.

        Args:
            place: wanted, (N,).
            weight: how unwillingly an item moves, (N,).
        """
        wanted = place[self.order] - self._packed
        far = self._layer * (float(np.ptp(wanted)) + 1.0)
        found = isotonic(wanted + far, weight[self.order])
        nearest = np.empty(place.size)
        nearest[self.order] = found - far + self._packed
        return nearest
