"""What may be typed next, below the query bar; and what is wrong with what is typed."""

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer_app.canvas.accessible import announce
from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT, fill, pen
from explorer_app.canvas.widths import elided, elided_name, text_width
from explorer_app.model.judgement import Judgement
from explorer_app.model.session import Session
from explorer_app.model.words import plain, sentences
from explorer_app.qt.icons import draw
from explorer_app.qt.querychips import Chip, draw_chip, laid_out
from explorer_app.qt.style import Style
from hamilton_ol.errors import QueryError
from hamilton_ol.graph.scene.kinds import kind_of
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.select.completion import Candidate, Completion, complete

ROW, MOST, WIDTH = 26, 9, 560
EDGE, SIDE, CHIPS = 6, 14, 30
ICONS = {"field": "layers", "function": "command", "saved": "bookmark", "operator": "right"}
WRAPPED = LEFT | Qt.TextFlag.TextWordWrap
SELDOM = frozenset({"(", "not"})
NOTHING_IN_ALL = "Nothing is in all of these:"


class Completions(QWidget):
    """A list in front of the window's other widgets; the line keeps the focus.

    Attributes:
        candidates: what is listed.
        problem: a sentence about what is typed, empty where nothing is wrong.
        chips: each term with what it means alone, where all of them together mean nothing.
    """

    ROLE = QAccessible.Role.StaticText  # which is marked is announced
    chosen = Signal(int, int, str)  # start, end of what is replaced, by what

    def __init__(self, style: Style, bar: QWidget) -> None:
        super().__init__(bar)
        self._style = style
        self._found = Completion(0, 0, ())
        self._current = -1
        self._session: Session | None = None
        self._parts: tuple[tuple[str, int], ...] = ()
        self._asked: tuple[object, ...] = ()
        self.candidates: tuple[Candidate, ...] = ()
        self.problem = ""
        self.chips: list[Chip] = []
        self.hide()

    def ask(self, session: Session, text: str, at: int, judged: Judgement) -> None:
        """Find what may stand at a place of a text, and what is wrong."""
        asked = (session, text, at, *session.saved)
        if asked != self._asked:
            self._asked, self._session = asked, session
            self._found = complete(session.graph, text, at, session.saved)
            self.candidates = _ordered(self._found.candidates)[:MOST]
            self._current = -1
        self._parts = judged.parts
        self.problem = NOTHING_IN_ALL if judged.parts else self._problem(text, at, judged.error)
        self.setAccessibleName(self.problem or ", ".join(shown(c.text) for c in self.candidates))
        self.setVisible(bool(self.candidates or self.problem))
        self.update()

    def _problem(self, text: str, at: int, error: QueryError | None) -> str:
        """What is wrong; a word that is being typed may still become right."""
        is_being_typed = error is not None and error.end >= at == len(text)
        if error is None or not text.strip() or (is_being_typed and self.candidates):
            return ""
        return sentence(error)

    def tell(self, error: QueryError) -> None:
        """Say only what is wrong."""
        self._asked, self._parts, self.candidates = (), (), ()
        self.problem = sentence(error)
        self.setAccessibleName(self.problem)
        self.show()

    def move_below(self, bar: QWidget) -> None:
        """Stand below the bar, before everything else."""
        window = bar.window()
        if self.parentWidget() is not window:
            is_visible = not self.isHidden()
            self.setParent(window)
            self.setVisible(is_visible)
        wide = min(WIDTH, bar.width())
        height = len(self.candidates) * ROW + self._foot(wide) + 2 * EDGE
        corner = bar.mapTo(window, QPoint(0, bar.height() + 4))
        self.setGeometry(corner.x(), corner.y(), wide, height)
        top = height - EDGE - CHIPS
        counts, room = dict(self._parts), wide - 2 * SIDE
        self.chips = laid_out(self._style, list(counts), counts, QPointF(SIDE, top), room)
        self.raise_()

    def _foot(self, wide: int) -> int:
        """How high the problem is."""
        if not self.problem:
            return 0
        metrics = QFontMetricsF(self._style.theme.font("meta"))
        box = QRectF(0, 0, wide - 2 * SIDE, 400)
        return (
            round(metrics.boundingRect(box, WRAPPED, self.problem).height())
            + 14
            + (CHIPS if self._parts else 0)
        )

    def step(self, by: int) -> None:
        """Mark the next one."""
        if self.candidates:
            first = 0 if by > 0 else -1
            moved = first if self._current < 0 else self._current + by
            self._current = moved % len(self.candidates)
            self.setAccessibleName(shown(self.candidates[self._current].text))
            announce(self, self.accessibleName())
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
        place = int((event.position().y() - EDGE) // ROW)
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
            box = QRectF(EDGE, EDGE + place * ROW, self.width() - 2 * EDGE, ROW)
            self._row(painter, box, candidate, is_current=place == self._current)
        if self.problem:
            top = EDGE + len(self.candidates) * ROW
            high = self._foot(self.width()) - (CHIPS if self.chips else 0)
            painter.setFont(style.theme.font("meta"))
            painter.setPen(style.color("status.failed"))
            painter.drawText(
                QRectF(SIDE, top, self.width() - 2 * SIDE, high), WRAPPED, self.problem
            )
        for chip in self.chips:
            draw_chip(painter, style, chip._replace(term=""))
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
        text = elided_name(shown(candidate.text), font, box.width() - 60)
        painter.drawText(box.adjusted(30, 0, 0, 0), LEFT, text)
        wide = text_width(text, font)
        meta = style.theme.font("meta")
        painter.setFont(meta)
        painter.setPen(style.color("muted"))
        room = box.width() - wide - 60
        painter.drawText(
            box.adjusted(0, 0, -8, 0), RIGHT, elided(shown(plain(candidate.doc)), meta, room)
        )

    def _icon(self, candidate: Candidate) -> str:
        if self._session is None or candidate.kind != "name":
            return "right"
        found = self._session.graph.names.all_of(candidate.text.strip('"'))
        return kind_of(self._session.graph.nodes[found[0]]) if found else "function"


def _ordered(found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """What begins a query comes first; a bracket or a `not` is seldom meant."""
    if any(c.kind == "operator" and c.text not in SELDOM for c in found):
        return found
    return tuple(sorted(found, key=lambda candidate: candidate.kind == "operator"))


def sentence(error: QueryError) -> str:
    """What is wrong with a query, and the way out."""
    return shown(sentences(str(error), error.hint), 300)
