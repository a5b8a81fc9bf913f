"""The start page: what can be opened."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from explorer_app.canvas.strokes import HINTS, LEFT, MIDDLE, RIGHT, fill, pen
from explorer_app.canvas.widths import elided
from explorer_app.loading.trust import SAMPLE
from explorer_app.model.sources import is_there
from explorer_app.model.words import ago
from explorer_app.qt.buttons import Button, LinkRow, Row
from explorer_app.qt.icons import draw
from explorer_app.qt.pieces import draw_key, key_width
from explorer_app.qt.style import Style, label
from hamilton_ol.graph.scene.names import shown

WIDE, MOST_RECENT = 1000, 5
CARDS = (
    (
        "open-folder",
        "folder",
        "Open modules",
        ("A folder or Python modules with", "Hamilton functions. No run needed."),
        "Ctrl+O",
    ),
    (
        "open-file",
        "file",
        "Open an events file",
        ("OpenLineage events, one JSON", "object on a line, also gzipped."),
        "Ctrl+Shift+O",
    ),
    (
        "open-marquez",
        "server",
        "Connect to Marquez",
        ("Read jobs, datasets and runs", "from a server you have."),
        "Ctrl+M",
    ),
)
OTHERS = (
    ("open-run", "play", "A recorded run", "Ctrl+L"),
    ("open-revision", "branch", "A revision of git", "Ctrl+Shift+V"),
)
Recent = tuple[str, tuple[str, ...], float]


class Card(QAbstractButton):
    """A way to open something."""

    def __init__(
        self, style: Style, icon: str, title: str, lines: Sequence[str], key: str, *, is_first: bool
    ) -> None:
        super().__init__()
        self._style, self._icon, self._lines, self._key = style, icon, lines, key
        self._is_first = is_first
        self.setText(title)
        self.setAccessibleDescription(" ".join(lines))
        self.setFixedHeight(152)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As large as they are drawn."""
        return QSize(320, 152)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, style, theme = QPainter(self), self._style, self._style.theme
        painter.setRenderHints(HINTS)
        is_lit = self._is_first or self.hasFocus() or self.underMouse()
        painter.setPen(pen(style.color("accent" if is_lit else "border"), 1.5 if is_lit else 1))
        painter.setBrush(style.color("hover" if self.isDown() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        draw(painter, self._icon, QPointF(20, 20), 24, style.color("accent"), 1.1)
        draw_key(painter, style, self.width() - 20 - key_width(style, self._key), 22, self._key)
        painter.setFont(theme.font("name", weight=600, px=15))
        painter.setPen(style.color("text"))
        painter.drawText(QRectF(20, 62, self.width() - 40, 22), LEFT, self.text())
        painter.setFont(theme.font("body"))
        painter.setPen(style.color("text2"))
        for number, line in enumerate(self._lines):
            painter.drawText(QRectF(20, 90 + number * 18, self.width() - 40, 18), LEFT, line)
        painter.end()


class Sample(QAbstractButton):
    """The sample, with a picture of it."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._picture: QImage | None = None
        self.setText("Open the sample")
        self.setAccessibleDescription("From a passenger list to a trained model")
        self.setFixedHeight(226)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_picture(self, picture: QImage) -> None:
        """What is drawn above its name."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """As large as it is drawn."""
        return QSize(468, 226)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, style, theme = QPainter(self), self._style, self._style.theme
        painter.setRenderHints(HINTS)
        fill(painter, style.color("canvas"))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        if self._picture is not None:
            room = QRectF(self.rect()).adjusted(18, 12, -18, -56)
            size = self._picture.deviceIndependentSize().scaled(
                room.size(), Qt.AspectRatioMode.KeepAspectRatio
            )
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            corner = room.center() - QPointF(size.width() / 2, size.height() / 2)
            painter.drawImage(QRectF(corner, size), self._picture)
        bottom = self.height()
        painter.setFont(theme.font("body", weight=500))
        painter.setPen(style.color("text"))
        title = "From a passenger list to a trained model"
        painter.drawText(QRectF(18, bottom - 42, 320, 18), LEFT, title)
        painter.setFont(theme.font("meta"))
        painter.setPen(style.color("muted"))
        painter.drawText(
            QRectF(18, bottom - 25, 320, 16), LEFT, "37 nodes in 4 modules, personal data"
        )
        box = QRectF(self.width() - 96, bottom - 44, 78, 30)
        fill(painter, style.color("accent"))
        painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus():
            painter.setPen(pen(style.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 10, 10)
        painter.setFont(theme.font("body", weight=600))
        painter.setPen(style.color("on_accent"))
        painter.drawText(box, MIDDLE, "Open")
        painter.end()


class StartPage(QWidget):
    """Shown while nothing is open."""

    commanded = Signal(str)  # id of a command
    recentChosen = Signal(object, str)  # sources, name

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.sample = Sample(style)
        self.sample.clicked.connect(lambda: self.commanded.emit("open-sample"))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        outer = QHBoxLayout(self)
        middle = QWidget()
        middle.setMaximumWidth(WIDE)
        middle.setMinimumWidth(min(WIDE, 640))
        outer.addStretch(1)
        outer.addWidget(middle, 1000)
        outer.addStretch(1)
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._fill(box)

    def _fill(self, box: QVBoxLayout) -> None:
        style = self._style
        box.addStretch(118)
        box.addWidget(label(style, "What would you like to trace?", "display"))
        box.addSpacing(8)
        text = "Open a dataflow, or drop files and folders anywhere in this window."
        box.addWidget(label(style, text, "name", "muted", 400))
        box.addSpacing(36)
        row = QHBoxLayout()
        row.setSpacing(16)
        for place, (command, icon, title, lines, key) in enumerate(CARDS):
            card = Card(style, icon, title, lines, key, is_first=place == 0)
            card.clicked.connect(lambda _on=False, c=command: self.commanded.emit(c))
            row.addWidget(card)
        box.addLayout(row)
        box.addSpacing(12)
        box.addLayout(self._others())
        box.addSpacing(34)
        box.addLayout(self._lower())
        box.addStretch(150)
        foot = QHBoxLayout()
        text = "No account, no server, nothing leaves this computer."
        foot.addWidget(label(style, text, "meta", "muted"))
        foot.addStretch(1)
        foot.addWidget(label(style, "Press ? for all keys", "meta", "muted"))
        box.addLayout(foot)
        box.addSpacing(36)

    def _others(self) -> QHBoxLayout:
        """What is opened more rarely."""
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 0, 0)  # icons stand below those of the cards
        row.setSpacing(12)
        for command, icon, text, key in OTHERS:
            button = Button(self._style, icon, text, name=f"Open {text.lower()}", key=key)
            button.clicked.connect(lambda _on=False, c=command: self.commanded.emit(c))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _lower(self) -> QHBoxLayout:
        style = self._style
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(11)
        right.setSpacing(11)
        left.addWidget(label(style, "Recent", "name", weight=600))
        left.addLayout(self._recent)
        left.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(label(style, "Try the sample", "name", weight=600))
        head.addStretch(1)
        head.addWidget(label(style, "works offline", "meta", "muted"))
        right.addLayout(head)
        right.addWidget(self.sample)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(48)
        row.addLayout(left, 484)
        row.addLayout(right, 468)
        return row

    def set_recent(self, recent: Sequence[Recent]) -> None:
        """What was open before."""
        while self._recent.count():
            item = self._recent.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()  # it is gone only when Qt has time for it
                widget.deleteLater()
        for entry in recent[:MOST_RECENT]:
            self._recent.addWidget(self._row(entry))
        if not recent:
            text = "Nothing yet. What you open is listed here, on this computer only."
            self._recent.addWidget(label(self._style, text, "body", "muted"))

    def _row(self, entry: Recent) -> Row | LinkRow:
        name, sources, when = entry
        is_gone = not any(is_there(source) for source in sources)
        where = "the sample" if sources == SAMPLE else ", ".join(sources)
        noted = "not found" if is_gone else ago(when, time.time())
        icon = _icon(sources[0] if sources else "")

        def paint(painter: QPainter, rect: QRectF) -> None:
            style, theme = self._style, self._style.theme
            painter.fillRect(QRectF(0, 0, rect.width(), 1), style.color("border"))
            draw(painter, icon, QPointF(2, 15), 15, style.color("edge" if is_gone else "muted"))
            ink = "dim_text" if is_gone else "text"
            self._text(painter, QRectF(30, 6, rect.width() - 150, 18), name, ink)
            painter.setPen(style.color("dim_text" if is_gone else "muted"))
            painter.setFont(theme.font("meta"))
            box = QRectF(30, 23, rect.width() - 150, 16)
            painter.drawText(box, LEFT, elided(shown(where), theme.font("meta"), box.width()))
            painter.drawText(rect.adjusted(0, 0, -2, 0), RIGHT, noted)

        given = self._style, paint, 45, f"{name}, {where}"
        if is_gone:
            return Row(*given)
        row = LinkRow(*given)
        row.clicked.connect(lambda: self.recentChosen.emit(sources, name))
        return row

    def _text(self, painter: QPainter, box: QRectF, text: str, ink: str) -> None:
        font = self._style.theme.font("body", weight=500)
        painter.setFont(font)
        painter.setPen(self._style.color(ink))
        painter.drawText(box, LEFT, elided(shown(text), font, box.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens modules when nothing else has the focus."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commanded.emit("open-folder")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._style.color("surface"))
        painter.end()


def _icon(source: str) -> str:
    if source.startswith("marquez:"):
        return "server"
    return (
        "file" if source.startswith(("events:", "stamp:")) or source.endswith(".json") else "folder"
    )
