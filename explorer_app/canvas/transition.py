"""From one scene to the next: what stays moves to its new place, the rest fades."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEasingCurve, QObject, QPoint, QRect, QRectF, QVariantAnimation
from PySide6.QtGui import QImage, QPainter

from explorer_app.canvas.buffers import Frame
from explorer_app.canvas.dotdrawing import dot_size
from explorer_app.canvas.drawing import Level, SceneDrawing
from explorer_app.canvas.theme import faded
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.tokens import tokens

MOST = 400  # cards that move; of more, the rest fades
AROUND = 3.0  # px of a card's outline


class Transition(QObject):
    """Shows the way from one scene to another.

    Args:
        update: called when there is something new to paint.
        parent: owns it.
    """

    def __init__(self, update: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._old, self._update = QImage(), update
        self._from = self._to = np.zeros((0, 4))
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(tokens()["motion"]["stay"])
        self._animation.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(update)
        self._animation.finished.connect(self._end)

    @property
    def is_running(self) -> bool:
        """Whether it is on its way."""
        return self._animation.state() != QVariantAnimation.State.Stopped

    def begin(
        self,
        picture: QImage,
        old: tuple[SceneDrawing, Viewport],
        new: tuple[SceneDrawing, Viewport],
    ) -> None:
        """Go from a picture of an old scene to a new scene."""
        self.stop()
        before, after = _staying(old, new)
        self._old = picture
        self._from, self._to = _rects(*old, before), _rects(*new, after)
        if old[0].level(old[1].zoom, old[1].ratio) is Level.DOTS:
            side = 2 * dot_size(Frame.of(old[1])) + 2
            self._from, self._to = _middles(self._from, side), _middles(self._to, side)
        self._animation.start()

    def stop(self) -> None:
        """Be there."""
        self._animation.stop()
        self._old = QImage()

    def _end(self) -> None:
        self._old = QImage()
        self._update()

    def paint(self, painter: QPainter, drawing: SceneDrawing) -> None:
        """Paint over the new picture, in device px, what is still to be seen of the old one."""
        share = float(self._animation.currentValue())
        if not len(self._from):  # with nothing that moves it would be empty half-way
            painter.setOpacity(1.0 - share)
            painter.drawImage(0, 0, self._old)
            painter.setOpacity(1.0)
            return
        view = QRect(QPoint(0, 0), self._old.size())
        veil = 1.0 - max(0.0, 2 * share - 1)
        painter.fillRect(view, faded(drawing.theme.color("canvas"), veil))
        painter.setOpacity(max(0.0, 1 - 2 * share))
        painter.drawImage(0, 0, self._old)
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rects = self._from + (self._to - self._from) * share
        for rect, source in zip(rects.tolist(), self._from.tolist(), strict=True):
            painter.drawImage(QRectF(*rect), self._old, QRectF(*source))


def _staying(
    old: tuple[SceneDrawing, Viewport], new: tuple[SceneDrawing, Viewport]
) -> tuple[Ints, Ints]:
    """Nodes that were seen and are in the new scene, by their names: old and new numbers."""
    (drawing, view), after = old, new[0].prepared.scene
    index = drawing.prepared.index
    seen = index.nodes[index.nodes_in(view.window)][:MOST]
    before = drawing.prepared.scene.cards
    if before.names is after.cards.names:
        same = seen[np.isfinite(after.boxes[seen, 0])]
        return same, same
    names = before.names
    wanted = {names[node] for node in seen.tolist()}
    numbers = {name: number for number, name in enumerate(after.cards.names) if name in wanted}
    pairs = [(node, numbers[names[node]]) for node in seen.tolist() if names[node] in numbers]
    pairs = [pair for pair in pairs if np.isfinite(after.boxes[pair[1], 0])]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _rects(drawing: SceneDrawing, view: Viewport, nodes: Ints) -> Floats:
    """Where nodes are in a view, device px, (k, 4)."""
    boxes = drawing.prepared.scene.boxes[nodes] * view.scale
    boxes[:, :2] -= np.array(view.corner) + AROUND
    boxes[:, 2:] += 2 * AROUND
    return boxes


def _middles(rects: Floats, side: float) -> Floats:
    """Squares in the middle of rectangles: of a card that is drawn as a dot, more is not seen."""
    corners = rects[:, :2] + rects[:, 2:] / 2 - side / 2
    return np.concatenate([corners, np.full(rects[:, 2:].shape, side)], axis=1)
