"""The navigator's rows as a model of Qt."""

from collections.abc import Sequence
from functools import reduce
from typing import Any
from weakref import ref

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer_app.model.navigator import Branch, path_to
from hamilton_ol.graph.scene.names import named

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
BRANCH = Qt.ItemDataRole.UserRole
AT_ONCE = 50  # rows below one that Qt is told of; it looks at each when that one is opened


class Item:
    """A branch at its place; one that is in several groups has an item in each.

    Attributes:
        depth: how many branches it is below; -1 of the root.
        count: how many of its children Qt knows of.
    """

    def __init__(self, branch: Branch, parent: "Item | None", row: int) -> None:
        self.branch, self.row = branch, row
        self._parent = ref(parent) if parent is not None else None  # else they were a circle
        self.depth: int = parent.depth + 1 if parent is not None else -1
        self.count = min(len(branch.children), AT_ONCE)
        self._made: dict[int, Item] = {}

    @property
    def parent(self) -> "Item | None":
        """The one that it is below; None for the root."""
        return self._parent() if self._parent is not None else None

    def child(self, row: int) -> "Item":
        """The one at a place; made when it is looked at first, and kept: Qt only points to it."""
        found = self._made.get(row)
        if found is None:
            found = self._made[row] = Item(self.branch.children[row], self, row)
        return found


def depth_of(index: Index) -> int:
    """How many branches a row is below: its model would be asked for each of them."""
    item: Item = index.internalPointer()
    return item.depth


class TreeModel(QAbstractItemModel):
    """Groups, nodes below them, columns below these; of many, the next ones when one gets there."""

    def __init__(self, branches: Sequence[Branch] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Item(Branch(""), None, 0)
        self.set_branches(branches)

    def set_branches(self, branches: Sequence[Branch]) -> None:
        """Show other ones."""
        self.beginResetModel()
        self._root = Item(Branch("", children=branches), None, 0)
        self.endResetModel()

    def _item(self, index: Index) -> Item:
        found: Item = index.internalPointer() if index.isValid() else self._root
        return found

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """As Qt asks."""
        above = self._item(parent)
        if column or not 0 <= row < above.count:
            return QModelIndex()
        return self.createIndex(row, 0, above.child(row))

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """As Qt asks."""
        above = self._item(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.column() > 0 else self._item(parent).count

    def hasChildren(self, parent: Index = NOWHERE) -> bool:
        """As Qt asks."""
        return self.rowCount(parent) > 0

    def canFetchMore(self, parent: Index) -> bool:
        """As Qt asks when the last row is seen."""
        item = self._item(parent)
        return item.count < len(item.branch.children)

    def fetchMore(self, parent: Index) -> None:
        """As Qt asks."""
        self._fetch(parent, self._item(parent).count + AT_ONCE)

    def _fetch(self, parent: Index, count: int) -> None:
        """Let Qt know of so many rows."""
        item = self._item(parent)
        count = min(count, len(item.branch.children))
        if count > item.count:
            self.beginInsertRows(parent, item.count, count - 1)
            item.count = count
            self.endInsertRows()

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: ARG002
        """As Qt asks."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text; the branch itself as BRANCH."""
        if not index.isValid():
            return None
        branch = self._item(index).branch
        if role == Qt.ItemDataRole.DisplayRole:
            return named(branch.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = f", {branch.count}" if branch.count else ""
            return f"{named(branch.text)}, {branch.kind}{count}"
        return branch if role == BRANCH else None

    def path_to(self, node: int) -> tuple[int, ...]:
        """Where a node is first: its row at each level; none where it is not."""
        return path_to(self._root.branch.children, node)

    def below(self, parent: Index, row: int) -> QModelIndex:
        """What is at a row, also where Qt does not know of it yet."""
        self._fetch(parent, row + 1)
        return self.index(row, 0, parent)

    def index_of(self, node: int) -> QModelIndex:
        """Where a node is first; an invalid index where it is not."""
        return reduce(self.below, self.path_to(node), QModelIndex())
