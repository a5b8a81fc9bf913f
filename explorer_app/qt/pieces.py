"""Small widgets that several panes are made of."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QAccessible,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from explorer_app.canvas.strokes import HINTS, LEFT, MIDDLE, RIGHT, fill, pen
from explorer_app.canvas.widths import elided, text_width
from explorer_app.qt.icons import draw
from explorer_app.qt.style import Style
from hamilton_ol.graph.scene.names import shown

Labels = Sequence[tuple[str, str]]


def key_text(keys: str) -> str:
    """A shortcut as it is written on a cap."""
    return keys.replace("+", " ") if len(keys) > 1 else keys


def key_width(style: Style, keys: str) -> float:
    """How wide a cap is."""
    return max(18.0, text_width(key_text(keys), style.theme.font("micro")) + 10)


def draw_key(painter: QPainter, style: Style, x: float, y: float, keys: str) -> float:
    """Draw a cap with a shortcut, 18 px high; its width."""
    wide = key_width(style, keys)
    painter.setPen(pen(style.color("border")))
    painter.setBrush(style.color("surface"))
    painter.drawRoundedRect(QRectF(x, y, wide, 18), 4, 4)
    painter.setFont(style.theme.font("micro"))
    painter.setPen(style.color("muted"))
    painter.drawText(QRectF(x, y, wide, 18), MIDDLE, key_text(keys))
    return wide


def pill_width(style: Style, text: str, tone: str) -> float:
    """How wide a label is."""
    return text_width(text, style.theme.font("micro")) + 14 + (13 if tone == "pii" else 0)


def draw_pill(
    painter: QPainter,
    style: Style,
    x: float,
    y: float,
    text: str,
    tone: str,
    *,
    height: float = 17,
) -> float:
    """Draw a label; its width."""
    wide = pill_width(style, text, tone)
    fill(painter, style.color(f"{tone}_soft" if tone else "sunken"))
    painter.drawRoundedRect(QRectF(x, y, wide, height), height / 2, height / 2)
    left = x + 7
    ink = style.color(tone or "text2")
    if tone == "pii":
        draw(painter, "pii", QPointF(left - 1, y + height / 2 - 5), 10, ink, 1.7)
        left += 13
    painter.setFont(style.theme.font("micro"))
    painter.setPen(ink)
    painter.drawText(QRectF(left, y, wide, height), LEFT, text)
    return wide


class Column(QWidget):
    """Widgets below each other, shown at once: one shown by itself has all others placed anew.

    Attributes:
        box: takes them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)


def held(widget: QWidget, left: int, above: int, right: int, below: int) -> QWidget:
    """A widget with so much room around it, px."""
    holder = Column()
    holder.box.setContentsMargins(left, above, right, below)
    holder.box.addWidget(widget)
    return holder


class Pills(QWidget):
    """Labels, in as many rows as they need."""

    ROLE = QAccessible.Role.StaticText
    HEIGHT, GAP, LINE = 19, 5, 24

    def __init__(self, style: Style, labels: Labels, note: str = "") -> None:
        super().__init__()
        self._style, self._note = style, note
        self._labels = [(shown(text, 60), tone) for text, tone in labels]
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        named = ", ".join(text for text, _ in self._labels)
        self.setAccessibleName(f"{note}: {named}" if note else named)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its rows."""
        rows = max((row for row, _ in self._places(event.size().width())), default=0) + 1
        self.setFixedHeight(rows * self.LINE - 5)

    def _places(self, width: int) -> list[tuple[int, float]]:
        row, x, found = 0, 0.0, []
        for text, tone in self._labels:
            wide = pill_width(self._style, text, tone)
            if x and x + wide > self._room(row, width):
                row, x = row + 1, 0.0
            found.append((row, x))
            x += wide + self.GAP
        return found

    def _room(self, row: int, width: int) -> float:
        """How wide a row may be: the note is beside the first one."""
        is_beside = self._note and row == 0
        note = text_width(self._note, self._style.theme.font("meta")) if is_beside else 0.0
        return width - (note + 2 * self.GAP if note else 0.0)

    def _written(self, width: int) -> list[str]:
        """What is written on each label, so that it ends where its row does."""
        font, found = self._style.theme.font("micro"), []
        for (text, tone), (row, x) in zip(self._labels, self._places(width), strict=True):
            around = pill_width(self._style, "", tone)
            found.append(elided(text, font, self._room(row, width) - x - around))
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter, width = QPainter(self), self.width()
        painter.setRenderHints(HINTS)
        drawn = zip(self._labels, self._places(width), self._written(width), strict=True)
        for (_, tone), (row, x), text in drawn:
            draw_pill(painter, self._style, x, row * self.LINE, text, tone, height=self.HEIGHT)
        painter.setFont(self._style.theme.font("meta"))
        painter.setPen(self._style.color("muted"))
        painter.drawText(QRectF(0, 0, self.width(), self.HEIGHT), RIGHT, self._note)
        painter.end()
