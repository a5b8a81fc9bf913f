"""Draws curves: cut into lines by numpy, many in one call."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from explorer_app.canvas.atlas import Sprite
from explorer_app.canvas.batches import draw_lines
from explorer_app.canvas.buffers import Frame
from explorer_app.canvas.nodetexts import Task
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.strokes import FLAT, HINTS, fill, pen, polygon, stroke
from explorer_app.canvas.theme import Theme, blend
from explorer_app.scene.index import flattened
from explorer_app.scene.segments import DIM, USUAL
from hamilton_ol.graph.scene.arrays import Flags, Floats, Ints
from hamilton_ol.graph.scene.words import TONE, TONES

EXACT = 500  # curves that stand out and are drawn in one piece each
CURVES = 6000  # in scenes of more they are cut into lines, and straight where there are dots
FAR = 6000  # passing lines
ENDS = 8000  # thin lines whose ends are worked out at once
STRAIGHT = 250_000  # thin lines; of more, every second, third, ... is drawn
LENGTH = 120_000.0  # px of thin lines in one step
ARROWS_ABOVE = 0.5  # zoom
TRIM = 4.0  # a curve ends inside its arrow head
REMOVED = USUAL + TONE["diff.removed"]
PATH = USUAL + TONE["path"]
#: (longest span in px, pieces, curves in one step); more pieces for longer curves.
PIECES = ((24.0, 4, 150), (90.0, 9, 100), (400.0, 16, 60), (float("inf"), 26, 20))
FLAT_RISE = 0.5  # px
STEEP = 2400.0  # px: higher than most screens


class Line(NamedTuple):
    """How curves of one kind are drawn."""

    color: QColor
    width: float
    is_lit: bool


class EdgeDrawing:
    """Draws the curves of a scene.

    Args:
        prepared: the scene.
        theme: colours and widths.
    """

    def __init__(self, prepared: PreparedScene, theme: Theme) -> None:
        self._segments, self._theme = prepared.index.segments, theme
        self._middle = prepared.middle

    def line(self, code: int, frame: Frame) -> Line:
        """Colour and width of what has a code."""
        theme, zoom = self._theme, frame.zoom
        lit = code > USUAL
        color = theme.color("edge_dim" if code == DIM else TONES[code - USUAL] or "edge")
        width = theme.line["path" if code == PATH else "lit" if lit else "edge"]
        if zoom < theme.zoom["dots_below"]:
            color = blend(color, theme.color("edge_dim"), 0.45) if code == USUAL else color
            return Line(color, frame.ratio * max(0.8, width / 1.25 * (0.6 + zoom)), lit)
        return Line(color, width * frame.scale, lit)

    def draw(self, task: Task, rect: QRect, numbers: Ints, code: int) -> Iterator[None]:
        """Draw cubics that have one code, without bundles; yields between steps."""
        if self._segments.has_bundles:
            numbers = numbers[self._segments.count[numbers] == 0]
        if not len(numbers):
            return
        line = self.line(code, task.frame)
        near = task.frame.zoom >= self._theme.zoom["dots_below"]
        if not near and len(self._segments) > CURVES:
            yield from self._straight(task, numbers, line, code)
            return
        if code == REMOVED:
            yield from self._dashed(task, numbers, line)
        else:
            if code <= USUAL:
                steep = self._is_steep(task.frame, numbers)
                yield from self._passing(task, numbers[steep], line)
                numbers = numbers[~steep]
            yield from self._curves(task, rect, numbers, line)
        if task.frame.zoom >= ARROWS_ABOVE:
            yield from self._arrows(task, numbers, line)

    def _points(self, frame: Frame, numbers: Ints) -> Floats:
        points = self._segments.points[numbers] * frame.scale
        points[:, 0::2] -= frame.left
        points[:, 1::2] -= frame.top
        return points

    # --- far away: thin and straight, from middle to middle --------------------------------------

    def _ends(self, frame: Frame, numbers: Ints) -> Floats:
        """Lines in place of cubics; they reach to the middle of dots, (k, 4)."""
        ends = self._segments.points[numbers][:, [0, 1, 6, 7]]
        for column, node in ((0, self._segments.tail[numbers]), (2, self._segments.head[numbers])):
            some = node >= 0
            ends[some, column : column + 2] = self._middle[node[some]]
        made: Floats = ends * frame.scale - [frame.left, frame.top, frame.left, frame.top]
        return made

    def _straight(self, task: Task, numbers: Ints, line: Line, code: int) -> Iterator[None]:
        painter, _, frame = task
        numbers = numbers[:: 1 + len(numbers) // STRAIGHT]
        color = line.color
        if code == USUAL:
            color = blend(color, self._theme.color("canvas"), 0.45)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(color, 0 if frame.ratio <= 1 else frame.ratio))
        for first in range(0, len(numbers), ENDS):
            ends = self._ends(frame, numbers[first : first + ENDS])
            length = np.abs(ends[:, 2] - ends[:, 0]) + np.abs(ends[:, 3] - ends[:, 1])
            ends, length = ends[length > 1.5], length[length > 1.5]
            yield
            share = np.floor(np.cumsum(np.minimum(length, 4000) + 60) / LENGTH)
            for part in np.split(ends, np.flatnonzero(np.diff(share)) + 1):
                draw_lines(painter, part)
                yield
        painter.setRenderHints(HINTS)

    def _is_steep(self, frame: Frame, numbers: Ints) -> Flags:
        """Which cubics are so steep that they only pass through what is seen."""
        points = self._segments.points[numbers]
        rise = np.abs(points[:, 7] - points[:, 1]) * frame.zoom
        steep: Flags = rise > STEEP
        return steep

    def _passing(self, task: Task, numbers: Ints, line: Line) -> Iterator[None]:
        """Draw them faint and straight."""
        painter, _, frame = task
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(blend(line.color, self._theme.color("canvas"), 0.55), 0))
        lines = self._points(frame, numbers[:FAR])[:, [0, 1, 6, 7]]
        for first in range(0, len(lines), 400):
            draw_lines(painter, lines[first : first + 400])
            yield
        painter.setRenderHints(HINTS)

    # --- near: curves ----------------------------------------------------------------------------

    def _trimmed(self, task: Task, numbers: Ints) -> Floats:
        if task.frame.zoom < self._theme.zoom["dots_below"]:
            return _bent(self._ends(task.frame, numbers))
        points = self._points(task.frame, numbers)
        if task.frame.zoom >= ARROWS_ABOVE:
            last = self._segments.is_last[numbers]
            points[last, 6] -= TRIM * task.frame.scale
            points[last, 4] -= TRIM * task.frame.scale
        return points

    def _curves(self, task: Task, rect: QRect, numbers: Ints, line: Line) -> Iterator[None]:
        painter = task.painter
        painter.setRenderHints(HINTS)
        points = self._trimmed(task, numbers)
        if len(self._segments) <= CURVES or (line.is_lit and len(points) <= EXACT):
            stroke(painter, pen(line.color, line.width))
            yield from _strokes(painter, points)
            return
        width = 0.0 if line.width <= (1.05 if line.is_lit else 1.3) else line.width
        made = pen(line.color, width)
        made.setCapStyle(made.capStyle().SquareCap)  # round ones cost nine times as much
        painter.setPen(made)
        rise = np.abs(points[:, 1::2] - points[:, 1:2]).max(axis=1, initial=0.0)
        draw_lines(painter, points[rise < FLAT_RISE][:, [0, 1, 6, 7]])
        points = points[rise >= FLAT_RISE]
        span = np.abs(points[:, 6] - points[:, 0]) + np.abs(points[:, 7] - points[:, 1])
        shortest = 0.0
        for longest, pieces, step in PIECES:
            some = points[(span >= shortest) & (span < longest)]
            many = step if width <= 1.3 else max(step // 3, 8)
            for first in range(0, len(some), many):
                draw_lines(painter, _inside(flattened(some[first : first + many], pieces), rect))
                yield
            shortest = longest

    def _dashed(self, task: Task, numbers: Ints, line: Line) -> Iterator[None]:
        stroke(task.painter, pen(line.color, line.width, FLAT, (3.2, 2.6)))
        for points in self._trimmed(task, numbers).tolist():
            task.painter.drawPath(cubic(points))
            yield

    def _arrows(self, task: Task, numbers: Ints, line: Line) -> Iterator[None]:
        ends = numbers[self._segments.is_last[numbers]]
        if not len(ends):
            return
        painter, kit, frame = task
        size = (5.6 if line.is_lit else 4.8) * frame.scale
        wide, high = np.ceil(size * 1.25) + 3, np.ceil(size * 1.24) + 4
        sprites: list[Sprite] = []
        for phase in range(4):

            def draw(painter: QPainter, phase: int = phase) -> None:
                arrow(painter, QPointF(wide - 1, high // 2 + phase / 4), size, line.color)

            key = ("arrow", line.color.rgb(), line.is_lit, phase)
            sprites.append(kit.atlas.sprite(key, wide, high, draw))
        tips = self._points(frame, ends)[:, 6:]
        row, phases = np.divmod(np.floor(tips[:, 1] * 4 + 0.5).astype(np.int64), 4)
        kit.atlas.draw(painter, sprites, phases, np.round(tips[:, 0]) - wide + 1, row - high // 2)
        yield


def _bent(ends: Floats) -> Floats:
    """Curves that leave and arrive level, from lines, (k, 4)."""
    left, top, right, bottom = ends.T
    bend = (right - left) * 0.52
    return np.stack([left, top, left + bend, top, right - bend, bottom, right, bottom], axis=1)


def _strokes(painter: QPainter, points: Floats) -> Iterator[None]:
    """Draw curves in one piece each: where pieces meet, lines look beaded."""
    for number, one in enumerate(points.tolist()):
        painter.drawPath(cubic(one))
        if number % 16 == 15:
            yield
    yield


def _inside(lines: Floats, rect: QRect) -> Floats:
    """Pieces of lines, (S, k, 2), that touch a rectangle, (j, 4)."""
    pieces = np.concatenate([lines[:, :-1], lines[:, 1:]], axis=2).reshape(-1, 4)
    low, high = np.minimum(pieces[:, :2], pieces[:, 2:]), np.maximum(pieces[:, :2], pieces[:, 2:])
    inside: Flags = (high[:, 0] >= rect.left() - 4) & (low[:, 0] <= rect.right() + 4)
    inside &= (high[:, 1] >= rect.top() - 4) & (low[:, 1] <= rect.bottom() + 4)
    found: Floats = pieces[inside]
    return found


def cubic(points: list[float]) -> QPainterPath:
    """A path of one cubic, eight numbers."""
    path = QPainterPath(QPointF(points[0], points[1]))
    path.cubicTo(*points[2:])
    return path


def arrow(painter: QPainter, tip: QPointF, size: float, color: QColor) -> None:
    """A head that points to the right."""
    x, y = tip.x(), tip.y()
    fill(painter, color)
    back, half = x - size * 1.25, size * 0.62
    painter.drawPath(polygon((x, y), (back, y - half), (back, y + half)))
