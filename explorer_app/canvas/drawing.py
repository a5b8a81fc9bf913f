"""Draws what is in a rectangle of a scene: in steps that are short enough for a live window."""

from collections.abc import Generator, Iterator
from enum import Enum
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from explorer_app.canvas.buffers import STRIP, Buffer
from explorer_app.canvas.cardpainter import CardPainter
from explorer_app.canvas.dotdrawing import DotDrawing
from explorer_app.canvas.edgedrawing import EdgeDrawing
from explorer_app.canvas.groupdrawing import GroupDrawing
from explorer_app.canvas.kit import Kits
from explorer_app.canvas.lookcodes import codes_of
from explorer_app.canvas.nodedrawing import NodeDrawing
from explorer_app.canvas.nodetexts import Task
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.scene.index import Window
from explorer_app.scene.segments import DIM, USUAL, edge_codes
from hamilton_ol.graph.scene.arrays import Codes, Ints
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.words import STATUS

AROUND = 24.0  # px that a mark may reach beyond its card


class Layer(Enum):
    """What of a scene is drawn."""

    EVERYTHING = "as it looks"
    BACKGROUND = "all of it, as if it stepped back"
    FOREGROUND = "only what does not step back"


class Level(Enum):
    """How much of a node is drawn."""

    DOTS = "dots"
    CHIPS = "chips"
    CARDS = "cards"
    LARGE = "large cards, painted one by one"


class Part(NamedTuple):
    """What is drawn in one go."""

    layer: Layer
    rect: QRect
    nodes_first: bool = False


class SceneDrawing:
    """Draws a scene as it looks now.

    Args:
        prepared: the scene.
        looks: how it looks.
        theme: colours and measures.
        kits: sprites and letters that are there already.

    Raises:
        ValueError: the looks are those of another scene.
    """

    def __init__(self, prepared: PreparedScene, looks: Looks, theme: Theme, kits: Kits) -> None:
        if looks.size != prepared.scene.size:
            raise ValueError(f"Looks of {looks.size} for a scene of {prepared.scene.size}")
        self.prepared, self.looks, self.theme, self._kits = prepared, looks, theme, kits
        self.cards = CardPainter(theme)
        self.codes = codes_of(looks)
        self._route_codes = prepared.index.segments.route_codes(edge_codes(looks))
        self._is_plain = bool((self._route_codes == USUAL).all())
        self.nodes = NodeDrawing(prepared, looks, self.codes, self.cards)
        self._dots = DotDrawing(prepared, looks, self.codes, self.cards)
        self._edges = EdgeDrawing(prepared, theme)
        self.groups = GroupDrawing(prepared, looks, theme)

    def level(self, zoom: float, ratio: float) -> Level:
        """How much of a node is drawn at a zoom."""
        limits = self.theme.zoom
        if zoom < limits["dots_below"]:
            return Level.DOTS
        if zoom < limits["chips_below"]:
            return Level.CHIPS
        is_large = zoom > limits["cards_painted_above"] or zoom * ratio > 2.2
        return Level.LARGE if is_large else Level.CARDS

    def draw(self, buffer: Buffer, painter: QPainter, part: Part) -> Iterator[None]:
        """Draw into a rectangle of a buffer; yields between steps."""
        frame, rect = buffer.frame, part.rect
        task = Task(painter, self._kits.at(frame.scale), frame)
        painter.setClipRect(rect)
        window = frame.window(rect).grown(AROUND / frame.zoom)
        if part.layer is not Layer.FOREGROUND:
            yield from self._ground(painter, rect)
            yield from self.groups.boxes(task, window)
        if part.nodes_first:
            yield from self._draw_nodes(task, buffer, rect, window, part.layer)
        segments = self.prepared.index.segments_in(window)
        yield
        codes = yield from self._codes(segments, part.layer)
        if part.layer is Layer.FOREGROUND:
            segments, codes = segments[codes > DIM], codes[codes > DIM]
        yield from self.groups.bundles(task, segments, codes)
        for code in np.unique(codes).tolist():  # from what steps back to what is loudest
            yield from self._edges.draw(task, rect, segments[codes == code], code)
        if not part.nodes_first:
            yield from self._draw_nodes(task, buffer, rect, window, part.layer)
        yield from self.groups.counts(task, segments, codes)

    def _codes(self, segments: Ints, layer: Layer) -> Generator[None, None, Codes]:
        """How cubics look; yields between steps."""
        codes = np.full(len(segments), USUAL, np.uint8)
        if layer is Layer.BACKGROUND:
            codes[:] = DIM
        elif not self._is_plain:
            found = self.prepared.index.segments
            for part in found.parts(segments):
                codes[part] = found.codes(self._route_codes, segments[part])
                yield
        return codes

    def _ground(self, painter: QPainter, rect: QRect) -> Iterator[None]:
        for top in range(rect.top(), rect.bottom() + 1, STRIP):
            high = min(STRIP, rect.bottom() + 1 - top)
            painter.fillRect(rect.left(), top, rect.width(), high, self.theme.color("canvas"))
            yield

    def _draw_nodes(
        self, task: Task, buffer: Buffer, rect: QRect, window: Window, layer: Layer
    ) -> Iterator[None]:
        index = self.prepared.index
        nodes = index.nodes[index.nodes_in(window)]
        yield
        if layer is Layer.FOREGROUND:
            nodes = nodes[~self.looks.dim[nodes] | (self.looks.status[nodes] > STATUS["ok"])]
        dim = layer is Layer.BACKGROUND
        level = self.level(task.frame.zoom, task.frame.ratio)
        if level is Level.DOTS:
            yield from self._dots.draw(task, buffer, rect, nodes, dim=dim)
        elif level is Level.LARGE:
            yield from self.nodes.whole(task, nodes, dim=dim)
        else:
            yield from self.nodes.batches(task, nodes, dim=dim, chips=level is Level.CHIPS)

    @property
    def signature(self) -> tuple[object, ...]:
        """What the background depends on: two drawings of one have the same."""
        own = None if self.looks.is_dimmed else self.looks
        return (self.prepared, self.theme.name, own)
