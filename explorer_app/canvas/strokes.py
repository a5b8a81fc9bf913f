"""Paths and pens that drawings are made of."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

ROUND = Qt.PenCapStyle.RoundCap
FLAT = Qt.PenCapStyle.FlatCap
NO_PEN = Qt.PenStyle.NoPen
NO_BRUSH = Qt.BrushStyle.NoBrush
HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter


def polyline(*points: tuple[float, float]) -> QPainterPath:
    """Straight lines from point to point."""
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    return path


def polygon(*points: tuple[float, float]) -> QPainterPath:
    """The same, closed."""
    path = polyline(*points)
    path.closeSubpath()
    return path


def pen(
    color: QColor,
    width: float = 1.0,
    cap: Qt.PenCapStyle = FLAT,
    dash: tuple[float, ...] = (),
) -> QPen:
    """A pen; `dash` is in widths of it."""
    made = QPen(color, width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)
    if dash:
        made.setDashPattern(dash)
    return made


def fill(painter: QPainter, color: QColor) -> None:
    """From now on fill without an outline."""
    painter.setPen(NO_PEN)
    painter.setBrush(color)


def stroke(painter: QPainter, with_pen: QPen) -> None:
    """From now on draw outlines only."""
    painter.setPen(with_pen)
    painter.setBrush(NO_BRUSH)
