"""A painter that notes what it is told to paint, as JSON can hold it."""

from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen


def rounded(value: Any) -> Any:
    """Numbers and names in place of Qt's values; a tenth of a pixel is told apart."""
    if isinstance(value, QRectF):
        return [round(v, 1) for v in (value.x(), value.y(), value.width(), value.height())]
    if isinstance(value, QPointF):
        return [round(value.x(), 1), round(value.y(), 1)]
    if isinstance(value, QPainterPath):
        return rounded(value.boundingRect())
    if isinstance(value, QColor):
        return value.name(QColor.NameFormat.HexArgb)
    if isinstance(value, QPen):
        dash = [round(v, 1) for v in value.dashPattern()]
        return [rounded(value.color()), round(value.widthF(), 2), *([dash] if dash else [])]
    if isinstance(value, QFont):
        strike = ["struck out"] if value.strikeOut() else []
        return [value.pixelSize(), value.weight(), *strike]
    return round(value, 1) if isinstance(value, float) else value


class NotingPainter:
    """Stands in for a QPainter. Only texts, shapes and lines are noted, with how they are drawn."""

    def __init__(self) -> None:
        self.list: list[list[Any]] = []
        self._pen: Any = None
        self._brush: Any = None
        self._font: Any = None
        self._origin, self._scale = QPointF(0, 0), 1.0
        self._saved: list[tuple[Any, ...]] = []

    def setPen(self, pen: Any) -> None:
        self._pen = rounded(pen) if isinstance(pen, QPen | QColor) else None

    def setBrush(self, brush: Any) -> None:
        self._brush = rounded(brush) if isinstance(brush, QColor) else None

    def setFont(self, font: QFont) -> None:
        self._font = rounded(font)

    def save(self) -> None:
        self._saved.append((self._pen, self._brush, self._font, self._origin, self._scale))

    def restore(self) -> None:
        self._pen, self._brush, self._font, self._origin, self._scale = self._saved.pop()

    def translate(self, *by: Any) -> None:
        self._origin += (by[0] if len(by) == 1 else QPointF(*by)) * self._scale

    def scale(self, x: float, _y: float) -> None:
        self._scale *= x

    def setRenderHints(self, *_: Any) -> None:
        """Not noted."""

    setRenderHint = setClipPath = setClipRect = setOpacity = setRenderHints

    def _place(self, value: Any) -> Any:
        if isinstance(value, QPainterPath):
            value = value.boundingRect()
        if isinstance(value, QRectF):
            corner = value.topLeft() * self._scale + self._origin
            return rounded(QRectF(corner, value.size() * self._scale))
        return rounded(value * self._scale + self._origin)

    def drawText(self, box: QRectF, _align: Any, text: str) -> None:
        self.list.append(["text", text, self._place(box), self._font, self._pen])

    def drawPath(self, path: QPainterPath) -> None:
        self.list.append(["path", self._place(path), self._pen, self._brush])

    def strokePath(self, path: QPainterPath, pen: QPen) -> None:
        if not path.isEmpty():
            self.list.append(["stroke", self._place(path), rounded(pen)])

    def fillPath(self, path: QPainterPath, color: QColor) -> None:
        self.list.append(["fill", self._place(path), rounded(color)])

    def fillRect(self, rect: QRectF, color: QColor) -> None:
        self.list.append(["fill", self._place(rect), rounded(color)])

    def drawRoundedRect(self, rect: QRectF, *_: float) -> None:
        self.list.append(["box", self._place(rect), self._pen, self._brush])

    def drawEllipse(self, middle: QPointF, radius: float, _y: float) -> None:
        place = [self._place(middle), round(radius * self._scale, 1)]
        self.list.append(["circle", place, self._pen, self._brush])

    def drawArc(self, rect: QRectF, *_: int) -> None:
        self.list.append(["arc", self._place(rect), self._pen])

    def drawLine(self, start: QPointF | QLineF, end: QPointF | None = None) -> None:
        ends = [self._place(start), self._place(end)]
        self.list.append(["line", *ends, self._pen])
