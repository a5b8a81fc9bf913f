"""What is at a point."""

from typing import NamedTuple

import numpy as np

from explorer_app.scene.index import SceneIndex, Window, flattened
from hamilton_ol.graph.scene.arrays import Floats
from hamilton_ol.graph.scene.measures import ROW


class Hit(NamedTuple):
    """What was found; -1 for what was not.

    Attributes:
        part: `node`, `row`, `port`, `edge`, `group` or empty.
        node: the node that it is, or is on.
        row: its row, counted through all cards.
        edges: edges that run there, or enter by the port.
        group: the group around it.
    """

    part: str = ""
    node: int = -1
    row: int = -1
    edges: tuple[int, ...] = ()
    group: int = -1


NOTHING = Hit()


def hit(index: SceneIndex, x: float, y: float, tolerance: float, *, ports: bool = True) -> Hit:
    """What is at the point x, y of the scene.

    One may be off an edge or a port by the tolerance; ports are looked for where they are drawn.
    """
    return (
        (_port(index, x, y, tolerance) if ports else None)
        or _node(index, x, y)
        or _edge(index, x, y, tolerance)
        or _group(index, x, y)
        or NOTHING
    )


def _node(index: SceneIndex, x: float, y: float) -> Hit | None:
    found = index.nodes_in(Window(x, y, x, y))
    if not found.size:
        return None
    node = int(index.nodes[found[-1]])  # the last is painted on top
    row = _row_of(index, node, y)
    return Hit("row" if row >= 0 else "node", node, row)


def _row_of(index: SceneIndex, node: int, y: float) -> int:
    scene = index.scene
    first, last = (int(v) for v in scene.cards.row_start[node : node + 2])
    inside = int((y - scene.boxes[node, 1] - scene.head[node]) // ROW)
    return first + inside if 0 <= inside < last - first else -1


def _segments_near(index: SceneIndex, x: float, y: float, tolerance: float) -> np.ndarray:
    return index.segments_in(Window(x, y, x, y).grown(tolerance))


def _port(index: SceneIndex, x: float, y: float, tolerance: float) -> Hit | None:
    near = _segments_near(index, x, y, tolerance)
    segments = index.segments
    for column, flag, node in (
        (0, segments.is_first, segments.tail),
        (6, segments.is_last, segments.head),
    ):
        ends = near[flag[near]]
        away = np.hypot(segments.points[ends, column] - x, segments.points[ends, column + 1] - y)
        if away.size and away.min() <= tolerance:
            best = int(ends[away.argmin()])
            edges = index.segments.edges(best)
            row = int(index.scene.edges.row[edges[0]]) if edges and column == 0 else -1
            return Hit("port", int(node[best]), row, edges)
    return None


def _edge(index: SceneIndex, x: float, y: float, tolerance: float) -> Hit | None:
    near = _segments_near(index, x, y, tolerance)
    if not near.size:
        return None
    away = _distances(index.segments.points[near], x, y)
    best = int(away.argmin())
    if away[best] > tolerance:
        return None
    return Hit("edge", edges=index.segments.edges(int(near[best])))


def _distances(points: Floats, x: float, y: float) -> Floats:
    """How far a point is from each of some cubics."""
    lines = flattened(points, 24)
    start, step = lines[:, :-1], np.diff(lines, axis=1)
    to_point = np.array([x, y]) - start
    square = np.maximum((step**2).sum(axis=2), 1e-12)
    share = np.clip((to_point * step).sum(axis=2) / square, 0.0, 1.0)
    gap = to_point - step * share[..., None]
    nearest: Floats = np.hypot(gap[..., 0], gap[..., 1]).min(axis=1)
    return nearest


def _group(index: SceneIndex, x: float, y: float) -> Hit | None:
    boxes = index.scene.groups.boxes
    if not len(boxes):
        return None
    left, top, width, height = boxes.T
    inside = (left <= x) & (x <= left + width) & (top <= y) & (y <= top + height)
    found = np.flatnonzero(inside)
    return Hit("group", group=int(found[-1])) if found.size else None
