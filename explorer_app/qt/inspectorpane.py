"""The inspector: a page about a node, or a way, as plain text."""

import re

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from explorer_app.canvas.marks import Marks
from explorer_app.canvas.strokes import HINTS, LEFT, MIDDLE, RIGHT, pen
from explorer_app.model.highlight import Span, lines_of
from explorer_app.model.page import Code, Fact, Item, Labels, Line, Page, Section, Step
from explorer_app.qt.icons import draw
from explorer_app.qt.pieces import Pills, Row, elided, text_width
from explorer_app.qt.style import Style, label
from hamilton_ol.graph.scene.names import shown

MARGIN = 16
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


class Icon(QWidget):
    """One icon."""

    def __init__(self, style: Style, name: str, size: int) -> None:
        super().__init__()
        self._style, self._name, self._size = style, name, size
        self.setFixedSize(size, size + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHints(HINTS)
        ink = self._style.color(f"kind.{self._name}")
        draw(painter, self._name, QPointF(0, 2), self._size, ink, 1.3)
        painter.end()


class CodeView(QWidget):
    """Source text with the numbers of its lines; long lines go on below, further to the right."""

    LINE, GUTTER = 17, 44

    def __init__(self, style: Style, code: Code) -> None:
        super().__init__()
        self._style, self._first = style, code.line
        self._lines = lines_of(code.text.expandtabs(4))
        self._rows: list[list[list[Span]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Source")
        self.setAccessibleDescription(shown(code.text, 4000))

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
            if used > indent and used + len(text.rstrip()) > most:
                rows.append([Span(" " * indent, "plain")])
                used = indent
            rows[-1] += run
            used += len(text)
        return rows

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen of it."""
        painter, theme = QPainter(self), self._style.theme
        painter.setRenderHints(HINTS)
        y = 0
        for number, rows in enumerate(self._rows):
            if y + len(rows) * self.LINE >= event.rect().top() and y <= event.rect().bottom():
                painter.setFont(theme.font("micro", weight=400, mono=True))
                painter.setPen(theme.color("dim_text"))
                box = QRectF(0, y, self.GUTTER - 10, self.LINE)
                painter.drawText(box, RIGHT, str(self._first + number))
                self._draw_rows(painter, rows, y)
            y += len(rows) * self.LINE
        painter.end()

    def _draw_rows(self, painter: QPainter, rows: list[list[Span]], y: int) -> None:
        theme = self._style.theme
        font = theme.font("meta", mono=True)
        painter.setFont(font)
        for number, row in enumerate(rows):
            x = float(self.GUTTER)
            for text, kind in row:
                painter.setPen(theme.color("text2" if kind == "plain" else f"code.{kind}"))
                wide = text_width(text, font)
                painter.drawText(QRectF(x, y + number * self.LINE, wide + 4, self.LINE), LEFT, text)
                x += wide


def _indent(line: list[Span]) -> int:
    text = "".join(span.text for span in line)
    return len(text) - len(text.lstrip())


def _runs(line: list[Span], most: int) -> list[list[Span]]:
    """The spans in runs that stay together: each ends after a blank, a comma or at `most`."""
    runs: list[list[Span]] = [[]]
    length = 0
    for text, kind in line:
        for part in _PARTS.findall(shown(text, 2000)):
            for piece in (part[at : at + most] for at in range(0, len(part), most)):
                if length + len(piece) > most:
                    runs.append([])
                    length = 0
                runs[-1].append(Span(piece, kind))
                length += len(piece)
            if part.endswith((" ", ",")) and any(span.text.strip() for span in runs[-1]):
                runs.append([])
                length = 0
    return runs


class InspectorPane(QScrollArea):
    """Shows a page."""

    LEAST = 20  # px that a note needs

    nodeClicked = Signal(int)
    editorRequested = Signal()

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._page: Page | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Inspector")

    @property
    def page(self) -> Page | None:
        """What is shown."""
        return self._page

    def show_page(self, page: Page) -> None:
        """Show another one."""
        if page == self._page:
            return
        self._page = page
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 18, 0, 16)
        box.setSpacing(0)
        self._head(box, page)
        for section in page.sections:
            self._section(box, section)
        box.addStretch(1)
        self.setWidget(body)

    def _indented(self, box: QVBoxLayout, widget: QWidget, below: int, left: int = MARGIN) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(left, 0, MARGIN, below)
        row.addWidget(widget)
        box.addLayout(row)

    def _head(self, box: QVBoxLayout, page: Page) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 2 if page.second else 8)
        row.setSpacing(8)
        if page.kind:
            row.addWidget(Icon(self._style, page.kind, 20), 0, Qt.AlignmentFlag.AlignTop)
        title = label(self._style, page.title, "title", wraps=True)
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(title, 1)
        box.addLayout(row)
        left = MARGIN + 28 if page.kind else MARGIN
        if page.second:
            second = label(self._style, page.second, "meta", "muted", wraps=True)
            self._indented(box, second, 12, left)
        if page.text:
            self._indented(box, label(self._style, page.text, "body", "text2", wraps=True), 10)
        if page.labels:
            self._indented(box, Pills(self._style, page.labels), 12)
        if page.numbers:
            self._indented(box, self._numbers(page), 12)

    def _numbers(self, page: Page) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        for value, name in page.numbers:
            column = QVBoxLayout()
            column.setSpacing(1)
            column.addWidget(label(self._style, value, "title"))
            column.addWidget(label(self._style, name, "meta", "muted"))
            row.addLayout(column, 1)
        return widget

    def _section(self, box: QVBoxLayout, section: Section) -> None:
        box.addWidget(Hairline(self._style))
        box.addWidget(self._heading(section))
        for place, line in enumerate(section.lines):
            is_last = place == len(section.lines) - 1
            box.addWidget(self._line(line, is_last=is_last))
        box.addSpacing(8)

    def _heading(self, section: Section) -> QWidget:
        is_link = section.title == "Source" and bool(section.note)

        def paint(painter: QPainter, rect: QRectF) -> None:
            inner = rect.adjusted(MARGIN, 6, -MARGIN, -2)
            self._text(painter, inner, section.title, "text", "body", 600)
            self._text(painter, inner, section.note, "muted", "meta", 400, is_right=True)

        row = Row(self._style, paint, 34, f"{section.title} {section.note}", is_link=is_link)
        if is_link:
            row.chosen.connect(self.editorRequested)
        return row

    def _text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        ink: str,
        role: str,
        weight: int,
        *,
        is_right: bool = False,
    ) -> float:
        font = self._style.theme.font(role, weight=weight)
        painter.setFont(font)
        painter.setPen(self._style.color(ink))
        cut = elided(shown(text), font, rect.width())
        painter.drawText(rect, RIGHT if is_right else LEFT, cut)
        return text_width(cut, font)

    def _line(self, line: Line, *, is_last: bool) -> QWidget:
        match line:
            case Item():
                return self._item(line)
            case Step():
                return self._step(line, is_last=is_last)
            case Code():
                return CodeView(self._style, line)
            case Labels():
                holder = QWidget()
                box = QVBoxLayout(holder)
                box.setContentsMargins(MARGIN + 22, 3, MARGIN, 3)
                box.addWidget(Pills(self._style, line.labels, line.note))
                return holder
            case Fact():
                return self._fact(line)

    def _item(self, line: Item) -> Row:
        def paint(painter: QPainter, rect: QRectF) -> None:
            ink = self._style.color(f"kind.{line.kind}")
            draw(painter, line.kind, QPointF(MARGIN, rect.top() + 5), 14, ink)
            self._pair(painter, rect.adjusted(MARGIN + 22, 0, -MARGIN, 0), line.text, line.note)

        row = Row(self._style, paint, 24, f"{line.text}, {line.note}", is_link=True)
        row.chosen.connect(lambda: self.nodeClicked.emit(line.node))
        return row

    def _pair(self, painter: QPainter, rect: QRectF, text: str, note: str) -> None:
        """A text at the left, whole if that is possible, and a note at the right."""
        font = self._style.theme.font("body", weight=500)
        wide = min(QFontMetricsF(font).horizontalAdvance(shown(text)) + 4, rect.width())
        self._text(
            painter, QRectF(rect.left(), rect.top(), wide, rect.height()), text, "text", "body", 500
        )
        rest = rect.adjusted(wide + 8, 0, 0, 0)
        if rest.width() > self.LEAST:
            self._text(painter, rest, note, "muted", "meta", 400, is_right=True)

    def _fact(self, line: Fact) -> Row:
        def paint(painter: QPainter, rect: QRectF) -> None:
            left = MARGIN
            if line.status:
                back = self._style.color("surface")
                middle = QPointF(MARGIN + 7, rect.center().y())
                Marks(self._style.theme).status(painter, line.status, middle, 13, back)
                left += 22
            self._pair(painter, rect.adjusted(left, 0, -MARGIN, 0), line.text, line.note)

        return Row(self._style, paint, 24, f"{line.text}, {line.note}")

    def _step(self, line: Step, *, is_last: bool) -> Row:
        def paint(painter: QPainter, rect: QRectF) -> None:
            middle = QPointF(MARGIN + 9, rect.top() + 11)
            painter.setPen(pen(self._style.color("path"), 1.5))
            if line.mark != "A":
                painter.drawLine(QPointF(middle.x(), rect.top()), middle)
            if not is_last:
                painter.drawLine(middle, QPointF(middle.x(), rect.bottom()))
            painter.setBrush(self._style.color("surface"))
            painter.drawEllipse(middle, 9, 9)
            painter.setFont(self._style.theme.font("micro", weight=600))
            painter.setPen(self._style.color("path"))
            painter.drawText(QRectF(middle.x() - 9, middle.y() - 9, 18, 18), MIDDLE, line.mark)
            inner = QRectF(MARGIN + 28, rect.top(), rect.width() - 2 * MARGIN - 28, 22)
            self._text(painter, inner, line.text, "text", "body", 500)
            below = inner.translated(0, 18)
            below.setHeight(16)
            self._text(painter, below, line.note, "muted", "meta", 400)

        row = Row(self._style, paint, 42, f"{line.mark}, {line.text}, {line.note}", is_link=True)
        row.chosen.connect(lambda: self.nodeClicked.emit(line.node))
        return row
