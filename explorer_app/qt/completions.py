"""What may be typed next, below the query bar; and what is wrong with what is typed."""

from PySide6.QtCore import QPoint, QPointF, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT, fill, pen
from explorer_app.model.session import Session
from explorer_app.model.terms import counts
from explorer_app.qt.icons import draw
from explorer_app.qt.pieces import elided, text_width
from explorer_app.qt.style import Style
from hamilton_ol.errors import QueryError
from hamilton_ol.graph.scene.kinds import kind_of
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.select.completion import Candidate, Completion, complete

ROW, MOST, WIDTH = 26, 9, 560
ICONS = {"field": "layers", "function": "command", "saved": "search", "operator": "right"}


class Completions(QWidget):
    """A list in front of the window's other widgets; the line keeps the focus.

    Attributes:
        candidates: what is listed.
        problem: a sentence about what is typed, empty where nothing is wrong.
    """

    chosen = Signal(int, int, str)  # start, end of what is replaced, by what

    def __init__(self, style: Style, bar: QWidget) -> None:
        super().__init__(bar)
        self._style = style
        self._found = Completion(0, 0, ())
        self._current = -1
        self._session: Session | None = None
        self.candidates: tuple[Candidate, ...] = ()
        self.problem = ""
        self.hide()

    def ask(self, session: Session, text: str, at: int) -> None:
        """Find what may stand at a place, and what is wrong."""
        self._session = session
        self._found = complete(session.graph, text, at, session.saved)
        self.candidates = self._found.candidates[:MOST]
        self._current = -1
        self.problem = self._problem(session, text)
        self.setVisible(bool(self.candidates or self.problem))
        self.update()

    def _problem(self, session: Session, text: str) -> str:
        if not text.strip():
            return ""
        error = session.query_error(text)
        if error is not None:
            return _sentence(error)
        found = counts(session.graph, text)
        if session.count(text) == 0 and len(found) > 1:
            return "Nothing is in all of these: " + ",  ".join(f"{t}  {n}" for t, n in found)
        return ""

    def move_below(self, bar: QWidget) -> None:
        """Stand below the bar, before everything else."""
        window = bar.window()
        if self.parentWidget() is not window:
            is_visible = not self.isHidden()
            self.setParent(window)
            self.setVisible(is_visible)
        height = len(self.candidates) * ROW + (30 if self.problem else 0) + 12
        corner = bar.mapTo(window, QPoint(0, bar.height() + 4))
        self.setGeometry(corner.x(), corner.y(), min(WIDTH, bar.width()), height)
        self.raise_()

    def step(self, by: int) -> None:
        """Mark the next one."""
        if self.candidates:
            first = 0 if by > 0 else -1
            moved = first if self._current < 0 else self._current + by
            self._current = moved % len(self.candidates)
            self.update()

    def accept(self, *, only_chosen: bool) -> bool:
        """Take the marked one, or the first; whether there was one."""
        place = self._current if only_chosen or self._current >= 0 else 0
        if not 0 <= place < len(self.candidates):
            return False
        self.chosen.emit(self._found.start, self._found.end, self.candidates[place].text)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the one that is clicked."""
        place = int((event.position().y() - 6) // ROW)
        if 0 <= place < len(self.candidates):
            self._current = place
            self.accept(only_chosen=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter, style = QPainter(self), self._style
        painter.setRenderHints(HINTS)
        painter.setPen(pen(style.color("border_strong")))
        painter.setBrush(style.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        for place, candidate in enumerate(self.candidates):
            box = QRectF(6, 6 + place * ROW, self.width() - 12, ROW)
            self._row(painter, box, candidate, is_current=place == self._current)
        if self.problem:
            y = 6 + len(self.candidates) * ROW
            painter.setFont(style.theme.font("meta"))
            painter.setPen(style.color("status.failed"))
            font = style.theme.font("meta")
            text = elided(shown(self.problem, 300), font, self.width() - 28)
            painter.drawText(QRectF(14, y, self.width() - 24, 28), LEFT, text)
        painter.end()

    def _row(
        self, painter: QPainter, box: QRectF, candidate: Candidate, *, is_current: bool
    ) -> None:
        style = self._style
        if is_current:
            fill(painter, style.color("selection"))
            painter.drawRoundedRect(box, 5, 5)
        icon = ICONS.get(candidate.kind) or self._icon(candidate)
        draw(painter, icon, QPointF(box.left() + 8, box.top() + 6.5), 13, style.color("muted"))
        font = style.theme.font("body", weight=500, mono=True)
        painter.setFont(font)
        painter.setPen(style.color("text"))
        text = elided(shown(candidate.text), font, box.width() - 60)
        painter.drawText(box.adjusted(30, 0, 0, 0), LEFT, text)
        wide = text_width(text, font)
        meta = style.theme.font("meta")
        painter.setFont(meta)
        painter.setPen(style.color("muted"))
        room = box.width() - wide - 60
        painter.drawText(box.adjusted(0, 0, -8, 0), RIGHT, elided(shown(candidate.doc), meta, room))

    def _icon(self, candidate: Candidate) -> str:
        if self._session is None or candidate.kind != "name":
            return "right"
        found = self._session.graph.names.all_of(candidate.text.strip('"'))
        return kind_of(self._session.graph.nodes[found[0]]) if found else "function"


def _sentence(error: QueryError) -> str:
    return f"{str(error).rstrip('.')}. {error.hint}".strip()
