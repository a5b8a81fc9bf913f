"""The whole scene in a corner, with the part of it that is seen."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from explorer_app.canvas.batches import draw_lines
from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.strokes import HINTS, NO_BRUSH, fill, pen
from explorer_app.canvas.theme import Theme, blend, faded
from explorer_app.scene.index import flattened
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.words import TONES

SIZE = QSize(162, 92)
PAD = 9.0
MOST = 4000  # nodes and curves; of more, every second, third, ... is drawn


class Place(NamedTuple):
    """How the scene lies in the minimap, px from its corner."""

    scale: float
    x: float
    y: float


class Minimap:
    """A picture of a scene, kept until the scene or its look changes."""

    def __init__(self, drawing: SceneDrawing, ratio: float) -> None:
        self._theme, self._ratio = drawing.theme, ratio
        self._bounds = drawing.prepared.scene.bounds
        left, top, right, bottom = self._bounds
        wide, high = max(right - left, 1.0), max(bottom - top, 1.0)
        room_x, room_y = SIZE.width() - 2 * PAD, SIZE.height() - 2 * PAD
        scale = min(room_x / wide, room_y / high)
        x = SIZE.width() / 2 - scale * (left + right) / 2
        y = SIZE.height() / 2 - scale * (top + bottom) / 2
        self._place = Place(scale, x, y)
        self._image = self._drawn(drawing)

    def paint(self, painter: QPainter, corner: QPointF, view: Viewport) -> None:
        """Draw it at a corner of the view, with the frame of what is seen."""
        painter.drawImage(corner, self._image)
        window, place = view.window, self._place
        seen = QRectF(
            window.left * place.scale + place.x,
            window.top * place.scale + place.y,
            (window.right - window.left) * place.scale,
            (window.bottom - window.top) * place.scale,
        )
        inside = QRectF(QPointF(5, 5), SIZE.toSizeF()).adjusted(0, 0, -10, -10)
        seen = seen.intersected(inside)
        if seen.isEmpty():
            return
        painter.setPen(pen(self._theme.color("border_strong")))
        painter.setBrush(NO_BRUSH)
        painter.drawRoundedRect(seen.translated(corner), 4, 4)

    def to_scene(self, x: float, y: float) -> tuple[float, float]:
        """The point of the scene at a point of the minimap."""
        return (x - self._place.x) / self._place.scale, (y - self._place.y) / self._place.scale

    def _drawn(self, drawing: SceneDrawing) -> QImage:
        form = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage((SIZE + QSize(0, 4)) * self._ratio, form)
        image.setDevicePixelRatio(self._ratio)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHints(HINTS)
        panel(painter, QRectF(QPointF(0, 0), SIZE.toSizeF()), self._theme)
        self._draw_edges(painter, drawing)
        self._draw_nodes(painter, drawing)
        painter.end()
        return image

    def _draw_edges(self, painter: QPainter, drawing: SceneDrawing) -> None:
        points = drawing.prepared.index.segments.points
        if not len(points):
            return
        lines = flattened(points[:: 1 + len(points) // (MOST // 4)], 6)
        lines = lines * self._place.scale + [self._place.x, self._place.y]
        pieces = np.concatenate([lines[:, :-1], lines[:, 1:]], axis=2).reshape(-1, 4)
        painter.setPen(pen(self._theme.color("edge"), 0.6))
        draw_lines(painter, pieces)

    def _draw_nodes(self, painter: QPainter, drawing: SceneDrawing) -> None:
        scene, looks, theme = drawing.prepared.scene, drawing.looks, self._theme
        nodes = drawing.prepared.index.nodes
        nodes = nodes[:: 1 + len(nodes) // MOST]
        for node in nodes.tolist():
            left, top, wide, high = (scene.boxes[node] * self._place.scale).tolist()
            tone = TONES[looks.tone[node]] or self._row_tone(drawing, node)
            is_loud = bool(looks.loud[node]) or node == looks.active
            key = "edge" if looks.dim[node] else tone or "muted"
            color = blend(theme.color(key), theme.color("surface"), 0.1 if is_loud else 0.45)
            if looks.category[node] >= 0 and not looks.dim[node]:
                color = theme.category(int(looks.category[node]))
            fill(painter, color)
            rect = QRectF(left + self._place.x, top + self._place.y, max(wide, 1), max(high, 1))
            painter.drawRoundedRect(rect, 0.6, 0.6)

    def _row_tone(self, drawing: SceneDrawing, node: int) -> str:
        first, last = drawing.prepared.scene.cards.row_start[node : node + 2]
        tones = drawing.looks.row_tone[first:last]
        return TONES[tones.max()] if tones.size else ""


def panel(painter: QPainter, rect: QRectF, theme: Theme, radius: float = 10) -> None:
    """A floating panel: a hairline and one soft step, no drop shadow."""
    black = faded(theme.color("text"), float(theme.value("shade_share")))
    black.setRgb(0, 0, 0, black.alpha())
    fill(painter, black)
    painter.drawRoundedRect(rect.adjusted(0, 1.5, 0, 2.5), radius, radius)
    painter.setPen(pen(theme.color("border")))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
