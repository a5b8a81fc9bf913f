"""What a layout says."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints
from hamilton_ol.graph.layout.memory import EMPTY, Memory


class Bounds(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Routes:
    """Curves of edges and bundles, R of them.

    Attributes:
        start: the points of route r are points[start[r] : start[r + 1]], (R + 1,).
        points: cubic Bezier curves, (P, 2): a first point, then two control points and an end point
            for each curve. Both ends run along the layout's direction.
        count: how many edges a route stands for, (R,).
        is_back: whether it runs against the layout's direction, (R,).
    """

    start: Ints
    points: Floats
    count: Ints
    is_back: Flags

    def __len__(self) -> int:
        """How many there are."""
        return self.count.size

    @property
    def tails(self) -> Floats:
        """Where the routes begin, (R, 2)."""
        return self.points[self.start[:-1]]

    @property
    def heads(self) -> Floats:
        """Where they end, (R, 2)."""
        return self.points[self.start[1:] - 1]


@dataclass(frozen=True)
class Statistics:
    """What a layout is made of.

    Attributes:
        layers: how many columns (or rows, when edges run down) there are, over all parts.
        lanes: places where a long edge, or several together, pass between the cards of a column.
        parts: how many parts have no edge between them.
        crossings: of edges of different ports between neighbouring columns, lanes counted once; -1
            when there are too many to count.
        starts: how many orders were tried.
    """

    layers: int
    lanes: int
    parts: int
    crossings: int
    starts: int


@dataclass(frozen=True, eq=False)
class Layout:
    """Where everything is. Lengths are in the units of the cards, y grows downwards.

    Attributes:
        boxes: x, y, width, height of the cards, (n, 4); NaN for members of a collapsed group. Cards
            may be larger than they were: for the ports of their arguments, and as wide as their
            column.
        group_boxes: of the groups, (G, 4).
        layer: the column of each card inside its part, (n,), -1 for members of a collapsed group.
        routes: the curves.
        edge_route: which of them an edge follows, (m,), -1 for edges inside a collapsed group.
        bounds: of everything.
        statistics: what it is made of.
        memory: what a later layout needs to change as little as it can.
    """

    boxes: Floats
    group_boxes: Floats
    layer: Ints
    routes: Routes
    edge_route: Ints
    bounds: Bounds
    statistics: Statistics
    memory: Memory


def bounds_of(boxes: Floats, points: Floats) -> Bounds:
    """The rectangle around boxes and points; empty at 0, 0 when there are none."""
    shown = boxes[np.isfinite(boxes[:, 0])]
    if not shown.size:
        return Bounds(0.0, 0.0, 0.0, 0.0)
    low, high = (shown[:, :2].min(axis=0), (shown[:, :2] + shown[:, 2:]).max(axis=0))
    for axis in range(2 if points.size else 0):
        low[axis] = min(low[axis], points[:, axis].min())
        high[axis] = max(high[axis], points[:, axis].max())
    return Bounds(float(low[0]), float(low[1]), *(float(v) for v in high - low))


EMPTY_LAYOUT = Layout(
    np.zeros((0, 4)),
    np.zeros((0, 4)),
    np.zeros(0, np.int64),
    Routes(np.zeros(1, np.int64), np.zeros((0, 2)), np.zeros(0, np.int64), np.zeros(0, np.bool_)),
    np.zeros(0, np.int64),
    Bounds(0.0, 0.0, 0.0, 0.0),
    Statistics(0, 0, 0, 0, 0),
    EMPTY,
)
