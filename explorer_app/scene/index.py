"""What is in a rectangle, what is at a point: sorted arrays, one slice and one mask.

Making an index of 100,000 nodes takes about 0.1 s; it may be done on any thread.
"""

from typing import NamedTuple

import numpy as np

from explorer_app.scene.segments import Segments
from hamilton_ol.graph.scene.arrays import Flags, Floats, Ints
from hamilton_ol.graph.scene.bundles import on_cubics
from hamilton_ol.graph.scene.scene import Scene


class Window(NamedTuple):
    """A rectangle of the scene."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Window":
        """The same with a margin."""
        return Window(self.left - by, self.top - by, self.right + by, self.bottom + by)


class SceneIndex:
    """Finds nodes and cubics of a scene.

    Attributes:
        scene: what is looked at.
        segments: its curves as cubics.
        nodes: the nodes that are shown, by the x of their middle, (N,).
        x, y, width, height: of these: middle and size, (N,).
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        left, top, width, height = scene.boxes.T
        shown = np.flatnonzero(np.isfinite(left))
        middle = left + width / 2
        self.nodes: Ints = shown[np.argsort(middle[shown], kind="stable")]
        self.x, self.y = middle[self.nodes], (top + height / 2)[self.nodes]
        self.width, self.height = width[self.nodes], height[self.nodes]
        self._widest = float(self.width.max(initial=0.0))
        self.segments = Segments.of(scene)
        self._sort_segments()
        _ = scene.bounds, self.segments.has_bundles  # worked out here, not while somebody waits

    def _sort_segments(self) -> None:
        points = self.segments.points
        low_x, high_x = points[:, 0::2].min(axis=1), points[:, 0::2].max(axis=1)
        length = high_x - low_x
        usual = float(np.median(length)) if len(length) else 0.0
        is_long = length > max(1200.0, 4 * usual)  # a few long ones would make every slice long
        order = np.lexsort((low_x, is_long))
        self._order = order.astype(np.int32)
        self._short = int((~is_long).sum())
        self._low_x, self._high_x = low_x[order], high_x[order]
        self._low_y = points[:, 1::2].min(axis=1)[order]
        self._high_y = points[:, 1::2].max(axis=1)[order]
        self._longest = float(length[~is_long].max(initial=0.0))

    def __len__(self) -> int:
        """How many nodes are shown."""
        return len(self.nodes)

    def nodes_in(self, window: Window) -> Ints:
        """Places in `nodes` of those that touch a rectangle."""
        half = self._widest / 2
        first = int(np.searchsorted(self.x, window.left - half))
        last = int(np.searchsorted(self.x, window.right + half, side="right"))
        part = slice(first, last)
        y, x, high, wide = self.y[part], self.x[part], self.height[part] / 2, self.width[part] / 2
        inside: Flags = (y + high >= window.top) & (y - high <= window.bottom)
        inside &= (x + wide >= window.left) & (x - wide <= window.right)
        found: Ints = first + np.flatnonzero(inside)
        return found

    def segments_in(self, window: Window) -> Ints:
        """Numbers of the cubics whose hulls touch a rectangle."""
        short = self._low_x[: self._short]
        first = int(np.searchsorted(short, window.left - self._longest))
        last = int(np.searchsorted(short, window.right, side="right"))
        near = self._touching(window, slice(first, last))
        far = self._touching(window, slice(self._short, None))
        found: Ints = self._order[np.concatenate([near, far])]
        return found

    def _touching(self, window: Window, part: slice) -> Ints:
        inside: Flags = (self._high_x[part] >= window.left) & (self._low_x[part] <= window.right)
        inside &= (self._high_y[part] >= window.top) & (self._low_y[part] <= window.bottom)
        return int(part.start) + np.flatnonzero(inside)


def flattened(points: Floats, pieces: int) -> Floats:
    """Cubics as lines; (S, 8) -> (S, pieces + 1, 2)."""
    return on_cubics(points, np.linspace(0.0, 1.0, pieces + 1))
