"""A panel that comes over the window for a moment."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from explorer_app.qt.reading import go_round, reached
from explorer_app.qt.style import Style

ABOVE, BELOW, BESIDE = 60, 34, 40  # px of the window that stay free: its bars, and both sides
USUAL = 90  # px above a panel that is not high


class Panel(QFrame):
    """A sheet in front of the window; Esc, and a click beside it, close it."""

    closed = Signal()

    def __init__(
        self, style: Style, window: QWidget, size: tuple[int, int], name: str = ""
    ) -> None:
        super().__init__(window)
        self._style = style
        self.setAccessibleName(name)
        self.setObjectName("panel")
        self._window, self._size = window, size
        self.hide()

    def open(self) -> None:
        """Show it alone, in the middle of the upper part."""
        window = self._window
        self.ensurePolished()  # what is in it has its size only then
        for other in window.findChildren(Panel):
            if other is not self:
                other.close_panel()
        wide = min(self._size[0], window.width() - BESIDE)
        high = min(self._size[1], window.height() - ABOVE - BELOW)
        top = max(min(USUAL, (window.height() - high) // 2), ABOVE)
        self.setGeometry((window.width() - wide) // 2, top, wide, high)
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def close_panel(self) -> None:
        """Hide it."""
        if self.isVisible():
            self._window.removeEventFilter(self)
            self.hide()
            self.closed.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A click beside it."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.close_panel()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - as Qt calls it
        """Tab goes round on it, as one reads."""
        return go_round(reached(self), is_forward=forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on it is none beside it."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)
