"""How much of what is asked, and of what is selected, is inside closed groups."""

from functools import cached_property

import numpy as np

from hamilton_ol.graph.scene.arrays import Flags, Ints
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import TONES


class Shares:
    """What a closed group says of the cards that nobody sees in it.

    Args:
        scene: n cards in G groups.
        looks: what of them is asked for: what does not step back.

    Attributes:
        is_closed: which groups are, (G,).
        lit: how many cards of each are asked for, (G,); all 0 when nothing is asked.
    """

    def __init__(self, scene: Scene, looks: Looks) -> None:
        self._groups, count = scene.groups, len(scene.groups)
        self._category = looks.category
        self.is_closed: Flags = np.isin(np.arange(count), scene.closed)
        self._is_asked = bool(len(scene.closed)) and looks.is_dimmed
        self.lit: Ints = np.zeros(count, np.int64)
        self._tones = np.zeros((count, len(TONES)), np.int64)
        if self._is_asked:
            self._count(np.flatnonzero((self._groups.of_node >= 0) & ~looks.dim), looks)

    def _count(self, lit: Ints, looks: Looks) -> None:
        of = self._groups.of_node[lit]
        self.lit = np.bincount(of, minlength=len(self.lit))
        np.add.at(self._tones, (of, looks.tone[lit]), 1)

    def colors(self, group: int) -> list[tuple[int, float]]:
        """(category, share of the cards) of a closed group, the largest first; of an open one none."""
        if not self.is_closed[group] or not len(self._categories):
            return []
        counts = self._categories[group]
        order = np.argsort(-counts, kind="stable")
        total = max(int(counts.sum()), 1)
        return [(int(n), float(counts[n] / total)) for n in order.tolist() if counts[n]]

    @cached_property
    def _categories(self) -> Ints:
        """How many cards of each category each group has, (G, categories)."""
        of, category = self._groups.of_node, self._category
        some = (of >= 0) & (category >= 0)
        if not some.any():
            return np.zeros((0, 0), np.int64)
        many = int(category[some].max()) + 1
        flat = np.bincount(of[some] * many + category[some], minlength=len(self.lit) * many)
        counts: Ints = flat.reshape(len(self.lit), many)
        return counts

    def text(self, group: int) -> str:
        """`3 of 14`, or how many cards there are where that says no more."""
        count, lit = int(self._groups.count[group]), int(self.lit[group])
        is_part = 0 < lit < count and self.is_closed[group]
        return f"{lit:,} of {count:,}" if is_part else f"{count:,}"

    def ink(self, group: int) -> str:
        """The colour of that: the one that most of what is asked for has."""
        is_lit = self.lit[group] and self.is_closed[group]
        return TONES[int(self._tones[group, 1:].argmax()) + 1] if is_lit else "muted"

    def steps_back(self, group: int) -> bool:
        """Whether nothing of a closed group is asked for, but something is elsewhere."""
        return bool(self._is_asked and self.is_closed[group] and not self.lit[group])

    def holding(self, nodes: Ints) -> Ints:
        """How many of some cards each closed group has inside, (G,)."""
        if not len(self.lit) or not len(nodes):
            return np.zeros(len(self.lit), np.int64)
        of = self._groups.of_node[nodes]
        found: Ints = np.bincount(of[of >= 0], minlength=len(self.lit)) * self.is_closed
        return found
