"""What lies over the picture and is painted every time: pointer, selection, headings, legend."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter

from explorer_app.canvas.appearance import Look, card_of, look_of
from explorer_app.canvas.batches import draw_frames
from explorer_app.canvas.buffers import Frame
from explorer_app.canvas.drawing import Level, SceneDrawing
from explorer_app.canvas.groupdrawing import COLLAPSED
from explorer_app.canvas.hoverdrawing import HoverDrawing
from explorer_app.canvas.legend import Legend, LegendPainter
from explorer_app.canvas.minimap import EDGE, LatestMinimap, corner_of, is_useful, panel
from explorer_app.canvas.shapes import on_screen
from explorer_app.canvas.strokes import HINTS, LEFT, RIGHT, fill, pen, stroke
from explorer_app.canvas.theme import faded
from explorer_app.canvas.widths import text_width
from explorer_app.scene.hits import NOTHING, Hit
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.scene.words import KINDS

WHOLE = 60  # selected cards that are painted whole; more get an outline
MOST = 2000  # outlines
DOT = 16.0  # px of the outline of a card that is drawn as a dot
ZOOM = 60.0  # px that the zoom takes there


def _none() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(eq=False)
class OverlayState:
    """What is shown over the picture.

    Attributes:
        hover: what is under the pointer.
        selected: nodes, sorted.
        focused: the item that keys go to, -1 for none.
        with_ring: whether it has a ring around it: after a key, not after a click.
        pinned: nodes whose place a person chose.
        band: corners of the rubber band in px of the view, None when there is none.
        dragged: a node on its way, and how far it is, px.
        trail, legend: what is written in the corners.
        with_minimap: whether it is shown where it is of use.
        with_zoom: whether the zoom is written in the corner.
        side: px before what is written at the left.
    """

    hover: Hit = NOTHING
    selected: Ints = field(default_factory=_none)
    focused: int = -1
    with_ring: bool = False
    pinned: Ints = field(default_factory=_none)
    band: QRectF | None = None
    dragged: tuple[int, QPointF] | None = None
    trail: Sequence[str] = ()
    legend: Legend = field(default_factory=Legend)
    with_minimap: bool = True
    with_zoom: bool = True
    side: float = 18.0


class Overlay:
    """Paints what lies over the picture of a drawing.

    Args:
        drawing: of what is shown.
        before: what was painted over the drawing before.
    """

    def __init__(self, drawing: SceneDrawing, before: "Overlay | None" = None) -> None:
        self._drawing, self._theme = drawing, drawing.theme
        self._items = drawing.prepared.items
        self._hover = HoverDrawing(drawing)
        self._legend = LegendPainter(drawing.theme)
        latest = before.minimap if before is not None else None
        self.minimap: LatestMinimap = LatestMinimap(drawing, latest)

    def prepare(self, view: Viewport, state: OverlayState) -> None:
        """Do what takes long before it is painted."""
        if self.has_minimap(view, state):
            self.minimap.made(view.ratio)

    def paint(
        self, painter: QPainter, view: Viewport, state: OverlayState, *, at_leisure: bool = True
    ) -> None:
        """Paint it; the painter is in logical px. Without leisure the minimap is the latest there is."""
        painter.setRenderHints(HINTS)
        pointed = self._pointed(state)
        self._drawing.groups.headings(painter, view, state.selected, pointed.group)
        self._nodes(painter, view, state)
        self._linked(painter, view, pointed)
        self._band(painter, state)
        self._label(painter, view, state.hover)
        self._furniture(painter, view, state, at_leisure=at_leisure)

    def _pointed(self, state: OverlayState) -> Hit:
        """What is under the pointer, else where the keys are."""
        if state.hover.part or not state.with_ring:
            return state.hover
        return self._items.hit(state.focused)

    # --- nodes -----------------------------------------------------------------------------------

    def _nodes(self, painter: QPainter, view: Viewport, state: OverlayState) -> None:
        active = self._drawing.looks.active
        shown = self._seen(view, state.selected)
        is_small = self._drawing.level(view.zoom, view.ratio) in {Level.DOTS, Level.CHIPS}
        whole = 0 if is_small and len(shown) > WHOLE else WHOLE  # small ones have outlines only
        for node in shown[:whole].tolist():
            if node != active:
                self._one(painter, view, node, fill="selection")
        self._outlines(painter, view, shown[whole:])
        if state.hover.node >= 0 and state.hover.node not in {active, *shown.tolist()}:
            self._one(painter, view, state.hover.node, fill="hover")
        if active >= 0:
            self._one(painter, view, active, active=True)
        if state.focused >= 0 and state.with_ring:
            self._outline(painter, view, state.focused, grown=3.5, width=1.5)
        for node in self._seen(view, state.pinned).tolist():
            self._pin(painter, view, node)
        if state.dragged:
            node, by = state.dragged
            painter.setOpacity(0.7)
            self._outline(painter, view, node, by=by)
            painter.setOpacity(1.0)

    def _seen(self, view: Viewport, items: Ints) -> Ints:
        """Those of some items that are in the view, at most so many that they can be told apart."""
        if not len(items):
            return items
        left, top, wide, high = self._items.boxes[items].T
        seen = view.window
        inside = (left + wide >= seen.left) & (left <= seen.right)  # not so where there is no box
        inside &= (top + high >= seen.top) & (top <= seen.bottom)
        found: Ints = items[inside][:MOST]
        return found

    def _outlines(self, painter: QPainter, view: Viewport, items: Ints) -> None:
        """Outlines of many at once: nobody sees that their corners are not round."""
        if not len(items):
            return
        boxes, frame = self._items.boxes[items], Frame.of(view)
        wide, high = boxes[:, 2] * view.zoom, boxes[:, 3] * view.zoom
        left, top = frame.x(boxes[:, 0]) / view.ratio, frame.y(boxes[:, 1]) / view.ratio
        if self._drawing.level(view.zoom, view.ratio) is Level.DOTS:
            left, top = left + wide / 2 - DOT / 2, top + high / 2 - DOT / 2
            wide = high = np.full(len(items), DOT)
        fill(painter, self._theme.color("accent"))
        draw_frames(painter, np.stack([left, top, wide, high], axis=1), 2.0)

    def rect(self, view: Viewport, item: int) -> QRectF:
        """Where an item is in the view, whole device px; null when it is not shown."""
        left, top, wide, high = self._items.boxes[item]
        if not np.isfinite(left):
            return QRectF()
        frame, ratio = Frame.of(view), view.ratio
        x, y = round(float(frame.x(left))) / ratio, round(float(frame.y(top))) / ratio
        return QRectF(x, y, wide * view.zoom, high * view.zoom)

    def _one(
        self, painter: QPainter, view: Viewport, node: int, fill: str = "", *, active: bool = False
    ) -> None:
        """A card in another state, over the one in the picture."""
        rect = self.rect(view, node)
        if not rect.intersects(_around(view)):
            return
        scene, looks = self._drawing.prepared.scene, self._drawing.looks
        look = self._in_state(look_of(scene, looks, node), fill, active=active)
        if self._drawing.level(view.zoom, view.ratio) in {Level.DOTS, Level.CHIPS}:
            tone, width = look.tone if active else "accent", 2.0 if fill != "hover" else 1.4
            self._outline(painter, view, node, width=width, tone=tone)
            return
        painter.save()
        painter.translate(rect.topLeft())
        painter.scale(view.zoom, view.zoom)
        self._drawing.cards.card(painter, card_of(scene, node), look, QPointF(0, 0))
        painter.restore()

    def _in_state(self, look: Look, fill: str, *, active: bool) -> Look:
        if active:
            return look._replace(active=True, tone=look.tone or "accent", dim=False)
        if fill == "selection":
            return look._replace(fill=fill, tone="accent", loud=True, dim=False, heat=None)
        return look if look.heat is not None else look._replace(fill=fill, dim=False)

    def _outline(
        self,
        painter: QPainter,
        view: Viewport,
        item: int,
        *,
        grown: float = 0.0,
        width: float = 2.0,
        by: QPointF | None = None,
        tone: str = "accent",
    ) -> None:
        rect, is_card = self.rect(view, item), self._items.group(item) < 0
        if rect.isNull():
            return
        kind = KINDS[self._drawing.prepared.scene.cards.kinds[item]] if is_card else ""
        if is_card and self._drawing.level(view.zoom, view.ratio) is Level.DOTS:
            middle, kind = rect.center(), ""
            rect = QRectF(middle.x() - DOT / 2, middle.y() - DOT / 2, DOT, DOT)
        rect = rect.adjusted(-grown, -grown, grown, grown).translated(by or QPointF(0, 0))
        stroke(painter, pen(self._theme.color(tone), width))
        painter.drawPath(on_screen(kind, rect, view.zoom))

    def _pin(self, painter: QPainter, view: Viewport, node: int) -> None:
        at = self.rect(view, node).topRight() + QPointF(-9, 0)
        painter.setPen(pen(self._theme.color("canvas"), 2))
        painter.setBrush(self._theme.color("text2"))
        painter.drawEllipse(at, 4.5, 4.5)
        painter.setPen(pen(self._theme.color("text2"), 1.5))
        painter.drawLine(at + QPointF(0, 4.5), at + QPointF(0, 9))

    # --- edges, band, name under the pointer -----------------------------------------------------

    def _linked(self, painter: QPainter, view: Viewport, hover: Hit) -> None:
        """What the item under the pointer is linked to, or the edge there, all the way."""
        self._hover.curves(painter, view, hover)
        for linked in self._hover.linked(hover):
            for item in self._seen(view, linked.items)[:WHOLE].tolist():
                self._outline(painter, view, item, width=1.5, tone=linked.tone)
        if hover.node >= 0:
            self._hover.counts(painter, self.rect(view, hover.node), hover)

    def _band(self, painter: QPainter, state: OverlayState) -> None:
        if state.band is not None:
            painter.setPen(pen(self._theme.color("accent"), 1))
            painter.setBrush(faded(self._theme.color("accent"), 0.08))
            painter.drawRect(state.band.normalized())

    def _label(self, painter: QPainter, view: Viewport, hover: Hit) -> None:
        """The name under the pointer, where it cannot be read."""
        scene = self._drawing.prepared.scene
        level = self._drawing.level(view.zoom, view.ratio)
        if hover.node >= 0 and level in {Level.DOTS, Level.CHIPS}:
            rect, text = self.rect(view, hover.node), "".join(scene.cards.lines[hover.node])
        elif hover.part == "group":
            left, top, wide, high = scene.groups.boxes[hover.group].tolist()
            rect = QRectF(*view.to_screen(left, top), wide * view.zoom, high * view.zoom)
            share = self._drawing.groups.shares.text(hover.group)
            text = f"{shown(scene.groups.names[hover.group])}   {share}"
            if rect.height() > COLLAPSED and rect.width() > COLLAPSED * 3:
                return
        else:
            return
        self._floating(painter, view, rect, text)

    def _floating(self, painter: QPainter, view: Viewport, rect: QRectF, text: str) -> None:
        font = self._theme.font("name")
        wide = text_width(text, font) + 20
        left = min(max(rect.center().x() - wide / 2, 4.0), max(view.width - wide - 4, 4.0))
        top = rect.top() - 36 if rect.top() > 44 else rect.bottom() + 10
        box = QRectF(left, top, wide, 26)
        panel(painter, box, self._theme, 6)
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(box.adjusted(10, 0, 0, 0), LEFT, text)

    # --- what is written in the corners ----------------------------------------------------------

    def _furniture(
        self, painter: QPainter, view: Viewport, state: OverlayState, *, at_leisure: bool
    ) -> None:
        bottom, right = view.height - EDGE + 1, view.width - EDGE
        self._legend.trail(painter, state.side, 12, state.trail, view.width - state.side)
        if self.has_minimap(view, state):
            corner = corner_of(view)
            self.minimap.paint(painter, corner, view, at_leisure=at_leisure)
            right = corner.x() - 10
        if state.with_zoom:
            self._zoom(painter, view.zoom, right, bottom)
            right -= ZOOM
        self._legend.legend(painter, state.side, bottom, state.legend, right)

    def _zoom(self, painter: QPainter, zoom: float, right: float, bottom: float) -> None:
        self._legend.patch(painter, QRectF(right - 36, bottom - 18, 36, 18))
        painter.setFont(self._theme.font("meta", weight=500))
        painter.setPen(self._theme.color("muted"))
        text = f"{round(zoom * 100)} %" if zoom >= 0.1 else f"{zoom * 100:.1f} %"
        painter.drawText(QRectF(right - ZOOM, bottom - 18, ZOOM, 18), RIGHT, text)

    def has_minimap(self, view: Viewport, state: OverlayState) -> bool:
        """Whether it is shown."""
        return state.with_minimap and is_useful(self._drawing, view)


def _around(view: Viewport) -> QRectF:
    size = QSize(view.width, view.height).toSizeF()
    return QRectF(QPointF(0, 0), size).adjusted(-40, -40, 40, 40)
