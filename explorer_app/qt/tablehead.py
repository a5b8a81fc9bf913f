"""The headings of the tables, with a field that filters them and what copies them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from explorer_app.qt.buttons import Button
from explorer_app.qt.style import Style
from explorer_app.qt.tabs import Tabs

HEIGHT, GAP, FIELD, HIGH = 33, 20, 150, 24  # px
PAUSE = 120  # ms without a letter, after which the rows are looked through


class TableHead(Tabs):
    """Headings at the left, the rest at the right.

    Attributes:
        edit: the field.
        wanted: what is written in it.
    """

    filtered = Signal(str)
    copied = Signal(str)  # `csv` or `markdown`
    closed = Signal()
    left = Signal()  # back to the canvas

    def __init__(self, style: Style, names: Sequence[str]) -> None:
        super().__init__(style, names, HEIGHT, GAP, 0)
        self.wanted = ""
        self.edit = QLineEdit()
        self.edit.setObjectName("filter")
        self.edit.setPlaceholderText("Filter")
        self.edit.setAccessibleName("Filter the table")
        self.edit.setFont(style.theme.font("meta"))
        self.edit.setFixedSize(FIELD, HIGH)
        self.edit.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._filter)
        self.edit.textChanged.connect(lambda _text: self._pause.start())
        self.edit.returnPressed.connect(self._filter)
        self._lay_out()

    def _lay_out(self) -> None:
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 8, 1)
        box.setSpacing(2)
        box.addStretch(1)
        box.addWidget(self.edit)
        box.addSpacing(6)
        self.copies = {}
        for kind, text in (("csv", "Copy as CSV"), ("markdown", "Markdown")):
            button = Button(self._style, text=text, name=f"Copy as {kind}", role="meta", weight=400)
            button.clicked.connect(lambda _on=False, k=kind: self.copied.emit(k))
            box.addWidget(button)
            self.copies[kind] = button
        self._close = Button(self._style, "down", name="Put the tables away", key="Ctrl+3")
        self._close.clicked.connect(self.closed)
        box.addWidget(self._close)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._make_room()

    def set_counts(self, counts: Sequence[str]) -> None:
        """Longer or shorter headings."""
        super().set_counts(counts)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the field shows all rows again, and then leaves it."""
        if event.key() != Qt.Key.Key_Escape or not self.edit.hasFocus():
            super().keyPressEvent(event)
        elif self.edit.text():
            self.edit.clear()
            self._filter()
        else:
            self.left.emit()

    def _make_room(self) -> None:
        """Hide what there is no room for beside the headings; commands copy too."""
        room = self.width() - self._boxes()[-1].right() - GAP - self._close.sizeHint().width() - 16
        parts: list[QWidget] = [self.edit, *self.copies.values()]
        for part in parts:
            room -= max(part.sizeHint().width(), part.minimumWidth()) + 2
            part.setVisible(room >= 0 or part.hasFocus())

    def _filter(self) -> None:
        self._pause.stop()
        wanted = self.edit.text().strip()
        if wanted != self.wanted:
            self.wanted = wanted
            self.filtered.emit(wanted)
