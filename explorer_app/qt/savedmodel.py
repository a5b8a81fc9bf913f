"""Saved queries as a model of Qt: a row for each; the names of a person's own can be changed."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from explorer_app.model.savedqueries import FROM_FILE, SavedQueries
from explorer_app.qt.style import tip
from hamilton_ol.graph.scene.names import shown

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
NAME = Qt.ItemDataRole.UserRole
Display = Qt.ItemDataRole.DisplayRole
HEADINGS = ("Name", "Query", "From")


class SavedModel(QAbstractTableModel):
    """Name, query, and where it is kept."""

    refused = Signal(str)  # why a name cannot be

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saved = SavedQueries()
        self._names: list[str] = []

    def set_queries(self, saved: SavedQueries) -> None:
        """Show other ones, or the same after a change."""
        self.beginResetModel()
        self._saved, self._names = saved, list(saved)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Display) -> Any:
        """The text of a cell; the name of the row as NAME."""
        if not index.isValid():
            return None
        name = self._names[index.row()]
        where = "this computer" if self._saved.is_own(name) else FROM_FILE
        text = (f"${name}", self._saved[name], where)[index.column()]
        if role == Display:
            return shown(text)
        if role == Qt.ItemDataRole.EditRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        return name if role == NAME else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the names of a person's own can be changed."""
        kept = super().flags(index)
        is_name = index.isValid() and index.column() == 0
        if is_name and self._saved.is_own(self._names[index.row()]):
            return kept | Qt.ItemFlag.ItemIsEditable
        return kept

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Another name."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        before, name = self._names[index.row()], str(value).strip().lstrip("$")
        problem = self._saved.problem(name, before)
        if problem:
            self.refused.emit(problem)
            return False
        self._saved.rename(before, name)
        self._names[index.row()] = name
        self.dataChanged.emit(index, self.index(index.row(), len(HEADINGS) - 1))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Display) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Display:
            return HEADINGS[section]
        return None
