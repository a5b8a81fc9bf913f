"""Pictures in memory that both Qt and numpy write to."""

from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from explorer_app.scene.index import Window
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrays import Floats

STRIP = 48  # rows written at once: the first touch of new memory is dear


class Frame(NamedTuple):
    """Which part of the scaled scene a picture holds.

    Attributes:
        zoom, ratio: as of a viewport.
        left, top: its corner in the scaled scene, device px.
    """

    zoom: float
    ratio: float
    left: int
    top: int

    @property
    def scale(self) -> float:
        """Device px for a unit of the scene."""
        return self.zoom * self.ratio

    def x(self, values: Floats | float) -> Floats:
        """Where something is in the picture, across."""
        return np.asarray(values) * self.scale - self.left

    def y(self, values: Floats | float) -> Floats:
        """Where something is in the picture, down."""
        return np.asarray(values) * self.scale - self.top

    def window(self, rect: QRect) -> Window:
        """The part of the scene that a rectangle of the picture shows."""
        return Window(
            (rect.left() + self.left) / self.scale,
            (rect.top() + self.top) / self.scale,
            (rect.right() + 1 + self.left) / self.scale,
            (rect.bottom() + 1 + self.top) / self.scale,
        )

    @classmethod
    def of(cls, view: Viewport, margin_x: int = 0, margin_y: int = 0) -> "Frame":
        """A view with a margin around it, device px."""
        left, top = view.corner
        return cls(view.zoom, view.ratio, left - margin_x, top - margin_y)


class Buffer:
    """A picture over memory of its own.

    Its pages are small: for a large array numpy asks the system for huge ones, and the first touch
    of one of these took up to 6 ms (measured: Linux 6.18, 2 MB) where a strip of a picture takes 0.4.

    Attributes:
        pixels: 0xffRRGGBB, (height, width).
        image: the same memory for Qt.
        frame: what it shows.
        valid: the part of it that has been drawn.
    """

    def __init__(self, width: int, height: int) -> None:
        memory = mmap(-1, max(width * height, 1) * 4)
        self.pixels = np.frombuffer(memory, np.uint32, width * height).reshape(height, width)
        form = QImage.Format.Format_RGB32
        self.image = QImage(self.pixels.data, width, height, width * 4, form)
        self.frame = Frame(1.0, 1.0, 0, 0)
        self.valid = QRect()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, px."""
        high, wide = self.pixels.shape
        return wide, high

    @property
    def rect(self) -> QRect:
        """All of it."""
        return QRect(0, 0, *self.size)

    def offset(self, other: Frame) -> tuple[int, int]:
        """What has to be added to a place in this picture to find it in another frame."""
        return self.frame.left - other.left, self.frame.top - other.top

    def copy_from(self, other: "Buffer", rect: QRect) -> Iterator[None]:
        """Take a rectangle of this picture over from another one of the same scale, in strips."""
        across, down = self.offset(other.frame)
        left, right = rect.left(), rect.right() + 1
        for top in range(rect.top(), rect.bottom() + 1, STRIP):
            low = min(top + STRIP, rect.bottom() + 1)
            part = other.pixels[top + down : low + down, left + across : right + across]
            self.pixels[top:low, left:right] = part
            yield


class BufferPool:
    """Hands out buffers and takes those back that nobody holds any more."""

    def __init__(self) -> None:
        self._buffers: list[Buffer] = []

    def take(self, size: tuple[int, int], held: tuple[Buffer | None, ...]) -> Buffer:
        """A buffer of a size that is not among the held ones."""
        self._buffers = [
            buffer for buffer in self._buffers if buffer.size == size or buffer in held
        ]
        for buffer in self._buffers:
            if buffer.size == size and buffer not in held:
                buffer.valid = QRect()
                return buffer
        self._buffers.append(Buffer(*size))
        return self._buffers[-1]
