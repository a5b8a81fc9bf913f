"""What is under the pointer, with all that it is linked to."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from explorer_app.canvas.buffers import Frame
from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.marks import Marks
from explorer_app.canvas.strokes import NO_BRUSH, pen
from explorer_app.scene.hits import NOTHING, Hit
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrays import Ints

MOST = 200  # curves and cards that are lit
BESIDE = 16.0  # px from a card to the number of what it is linked to


class Linked(NamedTuple):
    """What lies one step away on one side.

    Attributes:
        tone: its colour.
        cards: the neighbours; some may not be shown.
        items: what is seen of them.
        routes: curves that lead there.
    """

    tone: str
    cards: Ints
    items: Ints
    routes: Ints


class HoverDrawing:
    """Lights what is under the pointer; what that is linked to is looked up once."""

    def __init__(self, drawing: SceneDrawing) -> None:
        self._scene, self._theme = drawing.prepared.scene, drawing.theme
        self._items = drawing.prepared.items
        self._marks = Marks(drawing.theme)
        self._hit, self._found = NOTHING, tuple[Linked, ...]()

    def linked(self, hit: Hit) -> tuple[Linked, ...]:
        """What an item takes and what takes it, or what runs by an edge or a port."""
        if hit != self._hit:
            self._hit, self._found = hit, self._look_up(hit)
        return self._found

    def _look_up(self, hit: Hit) -> tuple[Linked, ...]:
        edges, item = self._scene.edges, self._items.at(hit)
        if hit.edges:
            some = np.array(hit.edges[:MOST], np.int64)
            none = np.zeros(0, np.int64)
            return (Linked("accent", none, none, _routes(edges.route[some])),)
        if item < 0:
            return ()
        holder = self._items.holder
        origin, target = holder[edges.origin], holder[edges.target]
        into = np.flatnonzero((target == item) & (origin != item))
        out = np.flatnonzero((origin == item) & (target != item))
        if hit.row >= 0:
            out = out[edges.row[out] == hit.row]
        return (
            self._linked("upstream", edges.origin[into], edges.route[into]),
            self._linked("downstream", edges.target[out], edges.route[out]),
        )

    def _linked(self, tone: str, cards: Ints, routes: Ints) -> Linked:
        found = np.unique(cards)
        items = np.unique(self._items.holder[found])
        return Linked(tone, found, items[items >= 0], _routes(routes))

    def curves(self, painter: QPainter, view: Viewport, hit: Hit) -> None:
        """Draw the curves that lead there, all the way."""
        frame, curves = Frame.of(view), self._scene.routes.curves
        corner = np.array([frame.left, frame.top])
        painter.setBrush(NO_BRUSH)
        for linked in self.linked(hit):
            painter.setPen(pen(self._theme.color(linked.tone), max(1.75, 2.5 * view.zoom)))
            for route in linked.routes[:MOST].tolist():
                points = (curves.points(route) * frame.scale - corner) / view.ratio
                painter.drawPath(_path(points.tolist()))

    def counts(self, painter: QPainter, rect: QRectF, hit: Hit) -> None:
        """Write beside a card how many it takes, and how many take it."""
        if hit.edges:
            return
        for found, x in zip(
            self.linked(hit), (rect.left() - BESIDE, rect.right() + BESIDE), strict=True
        ):
            if len(found.cards):
                spot = QPointF(x, rect.top() + min(rect.height() / 2, 22.0))
                self._marks.count(painter, spot, f"{len(found.cards):,}", found.tone)


def _routes(numbers: Ints) -> Ints:
    found: Ints = np.unique(numbers[numbers >= 0])
    return found


def _path(points: list[list[float]]) -> QPainterPath:
    """A path of cubics: a first point, then three more for each."""
    path = QPainterPath(QPointF(*points[0]))
    for first in range(1, len(points) - 2, 3):
        path.cubicTo(*(QPointF(*point) for point in points[first : first + 3]))
    return path
