"""An address, in as many lines as it needs."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from explorer_app.qt.buttons import LinkRow
from explorer_app.qt.style import Style, tip
from hamilton_ol.graph.scene.names import shown

LONGEST = 2000  # letters
FLAGS = int(Qt.TextFlag.TextWrapAnywhere) | int(Qt.AlignmentFlag.AlignLeft)


class AddressRow(LinkRow):
    """It is text until somebody chooses it."""

    def __init__(self, style: Style, address: str, margin: int) -> None:
        self._text, self._margin = shown(address, LONGEST), margin
        super().__init__(style, self._draw, 24, address)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip(address))
        self.setAccessibleDescription(self._text)

    def _draw(self, painter: QPainter, rect: QRectF) -> None:
        painter.setFont(self._style.theme.font("body"))
        painter.setPen(self._style.color("accent"))
        painter.drawText(rect.adjusted(self._margin, 4, -self._margin, -4), FLAGS, self._text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its lines."""
        metrics = QFontMetrics(self._style.theme.font("body"))
        room = QRect(0, 0, max(event.size().width() - 2 * self._margin, 40), 10_000)
        self.setFixedHeight(metrics.boundingRect(room, FLAGS, self._text).height() + 9)
