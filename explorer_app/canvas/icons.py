"""Icons of strokes on a field of 16 by 16."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from explorer_app.canvas.strokes import ROUND, circle, joined, pen, polyline, rounded, stroke

FIELD = 16.0


def draw_icon(
    painter: QPainter,
    name: str,
    corner: QPointF,
    size: float,
    color: QColor,
    weight: float = 1.35,
) -> None:
    """Draw an icon; an unknown name is a question mark.

    Args:
        painter: draws it.
        name: a kind of node, or one of the others below.
        corner: its top left.
        size: of its field, px.
        color: of its strokes.
        weight: of its strokes, in parts of the field of 16.
    """
    painter.save()
    painter.translate(corner)
    painter.scale(size / FIELD, size / FIELD)
    if name == "column":
        shade = QColor(color.red(), color.green(), color.blue(), 90)
        painter.fillRect(QRectF(6.3, 2.6, 3.4, 10.8), shade)
    stroke(painter, pen(color, weight, ROUND))
    painter.drawPath(icon_path(name))
    painter.restore()


@cache
def icon_path(name: str) -> QPainterPath:
    """The strokes of an icon."""
    return _ICONS.get(name, _unknown)()


def _function() -> QPainterPath:
    path = QPainterPath(QPointF(11.6, 3.3))
    path.cubicTo(9.6, 2.4, 8.7, 3.4, 8.3, 5.4)
    path.lineTo(7.0, 11.4)
    path.cubicTo(6.6, 13.3, 5.6, 14.0, 4.0, 13.2)
    return joined(path, polyline((5.2, 6.8), (10.6, 6.8)))


def _input() -> QPainterPath:
    head = polyline((6.6, 4.9), (9.8, 8), (6.6, 11.1))
    return joined(polyline((2.2, 8), (9.6, 8)), head, polyline((13.2, 3), (13.2, 13)))


def _config() -> QPainterPath:
    upper = joined(polyline((2, 5), (8, 5)), polyline((12.6, 5), (14, 5)), circle(10.3, 5, 2.2))
    lower = joined(polyline((2, 11), (3.4, 11)), polyline((8, 11), (14, 11)), circle(5.7, 11, 2.2))
    return joined(upper, lower)


def _source() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 4), 5, 2)
    path.moveTo(3, 4)
    path.lineTo(3, 12)
    path.cubicTo(3, 14.6, 13, 14.6, 13, 12)
    path.lineTo(13, 4)
    path.moveTo(3, 8)
    path.cubicTo(3, 10.6, 13, 10.6, 13, 8)
    return path


def _saver() -> QPainterPath:
    arrow = joined(polyline((8, 2.2), (8, 9.4)), polyline((5, 6.6), (8, 9.6), (11, 6.6)))
    return joined(arrow, polyline((2.5, 10), (2.5, 13.6), (13.5, 13.6), (13.5, 10)))


def _artifact() -> QPainterPath:
    hexagon = ((8, 1.8), (13.4, 4.9), (13.4, 11.1), (8, 14.2), (2.6, 11.1), (2.6, 4.9), (8, 1.8))
    lid = polyline((2.6, 4.9), (8, 8), (13.4, 4.9))
    return joined(polyline(*hexagon), lid, polyline((8, 8), (8, 14.2)))


def _validator() -> QPainterPath:
    path = polyline((8, 1.9), (13, 3.9), (13, 8))
    path.cubicTo(13, 11, 10.4, 13.3, 8, 14.2)
    path.cubicTo(5.6, 13.3, 3, 11, 3, 8)
    path.lineTo(3, 3.9)
    path.closeSubpath()
    return joined(path, polyline((5.7, 7.9), (7.4, 9.6), (10.5, 6.2)))


def _column() -> QPainterPath:
    bars = joined(polyline((6.3, 2.6), (6.3, 13.4)), polyline((9.7, 2.6), (9.7, 13.4)))
    return joined(rounded(QRectF(2.6, 2.6, 10.8, 10.8), 1.5), bars)


def _person() -> QPainterPath:
    path = circle(8, 5.2, 2.7)
    path.moveTo(2.8, 13.6)
    path.cubicTo(3.2, 8.6, 12.8, 8.6, 13.2, 13.6)
    return path


def _forward() -> QPainterPath:
    return polyline((6.2, 3.4), (10.8, 8), (6.2, 12.6))


def _unknown() -> QPainterPath:
    path = QPainterPath(QPointF(5.4, 5.6))
    path.cubicTo(5.4, 1.8, 10.8, 1.8, 10.8, 5.4)
    path.cubicTo(10.8, 7.6, 8, 7.6, 8, 10)
    return joined(path, polyline((8, 13), (8, 13.1)))


_ICONS: dict[str, Callable[[], QPainterPath]] = {
    "function": _function,
    "input": _input,
    "config": _config,
    "source": _source,
    "saver": _saver,
    "artifact": _artifact,
    "validator": _validator,
    "column": _column,
    "pii": _person,
    "forward": _forward,
}
