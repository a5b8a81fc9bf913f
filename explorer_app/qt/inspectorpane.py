"""The inspector: a page about a node, or a way, as plain text."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from explorer_app.canvas.idle import IdleCall
from explorer_app.canvas.marks import Marks
from explorer_app.canvas.strokes import LEFT, MIDDLE, RIGHT, fill, pen
from explorer_app.canvas.widths import elided_name, text_width
from explorer_app.model.page import (
    Address,
    Alert,
    Code,
    Fact,
    Item,
    Labels,
    Line,
    Page,
    Section,
    Share,
    Step,
)
from explorer_app.qt.addressrow import AddressRow
from explorer_app.qt.buttons import Heading, LinkRow, Row
from explorer_app.qt.codeview import CodeView, Hairline, icon, status
from explorer_app.qt.icons import draw
from explorer_app.qt.pieces import Column, Pills, held
from explorer_app.qt.prose import Prose
from explorer_app.qt.style import Style, label
from hamilton_ol.graph.scene.names import shown

MARGIN = 16


class InspectorPane(QScrollArea):
    """Shows a page."""

    LEAST = 20  # px that a note needs
    AT_ONCE = 8  # lines; of more the rest follows, so that nobody waits for them

    nodeClicked = Signal(int)
    editorRequested = Signal()
    addressChosen = Signal(str)

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._page: Page | None = None
        self._rest: Iterator[bool] = iter(())
        self._next = IdleCall(self._fill, self)
        self._made: QWidget | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def page(self) -> Page | None:
        """What is shown."""
        return self._page

    def show_page(self, page: Page) -> None:
        """Show another one."""
        self.make_page(page)
        self.put_page()

    def make_page(self, page: Page) -> None:
        """Make another one ready; what is shown stays."""
        if page == self._page:
            return
        self._page = page
        if self._made is not None:
            self._made.deleteLater()
        body = self._made = QWidget(self.viewport())
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 2, 0, 16)
        box.setSpacing(0)
        self._rest = self._filled(box, page)
        self._fill()
        for part in body.findChildren(QWidget):
            part.ensurePolished()

    def put_page(self) -> None:
        """Show the one that is ready."""
        if self._made is not None:
            self.setWidget(self._made)
            self._made = None

    def _fill(self) -> None:
        """Add what comes next, if there is more."""
        if next(self._rest, None):
            self._next.start()

    def _filled(self, box: QVBoxLayout, page: Page) -> Iterator[bool]:
        """Fill a page; in between there is time for others."""
        self._head(box, page)
        part, lines = Column(), 0
        for section in page.sections:
            for line in self._section(part.box, section):
                part.box.addWidget(line)
                lines += 1
                if not lines % self.AT_ONCE:
                    box.addWidget(part)
                    yield True
                    part = Column()
            part.box.addSpacing(8)
        box.addWidget(part)
        box.addStretch(1)

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
            row.addWidget(icon(self._style, page.kind, 20), 0, Qt.AlignmentFlag.AlignTop)
        elif page.status:
            row.addWidget(status(self._style, page.status, 20), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Prose(self._style, page.title, "title"), 1)
        box.addLayout(row)
        left = MARGIN + 28 if page.kind or page.status else MARGIN
        if page.second:
            self._indented(box, Prose(self._style, page.second, "meta", "muted"), 12, left)
        if page.text:
            self._indented(box, Prose(self._style, page.text, "body", "text2"), 10)
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

    def _section(self, box: QVBoxLayout, section: Section) -> Iterator[QWidget]:
        """Begin a section; its lines."""
        box.addWidget(Hairline(self._style))
        if section.title:
            box.addWidget(self._heading(section))
        else:
            box.addSpacing(8)
        for place, line in enumerate(section.lines):
            row = self._line(line, is_last=place == len(section.lines) - 1)
            if section.title:
                row.setAccessibleDescription(section.title)  # for whoever goes there by key
            yield row

    def _heading(self, section: Section) -> QWidget:
        is_link = section.title == "Source" and bool(section.note)

        def paint(painter: QPainter, rect: QRectF) -> None:
            inner = rect.adjusted(MARGIN, 6, -MARGIN, -2)
            self._text(painter, inner, section.title, "text", "body", 600)
            self._text(painter, inner, section.note, "muted", "meta", 400, is_right=True)

        given = self._style, paint, 34, f"{section.title} {section.note}"
        if not is_link:
            return Heading(*given)
        row = LinkRow(*given)
        row.clicked.connect(self.editorRequested)
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
        cut = elided_name(shown(text), font, rect.width())
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
                return held(Pills(self._style, line.labels, line.note), MARGIN + 22, 3, MARGIN, 3)
            case Fact():
                return self._fact(line)
            case Share():
                return self._share(line)
            case Address():
                found = AddressRow(self._style, line.text, MARGIN)
                found.clicked.connect(lambda: self.addressChosen.emit(line.text))
                return found
            case Alert():
                text = Prose(self._style, line.text, "name", "status.failed", 400)
                return held(text, MARGIN, 3, MARGIN, 5)

    def _item(self, line: Item) -> LinkRow:
        def paint(painter: QPainter, rect: QRectF) -> None:
            ink = self._style.color("barrier" if line.kind == "barrier" else f"kind.{line.kind}")
            draw(painter, line.kind, QPointF(MARGIN, rect.top() + 5), 14, ink)
            self._pair(painter, rect.adjusted(MARGIN + 22, 0, -MARGIN, 0), line.text, line.note)

        return self._linked(LinkRow(self._style, paint, 24, f"{line.text}, {line.note}"), line)

    def _linked(self, row: LinkRow, line: Item | Step | Share) -> LinkRow:
        """The row, of which a click leads to its node."""
        row.clicked.connect(lambda: self.nodeClicked.emit(line.node))
        return row

    def _pair(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        note: str,
        ink: str = "text",
        weight: int = 500,
    ) -> None:
        """A text at the left, whole if that is possible, and a note at the right; a short one stays."""
        font = self._style.theme.font
        beside = text_width(shown(note), font("meta")) + 9
        room = rect.width() - (beside if beside < rect.width() / 4 else 0)
        wide = min(text_width(shown(text), font("body", weight=weight)) + 4, room)
        self._text(painter, rect.adjusted(0, 0, wide - rect.width(), 0), text, ink, "body", weight)
        rest = rect.adjusted(wide + 8, 0, 0, 0)
        if rest.width() > self.LEAST:
            self._text(painter, rest, note, "muted", "meta", 400, is_right=True)

    def _share(self, line: Share) -> LinkRow:
        def paint(painter: QPainter, rect: QRectF) -> None:
            inner = rect.adjusted(MARGIN, 0, -MARGIN, -6)
            self._pair(painter, inner, line.text, line.note)
            bar = QRectF(inner.left(), inner.bottom(), inner.width(), 3)
            fill(painter, self._style.color("sunken"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
            fill(painter, self._style.color("heat.4"))
            bar.setWidth(max(bar.width() * min(line.share, 1.0), 3))
            painter.drawRoundedRect(bar, 1.5, 1.5)

        return self._linked(LinkRow(self._style, paint, 31, f"{line.text}, {line.note}"), line)

    def _fact(self, line: Fact) -> Row:
        def paint(painter: QPainter, rect: QRectF) -> None:
            left, ink, weight = MARGIN, "text", 500
            if line.is_quiet:
                ink, weight = "text2", 400
            if line.status:
                back = self._style.color("surface")
                middle = QPointF(MARGIN + 7, rect.center().y())
                Marks(self._style.theme).status(painter, line.status, middle, 13, back)
                left += 22
            self._pair(
                painter, rect.adjusted(left, 0, -MARGIN, 0), line.text, line.note, ink, weight
            )

        return Row(self._style, paint, 24, f"{line.text}, {line.note}")

    def _step(self, line: Step, *, is_last: bool) -> LinkRow:
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

        name = f"{line.mark}, {line.text}, {line.note}"
        return self._linked(LinkRow(self._style, paint, 42, name), line)
