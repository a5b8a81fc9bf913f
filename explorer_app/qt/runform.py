"""A form for recorded runs."""

from PySide6.QtWidgets import QWidget

from explorer_app.model.sources import Asked
from explorer_app.qt.forms import Words
from explorer_app.qt.listform import ListForm
from explorer_app.qt.style import Style
from explorer_app.qt.tablemodel import TextTable
from hamilton_ol.errors import DataflowError

RUNS = Words(
    "Which run?",
    "Recorded runs of this computer, the newest first. What a run did is shown on its dataflow.",
)
SIZE = (900, 540)
WIDTHS = (92, 100, 196, 70, 118, 92)
NONE_YET = (
    "No run is recorded here yet. A run is recorded when its driver has "
    "OpenLineageHook() among its adapters; `hamilton-ol demo` records one."
)
LOOKING = "Recorded runs are being looked for …"
NONE_SO = "No run has all of that in its row."


class RunForm(ListForm):
    """Asks for one of the recorded runs.

    Args:
        style: colours and fonts.
        window: it comes over.
        runs: all of them.
    """

    def __init__(self, style: Style, window: QWidget, runs: TextTable) -> None:
        super().__init__(style, window, RUNS, self._asked, runs, SIZE)
        self._is_looking = False
        runs.modelReset.connect(self._found)  # before they are searched
        search = self.field("Search", "job, status, output, id")
        self.list_below(search, "Recorded runs", WIDTHS)

    def search(self, text: str) -> None:
        """The first run that is found is chosen."""
        super().search(text)
        has_rows = self.shown_rows.rowCount() > 0
        self.submit.setEnabled(has_rows and not self.is_waiting)
        if has_rows:
            self.table.selectRow(0)

    def nothing(self) -> str:
        """Why no run is shown."""
        if self.rows.rowCount():
            return NONE_SO
        return LOOKING if self._is_looking else NONE_YET

    def look(self, *, is_on: bool) -> None:
        """Whether runs are being looked for, so that none is no news."""
        self._is_looking = is_on
        self.search(self.edits[0].text())

    def _found(self) -> None:
        self._is_looking = False

    def say(self, message: str, hint: str = "") -> None:
        """As a form says it; without a run there is nothing to open."""
        super().say(message, hint)
        self.submit.setEnabled(self.shown_rows.rowCount() > 0)

    def _asked(self) -> Asked:
        if not self.key:
            raise DataflowError("Which run?", hint="Choose a row, or search for another word.")
        return Asked((f"run:{self.key}",))
