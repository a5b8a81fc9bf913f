"""How much of what is asked, and of what is selected, is inside closed groups."""

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

    def text(self, group: int) -> str:
        """`3 of 14`, or how many cards there are where that says no more."""
        count, lit = int(self._groups.count[group]), int(self.lit[group])
        return f"{lit:,} of {count:,}" if lit and self.is_closed[group] else f"{count:,}"

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
