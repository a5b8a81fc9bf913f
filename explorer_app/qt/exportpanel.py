"""Asks what is to be saved, as what and where; it stops nobody, and says beforehand what is wrong."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QIntValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from explorer_app.model.exports import (
    FORM,
    FORMS,
    USUAL,
    WIDTHS,
    Form,
    file_for,
    file_problem_of,
    form_of,
    problem_of,
)
from explorer_app.model.places import is_there, path_of
from explorer_app.model.words import counted
from explorer_app.qt.panels import Panel
from explorer_app.qt.style import Style, label
from hamilton_ol.graph.scene.tokens import ThemeName

SIZE = (620, 268)


class Asked(NamedTuple):
    """What is to be saved.

    Attributes:
        form: as what.
        path: where; None for the clipboard.
        theme: of a picture.
        wide: px of a picture that has so many.
        is_whole: everything, and not only what is visible.
    """

    form: Form
    path: Path | None
    theme: ThemeName
    wide: int
    is_whole: bool


class Choices(QWidget):
    """Buttons of which one is down."""

    ROLE = QAccessible.Role.Grouping

    def __init__(self, names: Sequence[str], title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for number, name in enumerate(names):
            button = QPushButton(name)
            button.setObjectName("choice")
            button.setCheckable(True)
            self.group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self.group.button(0).setChecked(True)

    @property
    def current(self) -> int:
        """The number of the one that is down."""
        return self.group.checkedId()

    def choose(self, number: int) -> None:
        """Press one."""
        self.group.button(number).setChecked(True)


class ExportPanel(Panel):
    """What, as what, how large, in which colours, where."""

    wanted = Signal(object)  # Asked

    def __init__(self, style: Style, window: QWidget) -> None:
        super().__init__(style, window, SIZE, "Save a picture or a file")
        self.forms = Choices([form.title for form in FORMS], "Format")
        self.what = Choices(["What is visible", "Everything"], "What")
        self.themes = Choices(["Light", "Dark"], "Colours")
        self.wide = QLineEdit(str(USUAL))
        self.path, self.browse = QLineEdit(), QPushButton("Choose …")
        self._sized = _row(
            label(style, "", "body"), self.wide, label(style, "px wide", "body", "muted")
        )
        self.said = label(style, "", "meta", "status.failed", wraps=True)
        self.save, self.copy = QPushButton("Save"), QPushButton("Copy")
        self._counts = (0, 0)
        self._dialog: QFileDialog | None = None
        self._lay_out(style)
        self._connect()

    def _lay_out(self, style: Style) -> None:
        self.wide.setObjectName("boxed")
        self.wide.setValidator(QIntValidator(0, WIDTHS[1], self))
        self.wide.setFixedWidth(72)
        self.wide.setAccessibleName("Width of the picture, px")
        self.path.setObjectName("boxed")
        self.path.setAccessibleName("File")
        self.save.setObjectName("main")
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        where = _row(self.path, self.browse)
        colours = _row(self.themes, self._sized)
        grid.addWidget(label(style, "Save or copy", "name", weight=600), 0, 0, 1, 2)
        for row, (name, part) in enumerate(
            (("What", self.what), ("Format", self.forms), ("Colours", colours), ("File", where)), 1
        ):
            grid.addWidget(label(style, name, "body", "muted"), row, 0)
            grid.addWidget(part, row, 1)
        grid.setRowStretch(5, 1)
        grid.addWidget(_row(self.said, self.copy, self.save), 6, 0, 1, 2)

    def _connect(self) -> None:
        self.forms.group.idClicked.connect(self._form_changed)
        self.what.group.idClicked.connect(self._judge)
        self.wide.textChanged.connect(self._judge)
        self.path.textChanged.connect(self._path_changed)
        self.path.returnPressed.connect(self.save.click)
        self.browse.clicked.connect(self._browse)
        self.save.clicked.connect(lambda: self._ask(self.file))
        self.copy.clicked.connect(lambda: self._ask(None))

    # --- what a person does ----------------------------------------------------------------------

    @property
    def form(self) -> Form:
        """The format."""
        return FORMS[self.forms.current]

    @property
    def file(self) -> Path:
        """Where."""
        return path_of(self.path.text())

    @property
    def _wide(self) -> int:
        return int(self.wide.text() or 0)

    def ask(self, name: str, folder: Path, counts: tuple[int, int]) -> None:
        """Open it.

        Args:
            name: of what is open.
            folder: where a file goes, unless somebody says otherwise.
            counts: how many nodes are visible, and there are.
        """
        self._counts = counts
        for button, text, count in zip(
            self.what.group.buttons(), ("What is visible", "Everything"), counts, strict=True
        ):
            button.setText(f"{text}: {counted(count, 'node')}")
        if not self.path.text() or self.file.stem != file_for(name, self.form, folder).stem:
            self.path.setText(str(file_for(name, self.form, folder)))
        self.open()
        self._judge()
        first = self.save if self.save.isEnabled() else self.path
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _form_changed(self) -> None:
        if self.path.text().strip():
            self.path.setText(str(self.file.with_suffix(self.form.suffix)))
        self._judge()

    def _path_changed(self) -> None:
        """A file that ends in another format is of that format."""
        found = form_of(self.file)
        if found is not None and found.id != self.form.id:
            self.forms.choose([form.id for form in FORMS].index(found.id))
        self._judge()

    def _judge(self) -> None:
        form = self.form
        self._sized.setVisible(form.is_sized)
        self.themes.setEnabled(form.id in {"png", "svg", "html", "dot", "mermaid"})
        what = problem_of(form, self._counts[self.what.current], self._wide)
        problem = what or file_problem_of(self.file)
        is_known = not problem and is_there(self.file)
        self.said.setText(problem or ("This file is there already." if is_known else ""))
        self.save.setText("Replace" if is_known else "Save")
        self.save.setEnabled(not problem)
        self.copy.setEnabled(not what and form.id != "html")

    def _browse(self) -> None:
        """Choose a file in a window beside this one."""
        self._dialog = dialog = QFileDialog(self, "Save as", str(self.file))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # this panel says so
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.show()

    def _chosen(self, text: str) -> None:
        path = Path(text)
        self.path.setText(str(path if path.suffix else path.with_suffix(self.form.suffix)))

    def _ask(self, path: Path | None) -> None:
        theme: ThemeName = "dark" if self.themes.current else "light"
        form, is_whole = self.form, bool(self.what.current)
        self.close_panel()
        self.wanted.emit(Asked(form, path, theme, self._wide, is_whole))

    @property
    def usual(self) -> Asked:
        """A picture for the clipboard: what is visible, light, whatever the window is like."""
        wide = USUAL if problem_of(FORM["png"], 1, self._wide) else self._wide
        return Asked(FORM["png"], None, "light", wide, is_whole=False)


def _row(first: QWidget, *others: QWidget) -> QWidget:
    """Widgets beside each other; the first has the room that is left."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(first, 1)
    for other in others:
        row.addWidget(other)
    return made
