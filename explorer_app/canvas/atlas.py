"""Sprites, drawn once and then copied."""

import math
from collections.abc import Callable, Hashable
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from explorer_app.canvas.batches import draw_fragments
from explorer_app.canvas.strokes import HINTS
from hamilton_ol.graph.scene.arrays import Floats, Ints

WIDE, HIGH = 1024, 224  # px of a page: the first touch of more memory at once would be seen


class Sprite(NamedTuple):
    """A part of a page."""

    page: int
    left: int
    top: int
    width: int
    height: int


class Atlas:
    """Pages of sprites for one scale and theme, filled shelf by shelf."""

    def __init__(self) -> None:
        self.pages: list[QPixmap] = []
        self._sprites: dict[Hashable, Sprite] = {}
        self._x = self._y = self._shelf = 0

    def __contains__(self, key: Hashable) -> bool:
        """Whether a sprite is drawn already."""
        return key in self._sprites

    def sprite(
        self, key: Hashable, width: float, height: float, draw: Callable[[QPainter], None]
    ) -> Sprite:
        """A sprite; it is drawn when it is asked for first, from the painter's origin on."""
        found = self._sprites.get(key)
        if found is None:
            found = self._sprites[key] = self._place(math.ceil(width), math.ceil(height))
            painter = QPainter(self.pages[found.page])
            painter.setRenderHints(HINTS)
            painter.setClipRect(QRect(*found[1:]))
            painter.translate(found.left, found.top)
            draw(painter)
            painter.end()
        return found

    def _place(self, width: int, height: int) -> Sprite:
        if self.pages and self._x + width > self.pages[-1].width():
            self._x, self._y, self._shelf = 0, self._y + self._shelf, 0
        page = self.pages[-1] if self.pages else None
        if page is None or self._y + height > page.height() or width > page.width():
            page = QPixmap(max(WIDE, width), max(HIGH, height))
            page.fill(Qt.GlobalColor.transparent)
            self.pages.append(page)
            self._x = self._y = self._shelf = 0
        placed = Sprite(len(self.pages) - 1, self._x, self._y, width, height)
        self._x += width
        self._shelf = max(self._shelf, height)
        return placed

    def draw(
        self,
        painter: QPainter,
        sprites: list[Sprite],
        which: Ints,
        left: Floats,
        top: Floats,
        part: tuple[Floats, Floats] | None = None,
    ) -> None:
        """Copy sprites[which[i]] to left[i], top[i]; of each only a part: (first column, width)."""
        if not len(which):
            return
        table = np.array(sprites, float)[which]
        first, wide = part or (np.zeros(len(which)), table[:, 3])
        for page in np.unique(table[:, 0]).astype(int).tolist():
            on = table[:, 0] == page
            source = (table[on, 1] + first[on], table[on, 2], wide[on], table[on, 4])
            draw_fragments(painter, self.pages[page], left=left[on], top=top[on], source=source)
