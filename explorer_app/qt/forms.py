"""Panels that ask for something: fields, what is wrong with them, and what comes next."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer_app.model.places import here, is_there, path_of
from explorer_app.qt.panels import Panel
from explorer_app.qt.style import Style, label
from hamilton_ol.errors import HamiltonOLError
from hamilton_ol.graph.scene.names import shown

WIDE, LOW = 560, 200  # px
Mode = QFileDialog.FileMode


class Words(NamedTuple):
    """What a form says.

    Attributes:
        title: the question.
        text: what will happen.
        verb: on the button that does it.
        waiting: while it is being done.
    """

    title: str
    text: str
    verb: str = "Open"
    waiting: str = "Reading …"


class Form(Panel):
    """Asks, and stays until what was asked for is open: what was typed is kept.

    Args:
        style: colours and fonts.
        window: it comes over.
        words: what it says.
        read: what is wanted, from its fields; raises what is wrong with them.
    """

    submitted = Signal(object)  # what was read
    stopped = Signal()

    def __init__(
        self,
        style: Style,
        window: QWidget,
        words: Words,
        read: Callable[[], object],
    ) -> None:
        super().__init__(style, window, (WIDE, LOW))
        self._words, self._read = words, read
        self.edits: list[QLineEdit] = []
        self.said = label(style, "", "body", "status.failed", wraps=True)
        self.hint = label(style, "", "body", "text2", wraps=True)
        self.submit, self.cancel = QPushButton(words.verb), QPushButton("Cancel")
        self.submit.setObjectName("main")
        self.submit.clicked.connect(self.send)
        self.cancel.clicked.connect(self._cancel)
        self.is_waiting = False
        self.fields = QVBoxLayout()
        self.fields.setSpacing(12)
        self._lay_out()

    def _lay_out(self) -> None:
        style, words = self._style, self._words
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(0)
        title = label(style, words.title)
        title.setFont(style.theme.font("name", weight=600, px=15))
        box.addWidget(title)
        box.addSpacing(5)
        box.addWidget(label(style, words.text, "body", "muted", wraps=True))
        box.addSpacing(16)
        box.addLayout(self.fields, 1)
        box.addSpacing(10)
        box.addWidget(self.said)
        box.addSpacing(2)
        box.addWidget(self.hint)
        box.addSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.submit)
        box.addLayout(row)
        self.setAccessibleName(words.title)

    # --- fields ----------------------------------------------------------------------------------

    def field(self, name: str, hint: str = "", *, beside: QWidget | None = None) -> QLineEdit:
        """Add a line to type in, under its name."""
        edit = QLineEdit()
        edit.setObjectName("boxed")
        edit.setPlaceholderText(hint)
        edit.setAccessibleName(name)
        edit.returnPressed.connect(self.send)
        box = QVBoxLayout()
        box.setSpacing(5)
        head: QLabel = label(self._style, name, "meta", "muted")
        head.setBuddy(edit)
        box.addWidget(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(edit, 1)
        if beside is not None:
            row.addWidget(beside)
        box.addLayout(row)
        self.fields.addLayout(box)
        self.edits.append(edit)
        return edit

    def path_field(self, name: str, mode: Mode, kinds: Sequence[str] = ()) -> QLineEdit:
        """Add a line for a path, which can also be chosen."""
        button = QPushButton("Browse …")
        edit = self.field(name, beside=button)
        edit.setTextMargins(0, 0, 0, 0)
        button.clicked.connect(lambda: self._browse(edit, name, mode, kinds))
        return edit

    def _browse(self, edit: QLineEdit, name: str, mode: Mode, kinds: Sequence[str]) -> None:
        """The system's own dialog; the window goes on meanwhile."""
        begin = path_of(edit.text() or ".")
        dialog = QFileDialog(self._window, name, str(begin if is_there(begin) else here()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, mode is Mode.Directory)
        if kinds:
            dialog.setNameFilters(list(kinds))
        dialog.fileSelected.connect(edit.setText)
        dialog.fileSelected.connect(lambda _path: edit.editingFinished.emit())
        dialog.fileSelected.connect(lambda _path: self.submit.setFocus())
        dialog.show()

    # --- what happens ----------------------------------------------------------------------------

    def open(self) -> None:
        """Show it, with what was typed the last time."""
        self.say("")
        super().open()
        self.fit()
        if self.edits:
            self.edits[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.edits[0].selectAll()

    def send(self) -> None:
        """Ask for what the fields say."""
        if self.is_waiting:
            return
        try:
            asked = self._read()
        except HamiltonOLError as error:
            self.say(str(error), error.hint)
            return
        self.say("")
        self.wait()
        self.submitted.emit(asked)

    def wait(self) -> None:
        """It is being done."""
        self.is_waiting = True
        self.submit.setText(self._words.waiting)
        self.submit.setEnabled(False)
        self.cancel.setText("Stop")

    def say(self, message: str, hint: str = "") -> None:
        """What went wrong, and what to do; it can be tried again."""
        self.is_waiting = False
        self.submit.setText(self._words.verb)
        self.submit.setEnabled(True)
        self.cancel.setText("Cancel")
        self.said.setText(shown(message, 400))
        self.hint.setText(shown(hint, 400))
        self.said.setVisible(bool(message))
        self.hint.setVisible(bool(hint))
        self.fit()

    def fit(self) -> None:
        """As high as what is in it."""
        layout = self.layout()
        if self.isVisible() and layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _cancel(self) -> None:
        if self.is_waiting:
            self.say("")
            self.stopped.emit()
        else:
            self.close_panel()
