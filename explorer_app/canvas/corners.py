"""Marks on the corners and sides of one card."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explorer_app.canvas.appearance import Card, Look
from explorer_app.canvas.inks import Inks
from explorer_app.canvas.marks import Marks
from explorer_app.canvas.strokes import NO_BRUSH
from explorer_app.canvas.theme import Theme

BRIEF = 20.0  # size of a mark on a chip, and its place from the right side
_STATUS_REACH = {"artifact": 18.0, "saver": 21.0, "validator": 21.0}  # from the right side


class Corners(Inks):
    """Paints them in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.marks = Marks(theme)

    def corners(
        self, painter: QPainter, card: Card, look: Look, rect: QRectF, *, brief: bool = False
    ) -> None:
        """Marks of status, change, ends, barrier and path; large ones where cards are small."""
        painter.setBrush(NO_BRUSH)
        if look.dim and look.status == "ok":  # what steps back and is as usual needs no mark
            look = look._replace(status="")
        if look.status and brief and look.status != "failed":
            at = QPointF(rect.right() - BRIEF, rect.top() + card.head / 2)
            ink = self.ink(look) if look.heat is not None else None
            self.marks.status(painter, look.status, at, BRIEF, self.head_of(look), ink)
        elif look.status:
            self._status(painter, card, look, rect)
        if look.mark:
            self.marks.change(painter, look.mark, rect.topLeft() + QPointF(1, 1))
        if look.ends:
            self.marks.end(painter, QPointF(rect.right(), rect.top() + card.head / 2))
        for number, ends in enumerate(look.row_ends):
            if ends:
                y = rect.top() + card.row_middle(number)
                # in place of its port: edges of the next rows are close
                self.marks.end(painter, QPointF(rect.right(), y), 0)
        if look.barrier:
            self.marks.barrier(painter, QPointF(rect.right(), rect.center().y()))
        if look.letter:
            self._letter(painter, card, look, rect)

    def _status(self, painter: QPainter, card: Card, look: Look, rect: QRectF) -> None:
        small_one = rect.height() <= 30
        middle = rect.center().y()
        if not small_one:
            middle = rect.top() + (card.head - card.content) / 2 + 9
        reach = _STATUS_REACH.get(card.kind, 13.0)
        at, size = QPointF(rect.right() - reach, middle), 13.0
        back = self.head_of(look)
        if look.status == "failed":
            back = self.theme.color("card")
            at = QPointF(rect.right() - 13, middle)
            size = 16.0
            if not small_one:
                at, size = QPointF(rect.right() - 3, rect.top() + 2), 19.0
        ink = self.ink(look) if look.heat is not None and look.status != "failed" else None
        self.marks.status(painter, look.status, at, size, back, ink)

    def _letter(self, painter: QPainter, card: Card, look: Look, rect: QRectF) -> None:
        at, tone = QPointF(rect.left() - 3, rect.top() + 1), look.tone
        if look.letter_row >= 0:
            at = QPointF(rect.left() - 1, rect.top() + card.row_middle(look.letter_row))
            tone = look.row_tones[look.letter_row]
        self.marks.letter(painter, look.letter, at, tone or "accent")
