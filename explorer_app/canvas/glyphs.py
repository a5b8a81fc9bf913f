"""Letters of one font, size and colour as sprites, so that all labels are one call."""

import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPixmap

from explorer_app.canvas.batches import draw_fragments
from explorer_app.canvas.fonts import Texts
from hamilton_ol.graph.scene.arrays import Floats, Ints

SPACE = 32
STEP = 24  # letters drawn at once


class Glyphs:
    """Draws texts in one font and colour.

    Args:
        font: of a usual size, in whole px.
        grown: how much larger than that the letters are. They are drawn by a painter that is
            scaled, as single cards are: letters of a larger font come out thinner than that.
        color: of the letters.
        back: the colour behind them, or near it: Qt thickens or thins letters by it.
    """

    def __init__(self, font: QFont, grown: float, color: QColor, back: QColor) -> None:
        self._font, self._grown, self._color, self._back = font, grown, color, back
        metrics, px = QFontMetricsF(font), font.pixelSize() * grown
        self._metrics = metrics
        self._ascent = math.ceil(metrics.ascent() * grown) + 1
        self._height = self._ascent + math.ceil(metrics.descent() * grown) + 1
        self._phases = 4 if px < 15 else 2 if px < 26 else 1  # places between two pixels
        #: from the middle of a line to its baseline, px
        self.middle = (metrics.ascent() - metrics.descent()) / 2 * grown
        self._codes: Ints = np.zeros(0, np.int64)
        self._left = self._width = self._codes
        self._pixmap: QPixmap | None = None

    def prepare(self, codes: Ints) -> Iterator[None]:
        """Draw the letters that are needed and not there yet; yields between steps.

        Whoever gives up in between leaves everything as it was.
        """
        while np.setdiff1d(codes, self._codes).size:
            wanted = np.union1d(self._codes, codes)
            letters = [chr(code) for code in wanted.tolist()]
            width = np.array([self._room(letter) for letter in letters])
            left = np.cumsum(width) - width
            size = int(width.sum()), self._height * self._phases
            image = QImage(*size, QImage.Format.Format_RGB32)
            image.fill(self._back)
            for phase in range(self._phases):
                for first in range(0, len(letters), STEP):
                    some = slice(first, first + STEP)
                    self._draw_letters(image, letters[some], left[some], phase)
                    yield
            self._pixmap = _coverage(image, self._color, self._back)
            self._codes, self._width, self._left = wanted, width, left
            yield

    def _room(self, letter: str) -> int:
        return math.ceil(self._metrics.horizontalAdvance(letter) * self._grown) + 3

    def _draw_letters(self, image: QImage, letters: list[str], lefts: Ints, phase: int) -> None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(self._font)
        painter.setPen(self._color)
        painter.scale(self._grown, self._grown)
        base = (phase * self._height + self._ascent) / self._grown
        for letter, left in zip(letters, lefts.tolist(), strict=True):
            x = (left + 1 + phase / self._phases) / self._grown
            painter.drawText(QPointF(x, base), letter)
        painter.end()

    def draw(
        self,
        painter: QPainter,
        texts: Texts,
        numbers: Ints,
        left: Floats,
        base: Floats,
        scale: float,
    ) -> None:
        """Draw plain texts by their numbers, each with its start and baseline in px.

        `scale` is the size of these letters by the size in which the texts were measured.
        """
        counts = (texts.start[1:] - texts.start[:-1])[numbers]
        ends = np.cumsum(counts)
        total = int(ends[-1]) if ends.size else 0
        if not total or self._pixmap is None:
            return
        at = np.repeat(texts.start[numbers] - (ends - counts), counts) + np.arange(total)
        codes = texts.codes[at]
        x = np.floor((texts.pens[at] * scale + np.repeat(left, counts)) * self._phases + 0.5)
        y = np.repeat(np.round(base) - self._ascent, counts)
        ink = codes != SPACE
        place = np.searchsorted(self._codes, codes[ink])
        whole, phase = np.divmod(x[ink], self._phases)
        source = (self._left[place], phase * self._height, self._width[place], self._height)
        draw_fragments(painter, self._pixmap, left=whole - 1, top=y[ink], source=source)


def _coverage(image: QImage, color: QColor, back: QColor) -> QPixmap:
    """Letters on an opaque ground as letters on none.

    Qt corrects the weight of letters on opaque pixels only, so they are drawn on such; how much of
    each pixel they cover is computed back from the result.
    """
    pixels = np.frombuffer(image.constBits(), np.uint8)
    pixels = pixels.reshape(image.height(), image.width(), 4)
    ink = np.array([color.blue(), color.green(), color.red()], np.float32)
    ground = np.array([back.blue(), back.green(), back.red()], np.float32)
    channel = int(np.abs(ink - ground).argmax())
    span = ink[channel] - ground[channel] or 1.0
    share = np.clip((pixels[..., channel] - ground[channel]) / span, 0, 1)[..., None]
    made = np.ascontiguousarray(
        np.round(np.concatenate([ink * share, 255 * share], axis=2)).astype(np.uint8)
    )
    premultiplied = QImage.Format.Format_ARGB32_Premultiplied
    size = (image.width(), image.height(), image.width() * 4)
    return QPixmap.fromImage(QImage(made.data, *size, premultiplied).copy())
