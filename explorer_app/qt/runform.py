"""A form for recorded runs: a list that can be searched."""

from PySide6.QtCore import QEvent, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from explorer_app.model.sources import Asked
from explorer_app.qt.celldelegate import CellDelegate
from explorer_app.qt.forms import Form, Words
from explorer_app.qt.style import Style, label
from explorer_app.qt.tablemodel import ROW, TextTable
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
NONE_SO = "No run has all of that in its row."


class RunForm(Form):
    """Asks for one of the recorded runs.

    Args:
        style: colours and fonts.
        window: it comes over.
        runs: all of them.
    """

    def __init__(self, style: Style, window: QWidget, runs: TextTable) -> None:
        super().__init__(style, window, RUNS, self._asked)
        self._size = SIZE
        self.search = self.field("Search", "job, status, output, id")
        self.runs, self.shown_runs = runs, QSortFilterProxyModel(self)
        self.shown_runs.setSourceModel(self.runs)
        self.shown_runs.setFilterKeyColumn(-1)
        self.shown_runs.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = self._table(style)
        self.empty = label(style, NONE_YET, "body", "muted", wraps=True)
        self.fields.addWidget(self.table, 1)
        self.fields.addWidget(self.empty)
        self.search.textChanged.connect(self._filter)
        runs.modelReset.connect(lambda: self._filter(self.search.text()))
        self.search.installEventFilter(self)
        self.table.doubleClicked.connect(self.send)
        self._filter("")

    def _table(self, style: Style) -> QTableView:
        view = QTableView()
        view.setModel(self.shown_runs)
        view.setItemDelegate(CellDelegate(style, view))
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(26)
        view.setShowGrid(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName("Recorded runs")
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setFont(style.theme.font("meta"))
        for column, width in enumerate(WIDTHS):
            view.setColumnWidth(column, width)
        header.setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)
        return view

    def _filter(self, text: str) -> None:
        self.shown_runs.setFilterFixedString(text.strip())
        count = self.shown_runs.rowCount()
        self.table.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.empty.setText(NONE_SO if self.runs.rowCount() else NONE_YET)
        self.submit.setEnabled(count > 0 and not self.is_waiting)
        self.fit()
        if count:
            self.table.selectRow(0)

    def say(self, message: str, hint: str = "") -> None:
        """As a form says it; without a run there is nothing to open."""
        super().say(message, hint)
        self.submit.setEnabled(self.shown_runs.rowCount() > 0)

    def fit(self) -> None:
        """It has room for many runs, where there are any."""
        wide, high = self._size
        if self.table.isHidden():
            super().fit()
        elif self.isVisible():
            self.resize(min(wide, self._window.width() - 40), min(high, self._window.height() - 60))

    def _asked(self) -> Asked:
        index = self.table.currentIndex()
        if not index.isValid():
            raise DataflowError("Which run?", hint="Choose a row, or search for another word.")
        return Asked((f"run:{index.siblingAtColumn(0).data(ROW)}",))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go through the list while a word is typed."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if watched is self.search and isinstance(event, QKeyEvent):
            step = steps.get(Qt.Key(event.key())) if event.type() == QEvent.Type.KeyPress else None
            if step is not None:
                row = self.table.currentIndex().row() + step
                self.table.selectRow(max(0, min(row, self.shown_runs.rowCount() - 1)))
                return True
            return False
        return super().eventFilter(watched, event)
