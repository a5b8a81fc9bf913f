"""The tables at the bottom: what is visible, runs, problems."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer_app.loading.faults import Fault
from explorer_app.loading.messages import Failed
from explorer_app.model import runs as recorded
from explorer_app.model.runpage import failures
from explorer_app.model.runs import RunRow
from explorer_app.model.session import Session
from explorer_app.model.table import HEADINGS, Rows, rows_of
from explorer_app.qt.aside import Task
from explorer_app.qt.celldelegate import LAST_MOST, CellDelegate
from explorer_app.qt.notedtable import NotedTable
from explorer_app.qt.style import Style
from explorer_app.qt.tablehead import TableHead
from explorer_app.qt.tablemodel import ROW, SORT, NodeTable, TextTable
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.runs import RunFacts
from hamilton_ol.graph.selection import Selection

WIDTHS = (194, 74, 132, 112, 118, 136, 50)
LAST_COLUMN = 96  # px
GROWING = tuple(HEADINGS.index(n) for n in ("Name", "Type", "Module", "Owner", "Tags"))
DROPPED = tuple(HEADINGS.index(n) for n in ("Tags", "Owner", "Module", "Hops", "Kind", "Type"))
RUN_WIDTHS = (92, 110, 210, 80, 130, 110)
HEIGHT, PROBLEM = 24, 600
TABS = ("Selection", "Runs", "Problems")
NOTES = ("No nodes.", "No run is recorded.", "No problems.")  # where there are none
FILTERED = "Nothing matches the filter."
ASCENDING = Qt.SortOrder.AscendingOrder


class TablePane(QWidget):
    """Three tables, one at a time; the headings are `tabs`."""

    rowsSelected = Signal(object)  # nodes
    nodeActivated = Signal(int)
    runActivated = Signal(str)
    faultActivated = Signal(object)  # Fault
    menuRequested = Signal(int, QPoint)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._session: Session | None = None
        self._visible: Selection | None = None
        self._rows: Rows | None = None
        self._is_filling = False
        self._given: dict[int, int] = {}
        self._task = Task()
        self._told: list[tuple[str, tuple[str, ...]]] = []
        self._failure: list[tuple[str | Fault, tuple[str, ...]]] = []
        self._faults: Sequence[tuple[Fault, tuple[str, ...]]] = ()
        self._run: RunFacts | None = None
        self._recorded: Sequence[RunRow] = ()
        self._of_source: Sequence[RunRow] = ()
        self.tabs = TableHead(style, TABS)
        self.nodes, self.runs = NodeTable(self), TextTable(recorded.HEADINGS, self)
        self.problems = TextTable(("What", "Where, or what to do"), self)
        self._passing = [_filtered(model, self) for model in (self.runs, self.problems)]
        self.table = self._view(self.nodes, WIDTHS, "What is visible", NOTES[0])
        self.run_table = self._view(self._passing[0], RUN_WIDTHS, "Recorded runs", NOTES[1])
        self.problem_table = self._view(self._passing[1], (PROBLEM,), "Problems", NOTES[2])
        self._stack = QStackedWidget()
        self._views = self.table, self.run_table, self.problem_table
        for view in self._views:
            self._stack.addWidget(view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        self.tabs.changed.connect(self._stack.setCurrentIndex)
        self.tabs.filtered.connect(self._filter)
        for view in (self.table, self.run_table):
            view.setSortingEnabled(True)
            view.horizontalHeader().setSortIndicator(-1, ASCENDING)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.table.activated.connect(lambda index: self.nodeActivated.emit(index.data(ROW).node))
        self.run_table.activated.connect(lambda index: self.runActivated.emit(index.data(ROW)))
        self.problem_table.activated.connect(lambda index: self._problem_chosen(index.data(ROW)))
        self.table.customContextMenuRequested.connect(self._menu)

    def _view(
        self, model: QAbstractItemModel, widths: Sequence[int], name: str, note: str
    ) -> NotedTable:
        view = NotedTable(self._style, note, () if model is self.nodes else widths)
        view.setModel(model)
        view.setItemDelegate(CellDelegate(self._style, view))
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(HEIGHT)
        view.verticalHeader().setMinimumSectionSize(HEIGHT)
        view.setShowGrid(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setAccessibleName(name)
        header = view.horizontalHeader()
        header.setFixedHeight(HEIGHT)
        header.setHighlightSections(False)
        # of its own, and empty: with the view's it asks of every row whether it is chosen
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setFont(self._style.theme.font("meta"))
        for column, width in enumerate(widths):
            view.setColumnWidth(column, width)
        header.setSectionResizeMode(len(widths), QHeaderView.ResizeMode.Stretch)
        return view

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has no room is left out, beginning with what is known elsewhere, too.

        Where there is more than enough, texts have up to twice as much, but in columns that somebody
        has drawn to another width.
        """
        super().resizeEvent(event)
        room = self.width() - sum(WIDTHS) - LAST_COLUMN
        for column in DROPPED:
            self.table.setColumnHidden(column, room < 0)
            room += WIDTHS[column] if room < 0 else 0
        growing = [column for column in GROWING if not self.table.isColumnHidden(column)]
        room += LAST_COLUMN - LAST_MOST
        more = min(max(room / sum(WIDTHS[column] for column in growing), 0), 1)
        for column in growing:
            if self.table.columnWidth(column) in (0, self._given.get(column, WIDTHS[column])):
                self._given[column] = int(WIDTHS[column] * (1 + more))
                self.table.setColumnWidth(column, self._given[column])

    def set_session(self, session: Session | None) -> None:
        """Show another graph."""
        self._task.drop()
        self._session, self._visible, self._run = session, None, None
        self._rows = None
        if session is None:
            self.nodes.set_rows([])

    def refresh(self) -> None:
        """The sets have changed."""
        session = self._session
        if session is None:
            return
        self._is_filling = True
        if session.visible is not self._visible:
            self._visible = session.visible
            self.table.horizontalHeader().setSortIndicator(-1, ASCENDING)
            self._rows = rows_of(session.graph, session.visible)
            self._fill(session, self._rows)
        self._mark(session)
        self._mark_run(session)
        if session.run is not self._run:
            self._run = session.run
            self._list_problems()
        self._is_filling = False
        self._count()

    def _fill(self, session: Session, rows: Rows) -> None:
        """Show rows, or those of them in which all words of a text are written."""
        wanted = self.tabs.wanted

        def match() -> Mask | None:
            return session.traits.searched.matches(wanted) if wanted else None

        def show(kept: Mask | None) -> None:
            was_filling, self._is_filling = self._is_filling, True
            rows.keep(kept)
            self.nodes.set_rows(rows)
            self._mark(session)
            self._is_filling = was_filling
            self._count()

        self._task.drop()
        self._task = Task(match, show)
        self.nodes.aside.run(len(session.graph) if wanted else 0, self._task)

    def _count(self) -> None:
        counts = (len(self.nodes.rows), len(self.runs.rows), len(self.problems.rows))
        self.tabs.set_counts([f"{count:,}" if count else "" for count in counts])

    def _filter(self, wanted: str) -> None:
        """Show the rows in which all words of a text are written."""
        for passing in self._passing:
            passing.setFilterFixedString(wanted)
        for view, note in zip(self._views, NOTES, strict=True):
            view.note = FILTERED if wanted else note
        if self._session is not None and self._rows is not None:
            self._fill(self._session, self._rows)
        self._count()

    def _mark_run(self, session: Session) -> None:
        """Choose the row of the run that is shown."""
        model, flags = self.run_table.selectionModel(), QItemSelectionModel.SelectionFlag
        model.clearSelection()
        run = session.run.run_id if session.run is not None else ""
        for place, (run_id, _) in enumerate(self.runs.rows):
            if run_id == run:
                index = self._passing[0].mapFromSource(self.runs.index(place, 0))
                # not the view's own, which looks at the keys that are held
                model.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _mark(self, session: Session) -> None:
        wanted = session.state.chosen if session.selected else [session.active]
        chosen = QItemSelection()
        rows = self.nodes.rows
        numbers = rows.numbers if isinstance(rows, Rows) else np.zeros(0, np.int32)
        places = np.flatnonzero(np.isin(numbers, wanted))
        for run in np.split(places, np.flatnonzero(np.diff(places) != 1) + 1):
            if run.size:
                first, last = self.nodes.index(run[0], 0), self.nodes.index(run[-1], 0)
                chosen.select(first, last)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def _selected(self) -> None:
        if not self._is_filling:
            rows = self.table.selectionModel().selectedRows()
            self.rowsSelected.emit([index.data(ROW).node for index in rows])

    def _menu(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        if index.isValid():
            self.menuRequested.emit(index.data(ROW).node, self.table.viewport().mapToGlobal(at))

    def set_runs(self, rows: Sequence[RunRow], *, are_of_source: bool = False) -> None:
        """Recorded runs; those that the source of the graph tells of come before others."""
        if are_of_source:
            self._of_source, rows = rows, rows or self._recorded
        else:
            self._recorded, rows = rows, self._of_source or rows
        self.runs.values = {row.run_id: row.values for row in rows}
        self.runs.statuses = {row.run_id: row.status for row in rows}
        self.runs.set_rows([(row.run_id, row.cells) for row in rows])
        if self._session is not None:
            self._mark_run(self._session)
        self._count()

    def set_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """What is missing in what is shown: (what, what to do)."""
        self._told, self._failure = [(what, (what, hint)) for what, hint in problems], []
        self._list_problems()

    def set_failure(self, failed: Failed) -> None:
        """What could not be done, the last time that something could not, and what to do."""
        key = failed.fault or failed.message
        self._failure = [(key, (failed.message, failed.hint))]
        self._list_problems()

    def set_faults(self, faults: Sequence[tuple[Fault, tuple[str, ...]]]) -> None:
        """What should not have happened in this program, whatever is open: (it, texts)."""
        self._faults = faults
        self._list_problems()

    def _list_problems(self) -> None:
        """What could not be done comes first, then what failed in the run that is shown."""
        failed = failures(self._session) if self._session is not None else []
        told = [key for key, _ in self._failure]
        faults = [row for row in self._faults if row[0] not in told]
        self.problems.set_rows([*self._failure, *failed, *self._told, *faults])
        self._count()

    def _problem_chosen(self, key: str | Fault) -> None:
        session = self._session
        if isinstance(key, Fault):
            self.faultActivated.emit(key)
        elif session is not None and key in session.graph.index:
            self.rowsSelected.emit([session.graph.index[key]])


def _filtered(model: TextTable, parent: QWidget) -> QSortFilterProxyModel:
    """The rows of a table in which something is written."""
    found = QSortFilterProxyModel(parent)
    found.setSourceModel(model)
    found.setFilterKeyColumn(-1)
    found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    found.setSortRole(SORT)
    return found
