"""Widths of texts without any font: what a sans serif usually needs."""

from functools import cache
from unicodedata import category, east_asian_width, normalize

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
# Of the size; most letters need less. A square is what letters of Chinese and Japanese fill.
_SQUARE, _HALF, _EMOJI, _BROAD, _CAPITAL, _OTHER = 1.0, 0.5, 1.3, 1.1, 0.82, 0.72
_BROADER = frozenset("ÆæĦŒœЖМФШЩЪЫЮЉЊжмфшщыюљњ")
_NOTHING = {"Mn", "Me", "Cf"}  # marks over and under letters, and joiners
_WEIGHTS = {400: 0.985, 500: 1.0, 600: 1.025}
ROOM = 1.04  # fonts that are wider than the one that was measured


def advance(text: str) -> float:
    """The width of a text in medium weight, in parts of its size."""
    return sum(map(_advance, text))


@cache
def _advance(letter: str) -> float:
    place = ord(normalize("NFD", letter)[0]) - _FIRST  # an accent makes no letter wider
    if 0 <= place < len(_ADVANCES):
        return _ADVANCES[place] / 100
    if category(letter) in _NOTHING:
        return 0.0
    if east_asian_width(letter) in "WF":
        return _SQUARE if is_sure(letter) else _EMOJI
    if letter in _BROADER:
        return _BROAD
    if east_asian_width(letter) == "H":
        return _HALF
    return _CAPITAL if category(letter) == "Lu" else _OTHER


def is_sure(text: str) -> bool:
    """Whether fonts hardly differ: accented letters of English, and those that fill squares."""
    return all(
        letter.isascii()
        or normalize("NFD", letter)[0].isascii()
        or category(letter) == "Mn"
        or (east_asian_width(letter) in "WFH" and category(letter) != "So")
        for letter in text
    )


class Estimates:
    """Estimates the widths of texts."""

    def widths(self, role: str, texts: tuple[str, ...], weight: int | None = None) -> Floats:
        """The widths of texts in a role's font, px, (len(texts),)."""
        return np.array([width(role, text, weight) * ROOM for text in texts], float)


def width(role: str, text: str, weight: int | None = None) -> float:
    """The width of one text in a role's font, px."""
    size, usual = tokens()["type"]["scale"][role]
    return advance(text) * float(size) * _WEIGHTS[weight or usual]
