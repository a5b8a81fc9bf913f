"""The window: what is where. What it does is elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QChildEvent, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QFrame,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from explorer_app.canvas import accessible
from explorer_app.canvas.widget import Canvas
from explorer_app.qt.bars import Bar, Foot, ProgressBar
from explorer_app.qt.docks import Head, clamped, dock, screens
from explorer_app.qt.inspectorpane import InspectorPane
from explorer_app.qt.navigatorpane import NavigatorPane
from explorer_app.qt.pieces import Column
from explorer_app.qt.reading import go_round, reached
from explorer_app.qt.settings import Settings
from explorer_app.qt.startpage import StartPage
from explorer_app.qt.style import SEPARATORS, Style, label, sheet_of
from explorer_app.qt.tablepane import TablePane

NAVIGATOR, INSPECTOR, TABLES, STATUS = 207, 307, 201, 25
SMALLEST, NARROW = (840, 440), 1100  # px; of a narrower window the canvas would be a third
NARROWEST = 176, 240  # px: headings of the navigator, text of the inspector are whole
LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


class Window(QMainWindow):
    """Canvas in the middle, panes around it; the start page while nothing is open."""

    dropped = Signal(object)  # paths
    closing = Signal()
    cancelled = Signal()

    def __init__(self, style: Style, settings: Settings) -> None:
        super().__init__()
        self._style, self._settings = style, settings
        self._has_frame = True  # that is inside of the screens
        self.setWindowTitle("hamilton-explorer")
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        accessible.install()
        self.canvas = Canvas(style.theme)
        accessible.watch(self.canvas)
        self.navigator, self.inspector = NavigatorPane(style), InspectorPane(style)
        self.tables, self.start = TablePane(style), StartPage(style)
        self.question, self.notice, self.alarm = Bar(style), Bar(style), Bar(style)
        self._stack = QStackedWidget()
        self.progress = ProgressBar(style, self.cancelled.emit, self._stack)
        self._stack.addWidget(_scrolled(self.start))
        self._stack.addWidget(self._middle())
        self.setCentralWidget(self._stack)
        self.docks = self._docks()
        self._first = self.saveState(1)
        self._status()
        self.setStyleSheet(SEPARATORS)
        for part in (*self.docks.values(), self._stack, self.statusBar()):
            self._dress(part)
        # without it Qt computes one anew whenever a pane changes, and asks the platform for it
        self.setMinimumSize(*SMALLEST)
        self.resize(1440, 900)
        self.show_start()

    def _middle(self) -> QWidget:
        middle = Column()
        middle.box.addWidget(self.canvas, 1)
        return middle

    def set_top(self, bar: QWidget) -> None:
        """The bar at the top; below it are those that ask and tell."""
        holder = Column()
        for widget in (bar, self.question, self.notice, self.alarm):
            holder.box.addWidget(widget)
        self.top = bar
        self._dress(holder)
        self.setMenuWidget(holder)
        bar.setVisible(self._stack.currentIndex() == 1)

    def _docks(self) -> dict[str, QDockWidget]:
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, LEFT),
            (Qt.Corner.BottomRightCorner, RIGHT),
        ):
            self.setCorner(corner, area)
        head = Head(self._style, "Inspector")
        found = {
            "navigator": dock(self, "Navigator", self.navigator, self.navigator.tabs),
            "inspector": dock(self, "Inspector", self.inspector, head),
            "tables": dock(self, "Tables", self.tables, self.tables.tabs),
        }
        for pane, area in zip(found.values(), (LEFT, RIGHT, BOTTOM), strict=True):
            self.addDockWidget(area, pane)
        for widget, least in zip((self.navigator, self.inspector), NARROWEST, strict=True):
            widget.setMinimumWidth(least)
        self._size_docks(found)
        return found

    def _size_docks(self, docks: dict[str, QDockWidget]) -> None:
        sides = [docks["navigator"], docks["inspector"]]
        self.resizeDocks(sides, [NAVIGATOR, INSPECTOR], Qt.Orientation.Horizontal)
        self.resizeDocks([docks["tables"]], [TABLES], Qt.Orientation.Vertical)

    def _status(self) -> None:
        bar = Foot(self._style)
        self.setStatusBar(bar)
        bar.setFixedHeight(STATUS + 1)
        bar.setContentsMargins(12, 0, 12, 0)
        self.facts = label(self._style, "", "meta", "muted")
        self.origin = label(self._style, "", "meta", "muted")
        bar.addWidget(self.facts)
        bar.addPermanentWidget(self.origin)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def is_started(self) -> bool:
        """Whether a graph is shown, and not the start page."""
        return self._stack.currentIndex() == 1

    def show_start(self) -> None:
        """Only the start page."""
        if self.is_started:
            self._settings.keep_geometry("panes", self.saveState(1))
        self._show(graph=False)
        self.start.set_recent(self._settings.recent)

    def appearing(self) -> Iterator[Callable[[], object]]:
        """Canvas and panes, one after the other: what is to be done, each of it quick."""
        parts = self.canvas, *self.docks.values()
        yield partial(self._hold, parts)
        yield self.show_graph
        yield from (partial(part.setUpdatesEnabled, True) for part in parts)

    def _hold(self, parts: Sequence[QWidget]) -> None:
        for part in parts:
            part.setUpdatesEnabled(self.is_started)

    def show_graph(self) -> None:
        """Canvas and panes."""
        if not self.is_started:
            self._show(graph=True)
            panes = self._settings.geometry("panes")
            self.restoreState(panes, 1)
            if panes.isEmpty() and self.width() < NARROW:
                self.docks["navigator"].hide()  # the graph would have no room; Ctrl+1 brings it
            self._clamp_docks()

    def reset_panes(self) -> None:
        """All panes where they were at first."""
        self.restoreState(self._first, 1)
        for pane in self.docks.values():
            pane.show()
        self._size_docks(self.docks)

    def _clamp_docks(self) -> None:
        for pane in self.docks.values():
            if pane.isFloating():
                pane.setGeometry(clamped(pane.frameGeometry(), screens()))

    def _show(self, *, graph: bool) -> None:
        self._stack.setCurrentIndex(1 if graph else 0)
        self.progress.raise_()
        if hasattr(self, "top"):
            self.top.setVisible(graph)
        for pane in self.docks.values():
            pane.setVisible(graph)
        self.statusBar().setVisible(graph)

    def restyled(self) -> Iterator[Callable[[], object]]:
        """The theme has changed: what is to be done, what is seen first, each of it quick."""
        parts = [part for part in _widgets(self) if part.styleSheet()]
        application = QApplication.instance()
        if isinstance(application, QApplication):
            yield partial(self._color, application, parts)
        yield partial(self.canvas.setTheme, self._style.theme)
        for part in sorted(parts, key=QWidget.isVisible, reverse=True):
            yield partial(self._dress, part)
        yield self.update

    def _color(self, application: QApplication, parts: Sequence[QWidget]) -> None:
        """Nothing is painted in these colours before it is dressed."""
        for part in parts:
            part.setUpdatesEnabled(False)
        self._style.color_in(application)

    def _dress(self, part: QWidget) -> None:
        """Give something in the window its style sheet."""
        part.setStyleSheet(sheet_of(self._style.theme))
        part.setUpdatesEnabled(True)

    # --- geometry --------------------------------------------------------------------------------

    def keep(self) -> None:
        """Remember where the window and its panes are."""
        self._settings.keep_geometry("geometry", self.saveGeometry())
        if self.is_started:
            self._settings.keep_geometry("panes", self.saveState(1))

    def restore(self) -> None:
        """As it was; never outside of the screens that there are."""
        self.restoreGeometry(self._settings.geometry("geometry"))
        self._clamp()
        QTimer.singleShot(0, self, self._clamp)  # once it is shown it has a frame, too
        self._has_frame = False

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - as Qt calls it
        """Tab goes from the bar at the top to the tree, the graph, what is told of it, the tables."""
        navigator, *others = self.docks.values()
        notes = self.findChildren(QFrame, "panel", Qt.FindChildOption.FindDirectChildrenOnly)
        parts = (self.menuWidget(), navigator, self._stack, *others, *notes)
        found = [one for part in parts if part is not None for one in reached(part)]
        return go_round(found, is_forward=forward)

    def _clamp(self) -> None:
        frame = self.frameGeometry()
        inside = clamped(frame, screens())
        if inside != frame and not self.isMaximized():
            self.resize(self.size() - (frame.size() - inside.size()))
            self.move(inside.topLeft())

    # --- events of Qt ----------------------------------------------------------------------------

    def moveEvent(self, event: QMoveEvent) -> None:
        """On X11 it has its frame a while later."""
        super().moveEvent(event)
        if not self._has_frame and self.frameGeometry() != self.geometry():
            self._has_frame = True
            QTimer.singleShot(0, self, self._clamp)

    def childEvent(self, event: QChildEvent) -> None:
        """What is shown in the window first, such as a panel or a menu, is dressed as all of it is."""
        super().childEvent(event)
        child = event.child()
        is_shown = event.type() == QEvent.Type.ChildPolished
        if is_shown and isinstance(child, QWidget) and not child.styleSheet():
            self._dress(child)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline between panes."""
        super().paintEvent(event)
        between = QRegion(event.region())
        for part in (self.menuWidget(), self._stack, self.statusBar(), *self.docks.values()):
            if part is not None and part.isVisible() and not part.isWindow():
                between -= QRegion(part.geometry())
        painter = QPainter(self)
        for rect in between:  # type: ignore[attr-defined]
            painter.fillRect(rect, self._style.color("border"))
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open them."""
        urls = event.mimeData().urls()
        self.dropped.emit([url.toLocalFile() for url in urls if url.isLocalFile()])
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """At once, whatever is going on."""
        self.keep()
        self.hide()
        self.closing.emit()
        super().closeEvent(event)


def _widgets(window: QWidget) -> list[QWidget]:
    """What is in a window, without what is in that."""
    return window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _scrolled(widget: QWidget) -> QScrollArea:
    """A widget that a small window shows a part of."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it is gone to, and is then seen
    return area
