"""A form with a list of what there is to choose, which is searched by typing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from explorer_app.model.sources import Asked
from explorer_app.qt.celldelegate import CellDelegate
from explorer_app.qt.forms import Form, Words
from explorer_app.qt.style import Style, label
from explorer_app.qt.tablemodel import ROW, TextTable

HEIGHT, FEWEST = 26, 4  # px of a row; so many have room always
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ListForm(Form):
    """Asks for one of several rows.

    Args:
        style: colours and fonts.
        window: it comes over.
        words: what it says.
        read: what is wanted, as of a `Form`.
        rows: what can be chosen.
        size: px, where there is anything.

    Attributes:
        rows, shown_rows: as given, and those in which what is typed is written.
        table: shows them.
        empty: says why there is none.
    """

    went = Signal(str)  # the key of the row that a person went to

    def __init__(
        self,
        style: Style,
        window: QWidget,
        words: Words,
        read: Callable[[], Asked],
        rows: TextTable,
        size: tuple[int, int],
    ) -> None:
        super().__init__(style, window, words, read)
        self._size, self.rows, self.shown_rows = size, rows, QSortFilterProxyModel(self)
        self.shown_rows.setSourceModel(rows)
        self.shown_rows.setFilterKeyColumn(-1)
        self.shown_rows.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = QTableView()
        self.empty = label(style, "", "body", "muted", wraps=True)
        self._search = QLineEdit()

    def list_below(self, search: QLineEdit, name: str, widths: Sequence[int]) -> None:
        """Add the list; what is typed into a line searches it."""
        view, self._search = self.table, search
        view.setModel(self.shown_rows)
        view.setItemDelegate(CellDelegate(self._style, view))
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(HEIGHT)
        view.setShowGrid(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(name)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setFont(self._style.theme.font("meta"))
        for column, width in enumerate(widths):
            view.setColumnWidth(column, width)
        header.setSectionResizeMode(len(widths), QHeaderView.ResizeMode.Stretch)
        self.fields.addWidget(view, 1)
        self.fields.addWidget(self.empty)
        search.textEdited.connect(self.search)
        search.installEventFilter(self)
        view.clicked.connect(self._go_to)
        view.doubleClicked.connect(self.send)
        self.rows.modelReset.connect(lambda: self.search(search.text()))
        self.search("")

    def search(self, text: str) -> None:
        """Show the rows in which a text is written."""
        self.shown_rows.setFilterFixedString(text.strip())
        has_rows = self.shown_rows.rowCount() > 0
        self.table.setVisible(has_rows)
        self.empty.setVisible(not has_rows)
        self.empty.setText(self.nothing())
        self.fit()

    def nothing(self) -> str:
        """Why no row is shown."""
        return ""

    @property
    def key(self) -> str:
        """Of the row that is chosen; empty for none."""
        index = self.table.currentIndex()
        return str(index.siblingAtColumn(0).data(ROW)) if index.isValid() else ""

    def fit(self) -> None:
        """It has room for its rows, where there are any; it stays so large while some are found."""
        wide, high = self._size
        layout = self.layout()
        if self.table.isHidden():
            super().fit()
        elif self.isVisible() and layout is not None:
            wide = min(wide, self._window.width() - 40)
            rest = layout.totalHeightForWidth(wide) - self.table.sizeHint().height()
            rows = (max(self.rows.rowCount(), FEWEST) + 1) * HEIGHT
            self.resize(wide, min(high, rest + rows, self._window.height() - 60))

    def _go_to(self, index: QModelIndex) -> None:
        self.table.selectRow(index.row())
        self.went.emit(self.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go through the list while a word is typed."""
        if watched is not self._search or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event) if watched is not self._search else False
        step = STEPS.get(Qt.Key(event.key())) if event.type() == QEvent.Type.KeyPress else None
        rows = self.shown_rows.rowCount()
        if step is None or not rows:
            return False
        row = self.table.currentIndex().row() + step
        self._go_to(self.shown_rows.index(max(0, min(row, rows - 1)), 0))
        return True
