"""Bars above the canvas: they ask, tell and offer a way out, and never stop anybody."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStatusBar,
    QWidget,
)

from explorer_app.canvas.accessible import announce
from explorer_app.canvas.strokes import LEFT
from explorer_app.canvas.widths import elided, text_width
from explorer_app.model.words import passed
from explorer_app.qt.style import Style, label
from hamilton_ol.graph.scene.names import shown

HIGH, LINE = 44, 16  # px of one line and its buttons, of one more
LEAST = 300  # px of a sentence
SECOND = 1000  # ms
LATE = 200  # ms after which a person wants to know that something is going on
Choices = Sequence[tuple[str, Callable[[], None]]]


class Bar(QWidget):
    """A sentence and what can be done about it."""

    ROLE = QAccessible.Role.AlertMessage
    answered = Signal()  # one of its buttons was pressed, which may go away now

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._buttons: list[QPushButton] = []
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.text = label(style, "", "body", "text", wraps=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 8, 14, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self.text, 1)
        self.hide()

    def say(self, text: str, choices: Choices = ()) -> None:
        """Show it; the first choice is the main one."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for place, (title, does) in enumerate(choices):
            button = QPushButton(title)
            button.setObjectName("main" if place == 0 else "")
            button.clicked.connect(self.answered)
            button.clicked.connect(does)
            self._row.addWidget(button)
            self._buttons.append(button)
        self.set_text(text)
        self._fit(self.window().width())
        self.show()
        announce(self, self.accessibleName())

    def set_text(self, text: str) -> None:
        """Another sentence, the same choices."""
        self.text.setText(shown(text, 600))
        self.setAccessibleName(shown(text, 600))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider or narrower."""
        self._fit(event.size().width())
        super().resizeEvent(event)

    def _fit(self, width: int) -> None:
        """As high as its sentence needs."""
        taken = sum(button.sizeHint().width() + 8 for button in self._buttons) + 40
        room = max(width - taken, LEAST)
        lines = int(text_width(self.text.text(), self.text.font()) // room)
        self.setFixedHeight(HIGH + LINE * lines)

    @property
    def choices(self) -> list[QPushButton]:
        """The buttons."""
        return list(self._buttons)


class Foot(QStatusBar):
    """The bar at the bottom; what it says for a moment looks as what it always says."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.setSizeGripEnabled(False)
        self.messageChanged.connect(self._announce)

    def _announce(self, message: str) -> None:
        if message:
            announce(self, shown(message, 600))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the message, if there is one."""
        if not self.currentMessage():
            super().paintEvent(event)
            return
        painter, font = QPainter(self), self._style.theme.font("meta")
        painter.fillRect(self.rect(), self._style.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, self._style.color("border"))
        painter.setFont(font)
        painter.setPen(self._style.color("muted"))
        taken = sum(w.width() for w in self.findChildren(QLabel) if w.isVisible())
        box = QRectF(self.rect()).adjusted(14, 0, -taken - 28, 0)
        painter.drawText(box, LEFT, elided(shown(self.currentMessage(), 600), font, box.width()))
        painter.end()


class ProgressBar(Bar):
    """Says how far something is, once it takes so long that a person wonders.

    It lies over the top of what is there, which does not move for it.
    """

    def __init__(self, style: Style, cancel: Callable[[], None], below: QWidget) -> None:
        super().__init__(style)
        self._cancel = cancel
        self._below = below
        self.setParent(below)
        below.installEventFilter(self)
        self._late = QTimer(below)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE)
        self._late.timeout.connect(self._appear)
        self._tick = QTimer(self)  # so that a person sees that it goes on, whatever it waits for
        self._tick.setInterval(SECOND)
        self._tick.timeout.connect(self._write)
        self._clock, self._now = QElapsedTimer(), ""

    def start(self, text: str) -> None:
        """Something begins."""
        self._clock.start()
        self.go_on(text)

    def go_on(self, text: str) -> None:
        """Its next step begins."""
        self._now = text
        if not self._clock.isValid():
            self._clock.start()
        self._late.start()

    def tell(self, text: str) -> None:
        """How far it is."""
        self._now = text
        self._write()

    def _write(self) -> None:
        self.set_text(f"{self._now}  {passed(self._clock.elapsed() // SECOND)}".rstrip())

    def stop(self) -> None:
        """It has ended."""
        self._late.stop()
        self._clock.invalidate()
        self.hide()

    def _appear(self) -> None:
        self._widen()
        self.say(self._now, [("Stop", self._cancel)])
        self._write()
        self._tick.start()
        self.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it."""
        self._tick.stop()
        super().hideEvent(event)

    def _widen(self) -> None:
        self.resize(self._below.width(), self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As wide as what it lies over."""
        if event.type() == QEvent.Type.Resize:
            self._widen()
        return super().eventFilter(watched, event)
