"""Panes that can be dragged, let float, put away and brought back; never outside of the screens."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from explorer_app.canvas.strokes import HINTS, fill
from explorer_app.qt.icons import draw
from explorer_app.qt.style import Style
from explorer_app.qt.tablehead import TableHead

HEAD, SIDE, DOTS = 18, 22, 5  # px of a head, of the place that puts the pane away; dots of a grip


class Head(QWidget):
    """Where a pane without headings is dragged; under the pointer it shows that it is there."""

    ROLE = QAccessible.Role.TitleBar
    closed = Signal()

    def __init__(self, style: Style, name: str) -> None:
        super().__init__()
        self._style = style
        self.setFixedHeight(HEAD)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setAccessibleName(name)
        self.setToolTip("Drag to move the pane; double click to let it float")

    def sizeHint(self) -> QSize:
        """What a dock keeps free for it."""
        return QSize(120, HEAD)

    def _cross(self) -> QRectF:
        return QRectF(self.width() - SIDE - 6, 0, SIDE, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The cross puts the pane away; elsewhere the dock is dragged."""
        if self._cross().contains(event.position()):
            self.closed.emit()
        else:
            event.ignore()

    def enterEvent(self, _event: object) -> None:
        """The pointer is here."""
        self.update()

    def leaveEvent(self, _event: object) -> None:
        """The pointer is gone."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A grip and a cross, under the pointer."""
        painter = QPainter(self)
        painter.setRenderHints(HINTS)
        painter.fillRect(self.rect(), self._style.color("surface"))
        if self.underMouse():
            fill(painter, self._style.color("border_strong"))
            middle = QRectF(self.rect()).center()
            for step in range(DOTS):
                painter.drawEllipse(middle + QPointF((step - DOTS // 2) * 6, 0), 1.4, 1.4)
            corner = self._cross().center() - QPointF(5, 5)
            draw(painter, "close", corner, 10, self._style.color("muted"), 1.6)
        painter.end()


class Pane(QDockWidget):
    """A pane; one that floats has a hairline around it, for the system gives it no frame."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it where Qt leaves room for it."""
        super().paintEvent(event)
        if self.isFloating():
            painter = QPainter(self)
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()


def dock(window: QMainWindow, name: str, widget: QWidget, head: QWidget) -> QDockWidget:
    """A pane of a window, with what it is dragged at."""
    made = Pane(name, window)
    made.setObjectName(name)
    made.setWidget(widget)
    made.setTitleBarWidget(head)
    feature = QDockWidget.DockWidgetFeature
    made.setFeatures(
        feature.DockWidgetMovable | feature.DockWidgetClosable | feature.DockWidgetFloatable
    )
    if isinstance(head, Head | TableHead):
        head.closed.connect(made.hide)
    return made


def clamped(frame: QRect, screens: Sequence[QRect]) -> QRect:
    """A frame as it is where a screen shows all of it, else moved onto the nearest, and no larger."""
    if not screens or any(screen.contains(frame) for screen in screens):
        return frame
    shared = [(screen & frame).width() * (screen & frame).height() for screen in screens]
    screen = screens[shared.index(max(shared))]
    kept = QRect(frame)
    kept.setSize(frame.size().boundedTo(screen.size()))
    kept.moveLeft(min(max(kept.left(), screen.left()), screen.right() - kept.width() + 1))
    kept.moveTop(min(max(kept.top(), screen.top()), screen.bottom() - kept.height() + 1))
    return kept


def screens() -> list[QRect]:
    """What windows may take of the screens that there are."""
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]
