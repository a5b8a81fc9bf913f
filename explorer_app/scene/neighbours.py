"""Where keys go: along edges, and to what lies beside."""

from typing import Literal

import numpy as np

from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.scene import Scene

Way = Literal["left", "right", "up", "down"]


class Neighbours:
    """Finds the next node from a node. Ways are those of the drawing: edges run to the right."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._middle: Floats = scene.boxes[:, :2] + scene.boxes[:, 2:] / 2
        edges = scene.edges
        self._into = np.argsort(edges.target, kind="stable")
        self._out = np.argsort(edges.origin, kind="stable")
        self._targets, self._origins = edges.target[self._into], edges.origin[self._out]

    def first(self) -> int:
        """Where to begin: the leftmost node, of several the uppermost; -1 when there is none."""
        shown = np.flatnonzero(np.isfinite(self._middle[:, 0]))
        if not shown.size:
            return -1
        x, y = self._middle[shown].T
        return int(shown[np.lexsort((y, x))[0]])

    def next(self, node: int, way: Way) -> int:
        """The next node; the same where there is none.

        `left` and `right` follow an edge to the node nearest in height, or else go to what lies
        there; `up` and `down` go to the nearest in the same column.
        """
        if way in {"left", "right"}:
            linked = self._linked(node, way)
            found = linked if linked.size else self._beside(node, way)
            return self._nearest(node, found, across=0.05)
        return self._nearest(node, self._above_or_below(node, way), across=0.0)

    def _linked(self, node: int, way: Way) -> Ints:
        edges = self._scene.edges
        if way == "left":
            low, high = np.searchsorted(self._targets, [node, node + 1])
            found = edges.origin[self._into[low:high]]
        else:
            low, high = np.searchsorted(self._origins, [node, node + 1])
            found = edges.target[self._out[low:high]]
        shown: Ints = found[np.isfinite(self._middle[found, 0]) & (found != node)]
        return shown

    def _beside(self, node: int, way: Way) -> Ints:
        x = self._middle[:, 0]
        is_there = x < x[node] - 1 if way == "left" else x > x[node] + 1
        found = np.flatnonzero(is_there)
        if not found.size:
            return found
        away = np.abs(x[found] - x[node])
        near: Ints = found[away <= away.min() + self._scene.boxes[node, 2]]
        return near

    def _above_or_below(self, node: int, way: Way) -> Ints:
        left, _, wide, _ = self._scene.boxes[node]
        boxes, y = self._scene.boxes, self._middle[:, 1]
        overlaps = (boxes[:, 0] < left + wide) & (boxes[:, 0] + boxes[:, 2] > left)
        is_there = y < y[node] - 0.5 if way == "up" else y > y[node] + 0.5
        return np.flatnonzero(overlaps & is_there)

    def _nearest(self, node: int, found: Ints, across: float) -> int:
        if not found.size:
            return node
        away = np.abs(self._middle[found] - self._middle[node])
        return int(found[(away[:, 1] + across * away[:, 0]).argmin()])
