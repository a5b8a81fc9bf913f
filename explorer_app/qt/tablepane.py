"""The tables at the bottom: what is visible, runs, problems."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer_app.canvas.marks import Marks
from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT
from explorer_app.model.session import Session
from explorer_app.model.table import HEADINGS, Row, Rows, rows_of
from explorer_app.qt.icons import draw
from explorer_app.qt.pieces import draw_pill, elided, pill_width
from explorer_app.qt.style import Style
from explorer_app.qt.tablemodel import HOPS, LAST, ROW, NodeTable, TextTable
from explorer_app.qt.tabs import Tabs
from hamilton_ol.graph.selection import Selection

WIDTHS = (194, 74, 104, 112, 118, 164, 50)
TAGS, HEIGHT = HEADINGS.index("Tags"), 24
TABS = ("Selection", "Runs", "Problems")
RUN_HEADINGS = ("Run", "Job", "Status", "Started", "Took", "Nodes", "Requested")
RUN_WIDTHS = (120, 150, 90, 150, 80, 110)


class CellDelegate(QStyledItemDelegate):
    """Draws a cell of any of the tables."""

    def __init__(self, style: Style, view: QTableView) -> None:
        super().__init__(view)
        self._style = style

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw it."""
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHints(HINTS)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._style.color("selection"))
        row = index.data(ROW)
        if not isinstance(row, Row):
            left = 14.0 if index.column() == 0 else 6.0
            self._text(painter, rect.adjusted(left, 0, -6, 0), index.data(), "text2")
        else:
            self._cell(painter, rect, row, index.column(), index.data())
        painter.restore()

    def _cell(self, painter: QPainter, rect: QRectF, row: Row, column: int, text: str) -> None:
        if column == 0:
            ink = self._style.color(f"kind.{row.icon}")
            draw(painter, row.icon, rect.topLeft() + QPointF(14, 5), 13, ink)
            self._text(painter, rect.adjusted(34, 0, -6, 0), text, "text", 500)
        elif column == TAGS:
            x = rect.left() + 6
            for label, tone in row.tags:
                if x + pill_width(self._style, label, tone) > rect.right():
                    break
                x += draw_pill(painter, self._style, x, rect.top() + 3.5, label, tone) + 4
        elif column == LAST:
            if row.status:
                middle = QPointF(rect.left() + 12, rect.center().y())
                back = self._style.color("surface")
                Marks(self._style.theme).status(painter, row.status, middle, 11, back)
            self._text(painter, rect.adjusted(0, 0, -16, 0), text, "text2", is_right=True)
        else:
            is_hops = column == HOPS
            box = rect.adjusted(6, 0, -16 if is_hops else -6, 0)
            self._text(painter, box, text, "text2", is_right=is_hops)

    def _text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        ink: str,
        weight: int = 400,
        *,
        is_right: bool = False,
    ) -> None:
        font = self._style.theme.font("body", weight=weight)
        painter.setFont(font)
        painter.setPen(self._style.color(ink))
        painter.drawText(rect, RIGHT if is_right else LEFT, elided(text, font, rect.width()))


class TablePane(QWidget):
    """Three tables, one at a time; the headings are `tabs`."""

    rowsSelected = Signal(object)  # nodes
    nodeActivated = Signal(int)
    runActivated = Signal(str)
    menuRequested = Signal(int, QPoint)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._session: Session | None = None
        self._visible: Selection | None = None
        self._is_filling = False
        self.tabs = Tabs(style, TABS, 33, 20, 0)
        self.nodes, self.runs = NodeTable(self), TextTable(RUN_HEADINGS, self)
        self.problems = TextTable(("What", "What to do"), self)
        self.table = self._view(self.nodes, WIDTHS, "What is visible")
        self.run_table = self._view(self.runs, RUN_WIDTHS, "Recorded runs")
        self.problem_table = self._view(self.problems, (620,), "Problems")
        self._stack = QStackedWidget()
        for view in (self.table, self.run_table, self.problem_table):
            self._stack.addWidget(view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        self.tabs.changed.connect(self._stack.setCurrentIndex)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.table.activated.connect(lambda index: self.nodeActivated.emit(index.data(ROW).node))
        self.run_table.activated.connect(lambda index: self.runActivated.emit(index.data(ROW)))
        self.table.customContextMenuRequested.connect(self._menu)

    def _view(self, model: QAbstractItemModel, widths: Sequence[int], name: str) -> QTableView:
        view = QTableView()
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
        header.setFont(self._style.theme.font("meta"))
        for column, width in enumerate(widths):
            view.setColumnWidth(column, width)
        header.setSectionResizeMode(len(widths), QHeaderView.ResizeMode.Stretch)
        return view

    def set_session(self, session: Session | None) -> None:
        """Show another graph."""
        self._session, self._visible = session, None
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
            self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.nodes.set_rows(rows_of(session.graph, session.visible))
        self._mark(session)
        self._is_filling = False
        self._count()

    def _count(self) -> None:
        counts = (len(self.nodes.rows), len(self.runs.rows), len(self.problems.rows))
        self.tabs.set_counts([f"{count:,}" if count else "" for count in counts])

    def _mark(self, session: Session) -> None:
        wanted = sorted(session.selected or {session.active})
        chosen = QItemSelection()
        rows = self.nodes.rows
        numbers = rows.numbers if isinstance(rows, Rows) else np.zeros(0, np.int32)
        for place in np.flatnonzero(np.isin(numbers, wanted)).tolist():
            index = self.nodes.index(place, 0)
            chosen.select(index, index)
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

    def set_runs(self, rows: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        """Recorded runs: (id, texts)."""
        self.runs.set_rows(rows)
        self._count()

    def set_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """What is missing or went wrong: (what, what to do)."""
        self.problems.set_rows([(what, (what, hint)) for what, hint in problems])
        self._count()
