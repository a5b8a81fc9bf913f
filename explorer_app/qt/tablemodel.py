"""Rows of nodes, of runs and of problems as models of Qt."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer_app.model.table import HEADINGS, HOPS, Row, Rows
from explorer_app.qt.aside import Aside, Task
from explorer_app.qt.style import tip
from hamilton_ol.graph.adjacency import Ints
from hamilton_ol.graph.scene.names import named, shown

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
STATUS_COLUMN = 1
SORT, STATUS = Qt.ItemDataRole(ROW + 1), Qt.ItemDataRole(ROW + 2)
Display = Qt.ItemDataRole.DisplayRole


class NodeTable(QAbstractTableModel):
    """What is visible, a row for each node."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()
        self._last: tuple[int, Row] | None = None
        self.aside = Aside(self)
        self._task = Task()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other ones."""
        self.beginResetModel()
        self.rows, self._last = rows, None
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Display) -> Any:
        """The text of a cell; the whole row as ROW."""
        if not index.isValid():
            return None
        if role not in {Display, ROW, Qt.ItemDataRole.ToolTipRole}:
            return None
        row = self._row(index.row())
        if role == ROW:
            return row
        text = row.cells[index.column()]
        if index.column() == 0:
            text = named(text)
        return shown(text) if role == Display else tip(text)

    def _row(self, place: int) -> Row:
        """A row; Qt asks for one cell after the other."""
        if self._last is None or self._last[0] != place:
            self._last = place, self.rows[place]
        return self._last[1]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Display) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Display:
                return f"  {HEADINGS[section]}" if section == 0 else HEADINGS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = "AlignRight" if section == HOPS else "AlignLeft"
                return Qt.AlignmentFlag[side] | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; what is not known comes last."""
        rows = self.rows
        if not isinstance(rows, Rows) or column < 0:
            return
        is_down = order == Qt.SortOrder.DescendingOrder
        self._task.drop()
        self._task = Task(partial(rows.ordered, column, is_down=is_down), partial(self._put, rows))
        self.aside.run(len(rows), self._task)

    def _put(self, rows: Rows, order: Ints) -> None:
        """The rows have this order now."""
        if rows is self.rows:
            self.layoutAboutToBeChanged.emit()
            rows.put(order)
            self._last = None
            self.layoutChanged.emit()


class TextTable(QAbstractTableModel):
    """Rows of plain texts, each with a key.

    Attributes:
        rows: (key, texts).
        values: {key: what the columns are sorted by}, where that is not their texts.
        statuses: {key: a word of `scene.words.STATUSES`}.
    """

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self.rows: list[tuple[Any, tuple[str, ...]]] = []
        self.values: Mapping[str, tuple[Any, ...]] = {}
        self.statuses: Mapping[str, str] = {}

    def set_rows(self, rows: Sequence[tuple[Any, tuple[str, ...]]]) -> None:
        """Show other ones: (key, texts)."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Display) -> Any:
        """The text of a cell; the row's key as ROW."""
        if not index.isValid():
            return None
        key, texts = self.rows[index.row()]
        if role == Display:
            return shown(texts[index.column()], 2000)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(texts[index.column()])
        if role == SORT:
            values = self.values.get(key)
            return values[index.column()] if values else texts[index.column()].casefold()
        if role == STATUS:
            return self.statuses.get(key, "") if index.column() == STATUS_COLUMN else ""
        return key if role == ROW else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Display) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Display:
                return self._headings[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
