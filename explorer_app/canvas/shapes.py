"""Outlines by kind: each can be told without its colour."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QTransform

from explorer_app.canvas.paths import path_of
from hamilton_ol.graph.scene import outlines
from hamilton_ol.graph.scene.outlines import RADIUS
from hamilton_ol.graph.scene.paths import Box


def outline(kind: str, rect: QRectF, radius: float = RADIUS) -> QPainterPath:
    """The outline of a node."""
    return _at(outlines.outline(kind, _size(rect), radius), rect)


def on_screen(kind: str, rect: QRectF, zoom: float) -> QPainterPath:
    """The outline of a node that has a place on the screen at a zoom; a box without a kind."""
    if not kind:
        box = QPainterPath()
        box.addRoundedRect(rect, RADIUS, RADIUS)
        return box
    size = QRectF(0, 0, rect.width() / zoom, rect.height() / zoom)
    place = QTransform.fromTranslate(rect.x(), rect.y()).scale(zoom, zoom)
    return place.map(outline(kind, size))


def inner(kind: str, rect: QRectF) -> QPainterPath:
    """The second stroke of the shapes that have one."""
    return _at(outlines.inner(kind, _size(rect)), rect)


def small(kind: str, size: float) -> QPainterPath:
    """The shape of a node around the origin, where there is no room for a card."""
    return path_of(outlines.small(kind, size))


def _size(rect: QRectF) -> Box:
    return Box(0.0, 0.0, rect.width(), rect.height())


def _at(text: str, rect: QRectF) -> QPainterPath:
    return path_of(text).translated(rect.topLeft())
