"""Headings in a row, of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT, pen
from explorer_app.canvas.widths import text_width
from explorer_app.qt.style import Style


class Tabs(QWidget):
    """Headings in a row, of which one is chosen; each may have a count."""

    ROLE = QAccessible.Role.PageTabList
    changed = Signal(int)

    def __init__(self, style: Style, names: Sequence[str], height: int, gap: int, top: int) -> None:
        super().__init__()
        self._style, self._names, self._gap, self._top = style, list(names), gap, top
        self._counts = [""] * len(names)
        self._current = 0
        self.note = ""
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name()

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
            self._name()
            self.changed.emit(place)
            self.update()

    def _name(self) -> None:
        """What a screen reader says: which is chosen, and what it could be instead."""
        chosen = f"{self._names[self._current]} {self._counts[self._current]}".rstrip()
        of = f"{self._current + 1} of {len(self._names)}"
        self.setAccessibleName(f"{chosen}, heading {of}: {', '.join(self._names)}")

    def set_counts(self, counts: Sequence[str]) -> None:
        """What is written beside each; an empty text for nothing."""
        self._counts = list(counts)
        self._name()
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
                under = QRectF(box.left(), line - 1.5, box.width(), 2)
                painter.fillRect(under, style.color("accent"))
                if self.hasFocus():
                    painter.setPen(pen(style.color("accent"), 1.5))
                    around = QRectF(box.left(), middle.top(), box.width(), middle.height())
                    painter.drawRoundedRect(around.adjusted(-7, 4, 7, -4), 6, 6)
        painter.setFont(style.theme.font("meta"))
        painter.setPen(style.color("muted"))
        painter.drawText(middle.adjusted(0, 0, -14, 0), RIGHT, self.note)
        painter.end()
