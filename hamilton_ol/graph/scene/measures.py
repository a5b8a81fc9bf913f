"""How large a card is, and where things are on it; px at zoom 1."""

from typing import Protocol

import numpy as np

from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.words import KIND, KINDS

HEAD, ROW, FOOT, LINE, TAG, CAPSULE = 44.0, 20.0, 5.0, 15.0, 22.0, 26.0
ICON = 21.0  # from the icon to the name
TICK = 22.0  # beside a name that has a mark of how it ended
CONTENT = 32.0  # a name of one line, and the second line
_LEFT = {"source": 13, "validator": 12, "input": 11, "config": 10}
_RIGHT = {"saver": 14, "validator": 12, "input": 12, "artifact": 12, "config": 10}

#: Room that a shape takes from what is written in it: left, right, (kinds, 2).
INSETS = np.array([(_LEFT.get(kind, 9), _RIGHT.get(kind, 9)) for kind in KINDS], float)
INPUT = KIND["input"]


class Widths(Protocol):
    """Measures texts."""

    def widths(self, role: str, texts: tuple[str, ...], weight: int | None = None) -> Floats:
        """The widths of texts in a role's font, px, (len(texts),)."""


def rows_height(rows: Ints) -> Floats:
    """Height of the part of a card that holds its rows."""
    return np.where(rows > 0, rows * ROW + FOOT, 0.0)


def sizes(
    cards: Cards, fonts: Widths, notes: tuple[str, ...] = (), *, with_status: bool = False
) -> Floats:
    """Width and height that each card needs at least, (n, 2).

    Args:
        cards: what is written on them.
        fonts: measures it.
        notes: of each card, at the end of its second line; () for none.
        with_status: whether room is kept for a tick.
    """
    left, right = INSETS[cards.kinds].T
    is_input = cards.kinds == INPUT
    names = _widest_line(cards, fonts, is_input)
    second = fonts.widths("meta", cards.second)
    if notes:
        extra = fonts.widths("meta", notes, 500)
        second += np.where(extra > 0, extra + 14, 0)
    tick = TICK if with_status else 0.0
    wide = left + ICON + 1 + np.maximum(names + tick, second) + right
    wide = np.maximum(wide, left + right + _tags_width(cards, fonts))
    wide = np.where(is_input, left + ICON - 1 + names + right, wide)
    wide = np.maximum(wide, _rows_width(cards, fonts))
    return np.stack([np.ceil(wide), _heights(cards, is_input)], axis=1)


def _heights(cards: Cards, is_input: np.ndarray) -> Floats:
    extra = (np.diff(cards.line_start) - 1) * LINE
    usual = HEAD + extra + cards.tagged * TAG + rows_height(cards.rows)
    return np.where(is_input, CAPSULE + np.where(extra > 0, 14.0, 0.0), usual)


def _widest_line(cards: Cards, fonts: Widths, is_input: np.ndarray) -> Floats:
    texts = tuple(line for lines in cards.lines for line in lines)
    card = np.repeat(np.arange(len(cards)), np.diff(cards.line_start))
    usual, small = fonts.widths("name", texts), fonts.widths("body", texts, 500)
    widest = np.zeros(len(cards))
    np.maximum.at(widest, card, np.where(is_input[card], small, usual))
    return widest


def _tags_width(cards: Cards, fonts: Widths) -> Floats:
    wide = np.zeros(len(cards))
    for card, tags in cards.tags.items():
        texts = fonts.widths("micro", tuple(tag.text for tag in tags))
        icons = 13 * sum(tag.tone == "pii" for tag in tags)
        wide[card] = texts.sum() + 16 * len(tags) + icons
    return wide


def _rows_width(cards: Cards, fonts: Widths) -> Floats:
    wide = np.zeros(len(cards))
    if cards.row_names:
        np.maximum.at(wide, cards.row_card, fonts.widths("body", cards.fields, 500) + 58)
    return wide
