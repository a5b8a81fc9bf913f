"""Many lines or sprites in one call of Qt, straight from arrays.

Qt's classes are laid out as their numbers in a row, so that an array can stand for a list of them
(what pyqtgraph does): a list made in Python costs several times the drawing.
"""

from typing import Any

import numpy as np
import shiboken6
from numpy.typing import ArrayLike
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from hamilton_ol.graph.scene.arrays import Floats


def _as_list_of(kind: type, array: Floats) -> Any:
    return shiboken6.wrapInstance(array.ctypes.data, kind)


def draw_lines(painter: QPainter, lines: Floats) -> None:
    """Draw lines, (n, 4), with the painter's pen."""
    if len(lines):
        held = np.ascontiguousarray(lines, np.float64)
        painter.drawLines(_as_list_of(QLineF, held), len(held))


def draw_rects(painter: QPainter, rects: Floats) -> None:
    """Draw rectangles (left, top, width, height), (n, 4), with the painter's pen and brush."""
    if len(rects):
        held = np.ascontiguousarray(rects, np.float64)
        painter.drawRects(_as_list_of(QRectF, held), len(held))


def draw_frames(painter: QPainter, rects: Floats, width: float) -> None:
    """Draw the sides of rectangles, (n, 4), with the painter's brush, on whole px.

    With a pen it takes eight times as long.
    """
    half = width / 2
    left, top, wide, high = (rects + np.array([-half, -half, width, width])).T
    side, thick = np.maximum(high - 2 * width, 0.0), np.full(len(rects), width)
    above, below = (left, top, wide, thick), (left, top + high - width, wide, thick)
    beside = (left, top + width, thick, side), (left + wide - width, top + width, thick, side)
    hints = painter.renderHints()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    draw_rects(painter, np.concatenate([np.stack(one, axis=1) for one in (above, below, *beside)]))
    painter.setRenderHints(hints)


def draw_fragments(
    painter: QPainter,
    pixmap: QPixmap,
    *,
    left: ArrayLike,
    top: ArrayLike,
    source: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
) -> None:
    """Copy n parts of a pixmap, each to a whole pixel; the painter is at scale 1.

    `source` is left, top, width and height of each part, (n,), or one for all.
    """
    x = np.asarray(left, float)
    if not x.size:
        return
    held = np.empty((x.size, 10))
    source_x, source_y, width, height = (np.asarray(value, float) for value in source)
    held[:, 0] = x + width / 2  # Qt wants the middle
    held[:, 1] = np.asarray(top, float) + height / 2
    held[:, 2], held[:, 3], held[:, 4], held[:, 5] = source_x, source_y, width, height
    held[:, 6:8] = 1.0  # scale
    held[:, 8] = 0.0  # rotation
    held[:, 9] = 1.0  # opacity
    painter.drawPixmapFragments(_as_list_of(QPainter.PixmapFragment, held), len(held), pixmap)
