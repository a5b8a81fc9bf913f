"""All that is worked out of a scene before it can be drawn; may be made on any thread."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from explorer_app.canvas.fonts import Fonts, Texts
from explorer_app.canvas.theme import Theme
from explorer_app.scene.index import SceneIndex
from explorer_app.scene.items import Items
from hamilton_ol.graph.scene.arrays import Flags, Floats, Ints
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.measures import INPUT
from hamilton_ol.graph.scene.scene import Scene

PART = 100_000  # letters


class CardTexts:
    """What is written on cards, letter by letter; wherever the cards are.

    Attributes:
        names: the lines of all names, in the font of names.
        line_card: the card that each line is on.
        small_names: those of inputs, which are set smaller; small_of gives their numbers there.
        second, second_of: the different second lines, and which each node has.
        is_plain: names that can be set letter by letter, (n,).
        letters: those that occur, by the role of the font.
    """

    def __init__(self, cards: Cards, theme: Theme, like: "CardTexts | None" = None) -> None:
        self.cards, self.theme = cards, theme
        if like is not None and like.has_names_of(cards, theme):
            self.names: Texts = like.names
            self.small_names: Texts = like.small_names
            self.line_card: Ints = like.line_card
            self.small_of: Ints = like.small_of
            cards.share(like.cards)
        else:
            self._set_names(Fonts(theme))
        different, self.second_of = _numbered(cards.second)
        self.second = Fonts(theme).texts("meta", different)
        self.is_plain = self._plain()
        found = {"name": self.names, "body": self.small_names, "meta": self.second}
        self.letters = {role: _different(texts.codes) for role, texts in found.items()}

    def has_names_of(self, cards: Cards, theme: Theme) -> bool:
        """Whether the names on other cards are the same, and set in the same way."""
        is_same = self.theme is theme and np.array_equal(self.cards.kinds, cards.kinds)
        return is_same and self.cards.names == cards.names

    def _set_names(self, fonts: Fonts) -> None:
        cards = self.cards
        lines = [line for lines in cards.lines for line in lines]
        self.names = fonts.texts("name", lines)
        self.line_card = np.repeat(np.arange(len(cards)), np.diff(cards.line_start))
        is_small = cards.kinds[self.line_card] == INPUT
        self.small_of = np.cumsum(is_small) - 1
        small = [line for line, is_input in zip(lines, is_small.tolist(), strict=True) if is_input]
        self.small_names = fonts.texts("body", small, 500)

    def _plain(self) -> Flags:
        plain = self.second.plain[self.second_of].copy()
        np.logical_and.at(plain, self.line_card, self.names.plain)
        return plain & (np.diff(self.cards.line_start) > 0)


class PreparedScene:
    """A scene with its index, and its texts letter by letter.

    Args:
        scene: what is shown.
        theme: has the fonts.
        like: another scene; what is written on its cards, too, is not set again.

    Attributes:
        scene, index: of the nodes and curves.
        items: what keys go to.
        texts: what is written on the cards.
        middle: of the cards, (n, 2).
        classes: of each node: bodies of one class differ in their width only, (n,).
        class_width: the widest of each class.
        class_example: a node of each class.
    """

    def __init__(self, scene: Scene, theme: Theme, like: "PreparedScene | None" = None) -> None:
        self.scene, self.index, self.items = scene, SceneIndex(scene), Items(scene)
        self.middle: Floats = scene.boxes[:, :2] + scene.boxes[:, 2:] / 2
        texts: CardTexts | None = like.texts if like is not None else None
        is_same = texts is not None and texts.cards is scene.cards and texts.theme is theme
        self.texts: CardTexts = texts if texts and is_same else CardTexts(scene.cards, theme, texts)
        self._classify()

    @cached_property
    def degrees(self) -> tuple[Ints, Ints]:
        """How many edges end and begin at each card, (n,) and (n,)."""
        edges, count = self.scene.edges, len(self.scene)
        return np.bincount(edges.target, minlength=count), np.bincount(
            edges.origin, minlength=count
        )

    def _classify(self) -> None:
        cards = self.scene.cards
        widths, heights = np.nan_to_num(self.scene.boxes[:, 2:]).T
        lines, high = np.diff(cards.line_start), np.round(heights * 4).astype(np.int32)
        keys = (cards.kinds, lines, cards.tagged, cards.rows, high)
        packed = np.zeros(len(cards), np.int64)
        for key in keys:
            packed *= int(key.max(initial=0)) + 1
            packed += key
        _, example, classes = np.unique(packed, return_index=True, return_inverse=True)
        self.class_example, self.classes = example, classes
        self.class_width: Floats = np.zeros(len(example))
        np.maximum.at(self.class_width, classes, widths)
        shapes = (key[example].tolist() for key in keys)
        self.class_shape = list(zip(*shapes, self.class_width.tolist(), strict=True))

    def lines_of(self, nodes: Ints) -> tuple[Ints, Ints, Ints]:
        """The lines of some nodes: their numbers, whose they are, and which line each is."""
        start = self.scene.cards.line_start
        counts = start[nodes + 1] - start[nodes]
        owner = np.repeat(np.arange(len(nodes)), counts)
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        return start[nodes][owner] + within, owner, within


def _different(codes: np.ndarray) -> Ints:
    """Each of many letters once; part by part, so that they are not held twice."""
    parts = [np.unique(codes[n : n + PART]) for n in range(0, max(len(codes), 1), PART)]
    return np.unique(np.concatenate(parts)).astype(np.int64)


def _numbered(strings: Sequence[str]) -> tuple[list[str], Ints]:
    known: dict[str, int] = {}
    places = [known.setdefault(text, len(known)) for text in strings]
    return list(known), np.array(places, np.int64)
