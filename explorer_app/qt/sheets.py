"""Sheets of what can be pressed, and of what can be asked."""

from collections.abc import Sequence
from itertools import combinations, islice, pairwise

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from explorer_app.canvas.strokes import HINTS, LEFT
from explorer_app.canvas.widths import elided, text_width
from explorer_app.model.command import Command
from explorer_app.model.commands import COMMANDS, MENUS
from explorer_app.model.terms import pieces
from explorer_app.model.words import plain
from explorer_app.qt.panels import Panel
from explorer_app.qt.pieces import draw_key, key_width
from explorer_app.qt.querycolors import ink_of
from explorer_app.qt.style import Style, label
from hamilton_ol.graph.select.vocabulary import help_rows

ROW, GAP = 22, 4  # px of a row, between two caps
QUERY = 250  # px that queries take
SIDE, COLUMN, BETWEEN = 24, 270, 40  # px beside columns, of one at least, between two
Part = tuple[str, Sequence["SheetRow"]]
GRAPH = (
    ("Arrows", "to the next card, along its edges"),
    ("Enter", "what it is made of; open a group"),
    ("Space", "select"),
    ("Ctrl+Space", "select one more"),
    ("Shift+Space", "every path to it"),
    ("Plus, Minus", "nearer, further away"),
    ("Menu, Shift+F10", "what can be done with it"),
)
MOUSE = (
    ("click", "select, see what is linked"),
    ("Ctrl+click", "select one more"),
    ("Shift+click", "every path to this node"),
    ("double click", "what it is made of; open a group"),
    ("right click", "what can be done with it"),
    ("Alt+wheel", "one step more or less"),
    ("wheel", "zoom at the pointer"),
    ("drag", "move the graph, or pin a card"),
    ("Shift+drag", "select with a frame"),
)
OTHERS = {"On the graph": GRAPH, "Mouse": MOUSE}
#: So that four columns of them are of much the same height.
ORDER = (
    *("File", "Edit", "Help", "Ask", "Go", "On the graph"),
    *("View", "Mouse", "Groups", "Lens"),
)


class SheetRow(QWidget):
    """What is pressed or asked, and what that does."""

    ROLE = QAccessible.Role.StaticText

    def __init__(self, style: Style, signs: Sequence[str], text: str) -> None:
        super().__init__()
        self._style, self._signs, self._text = style, signs, text
        self.setFixedHeight(ROW)
        self.setAccessibleName(f"{text}: {', '.join(signs)}")

    def _write(self, painter: QPainter, left: float, room: float) -> None:
        font = self._style.theme.font("body")
        painter.setFont(font)
        painter.setPen(self._style.color("text2"))
        painter.drawText(QRectF(left, 0, room, ROW), LEFT, elided(self._text, font, room))


class KeyRow(SheetRow):
    """A command with its keys on caps."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, x = QPainter(self), float(self.width() - 1)
        painter.setRenderHints(HINTS)
        for keys in reversed(self._signs):
            x -= key_width(self._style, keys)
            draw_key(painter, self._style, x, 2, keys)
            x -= GAP
        self._write(painter, 0, x - GAP)
        painter.end()


class QueryRow(SheetRow):
    """A query, in its colours, and what it means."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter, x = QPainter(self), 0.0
        painter.setRenderHints(HINTS)
        font = self._style.theme.font("body", weight=500, mono=True)
        painter.setFont(font)
        for piece in pieces(self._signs[0]):
            painter.setPen(ink_of(self._style, piece))
            painter.drawText(QRectF(x, 0, QUERY, ROW), LEFT, piece.text)
            x += text_width(piece.text, font)
        self._write(painter, QUERY, self.width() - QUERY)
        painter.end()


class Sheet(Panel):
    """Rows under headings, in columns of much the same height."""

    def __init__(
        self,
        style: Style,
        window: QWidget,
        name: str,
        parts: Sequence[Part],
        columns: int,
        wide: int,
    ) -> None:
        self._parts, self._most = parts, columns
        self._body = QWidget()
        self._row = QHBoxLayout(self._body)
        self._row.setContentsMargins(SIDE, 18, SIDE, 8)
        self._row.setSpacing(BETWEEN)
        self._pieces = [_piece(style, *part) for part in parts]
        self._columns: list[QVBoxLayout] = []
        self._arrange(columns)
        super().__init__(style, window, (wide, self._body.sizeHint().height() + 20), name)
        area = QScrollArea()
        area.setWidget(self._body)
        area.setWidgetResizable(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 8, 2, 8)
        outer.addWidget(area)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        room = event.size().width() - 2 * SIDE + BETWEEN
        self._arrange(max(1, min(self._most, room // (COLUMN + BETWEEN))))
        super().resizeEvent(event)

    def _arrange(self, columns: int) -> None:
        if len(self._columns) == columns:
            return
        for column in self._columns:
            self._row.removeItem(column)
            while column.count():
                column.takeAt(0)
        self._columns = []
        pieces = iter(self._pieces)
        for parts in _in_columns(self._parts, columns):
            column = QVBoxLayout()
            column.setSpacing(0)
            for piece in islice(pieces, len(parts)):
                column.addWidget(piece)
            column.addStretch(1)
            self._row.addLayout(column, 1)
            self._columns.append(column)

    def sizeHint(self) -> QSize:
        """As large as what is on it."""
        return QSize(*self._size)

    def open(self) -> None:
        """Show it; keys go to it."""
        super().open()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _piece(style: Style, title: str, rows: Sequence[SheetRow]) -> QWidget:
    """Rows under their heading."""
    piece = QWidget()
    box = QVBoxLayout(piece)
    box.setContentsMargins(0, 0, 0, 18)
    box.setSpacing(4)
    box.addWidget(label(style, title, "body", weight=600))
    for row in rows:
        box.addWidget(row)
    return piece


def _in_columns(parts: Sequence[Part], columns: int) -> list[Sequence[Part]]:
    """Parts one below the other, cut where the longest column is shortest."""
    cuts = combinations(range(1, len(parts)), min(columns, len(parts)) - 1)
    ways = ([*pairwise((0, *cut, len(parts)))] for cut in cuts)
    found = min(ways, key=lambda way: max(_height(parts[begin:end]) for begin, end in way))
    return [parts[begin:end] for begin, end in found]


def _height(parts: Sequence[Part]) -> int:
    """How high a column is, in rows."""
    return sum(len(rows) + 2 for _, rows in parts)


def _caps(command: Command) -> tuple[str, ...]:
    """Its keys; a sign that some keyboards have with Shift is one key."""
    return tuple(key for key in command.keys if key != "Shift+?")


def keys_sheet(style: Style, window: QWidget) -> Sheet:
    """All keys, and what the mouse does."""
    told = {menu: [(_caps(c), c.title) for c in COMMANDS if c.menu == menu] for menu in MENUS}
    told |= {title: [((keys,), text) for keys, text in rows] for title, rows in OTHERS.items()}
    parts: list[Part] = [
        (title, [KeyRow(style, caps, text) for caps, text in told[title] if caps])
        for title in sorted(told, key=ORDER.index)
    ]
    return Sheet(style, window, "All keys", parts, 4, 1340)


def language_sheet(style: Style, window: QWidget) -> Sheet:
    """The query language, from its one table."""
    rows = [QueryRow(style, (query,), plain(text)) for query, text in help_rows()]
    return Sheet(style, window, "The query language", [("Queries", rows)], 1, 820)
