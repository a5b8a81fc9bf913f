"""Widths of texts without any font: what a sans serif usually needs."""

from unicodedata import combining, east_asian_width

import numpy as np

from hamilton_ol.graph.scene.arrays import Floats
from hamilton_ol.graph.scene.tokens import tokens

#: Advances of the letters from U+0020 on in hundredths of the size; measured with Inter, medium.
_ADVANCES = (
    *(26, 29, 40, 64, 64, 83, 65, 22, 38, 38, 52, 67, 29, 46, 28, 37),
    *(65, 47, 61, 64, 65, 62, 64, 58, 63, 64, 28, 29, 67, 67, 67, 53),
    *(97, 70, 65, 74, 72, 60, 59, 75, 74, 27, 55, 66, 56, 90, 75, 77),
    *(64, 77, 64, 64, 65, 74, 70, 98, 67, 68, 64, 38, 37, 38, 48, 46),
    *(50, 57, 63, 57, 63, 59, 37, 62, 60, 25, 25, 56, 25, 88, 60, 60),
    *(62, 62, 38, 54, 37, 59, 57, 82, 55, 57, 55, 38, 34, 38, 67),
)
_FIRST = 0x20
_WIDE, _OTHER = 1.1, 0.72  # of the size; most letters beyond ASCII need less
_WEIGHTS = {400: 0.985, 500: 1.0, 600: 1.025}
ROOM = 1.04  # fonts that are wider than the one that was measured


def advance(text: str) -> float:
    """The width of a text in medium weight, in parts of its size."""
    return sum(map(_advance, text))


def _advance(letter: str) -> float:
    place = ord(letter) - _FIRST
    if 0 <= place < len(_ADVANCES):
        return _ADVANCES[place] / 100
    if combining(letter):
        return 0.0
    return _WIDE if east_asian_width(letter) in "WF" else _OTHER


class Estimates:
    """Estimates the widths of texts."""

    def widths(self, role: str, texts: tuple[str, ...], weight: int | None = None) -> Floats:
        """The widths of texts in a role's font, px, (len(texts),)."""
        return np.array([width(role, text, weight) * ROOM for text in texts], float)


def width(role: str, text: str, weight: int | None = None) -> float:
    """The width of one text in a role's font, px."""
    size, usual = tokens()["type"]["scale"][role]
    return advance(text) * float(size) * _WEIGHTS[weight or usual]
