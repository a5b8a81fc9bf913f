"""What is at a point of a view, by how much of a node is drawn there."""

import numpy as np
from PySide6.QtCore import QPointF

from explorer_app.canvas.drawing import Level, SceneDrawing
from explorer_app.scene.hits import Hit, hit
from explorer_app.scene.index import SceneIndex, Window
from explorer_app.scene.viewport import Viewport

NEAR = 5.0  # px that one may miss an edge or a port by
DOT = 8.0  # px around the middle of a dot


def pick(drawing: SceneDrawing, view: Viewport, point: QPointF) -> Hit:
    """What is at a point of a view, logical px."""
    x, y = view.to_scene(point.x(), point.y())
    level, index = drawing.level(view.zoom, view.ratio), drawing.prepared.index
    near = NEAR / view.zoom
    if level is Level.DOTS:
        return _dot(index, x, y, DOT / view.zoom) or hit(index, x, y, near, ports=False)
    return hit(index, x, y, near, ports=level is not Level.CHIPS)


def _dot(index: SceneIndex, x: float, y: float, near: float) -> Hit | None:
    """The nearest dot; dots are larger than the cards they stand for when far away."""
    found = index.nodes_in(Window(x, y, x, y).grown(near))
    if not found.size:
        return None
    away = np.hypot(index.x[found] - x, index.y[found] - y)
    return Hit("node", int(index.nodes[found[away.argmin()]]))
