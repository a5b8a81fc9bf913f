"""The whole scene in a corner, with the part of it that is seen."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from explorer_app.canvas.batches import draw_lines, draw_rects
from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.edgedrawing import CURVES
from explorer_app.canvas.lookcodes import HEATS
from explorer_app.canvas.strokes import HINTS, NO_BRUSH, fill, pen
from explorer_app.canvas.theme import Theme, blend, faded
from explorer_app.scene.index import Window, flattened
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.words import TONES

SIZE = QSize(162, 92)
PAD = 9.0
LEAST = 6.0  # px of the frame around what is seen
EDGE = 14.0  # px between the view's side and what stands there
WIDE = 760  # px of a view that has room for a minimap although everything fits
FEWEST = 2  # nodes: a map of one is none
MOST = 4000  # nodes; of more, every second, third, ... is drawn
FINE = 400  # curves; and nodes with round corners


class Place(NamedTuple):
    """How the scene lies in the minimap, px from its corner."""

    scale: float
    x: float
    y: float


class Minimap:
    """A picture of a scene, kept until the scene or its look changes."""

    def __init__(self, drawing: SceneDrawing, ratio: float) -> None:
        self._theme, self._ratio = drawing.theme, ratio
        self._bounds = drawing.prepared.scene.bounds
        left, top, right, bottom = self._bounds
        wide, high = max(right - left, 1.0), max(bottom - top, 1.0)
        room_x, room_y = SIZE.width() - 2 * PAD, SIZE.height() - 2 * PAD
        scale = min(room_x / wide, room_y / high)
        x = SIZE.width() / 2 - scale * (left + right) / 2
        y = SIZE.height() / 2 - scale * (top + bottom) / 2
        self._place = Place(scale, x, y)
        self._image = self._drawn(drawing)

    def paint(self, painter: QPainter, corner: QPointF, view: Viewport) -> None:
        """Draw it at a corner of the view, with the frame of what is seen."""
        painter.drawImage(corner, self._image)
        window, place = view.window, self._place
        seen = QRectF(
            window.left * place.scale + place.x,
            window.top * place.scale + place.y,
            (window.right - window.left) * place.scale,
            (window.bottom - window.top) * place.scale,
        )
        more = max(LEAST - min(seen.width(), seen.height()), 0.0) / 2
        seen.adjust(-more, -more, more, more)
        inside = QRectF(QPointF(5, 5), SIZE.toSizeF()).adjusted(0, 0, -10, -10)
        seen = seen.intersected(inside)
        if seen.isEmpty():
            return
        painter.setPen(pen(self._theme.color("border_strong")))
        painter.setBrush(NO_BRUSH)
        painter.drawRoundedRect(seen.translated(corner), 4, 4)

    def to_scene(self, x: float, y: float) -> tuple[float, float]:
        """The point of the scene at a point of the minimap."""
        return (x - self._place.x) / self._place.scale, (y - self._place.y) / self._place.scale

    def _drawn(self, drawing: SceneDrawing) -> QImage:
        form = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage((SIZE + QSize(0, 4)) * self._ratio, form)
        image.setDevicePixelRatio(self._ratio)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHints(HINTS)
        panel(painter, QRectF(QPointF(0, 0), SIZE.toSizeF()), self._theme)
        self._draw_groups(painter, drawing)
        self._draw_edges(painter, drawing)
        self._draw_nodes(painter, drawing)
        painter.end()
        return image

    def _draw_groups(self, painter: QPainter, drawing: SceneDrawing) -> None:
        boxes = drawing.prepared.scene.groups.boxes * self._place.scale
        boxes = boxes[np.isfinite(boxes[:, 0])]
        painter.setPen(pen(self._theme.color("border_strong"), 0.6))
        painter.setBrush(self._theme.color("sunken"))
        for left, top, wide, high in boxes.tolist():
            box = QRectF(left + self._place.x, top + self._place.y, wide, high)
            painter.drawRoundedRect(box, 1.5, 1.5)

    def _draw_edges(self, painter: QPainter, drawing: SceneDrawing) -> None:
        points = drawing.prepared.index.segments.points
        points = points[:: 1 + len(points) // FINE]
        lines = flattened(points, 6) * self._place.scale + np.array(self._place[1:])
        pieces = np.concatenate([lines[:, :-1], lines[:, 1:]], axis=2).reshape(-1, 4)
        painter.setPen(pen(self._theme.color("edge"), 0.6))
        draw_lines(painter, pieces)

    def _draw_nodes(self, painter: QPainter, drawing: SceneDrawing) -> None:
        nodes = drawing.prepared.index.nodes
        nodes = nodes[:: 1 + len(nodes) // MOST]
        boxes = drawing.prepared.scene.boxes[nodes] * self._place.scale
        boxes[:, :2] += self._place[1:]
        boxes[:, 2:] = np.maximum(boxes[:, 2:], 1.0)
        different, which = told_apart(self._shades(drawing, nodes))
        for number, shade in enumerate(different.tolist()):
            fill(painter, self._color(*shade))
            some = boxes[which == number]
            if len(nodes) > FINE:
                draw_rects(painter, some)
                continue
            for left, top, wide, high in some.tolist():
                painter.drawRoundedRect(QRectF(left, top, wide, high), 0.6, 0.6)

    def _shades(self, drawing: SceneDrawing, nodes: Ints) -> Ints:
        """Tone, category, whether dim, whether loud and step of heat of some nodes, (k, 5)."""
        looks, cards = drawing.looks, drawing.prepared.scene.cards
        of_rows = np.zeros(len(cards), np.uint8)
        np.maximum.at(of_rows, cards.row_card, looks.row_tone)
        tone = np.where(looks.tone[nodes] > 0, looks.tone[nodes], of_rows[nodes])
        loud = looks.loud[nodes] | (nodes == looks.active)
        heat = np.nan_to_num(np.round(looks.heat[nodes] * HEATS), nan=-1)
        made: Ints = np.stack([tone, looks.category[nodes], looks.dim[nodes], loud, heat], axis=1)
        return made.astype(np.int64)

    def _color(self, tone: int, category: int, dim: int, loud: int, heat: int) -> QColor:
        theme = self._theme
        if heat >= 0 and not tone and not dim:
            return blend(theme.heat(heat / HEATS), theme.color("muted"), 0.25)
        if category >= 0 and not dim:
            return theme.category(category)
        color = theme.color("edge" if dim else TONES[tone] or "muted")
        return blend(color, theme.color("surface"), 0.1 if loud else 0.45)


class LatestMinimap:
    """The minimap of a drawing; until there is time for it, the one of the drawing before."""

    def __init__(self, drawing: SceneDrawing, before: "LatestMinimap | None" = None) -> None:
        self._drawing, self._ratio = drawing, 0.0  # of the drawing's own, once it is there
        self._minimap: Minimap | None = before._minimap if before is not None else None  # noqa: SLF001 - of the same class

    def made(self, ratio: float) -> Minimap:
        """The drawing's own; made when it is needed first."""
        if self._minimap is None or self._ratio != ratio:
            self._minimap, self._ratio = Minimap(self._drawing, ratio), ratio
        return self._minimap

    def paint(
        self, painter: QPainter, corner: QPointF, view: Viewport, *, at_leisure: bool
    ) -> None:
        """Draw it at a corner of the view; without leisure only what is there."""
        found = self.made(view.ratio) if at_leisure else self._minimap
        if found is not None:
            found.paint(painter, corner, view)


