"""The navigator: every node in a tree, lit when it is visible."""

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from explorer_app.canvas.idle import IdleCall
from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT, fill
from explorer_app.canvas.widths import elided_name, text_width
from explorer_app.model.navigator import VIEWS, Branch
from explorer_app.model.questions import question
from explorer_app.model.session import Session
from explorer_app.qt.icons import draw
from explorer_app.qt.style import Style
from explorer_app.qt.tabs import Tabs
from explorer_app.qt.treemodel import BRANCH, Index, TreeModel, depth_of
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.names import named
from hamilton_ol.graph.selection import Selection

ROW, SIDE, DOT = 24, 14, 10  # px: of a row, beside it, of a dot with room before it
OPEN_UP_TO = 400  # nodes whose groups are open at first


class BranchDelegate(QStyledItemDelegate):
    """Draws a row: arrow or icon, name, count or a dot."""

    def __init__(self, style: Style, tree: QTreeView) -> None:
        super().__init__(tree)
        self._style, self._tree = style, tree
        self.session: Session | None = None
        self.tone = "accent"
        self.around = QModelIndex()  # the closed branch that the node in focus is in

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are equally high."""
        return QSize(100, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Draw it."""
        branch: Branch = index.data(BRANCH)
        full = QRectF(0, option.rect.top(), self._tree.viewport().width(), ROW)
        painter.save()
        painter.setRenderHints(HINTS)
        depth = depth_of(index)
        session = self.session
        chosen = (session.selected or {session.active}) if session is not None else ()
        is_chosen = branch.node >= 0 and branch.node in chosen
        ground = self._ground(option, index, is_chosen=is_chosen)
        if ground:
            fill(painter, self._style.color(ground))
            painter.drawRoundedRect(full.adjusted(6, 1, -6, -1), 5, 5)
        is_lit = session is None or branch.node < 0 or bool(session.visible.mask[branch.node])
        if branch.children:
            self._arrow(painter, full, depth, index)
        if branch.node < 0:
            self._name(painter, full, 30.0, branch, weight=600, ink="text")
        else:
            left = 16.0 + 14 * depth
            ink = self._style.color(f"kind.{branch.kind}" if is_lit else "edge")
            draw(painter, branch.kind, QPointF(left, full.top() + 5.5), 13, ink)
            weight = 500 if is_chosen else 400
            self._name(painter, full, left + 20, branch, weight, "text" if is_lit else "dim_text")
        self._right(painter, full, branch, is_lit=is_lit)
        painter.restore()

    def _ground(
        self,
        option: QStyleOptionViewItem,
        index: Index,
        *,
        is_chosen: bool,
    ) -> str:
        is_current = self._tree.hasFocus() and self._tree.currentIndex() == index
        if is_chosen or (index == self.around and not self._tree.isExpanded(index)):
            return "selection"
        is_hovered = self._tree.underMouse() and option.rect.contains(
            self._tree.viewport().mapFromGlobal(self._tree.cursor().pos())
        )
        return "hover" if is_current or is_hovered else ""

    def _arrow(
        self,
        painter: QPainter,
        full: QRectF,
        depth: int,
        index: Index,
    ) -> None:
        is_open = self._tree.isExpanded(index)
        name = "down" if is_open else "right"
        at = QPointF(14.0 if depth == 0 else 2.0 + 14 * depth, full.top() + 7)
        draw(painter, name, at, 10 if depth == 0 else 9, self._style.color("muted"), 1.8)

    def _name(
        self, painter: QPainter, full: QRectF, left: float, branch: Branch, weight: int, ink: str
    ) -> None:
        font = self._style.theme.font("body", weight=weight)
        painter.setFont(font)
        painter.setPen(self._style.color(ink))
        count = text_width(f"{branch.count:,}", self._style.theme.font("micro"))
        room = full.width() - left - SIDE - (count + 8 if branch.count else DOT)
        text = elided_name(named(branch.text), font, room)
        painter.drawText(QRectF(left, full.top(), room + 4, ROW), LEFT, text)

    def _right(self, painter: QPainter, full: QRectF, branch: Branch, *, is_lit: bool) -> None:
        right = full.right() - SIDE
        if branch.count:
            painter.setFont(self._style.theme.font("micro"))
            painter.setPen(self._style.color("muted" if is_lit else "dim_text"))
            painter.drawText(QRectF(right - 60, full.top(), 60, ROW), RIGHT, f"{branch.count:,}")
        elif is_lit and branch.node >= 0 and self.session and self.session.state.query:
            fill(painter, self._style.color(self.tone))
            painter.drawEllipse(QPointF(right - 3, full.center().y()), 2.6, 2.6)


