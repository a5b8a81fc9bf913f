"""Breaks names at their underscores, so that they are larger where cards are small."""

from typing import NamedTuple

import numpy as np

from explorer_app.canvas.fonts import Texts
from hamilton_ol.graph.scene.arrays import Flags, Floats, Ints

UNDERSCORE = ord("_")
LARGE = 9.5  # px of a name on a chip: hardly larger than on the card that it becomes
LEAST, STEP = 11, 2  # in units of the scene


class Lines(NamedTuple):
    """Lines of the names of some nodes.

    Attributes:
        role: of their font.
        texts: has them, with others.
        ids: their numbers there, (k,).
        owner: the place of each one's node among the nodes, (k,).
        within: which line of its name each is, (k,).
    """

    role: str
    texts: Texts
    ids: Ints
    owner: Ints
    within: Ints

    @property
    def widths(self) -> Floats:
        """Of the lines, px in the usual size."""
        found: Floats = self.texts.widths[self.ids]
        return found

    def widest(self, count: int) -> Floats:
        """The width of the widest line of each of so many nodes."""
        found = np.zeros(count)
        np.maximum.at(found, self.owner, self.widths)
        return found


def broken(lines: Lines, more: Flags) -> Lines:
    """The same, with one more line for nodes whose widest line can be broken.

    Args:
        lines: in the order of their nodes.
        more: which nodes may have one more line, (nodes,).
    """
    is_widest = lines.widths >= lines.widest(len(more))[lines.owner]
    cut, pen = _cuts(lines)
    is_cut = is_widest & more[lines.owner] & (cut >= 0)
    is_cut[1:] &= ~(is_cut[:-1] & (lines.owner[1:] == lines.owner[:-1]))
    first, last = lines.texts.start[lines.ids], lines.texts.start[lines.ids + 1]
    zero = np.zeros(len(cut))
    parts = np.repeat(np.arange(len(cut)), 1 + is_cut)
    is_second = np.append(False, parts[1:] == parts[:-1])
    is_first = is_cut[parts] & ~is_second
    begin = np.where(is_second, cut[parts], first[parts])
    end = np.where(is_first, cut[parts], last[parts])
    left = np.where(is_second, pen[parts], zero[parts])
    right = np.where(is_first, pen[parts], lines.widths[parts])
    return _picked(lines, parts, (begin, end), (left, right))


def even(sizes: Floats, zoom: float) -> Floats:
    """The same in steps, and not too large on the screen: so few sizes stand together."""
    found: Floats = np.maximum(STEP * (np.minimum(sizes, LARGE / zoom) // STEP), LEAST)
    return found


def _cuts(lines: Lines) -> tuple[Ints, Floats]:
    """Where each line is best broken: the letter after an underscore, -1 for nowhere; its start."""
    texts = lines.texts
    first, last = texts.start[lines.ids], texts.start[lines.ids + 1]
    counts = last - first
    line = np.repeat(np.arange(len(counts)), counts)
    at = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
    some = np.flatnonzero((texts.codes[at] == UNDERSCORE) & (at > first[line]))
    some = some[at[some] + 1 < last[line[some]]]
    pens = texts.pens[at[some] + 1].astype(float)
    longer = np.maximum(pens, lines.widths[line[some]] - pens)
    order = np.lexsort((longer, line[some]))
    broken_line, place = np.unique(line[some][order], return_index=True)
    cut, pen = np.full(len(counts), -1), np.zeros(len(counts))
    cut[broken_line] = at[some][order][place] + 1
    pen[broken_line] = pens[order][place]
    return cut, pen


def _picked(
    lines: Lines, parts: Ints, letters: tuple[Ints, Ints], sides: tuple[Floats, Floats]
) -> Lines:
    """Parts of lines as texts of their own."""
    counts = letters[1] - letters[0]
    start = np.concatenate(([0], np.cumsum(counts)))
    at = np.repeat(letters[0] - start[:-1], counts) + np.arange(int(start[-1]))
    pens = (lines.texts.pens[at] - np.repeat(sides[0], counts)).astype(np.float32)
    plain = np.ones(len(counts), bool)
    texts = Texts((), start, lines.texts.codes[at], pens, sides[1] - sides[0], plain)
    owner = lines.owner[parts]
    fresh = np.append(True, owner[1:] != owner[:-1])[: len(owner)]
    within = np.arange(len(owner)) - np.maximum.accumulate(
        np.where(fresh, np.arange(len(owner)), 0)
    )
    return Lines(lines.role, texts, np.arange(len(owner)), owner, within)
