"""Small marks on and beside cards. Each has its own silhouette; colour only repeats what it says."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from explorer_app.canvas.icons import draw_icon
from explorer_app.canvas.strokes import (
    LEFT,
    MIDDLE,
    ROUND,
    fill,
    pen,
    polygon,
    polyline,
    stroke,
)
from explorer_app.canvas.theme import Theme, faded
from explorer_app.canvas.widths import text_width

FIELD = 14.0  # of a mark of status
TAG_HEIGHT = 17.0


class Marks:
    """Draws marks in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._statuses: dict[str, Callable[[QPainter, QColor, QColor], None]] = {
            "ok": _tick,
            "failed": _diamond,
            "running": _ring,
            "skipped": _dashed_ring,
            "died": _flat_line,
        }

    def status(
        self,
        painter: QPainter,
        name: str,
        middle: QPointF,
        size: float,
        back: QColor,
        ink: QColor | None = None,
    ) -> None:
        """How an execution ended; `back` is the colour behind it, `ink` replaces its own."""
        painter.save()
        painter.translate(middle)
        painter.scale(size / FIELD, size / FIELD)
        self._statuses[name](painter, ink or self._theme.color(f"status.{name}"), back)
        painter.restore()

    def change(self, painter: QPainter, name: str, middle: QPointF, size: float = 16) -> None:
        """What became of a node between two versions."""
        painter.save()
        painter.translate(middle)
        painter.scale(size / 16, size / 16)
        painter.setPen(pen(self._theme.color("canvas"), 2.5))
        painter.setBrush(self._theme.color(f"diff.{name}"))
        painter.drawEllipse(QPointF(0, 0), 8.2, 8.2)
        stroke(painter, pen(self._theme.color("card"), 1.7, ROUND))
        for path in _CHANGES[name]():
            painter.drawPath(path)
        painter.restore()

    def end(self, painter: QPainter, edge: QPointF, away: float = 13) -> None:
        """What is followed ends at this point of a card's right side, or so far away from it."""
        middle = edge + QPointF(away, 0)
        fill(painter, self._theme.color("canvas"))  # edges go behind it
        painter.drawEllipse(middle, 9, 9)
        stroke(painter, pen(self._theme.color("pii"), 1.6))
        if away:
            painter.drawLine(edge, middle - QPointF(6.5, 0))
        painter.drawEllipse(middle, 6.5, 6.5)
        painter.setBrush(self._theme.color("pii"))
        painter.drawEllipse(middle, 2.4, 2.4)

    def barrier(self, painter: QPainter, edge: QPointF, half: float = 11) -> None:
        """What is followed is stopped behind this point of a card's right side."""
        painter.setPen(pen(self._theme.color("barrier"), 2.6, ROUND))
        for x in (5.0, 9.5):
            painter.drawLine(edge + QPointF(x, -half), edge + QPointF(x, half))

    def letter(self, painter: QPainter, text: str, middle: QPointF, tone: str) -> None:
        """Names an end of a path."""
        painter.setPen(pen(self._theme.color("canvas"), 3))
        painter.setBrush(self._theme.color(tone))
        painter.drawEllipse(middle, 9.5, 9.5)
        painter.setFont(self._theme.font("meta", weight=600))
        painter.setPen(self._theme.color("card"))
        painter.drawText(QRectF(middle.x() - 10, middle.y() - 10, 20, 20), MIDDLE, text)

    def tag(self, painter: QPainter, corner: QPointF, text: str, tone: str, *, dim: bool) -> float:
        """A label in a capsule; returns its width. `tone` is empty for a quiet one."""
        theme = self._theme
        font = theme.font("micro")
        lead = 13.0 if tone == "pii" else 0.0
        wide = text_width(text, font) + 12 + lead
        ink = theme.color("dim_text" if dim else _tag_ink(tone))
        fill(painter, theme.color("sunken" if dim or not tone else _soft(tone)))
        box = QRectF(corner.x(), corner.y(), wide, TAG_HEIGHT)
        painter.drawRoundedRect(box, TAG_HEIGHT / 2, TAG_HEIGHT / 2)
        if lead:
            draw_icon(painter, "pii", corner + QPointF(5, 3), 11, ink, 1.6)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box.adjusted(6 + lead, 0, 40, 0), LEFT, text)
        return wide

    def count(self, painter: QPainter, middle: QPointF, text: str, tone: str = "") -> None:
        """How many edges a bundle stands for."""
        theme = self._theme
        font = theme.font("micro", weight=600)
        wide = max(18.0, text_width(text, font) + 10)
        box = QRectF(middle.x() - wide / 2, middle.y() - 8, wide, 16)
        painter.setPen(pen(theme.color(tone or "border_strong")))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setFont(font)
        painter.setPen(theme.color(tone or "text2"))
        painter.drawText(box, MIDDLE, text)


