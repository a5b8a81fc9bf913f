"""The navigator's rows as a model of Qt."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer_app.model.navigator import Branch
from hamilton_ol.graph.scene.names import shown

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
BRANCH = Qt.ItemDataRole.UserRole


class Item:
    """A branch at its place; one that is in several groups has an item in each."""

    def __init__(self, branch: Branch, parent: "Item | None", row: int) -> None:
        self.branch, self.parent, self.row = branch, parent, row
        self.children = [Item(child, self, n) for n, child in enumerate(branch.children)]


class TreeModel(QAbstractItemModel):
    """Groups, nodes below them, columns below these."""

    def __init__(self, branches: Sequence[Branch] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Item(Branch(""), None, 0)
        self.set_branches(branches)

    def set_branches(self, branches: Sequence[Branch]) -> None:
        """Show other ones."""
        self.beginResetModel()
        self._root = Item(Branch("", children=list(branches)), None, 0)
        self.endResetModel()

    def _item(self, index: Index) -> Item:
        found: Item = index.internalPointer() if index.isValid() else self._root
        return found

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """As Qt asks."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._item(parent).children[row])

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """As Qt asks."""
        above = self._item(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.column() > 0 else len(self._item(parent).children)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: ARG002
        """As Qt asks."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text; the branch itself as BRANCH."""
        if not index.isValid():
            return None
        branch = self._item(index).branch
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(branch.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = f", {branch.count}" if branch.count else ""
            return f"{shown(branch.text)}, {branch.kind}{count}"
        return branch if role == BRANCH else None

    def index_of(self, node: int) -> QModelIndex:
        """Where a node is first; an invalid index where it is not."""
        todo = list(reversed(self._root.children))
        while todo:
            item = todo.pop()
            if item.branch.node == node:
                return self.createIndex(item.row, 0, item)
            todo += reversed(item.children)
        return QModelIndex()
