"""Draws the cells of tables."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from explorer_app.canvas.marks import Marks
from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT
from explorer_app.canvas.widths import elided_name
from explorer_app.model.table import HEADINGS, HOPS, LAST, Row
from explorer_app.qt.icons import draw
from explorer_app.qt.pieces import draw_pill, pill_width
from explorer_app.qt.style import Style
from explorer_app.qt.tablemodel import ROW, STATUS
from hamilton_ol.graph.scene.names import named, shown

TAGS = HEADINGS.index("Tags")
LAST_MOST = 120  # px from the mark of how it ended to the end of how long it took


class CellDelegate(QStyledItemDelegate):
    """Draws a cell of any of the tables."""

    def __init__(self, style: Style, view: QTableView) -> None:
        super().__init__(view)
        self._style = style

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw it."""
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHints(HINTS)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._style.color("selection"))
        row = index.data(ROW)
        if not isinstance(row, Row):
            left, status = 14.0 if index.column() == 0 else 6.0, index.data(STATUS)
            if status:
                self._mark(painter, status, QPointF(rect.left() + 12, rect.center().y()))
                left = 24.0
            self._text(painter, rect.adjusted(left, 0, -6, 0), index.data(), "text2")
        else:
            column = index.column()
            says = named if column == 0 else shown
            self._cell(painter, rect, row, column, says(row.cells[column]))
        painter.restore()

    def _cell(self, painter: QPainter, rect: QRectF, row: Row, column: int, text: str) -> None:
        if column == 0:
            ink = self._style.color(f"kind.{row.icon}")
            draw(painter, row.icon, rect.topLeft() + QPointF(14, 5), 13, ink)
            self._text(painter, rect.adjusted(34, 0, -6, 0), text, "text", 500)
        elif column == TAGS:
            x = rect.left() + 6
            for label, tone in row.tags:
                if x + pill_width(self._style, label, tone) > rect.right():
                    break
                x += draw_pill(painter, self._style, x, rect.top() + 3.5, label, tone) + 4
        elif column == LAST:
            if row.status:
                self._mark(painter, row.status, QPointF(rect.left() + 12, rect.center().y()))
            rect.setWidth(min(rect.width(), LAST_MOST))
            self._text(painter, rect.adjusted(0, 0, -16, 0), text, "text2", is_right=True)
        else:
            is_hops = column == HOPS
            box = rect.adjusted(6, 0, -16 if is_hops else -6, 0)
            self._text(painter, box, text, "text2", is_right=is_hops)

    def _mark(self, painter: QPainter, status: str, middle: QPointF) -> None:
        back = self._style.color("surface")
        Marks(self._style.theme).status(painter, status, middle, 11, back)

    def _text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        ink: str,
        weight: int = 400,
        *,
        is_right: bool = False,
    ) -> None:
        font = self._style.theme.font("body", weight=weight)
        painter.setFont(font)
        painter.setPen(self._style.color(ink))
        painter.drawText(rect, RIGHT if is_right else LEFT, elided_name(text, font, rect.width()))
