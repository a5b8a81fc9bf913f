"""Paints one card, or chip, or dot, with everything on it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from explorer_app.canvas.appearance import Card, Look
from explorer_app.canvas.corners import Corners
from explorer_app.canvas.icons import draw_icon
from explorer_app.canvas.shapes import inner, outline, small
from explorer_app.canvas.strokes import (
    LEFT,
    RIGHT,
    fill,
    pen,
)
from explorer_app.canvas.widths import text_width
from hamilton_ol.graph.scene.measures import ICON, INSETS, ROW, TICK
from hamilton_ol.graph.scene.words import KIND

STRIPE = 4.0
HATCH = 6.0
USUAL, HEAVY = 500, 600  # weights of a name
BESIDE = 4.0  # px of the margin that a heavy name may take: what most fonts need


def inset(kind: str) -> float:
    """Room at the left of what is written."""
    return float(INSETS[KIND[kind], 0])


class CardPainter(Corners):
    """Paints cards in the colours of a theme."""

    # --- whole cards -----------------------------------------------------------------------------

    def card(self, painter: QPainter, card: Card, look: Look, corner: QPointF) -> None:
        """A card with its top left at a corner, at the painter's scale."""
        rect = QRectF(corner.x(), corner.y(), card.width, card.height)
        self.body(painter, card, look, rect)
        self.card_icon(painter, card, look, rect)
        self._writing(painter, card, look, rect)
        self.rows(painter, card, look, rect)
        self.corners(painter, card, look, rect)

    def chip(self, painter: QPainter, card: Card, look: Look, corner: QPointF) -> None:
        """A card of one line."""
        rect = QRectF(corner.x(), corner.y(), card.width, card.height)
        self.body(painter, card, look, rect)
        left = rect.left() + inset(card.kind)
        at = QPointF(left - 1, rect.center().y() - 7)
        draw_icon(painter, card.kind, at, 14, self.icon_color(card.kind, look))
        font = self.theme.font("name")
        if card.kind == "input":
            font = self.theme.font("body", weight=500)
        painter.setFont(font)
        painter.setPen(self.ink(look))
        box = QRectF(left + 18, rect.top(), rect.width(), rect.height())
        painter.drawText(box, LEFT, "".join(card.lines))
        self.corners(painter, card, look, rect)

    def dot(self, painter: QPainter, kind: str, look: Look, middle: QPointF, size: float) -> None:
        """A node where there is no room for a name; size is half of its height."""
        theme, color = self.theme, self.dot_color(kind, look)
        painter.setPen(pen(theme.color("canvas"), min(1.2, size / 4)))
        painter.setBrush(theme.color("edge") if look.dim else color)
        if kind == "unknown":
            painter.setPen(QPen(color, 1.3, Qt.PenStyle.DotLine))
            painter.setBrush(theme.color("card"))
        painter.save()
        painter.translate(middle)
        painter.drawPath(small(kind, size))
        painter.restore()

    def details(
        self, painter: QPainter, card: Card, look: Look, corner: QPointF, *, brief: bool
    ) -> None:
        """What a card has beside its body, icon, name and second line; briefly as on a chip."""
        rect = QRectF(corner.x(), corner.y(), card.width, card.height)
        if brief:
            self._brief_rows(painter, card, look, rect)
        else:
            y = rect.top() + (card.head - card.content) / 2 + 15 * len(card.lines) + 1
            self._note(painter, card, look, QRectF(rect.left(), y, rect.width(), 16))
            self._tags(painter, card, look, QPointF(rect.left() + inset(card.kind), y + 21))
            self.rows(painter, card, look, rect)
        self.corners(painter, card, look, rect, brief=brief)

    # --- parts -----------------------------------------------------------------------------------

    def body(self, painter: QPainter, card: Card, look: Look, rect: QRectF) -> None:
        """Halo, fill, stripe and outline."""
        path = outline(card.kind, rect)
        if look.active:
            share = float(self.theme.value("halo_share"))
            halo = self.theme.color(look.tone or "accent", share)
            painter.strokePath(path, pen(halo, self.theme.line["halo"]))
        painter.fillPath(path, self.fill_of(look, has_rows=bool(card.rows)))
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        self._inside(painter, card, look, rect)
        painter.restore()
        border = self.border(look)
        if card.kind == "unknown":
            border.setDashPattern((4, 3))
        painter.strokePath(path, border)
        painter.strokePath(inner(card.kind, rect), pen(border.color()))

    def _inside(self, painter: QPainter, card: Card, look: Look, rect: QRectF) -> None:
        if card.rows and look.heat is not None and not look.dim:  # a table is tinted in its head
            head = QRectF(rect.left(), rect.top(), rect.width(), card.head)
            painter.fillRect(head, self.head_of(look))
        if card.kind == "unknown":
            painter.setPen(pen(self.theme.color("hatch")))
            for step in range(int((rect.width() + rect.height()) / HATCH) + 1):
                x = rect.left() - rect.height() + step * HATCH
                painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        if look.category >= 0 and not look.dim:
            stripe = QRectF(rect.left(), rect.top(), STRIPE, rect.height())
            painter.fillRect(stripe, self.theme.category(look.category))

    def card_icon(self, painter: QPainter, card: Card, look: Look, rect: QRectF) -> None:
        """The icon of a card."""
        color = self.icon_color(card.kind, look)
        if card.kind == "input":
            at = QPointF(rect.left() + 10, rect.center().y() - 6.5)
            draw_icon(painter, "input", at, 13, color)
        else:
            top = rect.top() + (card.head - card.content) / 2
            at = QPointF(rect.left() + inset(card.kind) - 1, top + 1)
            draw_icon(painter, card.kind, at, 16, color)

    def _writing(self, painter: QPainter, card: Card, look: Look, rect: QRectF) -> None:
        if card.kind == "input":
            self._capsule_name(painter, card, look, rect)
            return
        x = rect.left() + inset(card.kind)
        y = rect.top() + (card.head - card.content) / 2
        font = QFont(self.theme.font("name", weight=self._weight(card, look)))
        font.setStrikeOut(look.mark == "removed")
        painter.setFont(font)
        painter.setPen(self.ink(look))
        for line in card.lines:
            painter.drawText(QRectF(x + ICON, y, rect.width(), 18), LEFT, line)
            y += 15
        painter.setFont(self.theme.font("meta"))
        painter.setPen(self.soft_ink(look))
        painter.drawText(QRectF(x + ICON, y + 1, rect.width(), 16), LEFT, card.type)
        self._note(painter, card, look, QRectF(rect.left(), y + 1, rect.width(), 16))
        self._tags(painter, card, look, QPointF(x, y + 22))

    def _weight(self, card: Card, look: Look) -> int:
        """Of the name: the active one is heavier, if it has room; some fonts are much wider then."""
        if not look.active:
            return USUAL
        left, right = INSETS[KIND[card.kind]].tolist()
        room = card.width - left - ICON - right - (TICK if look.status else 0.0) + BESIDE
        font = self.theme.font("name", weight=HEAVY)
        return HEAVY if max(text_width(line, font) for line in card.lines) <= room else USUAL

    def _capsule_name(self, painter: QPainter, card: Card, look: Look, rect: QRectF) -> None:
        painter.setFont(self.theme.font("body", weight=500))
        painter.setPen(self.ink(look))
        y = rect.center().y() - 7.5 * len(card.lines)
        for line in card.lines:
            painter.drawText(QRectF(rect.left() + 29, y, rect.width(), 15), LEFT, line)
            y += 15

    def _note(self, painter: QPainter, card: Card, look: Look, line: QRectF) -> None:
        if look.note and not look.dim:
            hot = look.heat is not None
            painter.setFont(self.theme.font("meta", weight=500))
            painter.setPen(self.ink(look) if hot else self.theme.color("text2"))
            right = float(INSETS[KIND[card.kind], 1])
            painter.drawText(line.adjusted(0, 0, -right, 0), RIGHT, look.note)

    def _brief_rows(self, painter: QPainter, card: Card, look: Look, rect: QRectF) -> None:
        """Rows as strokes, where their names could not be read."""
        painter.setPen(pen(self.theme.color("border" if look.dim else "border_strong"), 3))
        for number in range(len(card.rows)):
            y = rect.top() + card.row_middle(number)
            x = rect.left() + 16
            painter.drawLine(QPointF(x, y), QPointF(x + 30 + number * 35 % 25, y))

    def _tags(self, painter: QPainter, card: Card, look: Look, corner: QPointF) -> None:
        for tag in card.tags:
            wide = self.marks.tag(painter, corner, tag.text, tag.tone, dim=look.dim)
            corner += QPointF(wide + 4, 0)

    def rows(self, painter: QPainter, card: Card, look: Look, rect: QRectF) -> None:
        """Fields inside their card; each has a port of its own."""
        if not card.rows:
            return
        left = rect.left() + (5 if card.kind == "source" else 1)
        y = rect.top() + card.head
        painter.setPen(pen(self.theme.color("border")))
        painter.drawLine(QPointF(left, y - 1), QPointF(rect.right() - 1, y - 1))
        for number in range(len(card.rows)):
            box = QRectF(left + 4, y + 1, rect.right() - left - 8, ROW - 2)
            self._row(painter, card, look, box, number)
            y += ROW

    def _row(self, painter: QPainter, card: Card, look: Look, box: QRectF, number: int) -> None:
        theme = self.theme
        tone = look.row_tones[number] if look.row_tones else ""
        dim = look.dim or (bool(look.row_dims) and look.row_dims[number] and not tone)
        if tone:
            fill(painter, theme.color(f"{tone}_soft"))
            painter.drawRoundedRect(box, 4, 4)
        ink = theme.color("text") if tone else theme.color("dim_text" if dim else "text2")
        mark = theme.color(tone) if tone else theme.color("edge" if dim else "muted")
        at = QPointF(box.left() + 5, box.top() + 4)
        if tone == "status.failed":
            self.marks.status(painter, "failed", at + QPointF(5, 5), 12, theme.color("card"))
        else:
            draw_icon(painter, "pii" if tone == "pii" else "column", at, 10, mark, 1.6)
        painter.setFont(theme.font("body", weight=500 if tone else 400))
        painter.setPen(ink)
        painter.drawText(box.adjusted(20, -1, 40, 1), LEFT, card.rows[number])
        if not dim:  # a port that is not involved does not break the border
            self.port(painter, QPointF(box.right() + 4, box.center().y()), tone)

    def port(self, painter: QPainter, middle: QPointF, tone: str) -> None:
        """Where the value of a row leaves."""
        painter.setPen(pen(self.theme.color("card"), 1.2))
        painter.setBrush(self.theme.color(tone or "border_strong"))
        painter.drawEllipse(middle, 3.2, 3.2)
