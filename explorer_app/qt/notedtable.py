"""A table that says why it is empty."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView

from explorer_app.canvas.strokes import LEFT
from explorer_app.qt.style import Style

LEFTMOST, HEIGHT = 14, 32  # px: before the note, of its line


class NotedTable(QTableView):
    """A table.

    Attributes:
        note: what is written where its rows would be, while there are none.
    """

    def __init__(self, style: Style, note: str) -> None:
        super().__init__()
        self._style, self.note = style, note

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        super().paintEvent(event)
        if self.model() is None or self.model().rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._style.theme.font("body"))
        painter.setPen(self._style.color("muted"))
        line = QRect(LEFTMOST, 0, self.viewport().width() - LEFTMOST, HEIGHT)
        painter.drawText(line, LEFT, self.note)
        painter.end()