class NavigatorPane(QWidget):
    """The tree, under headings for what it is ordered by."""

    nodeClicked = Signal(int, object)  # node, Qt.KeyboardModifier
    nodeActivated = Signal(int)
    menuRequested = Signal(int, QPoint)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._session: Session | None = None
        self._cards: GraphCards | None = None
        self._shown: tuple[object, ...] = ()
        self._visible: Selection | None = None
        self._revealing = IdleCall(self._reveal, self)
        self.tabs = Tabs(style, list(VIEWS), 36, 16, 4)
        self.model = TreeModel(parent=self)
        self.tree = QTreeView()
        self._delegate = BranchDelegate(style, self.tree)
        self._set_up()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)  # the tree takes back margins of its own
        box.setSpacing(0)
        box.addWidget(self.tree)

    def _set_up(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setItemDelegate(self._delegate)
        tree.setHeaderHidden(True)
        tree.setIndentation(0)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setMouseTracking(True)
        tree.setExpandsOnDoubleClick(False)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.setAccessibleName("Navigator")
        tree.clicked.connect(self._clicked)
        tree.activated.connect(self._activated)
        tree.customContextMenuRequested.connect(self._menu)
        self.tabs.changed.connect(lambda _place: self._fill())

    def set_session(self, session: Session | None, cards: GraphCards | None) -> None:
        """Show another graph."""
        opened = self._opened() if self._session is not None else {}
        self._session, self._cards = session, cards
        self._delegate.session = session
        self._fill()
        for row, name in enumerate(self._names()):
            if name in opened:
                self.tree.setExpanded(self.model.index(row, 0), opened[name])

    def _names(self) -> list[str]:
        """What the groups are called, from the top."""
        rows = range(self.model.rowCount())
        return [self.model.index(row, 0).data(BRANCH).text for row in rows]

    def _opened(self) -> dict[str, bool]:
        """{group: whether it is open}."""
        is_open = self.tree.isExpanded
        return {name: is_open(self.model.index(n, 0)) for n, name in enumerate(self._names())}

    def _fill(self) -> None:
        self._shown = ()
        if self._session is None or self._cards is None:
            self.model.set_branches([])
            return
        view = list(VIEWS)[self.tabs.current]
        self.model.set_branches(self._session.traits.branches(view, self._cards))
        if len(self._session.graph) <= OPEN_UP_TO:
            self.tree.expandToDepth(0)

    def refresh(self) -> None:
        """The sets have changed."""
        if self._session is not None:
            session, state = self._session, self._session.state
            is_pii = state.lens == "pii"
            tone = "pii" if is_pii else question(session.graph, state.query).tone
            seen = tone, state.query, state.selected, state.active
            if seen != self._shown or session.visible is not self._visible:
                self._shown, self._visible, self._delegate.tone = seen, session.visible, tone
                self._revealing.start()

    def _reveal(self) -> None:
        """Scroll to the node in focus, or what it is in, once everything has its size."""
        focus = self._session.focus if self._session is not None else -1
        found = self._delegate.around = QModelIndex()
        for row in self.model.path_to(focus) if focus >= 0 else ():
            if found.isValid() and not self.tree.isExpanded(found):
                self._delegate.around = found
                break
            found = self.model.below(found, row)
        if found.isValid():
            self.tree.scrollTo(found)
        self.tree.viewport().update()

    def _clicked(self, index: QModelIndex) -> None:
        branch: Branch = index.data(BRANCH)
        if branch.node < 0:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))
            return
        at = self.tree.viewport().mapFromGlobal(self.tree.cursor().pos())
        if branch.children and at.x() < self._arrow_end(index):
            self.tree.setExpanded(index, not self.tree.isExpanded(index))
            return
        self.nodeClicked.emit(branch.node, QApplication.keyboardModifiers())

    def _arrow_end(self, index: QModelIndex) -> int:
        return 14 + 14 * depth_of(index)

    def _activated(self, index: QModelIndex) -> None:
        branch: Branch = index.data(BRANCH)
        if branch.node >= 0:
            self.nodeActivated.emit(branch.node)
        elif self.tree.hasFocus():
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _menu(self, at: QPoint) -> None:
        index = self.tree.indexAt(at)
        branch: Branch | None = index.data(BRANCH) if index.isValid() else None
        if branch is not None and branch.node >= 0:
            self.menuRequested.emit(branch.node, self.tree.viewport().mapToGlobal(at))
