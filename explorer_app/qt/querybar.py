"""The query bar: what is asked as chips, what is typed in colours, its count, its mistake."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT, pen
from explorer_app.canvas.widths import elided, text_width
from explorer_app.model.session import Session
from explorer_app.model.status import answer_of
from explorer_app.model.terms import narrowed, terms, without
from explorer_app.qt.buttons import Button
from explorer_app.qt.completions import Completions, sentence
from explorer_app.qt.icons import draw
from explorer_app.qt.pieces import draw_key, key_width
from explorer_app.qt.querychips import Chip, draw_chip, laid_out
from explorer_app.qt.querycolors import color
from explorer_app.qt.style import Style
from explorer_app.qt.units import characters, units

HEIGHT, LEFT_SIDE = 34, 34
NARROW = 420  # px of a bar that has room for the number only


class QueryBar(QWidget):
    """Shows the query of a session; writes another one.

    In rest it shows each term as a chip, and what is typed behind them narrows further. Editing
    shows the whole text.
    """

    asked = Signal(str)
    savedWanted = Signal()  # the queries that have a name
    left = Signal()  # back to the canvas

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style
        self._session: Session | None = None
        self._is_editing = False
        self._chips: list[Chip] = []
        self.edit = QLineEdit(self)
        self.edit.setObjectName("plain")
        self.edit.setFont(style.theme.font("body", weight=500, mono=True))
        self.edit.setAccessibleName("Query")
        self.edit.textEdited.connect(self._typed)
        self.edit.cursorPositionChanged.connect(lambda *_: self._complete())
        self.edit.installEventFilter(self)
        self.completions = Completions(style, self)
        self.completions.chosen.connect(self._accept)
        self.saved = Button(style, "bookmark", name="Saved queries", key="Ctrl+S")
        self.saved.setParent(self)
        self.saved.clicked.connect(self.savedWanted)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(320)

    def set_session(self, session: Session | None) -> None:
        """Ask another graph."""
        self._session = session
        self.refresh()

    def refresh(self) -> None:
        """The sets have changed."""
        if self._session is not None and self._session.error is None:
            self._is_editing = False
            self.edit.setText("")
        self.edit.setAccessibleDescription(self.problem or self._asked())
        self._place()

    @property
    def problem(self) -> str:
        """Why what was asked has no answer; empty if it has one."""
        error = self._session.error if self._session is not None else None
        return sentence(error) if error is not None else ""

    def _asked(self) -> str:
        """What is asked already, for whom the chips are not seen."""
        session = self._session
        return answer_of(session) if session is not None and session.state.query else ""

    @property
    def query(self) -> str:
        """What would be asked now."""
        typed, session = self.edit.text().strip(), self._session
        if self._is_editing or session is None or not session.state.query:
            return typed
        before = session.state.query
        return narrowed(before, typed) if typed else before

    # --- what a person does ----------------------------------------------------------------------

    def start_editing(self) -> None:
        """The whole query as text, selected, so that typing begins a new one."""
        self._is_editing = True
        self.edit.setText(self._session.state.query if self._session else "")
        self._place()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        self._complete()

    def _typed(self) -> None:
        self._complete()
        self._place()

    def _complete(self) -> None:
        if self._session is None or not self.edit.hasFocus():
            return
        text = self.edit.text()
        wanted = self.query if self._session.judge(text).error is None else text
        judged = self._session.judge(wanted)
        at = characters(text, self.edit.cursorPosition())
        self.completions.ask(self._session, text, at, judged)
        self.completions.move_below(self)
        self.update()

    def _accept(self, start: int, end: int, text: str) -> None:
        line = self.edit.text()
        self.edit.setText(line[:start] + text + line[end:])
        self.edit.setCursorPosition(units(line[:start] + text))
        self._typed()

    def submit(self) -> None:
        """Ask what is typed."""
        self.completions.hide()
        self.asked.emit(self.query)
        session = self._session
        if session is None:
            return
        if session.error is None:
            self.left.emit()
        else:
            self.completions.tell(session.error)
            self.completions.move_below(self)

    def give_up(self) -> None:
        """Leave it as it was."""
        self.completions.hide()
        self._is_editing = False
        self.edit.setText("")
        if self._session is not None:
            self._session.drop_mistake()
        self._place()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean something besides letters."""
        if watched is self.edit and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key(event)
        if watched is self.edit and isinstance(event, QFocusEvent):
            if event.type() == QEvent.Type.FocusOut:
                self.completions.hide()
            self.update()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, is_open = event.key(), self.completions.isVisible()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not (is_open and self.completions.accept(only_chosen=True)):
                self.submit()
        elif key == Qt.Key.Key_Escape:
            self.completions.hide() if is_open and self.edit.text() else self.give_up()
        elif key == Qt.Key.Key_Tab and is_open:
            self.completions.accept(only_chosen=False)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and is_open:
            self.completions.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Backspace and not self.edit.text() and self._chips:
            self.start_editing()
            self.edit.end(False)
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A chip's cross takes it away, the chip itself edits, elsewhere one narrows further."""
        for chip in self._chips:
            if chip.box.contains(event.position()):
                if chip.is_on_cross(event.position()) and self._session is not None:
                    self.asked.emit(without(self._session.state.query, chip.term))
                else:
                    self.start_editing()
                return
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)
        self._complete()

    # --- how it looks ----------------------------------------------------------------------------

    def _place(self) -> None:
        """Chips first, the line behind them."""
        typing = 112 if self.width() >= NARROW else 40
        room = self.width() - self._right_side() - typing - LEFT_SIDE
        self._chips = []
        if self._session is not None and not self._is_editing:
            query = self._session.state.query
            counts = dict(self._session.judge(query).parts)
            corner = QPointF(LEFT_SIDE, 5)
            self._chips = laid_out(self._style, terms(query), counts, corner, room)
        left = round(self._chips[-1].box.right() + 8) if self._chips else LEFT_SIDE - 4
        wide = max(self.width() - left - self._right_side(), 80)
        self.edit.setGeometry(left, 1, wide, HEIGHT - 2)
        self.saved.setGeometry(self.width() - self._key_side() - 32, 3, 28, 28)
        self._color()
        self.update()

    def _key_side(self) -> int:
        return 10 + round(key_width(self._style, "/"))

    def _right_side(self) -> int:
        wide = text_width(self._count(), self._style.theme.font("body", weight=600))
        return round(wide) + self._key_side() + 54

    def _count(self) -> str:
        """How many nodes what is typed means, or what is asked, and whether the rest is left out."""
        session = self._session
        if session is None:
            return ""
        is_typed = self._is_editing or bool(self.edit.text().strip())
        count = session.judge(self.query if is_typed else session.state.query).nodes
        all_ = f"{len(session.graph):,} nodes"
        if count is None:
            return ""
        only = "only " if session.state.is_isolated and not is_typed else ""
        if self.width() < NARROW:
            return f"{only}{count:,}"
        return f"{only}{count:,} of {all_}" if self.query.strip() else all_

    def _color(self) -> None:
        text = self.edit.text()
        error = self._session.judge(text).error if self._session and text.strip() else None
        if self.completions.isVisible() and not self.completions.problem:
            error = None  # what is being typed may still become right
        color(self.edit, self._style, error)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """More or less room."""
        self._place()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(800, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw field, chips, count."""
        painter, style = QPainter(self), self._style
        painter.setRenderHints(HINTS)
        has_focus = self.edit.hasFocus()
        is_wrong = self._session is not None and self._session.error is not None
        edge = "status.failed" if is_wrong else "accent" if has_focus else "border_strong"
        painter.setPen(pen(style.color(edge), 1.5 if has_focus else 1))
        painter.setBrush(style.color("canvas"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        draw(painter, "search", QPointF(11, 10), 14, style.color("muted"), 1.5)
        for chip in self._chips:
            draw_chip(painter, style, chip)
        right = self._draw_right(painter)
        if not self.edit.text():
            self._draw_hint(painter, right)
        painter.end()

    def _draw_hint(self, painter: QPainter, right: float) -> None:
        """What may be written, where there is room for all of it; or why there is no answer."""
        style, left = self._style, self.edit.geometry().left() + 10
        font, room = style.theme.font("body"), right - 10 - left
        hint = "narrow further" if self._chips else "ask:  +model   age..model   tag:PII=true+"
        hint, ink = (self.problem, "status.failed") if self.problem else (hint, "muted")
        if self.problem or text_width(hint, font) <= room:
            painter.setFont(font)
            painter.setPen(style.color(ink))
            painter.drawText(QRectF(left, 0, room, HEIGHT), LEFT, elided(hint, font, room))

    def _draw_right(self, painter: QPainter) -> float:
        """Draw the key and the count; where that begins."""
        style, x = self._style, self.width() - self._key_side()
        draw_key(painter, style, x, 8, "/")
        font, count = style.theme.font("body", weight=600), self._count()
        painter.setFont(font)
        painter.setPen(style.color("text2"))
        painter.drawText(QRectF(0, 0, x - 40, HEIGHT), RIGHT, count)
        return x - 40 - text_width(count, font)
