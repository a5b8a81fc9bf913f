"""The terms of a query as chips: where each is, and how it looks."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter

from explorer_app.canvas.strokes import LEFT, pen
from explorer_app.canvas.widths import elided, text_width
from explorer_app.model.terms import pieces
from explorer_app.qt.icons import draw
from explorer_app.qt.querycolors import ink_of
from explorer_app.qt.style import Style
from hamilton_ol.graph.scene.names import shown

HIGH, GAP, SIDE, CROSS = 24.0, 6.0, 10.0, 24.0
LEAST = 96.0  # px of a chip
MORE = 84.0  # px of the one that stands for those without room


class Chip(NamedTuple):
    """A term and where it is drawn.

    Attributes:
        term: what it says; empty for the one that stands for the others.
        text: what is written.
        box: where it is.
        nodes: how many it means alone, where that is told.
    """

    term: str
    text: str
    box: QRectF
    nodes: int | None = None

    def is_on_cross(self, point: QPointF) -> bool:
        """Whether a point takes the term away."""
        return bool(self.term) and point.x() > self.box.right() - CROSS


def laid_out(
    style: Style,
    terms: Sequence[str],
    counts: dict[str, int],
    corner: QPointF,
    room: float,
) -> list[Chip]:
    """Chips in a row; those that find no room are one chip at its end.

    Args:
        style: fonts.
        terms: in their order.
        counts: {term: how many nodes it means alone}, empty where nobody wants to know.
        corner: where the first begins.
        room: px that all of them may take.
    """
    found: list[Chip] = []
    x, end = corner.x(), corner.x() + room
    for place, term in enumerate(terms):
        last = place == len(terms) - 1
        count = counts.get(term)
        wide = _width(style, term, count)
        left = end - x - (0 if last else MORE + GAP)
        if left < min(wide, LEAST) and found:
            text = f"{len(terms) - place} more"
            found.append(Chip("", text, QRectF(x, corner.y(), MORE, HIGH)))
            break
        box = QRectF(x, corner.y(), min(wide, max(left, LEAST)), HIGH)
        found.append(Chip(term, shown(term, 400), box, count))
        x += box.width() + GAP
    return found


def _width(style: Style, term: str, count: int | None) -> float:
    wide = text_width(shown(term, 400), _font(style)) + SIDE + CROSS + 2
    return wide if count is None else wide + _count_width(style, count) + 8


def _font(style: Style) -> QFont:
    return style.theme.font("body", weight=500, mono=True)


def _count_width(style: Style, count: int) -> float:
    return text_width(f"{count:,}", style.theme.font("body", weight=600))


def draw_chip(painter: QPainter, style: Style, chip: Chip) -> None:
    """Draw it; a term that means nothing is told by its red 0."""
    box, is_empty = chip.box, chip.nodes == 0
    painter.setPen(pen(style.color("status.failed" if is_empty else "border")))
    painter.setBrush(style.color("card"))
    painter.drawRoundedRect(box.adjusted(0.5, 0, -0.5, 0), 5, 5)
    end = box.right() - (CROSS if chip.term else SIDE)
    if chip.nodes is not None:
        end -= _count_width(style, chip.nodes) + 8
        painter.setFont(style.theme.font("body", weight=600))
        painter.setPen(style.color("status.failed" if is_empty else "text2"))
        painter.drawText(QRectF(end + 8, box.top(), 200, box.height()), LEFT, f"{chip.nodes:,}")
    _write(painter, style, chip, end)
    if chip.term:
        cross = QPointF(box.right() - 20, box.center().y() - 5)
        draw(painter, "close", cross, 10, style.color("muted"), 1.6)


def _write(painter: QPainter, style: Style, chip: Chip, end: float) -> None:
    font = _font(style)
    painter.setFont(font)
    x = chip.box.left() + SIDE
    for piece in pieces(chip.text):
        painter.setPen(ink_of(style, piece))
        wide = text_width(piece.text, font)
        text = piece.text if x + wide <= end + 1 else elided(piece.text, font, end - x)
        painter.drawText(QRectF(x, chip.box.top(), wide + 4, HIGH), LEFT, text)
        x += wide
        if x > end:
            break
