"""Draws groups, and the bundles of edges between them."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter

from explorer_app.canvas.buffers import Frame
from explorer_app.canvas.edgedrawing import arrow, cubic
from explorer_app.canvas.marks import Marks
from explorer_app.canvas.nodetexts import Task
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.shares import Shares
from explorer_app.canvas.strokes import FLAT, HINTS, MIDDLE, fill, pen, stroke
from explorer_app.canvas.theme import Theme, blend
from explorer_app.canvas.widths import text_width
from explorer_app.scene.index import Window
from explorer_app.scene.segments import DIM, USUAL
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrays import Codes, Flags, Floats, Ints
from hamilton_ol.graph.scene.bundles import (
    PALE,
    PALE_TONED,
    head,
    on_cubics,
    places,
    thickness,
)
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.names import named
from hamilton_ol.graph.scene.words import TONES

RADIUS = 12.0
FAR, THINNEST = 0.05, 0.4  # zoom below which bundles are thinner, and how thin at most
LOWEST, COLLAPSED = 16.0, 60.0  # px: of a box with a heading, with one in its middle
SIDE = 10.0  # px beside a heading, and beside a bar of colours
LEFTMOST = 19.0  # px from the left of the view
STUCK = 36.0  # px from the top of the view, below the trail: where the heading of a group stays
BAR, BARRED = 3.0, 26.0  # px: a bar of colours in a closed group, a group that has room for it
LABELS = 80  # at most so many headings at once


class GroupDrawing:
    """Draws the groups and bundles of a scene.

    Attributes:
        shares: what closed groups hold of what is asked.
    """

    def __init__(self, prepared: PreparedScene, looks: Looks, theme: Theme) -> None:
        self._scene, self._segments = prepared.scene, prepared.index.segments
        self._theme, self._marks = theme, Marks(theme)
        self._group = looks.group  # what the question is about
        self._told_at: tuple[float, Floats] = 0.0, np.zeros(0)
        self.shares = Shares(prepared.scene, looks)

    # --- boxes -----------------------------------------------------------------------------------

    def boxes(self, task: Task, window: Window) -> Iterator[None]:
        """Draw the boxes that touch a rectangle of the scene."""
        painter, _, frame = task
        for number in np.flatnonzero(self.touching(window)).tolist():
            painter.setRenderHints(HINTS)
            painter.setPen(pen(self._theme.color("group_border"), frame.ratio))
            painter.setBrush(self._theme.color("group"))
            rect = self.rect(frame, number).adjusted(0.5, 0.5, -0.5, -0.5)
            radius = min(RADIUS * frame.ratio, rect.height() / 6, rect.width() / 6)
            painter.drawRoundedRect(rect, radius, radius)
            yield

    def touching(self, window: Window) -> Flags:
        """Which groups touch a rectangle of the scene, (groups,)."""
        left, top, wide, high = self._scene.groups.boxes.T
        inside: Flags = (left + wide >= window.left) & (left <= window.right)
        inside &= (top + high >= window.top) & (top <= window.bottom)
        return inside

    def rect(self, frame: Frame, group: int) -> QRectF:
        """Where a group is in a picture."""
        left, top, wide, high = self._scene.groups.boxes[group]
        scale = frame.scale
        return QRectF(float(frame.x(left)), float(frame.y(top)), wide * scale, high * scale)

    def headings(self, painter: QPainter, view: Viewport, selected: Ints, hovered: int) -> None:
        """Write names and counts; they keep their size, and stay in sight while a group is.

        A closed group looks selected when selected cards are in it.
        """
        chosen = self.shares.holding(selected)
        numbers = np.flatnonzero(self.touching(view.window))[:LABELS]
        for group in numbers.tolist():
            left, top, wide, high = self._scene.groups.boxes[group].tolist()
            x, y = view.to_screen(left, top)
            rect = QRectF(x, y, wide * view.zoom, high * view.zoom)
            ground = "selection" if chosen[group] else "group"
            if group == hovered and self.shares.is_closed[group]:
                ground = "hover" if ground == "group" else ground
            if ground != "group":
                fill(painter, self._theme.color(ground))
                self._round(painter, rect.adjusted(1, 1, -1, -1))
            self._heading(painter, group, rect, float(view.width), ground)
            self._colors(painter, group, rect)
            if group == self._group or chosen[group]:
                stroke(painter, pen(self._theme.color("accent"), self._theme.line["active"]))
                self._round(painter, rect)

    def _round(self, painter: QPainter, rect: QRectF) -> None:
        radius = min(RADIUS, rect.height() / 6, rect.width() / 6)
        painter.drawRoundedRect(rect, radius, radius)

    def _heading(
        self, painter: QPainter, group: int, rect: QRectF, width: float, ground: str
    ) -> None:
        """The name and the count, or what of it there is room for."""
        theme, shares = self._theme, self.shares
        name, count = named(self._scene.groups.names[group], 60), shares.text(group)
        small = theme.font("meta")
        right = text_width(count, small)
        left = max(rect.left() + SIDE, LEFTMOST)
        room = rect.right() - left - SIDE / 2
        font, wide, with_count = self._fitting(name, room, right + SIDE)
        if font is None or rect.height() < LOWEST:
            return
        is_low = rect.height() < COLLAPSED
        top = min(max(rect.top() + 5, STUCK), rect.bottom() - 25)
        top, is_stuck = (rect.center().y() - 11, False) if is_low else (top, top > rect.top() + 5)
        steps_back = shares.steps_back(group) and ground != "selection"
        inks = ("dim_text",) * 2 if steps_back else ("text", shares.ink(group))
        texts = [(name, QRectF(left, top, wide, 22), font, inks[0])]
        if with_count:
            end = left + wide + 8 if is_stuck else min(rect.right(), width) - SIDE - right
            texts.append((count, QRectF(end, top, right, 22), small, inks[1]))
        elif shares.lit[group] and shares.is_closed[group]:
            below = BAR + 3 if shares.colors(group) else 0
            texts = self._two_lines(name, count, rect.adjusted(0, 0, 0, -below), inks) or texts
        if is_stuck:  # it lies over cards
            self._plate(painter, texts[0][1].united(texts[-1][1]), ground)
        for text, box, face, key in texts:
            painter.fillRect(box.adjusted(-3, 2, 3, -2), theme.color(ground))
            painter.setFont(face)
            painter.setPen(theme.color(key))
            painter.drawText(box, MIDDLE, text)

    def _plate(self, painter: QPainter, box: QRectF, ground: str) -> None:
        painter.setPen(pen(self._theme.color("border")))
        painter.setBrush(self._theme.color(ground))
        painter.drawRoundedRect(box.adjusted(-7, 0.5, 7, -0.5), 6, 6)

    def _two_lines(
        self, name: str, count: str, rect: QRectF, inks: tuple[str, str]
    ) -> list[tuple[str, QRectF, QFont, str]]:
        """The name, and below it how much is asked of what nobody sees; nothing without room."""
        for roles, high in ((("name", "meta"), 17.0), (("meta", "micro"), 12.0)):
            fonts = [self._theme.font(r, weight=w) for r, w in zip(roles, (600, 500), strict=True)]
            lines = []
            for place, (text, font) in enumerate(zip((name, count), fonts, strict=True)):
                wide = text_width(text, font)
                top = rect.center().y() - (1 - place) * high - 2
                box = QRectF(rect.center().x() - wide / 2, top, wide, high + 4)
                lines.append((text, box, font, inks[place]))
            widest = max(box.width() for _, box, _, _ in lines)
            if widest <= rect.width() - SIDE and 2 * high <= rect.height():
                return lines
        return []

    def _colors(self, painter: QPainter, group: int, rect: QRectF) -> None:
        """Which colours the cards of a closed group have, and how many of them each."""
        if rect.height() < BARRED:
            return
        x, room = rect.left() + SIDE, rect.width() - 2 * SIDE
        for category, share in self.shares.colors(group):
            bar = QRectF(x, rect.bottom() - BAR - 3, room * share, BAR)
            painter.fillRect(bar, self._theme.category(category))
            x += bar.width()

    def _fitting(self, name: str, room: float, right: float) -> tuple[QFont | None, float, bool]:
        """The largest font in which a name fits, its width, and whether the count fits, too."""
        for role in ("name", "meta", "micro"):
            font = self._theme.font(role, weight=600)
            wide = text_width(name, font)
            for with_count in (True, False):
                if wide + (right if with_count else 0) <= room:
                    return font, wide, with_count
        return None, 0.0, False

    # --- bundles ---------------------------------------------------------------------------------

    def bundles(self, task: Task, numbers: Ints, codes: Codes) -> Iterator[None]:
        """Draw those of some cubics that are bundles."""
        if not self._segments.has_bundles:
            return
        some = self._segments.count[numbers] > 0
        numbers, codes = numbers[some], codes[some]
        order = np.argsort(codes, kind="stable")
        for number, code in zip(numbers[order].tolist(), codes[order].tolist(), strict=True):
            self._bundle(task, number, code)
            yield

    def _bundle(self, task: Task, number: int, code: int) -> None:
        painter, _, frame = task
        theme = self._theme
        tone = TONES[code - USUAL] if code > DIM else ""
        color = theme.color(tone or ("edge_dim" if code == DIM else "edge"))
        color = blend(color, theme.color("canvas"), PALE_TONED if tone else PALE)
        share = min(max(frame.zoom / FAR, THINNEST), 1.0) * frame.ratio
        wide = thickness(int(self._segments.count[number]))
        points, long = self._points(frame, number), head(wide) * share
        is_last = bool(self._segments.is_last[number])
        tip = QPointF(points[6], points[7])
        if is_last:
            points[6] -= long
            points[4] = max(points[4] - long, points[0])
        painter.setRenderHints(HINTS)
        stroke(painter, pen(color, wide * share, FLAT))
        path = cubic(points)
        if not is_last:  # into the next one, or a seam is seen between them
            path.lineTo(points[6] + frame.ratio, points[7])
        painter.drawPath(path)
        if is_last:
            arrow(painter, tip, long, color)

    def _points(self, frame: Frame, number: int) -> list[float]:
        points = self._segments.points[number] * frame.scale
        points[0::2] -= frame.left
        points[1::2] -= frame.top
        found: list[float] = points.tolist()
        return found

    def told(self, zoom: float) -> Floats:
        """Where on each cubic a count is written, its parameter; NaN for none, (S,).

        Between groups of which most are too small for their names, it would say nothing.
        """
        if self._told_at[0] != zoom:
            segments = self._segments
            high = self._scene.groups.boxes[:, 3] * zoom
            is_named = 2 * (high >= LOWEST).sum() >= np.isfinite(high).sum()
            starts = np.flatnonzero((segments.count > 1) & segments.is_first & is_named)
            told = np.full(len(segments), np.nan)
            told[starts] = places(segments.points[starts], segments.count[starts], zoom)
            self._told_at = zoom, told
        return self._told_at[1]

    def counts(self, task: Task, numbers: Ints, codes: Codes) -> Iterator[None]:
        """Write how many edges bundles stand for, near their starts."""
        painter, _, frame = task
        if not self._segments.has_bundles:
            return
        steps = self.told(frame.zoom)[numbers]
        some = np.flatnonzero(~np.isnan(steps))
        spots = on_cubics(self._segments.points[numbers[some]], steps[some, None])[:, 0]
        starts = zip(numbers[some].tolist(), codes[some].tolist(), spots.tolist(), strict=True)
        for number, code, (x, y) in starts:
            tone = TONES[code - USUAL] if code > DIM else ""
            spot = QPointF(float(frame.x(x)), float(frame.y(y)))
            painter.save()
            painter.setRenderHints(HINTS)
            painter.translate(spot)
            painter.scale(frame.ratio, frame.ratio)
            text = f"{int(self._segments.count[number]):,}"
            self._marks.count(painter, QPointF(0, 0), text, tone)
            painter.restore()
            yield