def _soft(tone: str) -> str:
    return "path_soft" if tone == "barrier" else f"{tone}_soft"


def _tag_ink(tone: str) -> str:
    return tone or "text2"


def _tick(painter: QPainter, color: QColor, _back: QColor) -> None:
    stroke(painter, pen(color, 1.6, ROUND))
    painter.drawPath(polyline((-4.2, 0.4), (-1.2, 3.4), (4.4, -3.2)))


def _diamond(painter: QPainter, color: QColor, back: QColor) -> None:
    fill(painter, color)
    painter.drawPath(polygon((0, -8), (8, 0), (0, 8), (-8, 0)))
    stroke(painter, pen(back, 1.8, ROUND))
    painter.drawPath(polyline((-2.4, -2.4), (2.4, 2.4)))
    painter.drawPath(polyline((2.4, -2.4), (-2.4, 2.4)))


def _ring(painter: QPainter, color: QColor, _back: QColor) -> None:
    stroke(painter, pen(faded(color, 0.28), 2))
    painter.drawEllipse(QPointF(0, 0), 5.6, 5.6)
    stroke(painter, pen(color, 2.2, ROUND))
    painter.drawArc(QRectF(-5.6, -5.6, 11.2, 11.2), 90 * 16, -130 * 16)


def _dashed_ring(painter: QPainter, color: QColor, _back: QColor) -> None:
    stroke(painter, pen(color, 1.5, Qt.PenCapStyle.FlatCap, (1.7, 1.2)))
    painter.drawEllipse(QPointF(0, 0), 5.8, 5.8)
    stroke(painter, pen(color, 1.6, ROUND))
    painter.drawPath(polyline((-2.4, 0), (2.4, 0)))


def _flat_line(painter: QPainter, color: QColor, back: QColor) -> None:
    fill(painter, color)
    painter.drawRoundedRect(QRectF(-7, -7, 14, 14), 3, 3)
    stroke(painter, pen(back, 1.5, ROUND))
    painter.drawPath(polyline((-5, 0), (-3, 0), (-1.6, -3.6), (0.2, 3.4), (1.4, 0), (5, 0)))


def _plus() -> tuple[QPainterPath, ...]:
    return (polyline((-3.6, 0), (3.6, 0)), polyline((0, -3.6), (0, 3.6)))


def _wave() -> tuple[QPainterPath, ...]:
    path = QPainterPath(QPointF(-4, 1))
    path.cubicTo(-2.4, -4, 1.8, 4, 4, -1)
    return (path,)


_CHANGES: dict[str, Callable[[], tuple[QPainterPath, ...]]] = {
    "added": _plus,
    "removed": lambda: (polyline((-3.6, 0), (3.6, 0)),),
    "changed": _wave,
    "rewired": lambda: (
        polyline((-4, -2), (4, -2), (1.8, -4.2)),
        polyline((4, 2), (-4, 2), (-1.8, 4.2)),
    ),
}
