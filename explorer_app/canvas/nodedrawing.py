"""Draws many cards: bodies as sprites, what few cards have one by one."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explorer_app.canvas.appearance import Card, Look, card_of, look_of
from explorer_app.canvas.atlas import Sprite
from explorer_app.canvas.buffers import Frame
from explorer_app.canvas.cardpainter import CardPainter, inset
from explorer_app.canvas.icons import draw_icon
from explorer_app.canvas.kit import Kit
from explorer_app.canvas.lookcodes import CODES, DIMMED, look_of_code
from explorer_app.canvas.nodetexts import NodeTexts, Task
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.strokes import HINTS, pen
from hamilton_ol.graph.scene.arrays import Floats, Ints, Numbers
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.words import MARK

BATCH = 60
MARGIN = 3  # px around a body for its outline
CHIP_ICON = 20.0  # in units of the scene
END = 20.0  # the right end of a body, which is never cut


class NodeDrawing:
    """Draws cards and chips of a scene.

    Args:
        prepared: the scene.
        looks: how it looks now.
        codes: of the looks of all bodies.
        cards: paints single ones.
    """

    def __init__(
        self, prepared: PreparedScene, looks: Looks, codes: Numbers, cards: CardPainter
    ) -> None:
        self._prepared, self._looks, self._codes, self._cards = prepared, looks, codes, cards
        self._theme, self._texts = cards.theme, NodeTexts(prepared, cards, looks)
        scene = prepared.scene
        self._is_special = ~prepared.texts.is_plain | (looks.mark == MARK["removed"])
        self._has_details = (
            (scene.cards.tagged > 0)
            | (scene.cards.rows > 0)
            | (looks.status > 0)
            | (looks.mark > 0)
            | looks.ends
            | looks.barrier
        )
        self._has_details[list(looks.letters)] = True
        if looks.notes:
            self._has_details |= np.fromiter(map(bool, looks.notes), bool, len(scene))

    # --- cards one by one ------------------------------------------------------------------------

    def whole(self, task: Task, nodes: Ints, *, dim: bool) -> Iterator[None]:
        """Paint cards by the painter of single cards."""
        for node in nodes.tolist():
            self.one(task, node, self.look(node, dim=dim))
            yield

    def look(self, node: int, *, dim: bool) -> Look:
        """How a node looks, or would look if it stepped back."""
        return Look(dim=True) if dim else look_of(self._prepared.scene, self._looks, node)

    def one(self, task: Task, node: int, look: Look) -> None:
        """Paint one card."""
        painter, _, frame = task
        scene = self._prepared.scene
        left, top = scene.boxes[node, :2]
        painter.save()
        painter.setRenderHints(HINTS)
        painter.translate(round(float(frame.x(left))), round(float(frame.y(top))))
        painter.scale(frame.scale, frame.scale)
        self._cards.card(painter, card_of(scene, node), look, QPointF(0, 0))
        painter.restore()

    # --- batches ---------------------------------------------------------------------------------

    def batches(self, task: Task, nodes: Ints, *, dim: bool, chips: bool) -> Iterator[None]:
        """Draw cards or chips; yields between steps."""
        special = self._is_special[nodes]
        for first in range(0, int((~special).sum()), BATCH):
            batch = nodes[~special][first : first + BATCH]
            yield from self._bodies(task, batch, dim=dim, chips=chips)
            codes = self._codes_of(batch, dim=dim)
            yield from self._texts.names(task, batch, codes, dim=dim, chips=chips)
            if not chips:
                yield from self._texts.seconds(task, batch, codes)
            yield from self._details(task, batch, dim=dim, chips=chips)
        yield from self.whole(task, nodes[special], dim=dim)

    def _corners(self, frame: Frame, nodes: Ints) -> tuple[Floats, Floats]:
        boxes = self._prepared.scene.boxes
        return np.round(frame.x(boxes[nodes, 0])), np.round(frame.y(boxes[nodes, 1]))

    def _codes_of(self, nodes: Ints, *, dim: bool) -> Numbers:
        return np.full(len(nodes), DIMMED) if dim else self._codes[nodes]

    # --- bodies ----------------------------------------------------------------------------------

    def _bodies(self, task: Task, nodes: Ints, *, dim: bool, chips: bool) -> Iterator[None]:
        painter, kit, frame = task
        prepared, scale = self._prepared, frame.scale
        codes, classes = self._codes_of(nodes, dim=dim), prepared.classes[nodes]
        packed, which = np.unique(classes * np.int64(CODES) + codes, return_inverse=True)
        pairs = np.stack(np.divmod(packed, CODES), axis=1)
        sprites: list[Sprite] = []
        for body, code in pairs.tolist():
            is_new = (prepared.class_shape[body], code, chips) not in kit.atlas
            sprites.append(self._body(kit, body, code, scale, chips=chips))
            if is_new:
                yield
        left, top = self._corners(frame, nodes)
        wide = np.round(prepared.scene.boxes[nodes, 2] * scale) + 2 * MARGIN
        full = np.floor(prepared.class_width[classes] * scale) + 2 * MARGIN
        end = np.minimum(np.ceil(END * scale) + MARGIN + 1, wide)
        draw = kit.atlas.draw
        corner = (left - MARGIN, top - MARGIN)
        draw(painter, sprites, which, *corner, (np.zeros(len(nodes)), wide - end))
        draw(painter, sprites, which, corner[0] + wide - end, corner[1], (full - end, end))
        yield

    def _body(self, kit: Kit, body: int, code: int, scale: float, *, chips: bool) -> Sprite:
        prepared = self._prepared
        card = card_of(prepared.scene, int(prepared.class_example[body]))
        card = card._replace(width=float(prepared.class_width[body]))
        look = look_of_code(code)

        def draw(painter: QPainter) -> None:
            painter.translate(MARGIN, MARGIN)
            painter.scale(scale, scale)
            rect = QRectF(0, 0, np.floor(card.width * scale) / scale, card.height)
            self._cards.body(painter, card, look, rect)
            if not chips:
                self._cards.card_icon(painter, card, look, rect)
            elif card.kind != "input":  # its shape tells, and its name is larger
                self._chip_icon(painter, card, look)

        size = (card.width * scale + 2 * MARGIN, card.height * scale + 2 * MARGIN)
        return kit.atlas.sprite((prepared.class_shape[body], code, chips), *size, draw)

    def _chip_icon(self, painter: QPainter, card: Card, look: Look) -> None:
        color = self._cards.icon_color(card.kind, look)
        at = QPointF(inset(card.kind) - 2, (card.head - CHIP_ICON) / 2)
        draw_icon(painter, card.kind, at, CHIP_ICON, color, 1.5)
        if card.rows:
            painter.setPen(pen(self._theme.color("border")))
            painter.drawLine(QPointF(5, card.head - 1), QPointF(card.width - 1, card.head - 1))

    # --- what is painted one by one --------------------------------------------------------------

    def _details(self, task: Task, nodes: Ints, *, dim: bool, chips: bool) -> Iterator[None]:
        painter, _, frame = task
        scene = self._prepared.scene
        for node in nodes[self._has_details[nodes]].tolist():
            card, look = card_of(scene, node), self.look(node, dim=dim)
            left, top = self._corners(frame, np.array([node]))
            painter.save()
            painter.setRenderHints(HINTS)
            painter.translate(left[0], top[0])
            painter.scale(frame.scale, frame.scale)
            self._cards.details(painter, card, look, QPointF(0, 0), brief=chips)
            painter.restore()
            yield
        painter.setRenderHints(HINTS)
