"""Measures texts, many at a time: letters and pairs are asked of Qt once, the rest is arithmetic.

May be used from any thread; each thread needs its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QFontMetricsF

from explorer_app.canvas.theme import Theme
from hamilton_ol.graph.scene.arrays import Flags, Floats, Ints, Singles
from hamilton_ol.graph.scene.names import is_plain

_PAIR = 1 << 21  # more than there are code points
PART = 4_000  # texts that are set at once: what that takes for all of them is much memory


@dataclass(frozen=True, eq=False)
class Texts:
    """N texts as letters with the place of each.

    Attributes:
        strings: what they are.
        start: the letters of text i are codes[start[i] : start[i + 1]], (N + 1,).
        codes: code points of all letters, (L,).
        pens: where each letter begins, px from the start of its text, (L,).
        widths: of the texts, px, (N,).
        plain: those that can be set letter by letter; others are drawn whole, (N,).
    """

    strings: tuple[str, ...]
    start: Ints
    codes: NDArray[np.uint32]
    pens: Singles
    widths: Floats
    plain: Flags


class FontTable:
    """Widths of the letters and pairs of one font that were asked for so far."""

    def __init__(self, metrics: QFontMetricsF) -> None:
        self._metrics = metrics
        self._advances: dict[int, float] = {}
        self._kernings: dict[int, float] = {}

    def advances(self, codes: Ints) -> Floats:
        """The widths of letters."""
        unique, place = np.unique(codes, return_inverse=True)
        return np.array([self._advance(code) for code in unique.tolist()], float)[place]

    def kernings(self, first: Ints, second: Ints) -> Floats:
        """How much closer (below 0) or wider each pair is set than its letters alone."""
        unique, place = np.unique(first * _PAIR + second, return_inverse=True)
        return np.array([self._kerning(pair) for pair in unique.tolist()], float)[place]

    def _advance(self, code: int) -> float:
        found = self._advances.get(code)
        if found is None:
            found = self._advances[code] = self._metrics.horizontalAdvance(chr(code))
        return found

    def _kerning(self, pair: int) -> float:
        found = self._kernings.get(pair)
        if found is None:
            one, two = divmod(pair, _PAIR)
            both = self._metrics.horizontalAdvance(chr(one) + chr(two))
            found = self._kernings[pair] = both - self._advance(one) - self._advance(two)
        return found

    def whole(self, text: str) -> float:
        """The width of a text that has to be set as a whole."""
        return self._metrics.horizontalAdvance(text)


class Fonts:
    """Measures in the fonts of a theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._tables: dict[tuple[str, int | None], FontTable] = {}

    def table(self, role: str, weight: int | None = None) -> FontTable:
        """What is known of the font of a role."""
        found = self._tables.get((role, weight))
        if found is None:
            metrics = QFontMetricsF(self._theme.font(role, weight=weight))
            found = self._tables[role, weight] = FontTable(metrics)
        return found

    def widths(self, role: str, texts: tuple[str, ...], weight: int | None = None) -> Floats:
        """The widths of texts in a role's font, px, (len(texts),)."""
        table, (known, places) = self.table(role, weight), _once(texts)
        found = [part.widths for part in _set_in_parts(table, known)]  # letters are not kept
        return np.concatenate(found)[places]

    def texts(self, role: str, strings: Sequence[str], weight: int | None = None) -> Texts:
        """Texts with the place of each letter."""
        table, (known, places) = self.table(role, weight), _once(strings)
        made = _set_all(table, known)
        return made if len(known) == len(strings) else _picked(made, places)


def _once(strings: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Each text once, and which of them each is."""
    known: dict[str, int] = {}
    places = [known.setdefault(text, len(known)) for text in strings]
    return tuple(known), np.array(places, np.int64)


def _set_in_parts(table: FontTable, strings: tuple[str, ...]) -> Iterator[Texts]:
    return (_set(table, strings[n : n + PART]) for n in range(0, max(len(strings), 1), PART))


def _set_all(table: FontTable, strings: tuple[str, ...]) -> Texts:
    parts = [*_set_in_parts(table, strings)]
    if len(parts) == 1:
        return parts[0]
    counts = np.concatenate([np.diff(part.start) for part in parts])
    start = np.concatenate(([0], np.cumsum(counts)))
    names = ("codes", "pens", "widths", "plain")
    made = [np.concatenate([getattr(part, name) for part in parts]) for name in names]
    return Texts(strings, start, *made)


def _set(table: FontTable, strings: tuple[str, ...]) -> Texts:
    plain = np.fromiter(map(is_plain, strings), bool, len(strings))
    counts = np.fromiter(map(len, strings), np.int64, len(strings))
    start = np.concatenate(([0], np.cumsum(counts)))
    letters = "".join(strings).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(letters, np.uint32).astype(np.int64)
    pens = _pens(table, codes, start)
    widths = np.zeros(len(strings))
    some = counts > 0
    last = start[1:][some] - 1
    if last.size:
        widths[some] = pens[last] + table.advances(codes[last])
    for number in np.flatnonzero(~plain).tolist():
        widths[number] = table.whole(strings[number])
    return Texts(strings, start, codes.astype(np.uint32), pens.astype(np.float32), widths, plain)


def _pens(table: FontTable, codes: Ints, start: Ints) -> Floats:
    if not codes.size:
        return np.zeros(0)
    step = np.zeros(codes.size)
    step[1:] = table.advances(codes[:-1]) + table.kernings(codes[:-1], codes[1:])
    run = np.cumsum(step)
    first = start[:-1][np.diff(start) > 0]
    return run - np.repeat(run[first], np.diff(start)[np.diff(start) > 0])


def _picked(texts: Texts, places: Ints) -> Texts:
    counts = np.diff(texts.start)[places]
    start = np.concatenate(([0], np.cumsum(counts)))
    at = np.repeat(texts.start[places] - start[:-1], counts) + np.arange(int(start[-1]))
    return Texts(
        tuple(texts.strings[place] for place in places.tolist()),
        start,
        texts.codes[at],
        texts.pens[at],
        texts.widths[places],
        texts.plain[places],
    )
