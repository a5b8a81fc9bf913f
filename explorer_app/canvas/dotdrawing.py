"""Draws nodes where there is no room for names: sprites, and single pixels far away."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter

from explorer_app.canvas.atlas import Sprite
from explorer_app.canvas.buffers import Buffer, Frame
from explorer_app.canvas.cardpainter import CardPainter
from explorer_app.canvas.lookcodes import DIMMED, look_of_code
from explorer_app.canvas.nodetexts import Task
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.strokes import HINTS
from hamilton_ol.graph.scene.arrays import Floats, Ints, Numbers
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.words import KINDS, STATUS, STATUSES

SPRITES_FROM = 2.0  # px; smaller dots are stamped into the picture
STEP = 4000
STAMPS = 30_000


def dot_size(frame: Frame) -> float:
    """Half the height of a dot, px."""
    return min(6.0, max(0.5, 24 * frame.zoom)) * frame.ratio


class DotDrawing:
    """Draws the nodes of a scene as dots."""

    def __init__(
        self, prepared: PreparedScene, looks: Looks, codes: Numbers, cards: CardPainter
    ) -> None:
        self._scene, self._looks, self._codes, self._cards = prepared.scene, looks, codes, cards

    def draw(
        self, task: Task, buffer: Buffer, rect: QRect, nodes: Ints, *, dim: bool
    ) -> Iterator[None]:
        """Draw some nodes inside a rectangle; yields between steps."""
        codes = np.full(len(nodes), DIMMED) if dim else self._codes[nodes]
        boxes = self._scene.boxes[nodes]
        x = task.frame.x(boxes[:, 0] + boxes[:, 2] / 2)
        y = task.frame.y(boxes[:, 1] + boxes[:, 3] / 2)
        keys = codes * np.int64(len(KINDS)) + self._scene.cards.kinds[nodes]
        packed, which = np.unique(keys, return_inverse=True)
        different = np.stack(np.divmod(packed, len(KINDS))[::-1], axis=1)
        yield
        if dot_size(task.frame) < SPRITES_FROM:
            pixels = [self._color(kind, code).rgb() for kind, code in different.tolist()]
            table = np.array(pixels or [0], np.uint32)
            side = max(1, round(2 * dot_size(task.frame)))
            yield from _stamps(buffer, rect, np.stack([x, y]) - side / 2, table[which], side)
        else:
            yield from self._sprites(task, different, which, x, y)
        if not dim:
            yield from self._statuses(task, nodes, x, y)

    def _color(self, kind: int, code: int) -> QColor:
        look, theme = look_of_code(code), self._cards.theme
        if look.dim:
            return theme.color("edge")
        return self._cards.dot_color(KINDS[kind], look)

    def _sprites(
        self, task: Task, different: Ints, which: Ints, x: Floats, y: Floats
    ) -> Iterator[None]:
        painter, kit, frame = task
        size = dot_size(frame)
        side = int(np.ceil(size * 2.8)) + 4
        sprites: list[Sprite] = []
        for kind, code in different.tolist():

            def draw(painter: QPainter, kind: int = kind, code: int = code) -> None:
                middle = QPointF(side // 2, side // 2)
                self._cards.dot(painter, KINDS[kind], look_of_code(code), middle, size)

            sprites.append(kit.atlas.sprite(("dot", kind, code), side, side, draw))
            yield
        left, top = np.round(x) - side // 2, np.round(y) - side // 2
        for first in range(0, len(which), STEP):
            part = slice(first, first + STEP)
            kit.atlas.draw(painter, sprites, which[part], left[part], top[part])
            yield

    def _statuses(self, task: Task, nodes: Ints, x: Floats, y: Floats) -> Iterator[None]:
        status = self._looks.status[nodes]
        size = dot_size(task.frame)
        some = np.flatnonzero(status > STATUS["ok"])
        if size < SPRITES_FROM or not len(some):
            return
        painter = task.painter
        painter.setRenderHints(HINTS)
        back = self._cards.theme.color("canvas")
        for number in some.tolist():
            name = STATUSES[status[number]]
            at = QPointF(x[number] + size + 3 * task.frame.ratio, y[number] - size - 2)
            self._cards.marks.status(painter, name, at, 10 * task.frame.ratio, back)
            yield


def _stamps(
    buffer: Buffer, rect: QRect, corners: Floats, colors: np.ndarray, side: int
) -> Iterator[None]:
    for first in range(0, len(colors), STAMPS):
        part = slice(first, first + STAMPS)
        left, top = np.round(corners[:, part]).astype(np.int64)
        _stamp(buffer, rect, left, top, colors[part], side)
        yield


def _stamp(
    buffer: Buffer, rect: QRect, left: Ints, top: Ints, colors: np.ndarray, side: int
) -> None:
    """Write squares into a picture, cut at a rectangle."""
    wide, high = buffer.size
    right, bottom = min(rect.right(), wide - 1), min(rect.bottom(), high - 1)
    for down in range(side):
        for across in range(side):
            x, y = left + across, top + down
            inside = (x >= max(rect.left(), 0)) & (x <= right)
            inside &= (y >= max(rect.top(), 0)) & (y <= bottom)
            buffer.pixels[y[inside], x[inside]] = colors[inside]
