"""Small widgets that several panes are made of."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from explorer_app.canvas.strokes import HINTS, LEFT, MIDDLE, RIGHT, fill, pen
from explorer_app.qt.icons import draw
from explorer_app.qt.style import Style
from hamilton_ol.graph.scene.names import shown

Labels = Sequence[tuple[str, str]]


def text_width(text: str, font: QFont) -> float:
    """How wide a text is, px."""
    return QFontMetricsF(font).horizontalAdvance(text)


def elided(text: str, font: QFont, width: float) -> str:
    """A text, with an ellipsis at its end where it has no room."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))


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


class Pills(QWidget):
    """Labels, in as many rows as they need."""

    HEIGHT, GAP, LINE = 19, 5, 24

    def __init__(self, style: Style, labels: Labels, note: str = "") -> None:
        super().__init__()
        self._style, self._note = style, note
        self._labels = [(shown(text, 60), tone) for text, tone in labels]
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(text for text, _ in self._labels))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its rows."""
        rows = max((row for row, _ in self._places(event.size().width())), default=0) + 1
        self.setFixedHeight(rows * self.LINE - 5)

    def _places(self, width: int) -> list[tuple[int, float]]:
        row, x, found = 0, 0.0, []
        for text, tone in self._labels:
            wide = pill_width(self._style, text, tone)
            if x and x + wide > width:
                row, x = row + 1, 0.0
            found.append((row, x))
            x += wide + self.GAP
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHints(HINTS)
        for (text, tone), (row, x) in zip(self._labels, self._places(self.width()), strict=True):
            draw_pill(painter, self._style, x, row * self.LINE, text, tone, height=self.HEIGHT)
        painter.setFont(self._style.theme.font("meta"))
        painter.setPen(self._style.color("muted"))
        painter.drawText(QRectF(0, 0, self.width(), self.HEIGHT), RIGHT, self._note)
        painter.end()


class Button(QAbstractButton):
    """A flat button: an icon, a text, an arrow for a menu, a cap with its shortcut.

    Args:
        style: colours.
        icon: its name, empty for none.
        text: beside it; also what a screen reader says, unless `name` is given.
        name: what it does.
        key: its shortcut, drawn on a cap.
    """

    def __init__(
        self,
        style: Style,
        icon: str = "",
        text: str = "",
        *,
        name: str = "",
        key: str = "",
        weight: int = 500,
        role: str = "body",
        has_menu: bool = False,
    ) -> None:
        super().__init__()
        self._style, self._icon, self._key = style, icon, key
        self._weight, self._role, self._has_menu = weight, role, has_menu
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setToolTip(f"{name or text}{f'   {key}' if key else ''}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _font(self) -> QFont:
        return self._style.theme.font(self._role, weight=self._weight)

    def sizeHint(self) -> QSize:
        """As much as is drawn."""
        wide = 12.0 + (16 if self._icon else 0)
        if self.text():
            wide += text_width(self.text(), self._font()) + (6 if self._icon else 0)
        wide += 16 if self._has_menu else 0
        wide += key_width(self._style, self._key) + 8 if self._key and self.text() else 0
        return QSize(round(wide), 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, style = QPainter(self), self._style
        painter.setRenderHints(HINTS)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            fill(painter, style.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self.hasFocus():
            painter.setPen(pen(style.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        x, middle = 6.0, self.height() / 2
        if self._icon:
            ink = style.color("text2" if self.isEnabled() else "edge")
            draw(painter, self._icon, QPointF(x, middle - 8), 16, ink, 1.4)
            x += 22
        painter.setFont(self._font())
        painter.setPen(style.color("text" if self.isEnabled() else "dim_text"))
        room = self.width() - x - (20 if self._has_menu else 0)
        text = self.text() if self._key else elided(self.text(), self._font(), room)
        painter.drawText(QRectF(x, 0, self.width(), self.height()), LEFT, text)
        x += text_width(text, self._font()) if text else 0
        if self._has_menu:
            draw(painter, "down", QPointF(x + 4, middle - 5), 10.5, style.color("muted"), 1.8)
        elif self._key and self.text():
            draw_key(painter, style, x + 8, middle - 9, self._key)
        painter.end()


class Row(QWidget):
    """A row that is drawn by a function, and clicked or chosen with Enter.

    Args:
        style: colours.
        paint: draws it, given the painter and its rectangle.
        height: px.
        name: what a screen reader says.
        is_link: whether it can be chosen.
    """

    chosen = Signal()

    def __init__(
        self,
        style: Style,
        paint: Callable[[QPainter, QRectF], None],
        height: int,
        name: str,
        *,
        is_link: bool = False,
    ) -> None:
        super().__init__()
        self._style, self._paint, self._is_link = style, paint, is_link
        self.setFixedHeight(height)
        self.setAccessibleName(name)
        if is_link:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it, with a ground under the pointer or the focus."""
        painter = QPainter(self)
        painter.setRenderHints(HINTS)
        if self._is_link and (self.underMouse() or self.hasFocus()):
            fill(painter, self._style.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(8, 0, -8, 0), 5, 5)
        self._paint(painter, QRectF(self.rect()))
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is here."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002
        """The pointer is gone."""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if self._is_link and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose it with Enter or the space bar."""
        if self._is_link and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class Tabs(QWidget):
    """Headings in a row, of which one is chosen; each may have a count."""

    changed = Signal(int)

    def __init__(self, style: Style, names: Sequence[str], height: int, gap: int, top: int) -> None:
        super().__init__()
        self._style, self._names, self._gap, self._top = style, list(names), gap, top
        self._counts = [""] * len(names)
        self._current = 0
        self.note = ""
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(", ".join(names))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, self.height())

    @property
    def current(self) -> int:
        """The place of the chosen one."""
        return self._current

    def choose(self, place: int) -> None:
        """Choose one."""
        if place != self._current and 0 <= place < len(self._names):
            self._current = place
            self.changed.emit(place)
            self.update()

    def set_counts(self, counts: Sequence[str]) -> None:
        """What is written beside each; an empty text for nothing."""
        self._counts = list(counts)
        self.update()

    def _boxes(self) -> list[QRectF]:
        x, found = 14.0, []
        for place, (name, count) in enumerate(zip(self._names, self._counts, strict=True)):
            font = self._style.theme.font("body", weight=600 if place == self._current else 400)
            wide = text_width(name, font)
            if count:
                wide += 6 + text_width(count, self._style.theme.font("micro"))
            found.append(QRectF(x, 0, wide, self.height()))
            x += wide + self._gap
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is clicked; elsewhere the pane is dragged."""
        for place, box in enumerate(self._boxes()):
            if box.adjusted(-6, 0, 6, 0).contains(event.position()):
                self.choose(place)
                return
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the next one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self._current + step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter, style = QPainter(self), self._style
        painter.setRenderHints(HINTS)
        painter.fillRect(self.rect(), style.color("surface"))
        line = self.height() - 1
        painter.fillRect(QRectF(0, line, self.width(), 1), style.color("border"))
        middle = QRectF(0, self._top, self.width(), line - self._top - 2)
        for place, box in enumerate(self._boxes()):
            is_current = place == self._current
            font = style.theme.font("body", weight=600 if is_current else 400)
            painter.setFont(font)
            painter.setPen(style.color("text" if is_current else "muted"))
            painter.drawText(middle.translated(box.left(), 0), LEFT, self._names[place])
            wide = text_width(self._names[place], font)
            painter.setFont(style.theme.font("micro"))
            painter.setPen(style.color("muted"))
            painter.drawText(middle.translated(box.left() + wide + 6, 0), LEFT, self._counts[place])
            if is_current:
                tone = "accent" if not self.hasFocus() else "upstream"
                painter.fillRect(QRectF(box.left(), line - 1.5, box.width(), 2), style.color(tone))
        painter.setFont(style.theme.font("meta"))
        painter.setPen(style.color("muted"))
        painter.drawText(middle.adjusted(0, 0, -14, 0), RIGHT, self.note)
        painter.end()
