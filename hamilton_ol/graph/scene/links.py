"""What leads from card to card, and which cards belong together; no layout is loaded for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from hamilton_ol.graph.scene.arrays import Ints


@dataclass(frozen=True, eq=False)
class Links:
    """m arguments.

    Attributes:
        origin, target: cards, (m,).
        row: the row of the origin that the value leaves from, within the card; -1 for the card
            itself, (m,).
        argument: what the target calls the value.
    """

    origin: Ints
    target: Ints
    row: Ints
    argument: tuple[str, ...]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.origin)


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which cards belong together.

    Attributes:
        names: of the groups.
        of_card: the group of each card, -1 for none, (n,).
        collapsed: groups that are shown as one card.
    """

    names: Sequence[str] = ()
    of_card: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    collapsed: frozenset[int] = frozenset()
