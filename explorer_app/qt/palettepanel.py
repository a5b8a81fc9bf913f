"""The palette: go to anything by a few letters of its name."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from explorer_app.canvas.accessible import announce
from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT, fill
from explorer_app.canvas.widths import elided, elided_name, text_width
from explorer_app.model.palette import Choice, Finder
from explorer_app.qt.icons import draw
from explorer_app.qt.panels import Panel
from explorer_app.qt.pieces import draw_key, key_width
from explorer_app.qt.style import Style
from hamilton_ol.graph.scene.names import shown

ROW, SHOWN, HEAD = 30, 12, 58


class PaletteList(QWidget):
    """Choices, of which one is marked."""

    picked = Signal(object)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.choices: list[Choice] = []
        self.current = 0
        self._first = 0
        self.setMouseTracking(True)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """List other ones."""
        self.choices, self.current, self._first = list(choices), 0, 0
        self._say(shown(choices[0].text) if choices else "nothing found")

    def step(self, by: int) -> None:
        """Mark another one."""
        if self.choices:
            self.current = (self.current + by) % len(self.choices)
            self._first = min(max(self._first, self.current - SHOWN + 1), self.current)
            self._say(shown(self.choices[self.current].text))

    def _say(self, text: str) -> None:
        """What is marked: the focus stays in the line above."""
        self.setAccessibleName(text)
        announce(self, text)
        self.update()

    def pick(self) -> None:
        """Take the marked one."""
        if self.choices:
            self.picked.emit(self.choices[self.current])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the one that is clicked."""
        place = self._first + int(event.position().y() // ROW)
        if place < len(self.choices):
            self.current = place
            self.pick()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the one under the pointer."""
        place = self._first + int(event.position().y() // ROW)
        if place < len(self.choices) and place != self.current:
            self.current = place
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHints(HINTS)
        for row, choice in enumerate(self.choices[self._first : self._first + SHOWN]):
            box = QRectF(0, row * ROW, self.width(), ROW)
            self._row(painter, box, choice, is_current=self._first + row == self.current)
        painter.end()

    def _row(self, painter: QPainter, box: QRectF, choice: Choice, *, is_current: bool) -> None:
        style = self._style
        if is_current:
            fill(painter, style.color("selection"))
            painter.drawRoundedRect(box.adjusted(8, 0, -8, 0), 6, 6)
        ink = style.color(f"kind.{choice.icon}" if choice.kind == "node" else "muted")
        draw(painter, choice.icon, QPointF(box.left() + 18, box.top() + 8), 14, ink)
        font = style.theme.font("body", weight=500)
        painter.setFont(font)
        painter.setPen(style.color("text"))
        text = elided_name(shown(choice.text), font, box.width() - 160)
        painter.drawText(box.adjusted(42, 0, 0, 0), LEFT, text)
        if choice.kind == "command" and choice.note:
            wide = key_width(style, choice.note)
            draw_key(painter, style, box.right() - 18 - wide, box.top() + 6, choice.note)
            return
        meta = style.theme.font("meta")
        painter.setFont(meta)
        painter.setPen(style.color("muted"))
        room = box.width() - 42 - text_width(text, font) - 40
        painter.drawText(box.adjusted(0, 0, -18, 0), RIGHT, elided(shown(choice.note), meta, room))


class PalettePanel(Panel):
    """Go to anything by a few letters of its name."""

    picked = Signal(object)  # Choice

    def __init__(self, style: Style, window: QWidget, finder: Callable[[], Finder]) -> None:
        super().__init__(style, window, (620, HEAD + SHOWN * ROW), "Go to")
        self._make, self._finder = finder, Finder(None, {})
        self.edit = QLineEdit()
        self.edit.setObjectName("plain")
        self.edit.setFont(style.theme.font("name", weight=400))
        self.edit.setPlaceholderText(
            "Go to a node, a column, a command, a tag, an owner, a run, a saved query"
        )
        self.edit.setAccessibleName("Go to")
        self.edit.textChanged.connect(self._search)
        self.edit.installEventFilter(self)
        self.list = PaletteList(style)
        self.list.picked.connect(self._picked)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 8)
        box.setSpacing(6)
        head = QVBoxLayout()
        head.setContentsMargins(18, 4, 18, 4)
        head.addWidget(self.edit)
        box.addLayout(head)
        box.addWidget(self.list, 1)

    def open(self) -> None:
        """Show it, empty."""
        self._finder = self._make()
        self.edit.clear()
        self._search("")
        super().open()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search(self, text: str) -> None:
        found = self._finder.find(text.strip())
        self.list.set_choices(found)
        self.resize(self.width(), HEAD + max(min(len(found), SHOWN), 1) * ROW)

    def _picked(self, choice: Choice) -> None:
        self.close_panel()
        self.picked.emit(choice)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move through the list."""
        if watched is self.edit and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key(event.key())
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: SHOWN,
            Qt.Key.Key_PageUp: -SHOWN,
        }
        if key in steps:
            self.list.step(steps[Qt.Key(key)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.list.pick()
        elif key == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            return False
        return True
