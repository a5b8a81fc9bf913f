"""A scene some of whose cards were put elsewhere: their curves follow, their boxes grow."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from hamilton_ol.graph.scene.arrays import Flags, Floats, Ints
from hamilton_ol.graph.scene.curves import Curves, only
from hamilton_ol.graph.scene.scene import Routes, Scene

INSET = 18.0  # px between a card and the side of its box
BEND = 0.5  # of the way that a curve runs level at each end


def moved(scene: Scene, places: Mapping[int, tuple[float, float]]) -> Scene:
    """The scene with these cards at these corners."""
    cards = np.array([*places], np.int64)
    boxes = scene.boxes.copy()
    boxes[cards, :2] = [*places.values()]
    by = np.nan_to_num(boxes[:, :2] - scene.boxes[:, :2])
    around = scene.groups.boxes.copy()
    for card in cards[scene.groups.of_node[cards] >= 0].tolist() if len(scene.groups) else ():
        _grow(around, int(scene.groups.of_node[card]), boxes[card])
    groups = replace(scene.groups, boxes=around)
    return replace(scene, boxes=boxes, routes=_routes(scene, by), groups=groups)


def _grow(around: Floats, group: int, box: Floats) -> None:
    left, top, wide, high = around[group]
    right, bottom = left + wide, top + high
    left, top = min(left, box[0] - INSET), min(top, box[1] - INSET)
    right = max(right, box[0] + box[2] + INSET)
    bottom = max(bottom, box[1] + box[3] + INSET)
    around[group] = left, top, right - left, bottom - top


def _routes(scene: Scene, by: Floats) -> Routes:
    """The curves; those that begin or end at a card that was moved anew, in one piece."""
    routes, (start, end) = scene.routes, _shifts(scene, by)
    curves = routes.curves
    is_new: Flags = np.any((start != 0) | (end != 0), axis=1)
    if not is_new.any():
        return routes
    sizes = np.diff(curves.start)
    now = np.concatenate(([0], np.cumsum(np.where(is_new, 1, sizes))))
    number = np.empty(int(now[-1]), np.int32)
    kept = np.repeat(~is_new, sizes)
    old = np.repeat(now[:-1] - curves.start[:-1], sizes) + np.arange(len(curves.number))
    number[old[kept]] = curves.number[kept]
    number[now[:-1][is_new]] = len(curves.cubics) + np.arange(int(is_new.sum()))
    first, last = np.hsplit(curves.ends[is_new], 2)
    made = _cubics(first + start[is_new], last + end[is_new])
    made = np.concatenate([curves.cubics, made])
    return replace(routes, curves=only(Curves(now, number, made)))


def _shifts(scene: Scene, by: Floats) -> tuple[Floats, Floats]:
    """How far the first and the last point of each curve is moved, (K, 2); boxes stay."""
    edges, of = scene.edges, scene.groups.of_node
    start, end = np.zeros((len(scene.routes), 2)), np.zeros((len(scene.routes), 2))
    some: Ints = np.flatnonzero(edges.route >= 0)
    origin, target, route = edges.origin[some], edges.target[some], edges.route[some]
    is_box = scene.routes.is_bundle[route]
    for node, shift in ((origin, start), (target, end)):
        own = ~is_box | (of[node] < 0) if len(of) else np.ones(len(some), bool)
        shift[route[own]] = by[node[own]]
    return start, end


def _cubics(first: Floats, last: Floats) -> Floats:
    """Level at both ends, (k, 8)."""
    bend = np.abs(last[:, 0] - first[:, 0]) * BEND
    near, far = first.copy(), last.copy()
    near[:, 0] += np.maximum(bend, 20.0)
    far[:, 0] -= np.maximum(bend, 20.0)
    return np.hstack([first, near, far, last])
