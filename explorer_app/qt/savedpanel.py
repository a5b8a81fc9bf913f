"""The queries that have a name: give one to what is asked now; ask, rename or forget others."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer_app.model.savedqueries import SavedQueries
from explorer_app.qt.panels import Panel
from explorer_app.qt.savedmodel import NAME, SavedModel
from explorer_app.qt.style import Style, label
from hamilton_ol.graph.scene.names import shown

SIZE = (640, 440)
ROW = 26  # px
NOTHING = "No query has a name yet."


class SavedPanel(Panel):
    """Saved queries; nothing in it waits for anything."""

    asked = Signal(str)  # a query
    deleted = Signal(object, str, str)  # SavedQueries, name, query: it can be taken back

    def __init__(self, style: Style, window: QWidget) -> None:
        super().__init__(style, window, SIZE, "Saved queries")
        self._query = ""
        self._saved = SavedQueries()
        self.model = SavedModel(self)
        self.model.refused.connect(self._tell)
        self.said = label(style, "", "meta", "status.failed", wraps=True)
        self.name, self.save = QLineEdit(), QPushButton("Save")
        self.query = label(style, "", "body", "text2")
        self.query.setFont(style.theme.font("body", weight=500, mono=True))
        self.table = self._table(style)
        self._buttons = [
            self._button("Ask", self._ask),
            self._button("Rename", lambda: self.table.edit(self.table.currentIndex())),
            self._button("Delete", self._delete),
        ]
        self._connect()
        self._lay_out(style)

    def _table(self, style: Style) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setAccessibleName("Saved queries")
        table.setFont(style.theme.font("body"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        table.setMinimumHeight(1)  # where there are none
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, 160)
        table.setColumnWidth(2, 110)
        return table

    def _button(self, text: str, does: object) -> QPushButton:
        made = QPushButton(text)
        made.clicked.connect(does)
        return made

    def _connect(self) -> None:
        self.name.setObjectName("boxed")
        self.name.setPlaceholderText("Name")
        self.name.setAccessibleName("Name of the query")
        self.name.textChanged.connect(self._judge)
        self.name.returnPressed.connect(self._save)
        self.save.setObjectName("main")
        self.save.clicked.connect(self._save)
        self.table.activated.connect(self._ask)
        self.table.selectionModel().currentChanged.connect(self._refresh)
        self.model.modelReset.connect(self._refresh)
        self.model.dataChanged.connect(self._judge)

    def _lay_out(self, style: Style) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 14, 18, 14)
        box.setSpacing(8)
        self._new = QWidget()
        new = QVBoxLayout(self._new)
        new.setContentsMargins(0, 0, 0, 6)
        new.setSpacing(8)
        new.addWidget(label(style, "Give this query a name", "name", weight=600))
        new.addWidget(self.query)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.save)
        new.addLayout(row)
        box.addWidget(self._new)
        box.addWidget(label(style, "Saved queries", "name", weight=600))
        box.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        for button in self._buttons:
            foot.addWidget(button)
        box.addLayout(foot)

    # --- what a person does ----------------------------------------------------------------------

    def show_queries(self, saved: SavedQueries, query: str) -> None:
        """Open it; a query that is given is offered to be saved."""
        self._saved, self._query = saved, query
        self.model.set_queries(saved)
        self.name.clear()
        self.query.setText(shown(query, 90))
        self._new.setVisible(bool(query))
        self._judge()
        self._make_room(len(saved))
        self.open()
        (self.name if query else self.table).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make_room(self, count: int) -> None:
        """As high as so many queries need, without what is of no use where there are none."""
        for part in (self.table.horizontalHeader(), *self._buttons):
            part.setVisible(count > 0)
        layout = self.layout()
        if layout is not None:
            self.ensurePolished()
            rest = layout.totalHeightForWidth(SIZE[0]) - self.table.sizeHint().height()
            self._size = SIZE[0], min(SIZE[1], rest + ((count + 2) * ROW if count else 1))

    def _judge(self) -> None:
        name = self.name.text().strip().lstrip("$")
        problem = self._saved.problem(name) if name else ""
        self._tell(problem or (f"${name} is replaced." if name in self._saved else ""))
        self.save.setEnabled(bool(name) and not problem)

    def _save(self) -> None:
        name = self.name.text().strip().lstrip("$")
        if self.save.isEnabled():
            self._saved.save(name, self._query)
            self.close_panel()

    def _ask(self, _index: QModelIndex | QPersistentModelIndex | bool = False) -> None:  # noqa: FBT001, FBT002 - as Qt calls it
        name = self._current()
        if name:
            self.close_panel()
            self.asked.emit(self._saved[name])

    def _delete(self) -> None:
        name = self._current()
        if self._saved.is_own(name):
            query = self._saved[name]
            self._saved.delete(name)
            self.model.set_queries(self._saved)
            self.deleted.emit(self._saved, name, query)

    def _current(self) -> str:
        index = self.table.currentIndex()
        return str(index.siblingAtColumn(0).data(NAME) or "") if index.isValid() else ""

    def _refresh(self) -> None:
        name = self._current()
        ask, rename, delete = self._buttons
        ask.setEnabled(bool(name))
        rename.setEnabled(self._saved.is_own(name))
        delete.setEnabled(self._saved.is_own(name))

    def _tell(self, problem: str) -> None:
        self.said.setText(problem or ("" if len(self._saved) else NOTHING))
        self.said.setProperty("ink", "status.failed" if problem else "muted")
        self.said.style().polish(self.said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete forgets a query."""
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self._delete()
        else:
            super().keyPressEvent(event)
