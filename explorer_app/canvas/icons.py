"""Icons of strokes on a field of 16 by 16."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from explorer_app.canvas.paths import path_of
from explorer_app.canvas.strokes import ROUND, pen, stroke
from hamilton_ol.graph.scene.icons import FIELD, ICONS, SHADE


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
        name: a kind of node, or one of the others of the table.
        corner: its top left.
        size: of its field, px.
        color: of its strokes.
        weight: of its strokes, in parts of the field of 16.
    """
    if name == "column":
        shade = QColor(color.red(), color.green(), color.blue(), 90)
        left, top, wide, high = (part * size / FIELD for part in SHADE)
        painter.fillRect(QRectF(corner.x() + left, corner.y() + top, wide, high), shade)
    draw_strokes(painter, ICONS.get(name, ICONS["unknown"]), corner, size, color, weight)


def draw_strokes(
    painter: QPainter, path: str, corner: QPointF, size: float, color: QColor, weight: float
) -> None:
    """Draw a path of SVG on the field of an icon; arguments as above."""
    painter.save()
    painter.translate(corner)
    painter.scale(size / FIELD, size / FIELD)
    stroke(painter, pen(color, weight, ROUND))
    painter.drawPath(path_of(path))
    painter.restore()
