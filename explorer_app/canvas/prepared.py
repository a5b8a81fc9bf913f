"""All that is worked out of a scene before it can be drawn; may be made on any thread."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from explorer_app.canvas.fonts import Fonts, Texts
from explorer_app.canvas.theme import Theme
from explorer_app.scene.index import SceneIndex
from hamilton_ol.graph.scene.arrays import Flags, Floats, Ints
from hamilton_ol.graph.scene.measures import INPUT
from hamilton_ol.graph.scene.scene import Scene


class PreparedScene:
    """A scene with its index, and its texts letter by letter.

    Attributes:
        scene, index: of the nodes and curves.
        middle: of the cards, (n, 2).
        names: the lines of all names, in the font of names.
        small_names: those of inputs, which are set smaller; small_of gives their numbers there.
        second, second_of: the different second lines, and which each node has.
        classes: of each node: bodies of one class differ in their width only, (n,).
        class_width: the widest of each class.
        class_example: a node of each class.
        class_shape: what a body of each looks like; the same in every scene.
        is_plain: names that can be set letter by letter, (n,).
    """

    def __init__(self, scene: Scene, theme: Theme) -> None:
        self.scene, self.index = scene, SceneIndex(scene)
        self.middle: Floats = scene.boxes[:, :2] + scene.boxes[:, 2:] / 2
        cards, fonts = scene.cards, Fonts(theme)
        lines = [line for lines in cards.lines for line in lines]
        self.names = fonts.texts("name", lines)
        self.line_card: Ints = np.repeat(np.arange(len(scene)), np.diff(cards.line_start))
        is_small = cards.kinds[self.line_card] == INPUT
        self.small_of: Ints = np.cumsum(is_small) - 1
        small = [line for line, is_input in zip(lines, is_small.tolist(), strict=True) if is_input]
        self.small_names = fonts.texts("body", small, 500)
        different, self.second_of = _numbered(cards.second)
        self.second = fonts.texts("meta", different)
        self.is_plain = self._plain()
        self._classify()
        _ = self.letters  # worked out here, not while somebody waits

    def _plain(self) -> Flags:
        cards = self.scene.cards
        plain = self.second.plain[self.second_of].copy()
        np.logical_and.at(plain, self.line_card, self.names.plain)
        return plain & (np.diff(cards.line_start) > 0)

    def _classify(self) -> None:
        cards = self.scene.cards
        widths, heights = np.nan_to_num(self.scene.boxes[:, 2:]).T
        keys = np.stack(
            [
                cards.kinds.astype(np.int64),
                np.diff(cards.line_start),
                cards.tagged.astype(np.int64),
                cards.rows,
                np.round(heights * 4).astype(np.int64),
            ]
        )
        packed = np.ravel_multi_index(
            tuple(keys), tuple(int(row.max(initial=0)) + 1 for row in keys)
        )
        _, example, classes = np.unique(packed, return_index=True, return_inverse=True)
        self.class_example, self.classes = example, classes
        self.class_width: Floats = np.zeros(len(example))
        np.maximum.at(self.class_width, classes, widths)
        shapes = keys[:, example].T.tolist()
        self.class_shape = [
            (*shape, wide) for shape, wide in zip(shapes, self.class_width.tolist(), strict=True)
        ]

    def lines_of(self, nodes: Ints) -> tuple[Ints, Ints, Ints]:
        """The lines of some nodes: their numbers, whose they are, and which line each is."""
        start = self.scene.cards.line_start
        counts = start[nodes + 1] - start[nodes]
        owner = np.repeat(np.arange(len(nodes)), counts)
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        return start[nodes][owner] + within, owner, within

    @cached_property
    def letters(self) -> dict[str, Ints]:
        """The letters that occur, by the role of the font."""
        texts: dict[str, Texts] = {
            "name": self.names,
            "body": self.small_names,
            "meta": self.second,
        }
        return {role: np.unique(found.codes) for role, found in texts.items()}


def _numbered(strings: Sequence[str]) -> tuple[list[str], Ints]:
    known: dict[str, int] = {}
    places = [known.setdefault(text, len(known)) for text in strings]
    return list(known), np.array(places, np.int64)
