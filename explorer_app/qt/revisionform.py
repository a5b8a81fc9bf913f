"""A form for a revision, with the branches, tags and last commits of the repository."""

import time
from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer_app.loading.messages import References
from explorer_app.model import sources
from explorer_app.model.words import ago
from explorer_app.qt.forms import Mode, Words
from explorer_app.qt.listform import ListForm
from explorer_app.qt.style import Style
from explorer_app.qt.tablemodel import TextTable
from hamilton_ol.sources.references import Reference

REVISION = Words(
    "Which revision?",
    "Modules as they were at a commit, a branch or a tag. Your files are not touched.",
)
HEADINGS = ("Name", "What", "When", "About")
SIZE = (720, 560)
WIDTHS = (172, 110, 118)
LOOKING = "Looking for branches and tags …"
NOWHERE = "There is no git repository with commits at this path."
OTHER = "No branch, tag or late commit is called so. Git may know it all the same: HEAD~3, a hash."


class RevisionForm(ListForm):
    """Asks for a revision and a folder."""

    pathChosen = Signal(str)  # what revisions there are is to be looked for

    def __init__(self, style: Style, window: QWidget) -> None:
        super().__init__(style, window, REVISION, self._asked, TextTable(HEADINGS, window), SIZE)
        self._path = self._looked = ""
        self.name = self.field("Revision", "main, v1.2, HEAD~3")
        self.path = self.path_field("Folder or file", Mode.Directory)
        self.list_below(self.name, "Branches, tags and commits", WIDTHS)
        self.went.connect(self.name.setText)
        self.path.editingFinished.connect(self.look)

    def _asked(self) -> sources.Asked:
        return sources.of_revision(self.name.text(), self.path.text())

    def open(self) -> None:
        """Show it; there may be more revisions than the last time."""
        super().open()
        if self.path.text().strip() == self._path:
            self.pathChosen.emit(self._path)
        self.look()

    def look(self) -> None:
        """Look for the revisions of the path, if it is another one."""
        path = self.path.text().strip()
        if path != self._path:
            self._path = path
            self.rows.set_rows([])
            self.pathChosen.emit(path)

    def set_references(self, found: References) -> None:
        """What revisions there are."""
        if found.path == self._path:
            self._looked = found.path
            now = time.time()
            self.rows.set_rows([(one.name, _cells(one, now)) for one in found.found])

    def nothing(self) -> str:
        """Why no revision is shown."""
        if self._looked != self._path:
            return LOOKING
        return OTHER if self.rows.rowCount() else NOWHERE


def _cells(one: Reference, now: float) -> tuple[str, ...]:
    when = ""
    with suppress(ValueError, OverflowError):  # whoever makes commits can give them any time
        when = ago(datetime.fromisoformat(one.time).timestamp(), now)
    return one.name, one.kind, when, one.subject
