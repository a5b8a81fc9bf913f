"""A table that says why it is empty, and shows no half of a column."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTableView

from explorer_app.canvas.strokes import LEFT
from explorer_app.qt.style import Style

LEFTMOST, HEIGHT = 14, 32  # px: before the note, of its line
LEAST = 72  # px of a column in which anything can be read


class NotedTable(QTableView):
    """A table.

    Args:
        style: the theme.
        note: what is written where its rows would be, while there are none.
        widths: px of all columns but the last, which are kept while there is room; () keeps them.
    """

    def __init__(self, style: Style, note: str, widths: Sequence[int] = ()) -> None:
        super().__init__()
        self._style, self.note, self._widths = style, note, widths
        self._is_narrow = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for all columns the last ones are left out, and one is narrower."""
        super().resizeEvent(event)
        room = self.viewport().width()
        was_narrow, self._is_narrow = self._is_narrow, room < sum(self._widths) + LEAST
        if not self._widths or not (was_narrow or self._is_narrow):
            return
        for column, width in enumerate(self._widths):
            self.setColumnHidden(column, room < LEAST)
            self.setColumnWidth(column, max(min(width, room), LEAST))
            room -= width
        self.setColumnHidden(len(self._widths), room < LEAST)

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
