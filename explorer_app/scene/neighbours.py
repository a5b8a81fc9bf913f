"""Where keys go: along edges, and to what lies beside."""

from typing import Literal

import numpy as np

from explorer_app.scene.items import Items
from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.scene import Edges

Way = Literal["left", "right", "up", "down"]


class Neighbours:
    """Finds the next item from an item: an edge of a card in a closed group is one of the group's.

    Ways are those of the drawing: edges run to the right.
    """

    def __init__(self, items: Items, edges: Edges) -> None:
        self._boxes = items.boxes
        self._middle: Floats = items.boxes[:, :2] + items.boxes[:, 2:] / 2
        self._origin, self._target = items.holder[edges.origin], items.holder[edges.target]

    def first(self) -> int:
        """Where to begin: the leftmost item, of several the uppermost; -1 when there is none."""
        shown = np.flatnonzero(np.isfinite(self._middle[:, 0]))
        if not shown.size:
            return -1
        x, y = self._middle[shown].T
        return int(shown[np.lexsort((y, x))[0]])

    def next(self, item: int, way: Way) -> int:
        """The next item; the same where there is none.

        `left` and `right` follow an edge to the item nearest in height, or else go to what lies
        there; `up` and `down` go to the nearest in the same column.
        """
        if way in {"left", "right"}:
            linked = self._linked(item, way)
            found = linked if linked.size else self._beside(item, way)
            return self._nearest(item, found, across=0.05)
        return self._nearest(item, self._above_or_below(item, way), across=0.0)

    def _linked(self, item: int, way: Way) -> Ints:
        if way == "left":
            found = self._origin[self._target == item]
        else:
            found = self._target[self._origin == item]
        shown: Ints = found[(found >= 0) & (found != item)]
        return shown

    def _beside(self, item: int, way: Way) -> Ints:
        x = self._middle[:, 0]
        is_there = x < x[item] - 1 if way == "left" else x > x[item] + 1
        found = np.flatnonzero(is_there)
        if not found.size:
            return found
        away = np.abs(x[found] - x[item])
        near: Ints = found[away <= away.min() + self._boxes[item, 2]]
        return near

    def _above_or_below(self, item: int, way: Way) -> Ints:
        left, _, wide, _ = self._boxes[item]
        boxes, y = self._boxes, self._middle[:, 1]
        overlaps = (boxes[:, 0] < left + wide) & (boxes[:, 0] + boxes[:, 2] > left)
        is_there = y < y[item] - 0.5 if way == "up" else y > y[item] + 0.5
        return np.flatnonzero(overlaps & is_there)

    def _nearest(self, item: int, found: Ints, across: float) -> int:
        if not found.size:
            return item
        away = np.abs(self._middle[found] - self._middle[item])
        return int(found[(away[:, 1] + across * away[:, 0]).argmin()])
