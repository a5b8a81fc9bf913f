"""Three steps that show the few things one has to know; they wait for nobody and stop nobody."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer_app.canvas.accessible import announce
from explorer_app.canvas.widget import Canvas
from explorer_app.model.session import Session
from explorer_app.qt.style import Style, label
from explorer_app.scene.index import Window

WIDE, GAP, SIDE, FOOT = 340, 14, 18, 44  # px; at the foot of the canvas is the legend
STEP = 24  # px between places that are tried
SMALL = 0.5  # of the height of a canvas: more of it is too much
AWAY = 12  # px from the cards above, at least


class Step(NamedTuple):
    """One thing to know.

    Attributes:
        title: what it is about.
        text: what to do, and what one sees then.
    """

    title: str
    text: str


STEPS = (
    Step(
        "Click a card",
        "Everything that it comes from, and all that comes from it, is lit. A double click asks "
        "what it is made of.",
    ),
    Step(
        "Shift+click another one",
        "Every path between the two is shown. Esc takes you one level out, Alt+Left goes back.",
    ),
    Step(
        "Press / and ask",
        "Each click writes its question here, so you can read how to ask. Try tag:PII=true+, or "
        "Ctrl+K to go anywhere.",
    ),
)


class Tour(QFrame):
    """A note beside what it is about; what it says can be tried meanwhile."""

    ended = Signal()

    def __init__(self, style: Style, window: QWidget, canvas: Canvas, bar: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("panel")
        self._window, self._canvas, self._bar = window, canvas, bar
        self._session: Session | None = None
        self._before: object = None
        self.step = 0
        self.count = label(style, "", "meta", "muted")
        self.title = label(style, "", "name", weight=600)
        self.text = label(style, "", "body", "text2", wraps=True)
        self.next, self.skip = QPushButton("Next"), QPushButton("Close")
        self.next.setObjectName("main")
        self.next.clicked.connect(self.go_on)
        self.skip.clicked.connect(self.end)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(6)
        for widget in (self.count, self.title, self.text):
            box.addWidget(widget)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.next)
        box.addSpacing(4)
        box.addLayout(foot)

    def begin(self, session: Session | None) -> None:
        """From the first step on; the first time that a graph is there, or when it is asked for."""
        if session is None:
            return
        if session is not self._session:
            session.subscribe(self._followed)
        self._session, self.step = session, 0
        self._window.installEventFilter(self)
        self._show()

    def go_on(self) -> None:
        """The next step, or the end."""
        self.step += 1
        if self.step < len(STEPS):
            self._show()
        else:
            self.end()

    def end(self) -> None:
        """No more of it."""
        if not self.isHidden():
            self._window.removeEventFilter(self)
            self.hide()
            self.ended.emit()

    def _show(self) -> None:
        step = STEPS[self.step]
        self.count.setText(f"{self.step + 1} of {len(STEPS)}")
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.setAccessibleName(f"{step.title}. {step.text}")
        self.next.setText("Next" if self.step < len(STEPS) - 1 else "Done")
        self._before = self._state()
        self.show()
        self._place()
        announce(self, self.accessibleName())

    def _state(self) -> object:
        """What the present step is about, as it is now."""
        session = self._session
        if session is None:
            return None
        return session.selected if self.step == 0 else session.state.query

    def _followed(self) -> None:
        """Who has done what a step says goes on to the next one."""
        if not self.isHidden() and self.step < len(STEPS) - 1 and self._state() != self._before:
            self.go_on()

    def _place(self) -> None:
        """Below the query bar for the last step, at the foot of the canvas for the others.

        Where that takes most of the canvas, or hides cards, below it: what it says is to be tried there.
        """
        spot, canvas, is_last = self._free(), self._canvas.rect(), self.step == len(STEPS) - 1
        at = self._canvas.mapTo(self._window, spot.topLeft())
        hides = not is_last and self._cards(spot) > 0
        if hides or spot.height() > SMALL * canvas.height():
            at = self._canvas.mapTo(self._window, canvas.bottomLeft()) + QPoint(SIDE, GAP)
            at.setY(min(at.y(), self._window.height() - spot.height() - GAP))
        elif is_last:
            at = self._bar.mapTo(self._window, QPoint(0, self._bar.height() + GAP))
            spot.setSize(self._size(WIDE))
        self.setGeometry(QRect(at, spot.size()))
        self.raise_()

    def _size(self, wide: int) -> QSize:
        return QSize(wide, self.heightForWidth(wide))

    def _free(self) -> QRect:
        """Where it lies over the fewest cards, of these places the leftmost."""
        canvas = self._canvas.rect()
        size = self._size(min(WIDE, canvas.width() - 2 * SIDE))
        top = canvas.height() - size.height() - FOOT
        last = max(SIDE, canvas.width() - size.width() - SIDE)
        spots = [QRect(QPoint(left, top), size) for left in range(SIDE, last + 1, STEP)]
        return min(spots, key=self._covered)

    def _covered(self, spot: QRect) -> tuple[bool, int, int]:
        """Whether a place is over the map, how many cards it is over, how many with room around."""
        around = spot.adjusted(-GAP, -AWAY, GAP, GAP)
        is_over_map = self._canvas.is_in_minimap(QPointF(spot.bottomRight()))
        return is_over_map, self._cards(spot), self._cards(around)

    def _cards(self, spot: QRect) -> int:
        canvas, prepared = self._canvas, self._canvas.prepared
        if prepared is None:
            return 0
        left, top = canvas.view.to_scene(spot.left(), spot.top())
        right, bottom = canvas.view.to_scene(spot.right(), spot.bottom())
        return len(prepared.index.nodes_in(Window(left, top, right, bottom)))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The window is another size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends it, when it has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)
