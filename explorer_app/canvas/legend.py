"""What colours, shapes and marks mean, in one row of plain text; and where one is."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explorer_app.canvas.edgedrawing import arrow
from explorer_app.canvas.icons import draw_icon
from explorer_app.canvas.marks import Marks
from explorer_app.canvas.shapes import outline
from explorer_app.canvas.strokes import LEFT, ROUND, fill, pen, stroke
from explorer_app.canvas.theme import Theme, faded
from explorer_app.canvas.widths import elided, text_width
from hamilton_ol.graph.scene.names import shown

WIDE = {  # px of signs; that of heat depends on what is written before it
    "kind": 18,
    "line": 20,
    "category": 9,
    "status": 16,
    "change": 15,
    "end": 14,
    "barrier": 10,
    "shade": 18,
}
VEIL = 0.85  # of the canvas, below texts
LINES = 3  # of a legend at most
WIDEST = 1e6  # px of a name in a trail, where nothing says how much room there is


class Entry(NamedTuple):
    """One thing that is explained.

    Attributes:
        sign: `kind`, `line`, `category`, `status`, `change`, `end`, `barrier`, `shade` or `heat`.
        key: which: a kind, a colour, the number of a category, a status, a mark.
        label: what it means.
        least: of `heat`, what the lightest colour stands for.
    """

    sign: str
    key: str
    label: str
    least: str = ""


class Legend(NamedTuple):
    """All that is explained, with what it is about."""

    entries: Sequence[Entry] = ()
    title: str = ""


class LegendPainter:
    """Writes legends and trails in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme, self._marks = theme, Marks(theme)
        self._signs: dict[str, Callable[[QPainter, QPointF, Entry], float]] = {
            "kind": self._kind,
            "line": self._line,
            "category": self._category,
            "status": self._status,
            "change": self._change,
            "end": self._end,
            "barrier": self._barrier,
            "shade": self._shade,
            "heat": self._heat,
        }

    def legend(
        self,
        painter: QPainter,
        left: float,
        bottom: float,
        legend: Legend,
        right: float = math.inf,
    ) -> float:
        """Write a legend; returns where its longest line ends.

        What would go beyond `right` goes on in a line below, and the last of `LINES` ends in dots
        where there is more.
        """
        lines, end, x = self._lines(legend, right - left), left, left
        for number, entries in enumerate(lines[:LINES]):
            x, top = left, bottom - 18 * (min(len(lines), LINES) - number)
            title = legend.title if number == 0 else ""
            begin = self._measure(title) + 14 if title else 0.0
            wide = begin + sum(self._wide(entry) for entry in entries) - 16
            self.patch(painter, QRectF(left, top, wide, 18))
            if title:
                x += self._text(painter, x, top, title, "text2", weight=600) + 14
            for entry in entries:
                x += self._signs[entry.sign](painter, QPointF(x, top + 9), entry) + 6
                x += self._text(painter, x, top, entry.label, "muted") + 16
            end = max(end, x)
        if len(lines) > LINES:
            self._text(painter, x, bottom - 18, "…", "muted")
        return end

    def _trail_width(self, names: Sequence[str]) -> float:
        font = self._theme.font("body", weight=500)
        return sum(text_width(shown(name), font) + 20 for name in names) - 20

    def patch(self, painter: QPainter, box: QRectF) -> None:
        """Let what lies below a text shine through it only weakly."""
        if box.width() > 0:
            fill(painter, faded(self._theme.color("canvas"), VEIL))
            painter.drawRoundedRect(box.adjusted(-6, 0, 6, 0), 6, 6)

    def _lines(self, legend: Legend, room: float) -> list[list[Entry]]:
        """What stands in each line."""
        lines: list[list[Entry]] = [[]]
        x = self._measure(legend.title) + 14 if legend.title else 0.0
        for entry in legend.entries:
            wide = self._wide(entry)
            if lines[-1] and x + wide > room:
                lines.append([])
                x = 0.0
            lines[-1].append(entry)
            x += wide
        return lines

    def _measure(self, text: str) -> float:
        return text_width(shown(text), self._theme.font("meta", weight=600))

    def _wide(self, entry: Entry) -> float:
        """What an entry takes at most, px, with the dots that may follow."""
        font = self._theme.font("meta")
        least = text_width(shown(entry.least), font)
        sign = 100 + least if entry.sign == "heat" else WIDE[entry.sign]
        return sign + 6 + text_width(shown(entry.label), font) + 16

    def trail(
        self,
        painter: QPainter,
        left: float,
        top: float,
        names: Sequence[str],
        right: float = math.inf,
    ) -> float:
        """Write how one came here; returns where it ends. What has no room ends in dots."""
        theme, x = self._theme, left
        self.patch(painter, QRectF(left, top, min(self._trail_width(names), right - left), 20))
        for number, name in enumerate(names):
            is_last = number == len(names) - 1
            font = theme.font("body", weight=500 if is_last else 400)
            painter.setFont(font)
            painter.setPen(theme.color("text" if is_last else "muted"))
            text = elided(shown(name), font, min(right - x, WIDEST))
            wide = text_width(text, font)
            painter.drawText(QRectF(x, top, wide + 4, 20), LEFT, text)
            x += wide
            if not is_last:
                draw_icon(
                    painter, "forward", QPointF(x + 5, top + 5.5), 9, theme.color("muted"), 1.8
                )
                x += 20
        return x

    def _text(
        self, painter: QPainter, x: float, top: float, text: str, key: str, weight: int = 400
    ) -> float:
        font = self._theme.font("meta", weight=weight)
        painter.setFont(font)
        painter.setPen(self._theme.color(key))
        safe = shown(text)
        wide = text_width(safe, font)
        painter.drawText(QRectF(x, top, wide + 4, 18), LEFT, safe)
        return wide

    # --- signs: each starts at a point in the middle of the line and returns its width -----------

    def _kind(self, painter: QPainter, at: QPointF, entry: Entry) -> float:
        path = outline(entry.key, QRectF(at.x(), at.y() - 6, 18, 12), 3)
        painter.fillPath(path, self._theme.color("card"))
        painter.strokePath(path, pen(self._theme.color("border_strong")))
        color = self._theme.color(f"kind.{entry.key}")
        draw_icon(painter, entry.key, at + QPointF(4.5, -4.5), 9, color, 1.7)
        return 18

    def _line(self, painter: QPainter, at: QPointF, entry: Entry) -> float:
        color = self._theme.color(entry.key)
        painter.setPen(pen(color, 2))
        painter.drawLine(at, at + QPointF(16, 0))
        arrow(painter, at + QPointF(20, 0), 5, color)
        return 20

    def _category(self, painter: QPainter, at: QPointF, entry: Entry) -> float:
        fill(painter, self._theme.category(int(entry.key)))
        painter.drawRoundedRect(QRectF(at.x(), at.y() - 4.5, 9, 9), 2.5, 2.5)
        return 9

    def _status(self, painter: QPainter, at: QPointF, entry: Entry) -> float:
        size = 15.0 if entry.key == "failed" else 13.0
        back = self._theme.color("canvas")
        self._marks.status(painter, entry.key, at + QPointF(8, 0), size, back)
        return 16

    def _change(self, painter: QPainter, at: QPointF, entry: Entry) -> float:
        self._marks.change(painter, entry.key, at + QPointF(7, 0), 13)
        return 15

    def _end(self, painter: QPainter, at: QPointF, _entry: Entry) -> float:
        middle, color = at + QPointF(7, 0), self._theme.color("pii")
        stroke(painter, pen(color, 1.5))
        painter.drawEllipse(middle, 5.5, 5.5)
        fill(painter, color)
        painter.drawEllipse(middle, 2.5, 2.5)
        return 14

    def _barrier(self, painter: QPainter, at: QPointF, _entry: Entry) -> float:
        painter.setPen(pen(self._theme.color("barrier"), 2.2, ROUND))
        for x in (3, 7):
            painter.drawLine(at + QPointF(x, -6), at + QPointF(x, 6))
        return 10

    def _shade(self, painter: QPainter, at: QPointF, entry: Entry) -> float:
        painter.setPen(pen(self._theme.color("border_strong")))
        painter.setBrush(self._theme.color(entry.key))
        painter.drawRoundedRect(QRectF(at.x(), at.y() - 6, 18, 12), 3, 3)
        return 18

    def _heat(self, painter: QPainter, at: QPointF, entry: Entry) -> float:
        x = at.x() + self._text(painter, at.x(), at.y() - 9, entry.least, "muted") + 8
        painter.setPen(pen(self._theme.color("border_strong"), 0.5))
        for step in range(5):
            painter.setBrush(self._theme.color(f"heat.{step}"))
            painter.drawRect(QRectF(x + step * 18, at.y() - 5, 18, 10))
        return x + 92 - at.x()
