"""Source text, icons and lines of the inspector."""

import re
from collections.abc import Callable
from unicodedata import east_asian_width

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer_app.canvas.marks import Marks
from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT
from explorer_app.canvas.widths import text_width
from explorer_app.model.highlight import Span, lines_of
from explorer_app.model.page import Code
from explorer_app.qt.icons import draw
from explorer_app.qt.style import Style
from hamilton_ol.graph.scene.names import shown

_PARTS = re.compile(r"\s+|[^\s,]+,? ?|,")


class Hairline(QWidget):
    """A line between sections."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._style.color("border"))
        painter.end()


class Sign(QWidget):
    """One sign beside a text.

    Args:
        size: px.
        draw: draws it.
    """

    def __init__(self, size: int, draw: Callable[[QPainter], object]) -> None:
        super().__init__()
        self._draw = draw
        self.setFixedSize(size, size + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHints(HINTS)
        self._draw(painter)
        painter.end()


def icon(style: Style, kind: str, size: int) -> Sign:
    """The icon of a kind."""

    def drawn(painter: QPainter) -> None:
        draw(painter, kind, QPointF(0, 2), size, style.color(f"kind.{kind}"), 1.3)

    return Sign(size, drawn)


def status(style: Style, name: str, size: int) -> Sign:
    """The mark of how something ended."""

    def drawn(painter: QPainter) -> None:
        middle = QPointF(size / 2, size / 2 + 2)
        Marks(style.theme).status(painter, name, middle, size - 2, style.color("surface"))

    return Sign(size, drawn)


class CodeView(QWidget):
    """Source text with the numbers of its lines; long lines go on below, further to the right."""

    ROLE = QAccessible.Role.StaticText
    LINE, GUTTER = 17, 44

    def __init__(self, style: Style, code: Code) -> None:
        super().__init__()
        self._style, self._first = style, code.line
        self._marked, self._word = code.marked, code.word
        self._lines = lines_of(code.text.expandtabs(4))
        self._rows: list[list[list[Span]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        lines = (shown(line, 2000) for line in code.text.expandtabs(4).splitlines())
        self.setAccessibleName("\n".join(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its lines."""
        self._rows = [self._wrapped(line, event.size().width()) for line in self._lines]
        self.setFixedHeight(sum(map(len, self._rows)) * self.LINE)

    def _wrapped(self, line: list[Span], width: int) -> list[list[Span]]:
        font = self._style.theme.font("meta", mono=True)
        most = max(int((width - self.GUTTER - 12) / text_width("0", font)), 12)
        rows: list[list[Span]] = [[]]
        used, indent = 0, min(_indent(line) + 4, most // 2)
        for run in _runs(line, most - indent):
            text = "".join(text for text, _ in run)
            if used > indent and used + cells(text.rstrip()) > most:
                first, *rest = run
                begin = first._replace(text=first.text.lstrip())  # without the blank before it
                rows.append([Span(" " * indent, "plain"), begin, *rest])
                used = indent + cells(text.lstrip())
                continue
            rows[-1] += run
            used += cells(text)
        return rows

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen of it."""
        painter, theme = QPainter(self), self._style.theme
        painter.setRenderHints(HINTS)
        y = 0
        for number, rows in enumerate(self._rows):
            if y + len(rows) * self.LINE >= event.rect().top() and y <= event.rect().bottom():
                if number == self._marked:
                    high = len(rows) * self.LINE
                    painter.fillRect(0, y, self.width(), high, theme.color("selection"))
                painter.setFont(theme.font("micro", weight=400, mono=True))
                painter.setPen(theme.color("muted"))
                box = QRectF(0, y, self.GUTTER - 10, self.LINE)
                painter.drawText(box, RIGHT, str(self._first + number))
                self._draw_rows(painter, rows, y, self._word if number == self._marked else "")
            y += len(rows) * self.LINE
        painter.end()

    def _draw_rows(self, painter: QPainter, rows: list[list[Span]], y: int, word: str) -> None:
        theme = self._style.theme
        font = theme.font("meta", mono=True)
        painter.setFont(font)
        for number, row in enumerate(rows):
            x = float(self.GUTTER)
            for text, kind in row:
                painter.setPen(theme.color("text2" if kind == "plain" else f"code.{kind}"))
                wide = text_width(text, font)
                if word and text.rstrip(" ,:=") == word:
                    line = QRectF(x, y + number * self.LINE + self.LINE - 2, wide, 2)
                    painter.fillRect(line, theme.color("accent"))
                painter.drawText(QRectF(x, y + number * self.LINE, wide + 4, self.LINE), LEFT, text)
                x += wide


def cells(text: str) -> int:
    """How many letters of the font are as wide as a text: those of East Asia take two."""
    return len(text) if text.isascii() else sum(1 + (east_asian_width(c) in "WF") for c in text)


def _indent(line: list[Span]) -> int:
    text = "".join(span.text for span in line)
    return len(text) - len(text.lstrip())


def _runs(line: list[Span], most: int) -> list[list[Span]]:
    """The spans in runs that stay together: each ends after a blank, a comma or at `most`.

    What is annotated or a key stays with what is written behind its colon.
    """
    runs: list[list[Span]] = [[]]
    length = 0
    for text, kind in line:
        for part in _PARTS.findall(shown(text, 2000)):
            size = most if part.isascii() else most // 2
            for piece in (part[at : at + size] for at in range(0, len(part), size)):
                if length + cells(piece) > most:
                    runs.append([])
                    length = 0
                runs[-1].append(Span(piece, kind))
                length += cells(piece)
            if part.endswith((" ", ",")) and _may_end("".join(span.text for span in runs[-1])):
                runs.append([])
                length = 0
    return runs


def _may_end(text: str) -> bool:
    return bool(text.strip()) and not text.rstrip().endswith(":")