def told_apart(rows: Ints) -> tuple[Ints, Ints]:
    """Rows that differ, in their order, and which of them each is: quicker than to sort rows."""
    if not len(rows):
        return rows, np.zeros(0, np.int64)
    above = rows - rows.min(axis=0)
    packed = np.ravel_multi_index(tuple(above.T), tuple(above.max(axis=0) + 1))
    _, first, which = np.unique(packed, return_index=True, return_inverse=True)
    return rows[first], which


def corner_of(view: Viewport) -> QPointF:
    """Where the minimap is in a view."""
    return QPointF(view.width - EDGE - SIZE.width(), view.height - EDGE - SIZE.height())


def is_useful(drawing: SceneDrawing, view: Viewport) -> bool:
    """Whether there is more than fits; or else whether the minimap would cover nothing."""
    if len(drawing.prepared.scene) < FEWEST:
        return False
    left, top, right, bottom = drawing.prepared.scene.bounds
    seen = view.window
    fits = left >= seen.left and right <= seen.right and top >= seen.top
    return not (fits and bottom <= seen.bottom) or _is_free(drawing, view)


def _is_free(drawing: SceneDrawing, view: Viewport) -> bool:
    """Whether nothing is where the minimap would be; of much it is not even looked for."""
    index, corner = drawing.prepared.index, corner_of(view)
    if len(index.segments) > CURVES or view.width < WIDE:
        return False
    below = view.to_scene(view.width, view.height)
    near = Window(*view.to_scene(corner.x(), corner.y()), *below).grown(EDGE / view.zoom)
    found = len(index.nodes_in(near)) or len(index.segments_in(near))
    return not (found or drawing.groups.touching(near).any())


def panel(painter: QPainter, rect: QRectF, theme: Theme, radius: float = 10) -> None:
    """A floating panel: a hairline and one soft step, no drop shadow."""
    black = faded(theme.color("text"), float(theme.value("shade_share")))
    black.setRgb(0, 0, 0, black.alpha())
    fill(painter, black)
    painter.drawRoundedRect(rect.adjusted(0, 1.5, 0, 2.5), radius, radius)
    painter.setPen(pen(theme.color("border")))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
