"""What a person looks at, as a value: it can be kept, compared and gone back to."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from explorer_app.model.pins import Pins
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.scene.arrays import Ints

NONE = -1  # no node

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Place:
    """Which part of the canvas is seen.

    Attributes:
        x, y: the point of the scene in the middle.
        zoom: px for a unit of the scene.
    """

    x: float
    y: float
    zoom: float


@dataclass(frozen=True)
class State:
    """One view of a graph; nodes are their numbers.

    Attributes:
        query: that says what is visible; all nodes without one.
        selected: nodes that a person chose among them.
        active: the node that panels tell about, -1 for none.
        is_isolated: whether what is not visible is left out of the picture, and not only dimmed.
        grouped: what cards are boxed by, a key of `Families`; `none`, or empty for what the size
            of the graph suggests.
        collapsed: names of the boxes that are closed; None for what the size suggests.
        pins: places that a person chose for cards.
        inputs: how what is given to each run is shown: once, `hidden`, or `repeated` at consumers.
        lens: what cards are coloured for, a name of `lenses.LENSES`.
        place: where the canvas was when this view was left.
    """

    query: str = ""
    selected: frozenset[int] = NOBODY
    active: int = NONE
    is_isolated: bool = False
    grouped: str = ""
    collapsed: frozenset[str] | None = None
    pins: Pins = frozenset()
    inputs: str = ""
    lens: str = ""
    place: Place | None = None

    @cached_property
    def chosen(self) -> Ints:
        """int64: the selected nodes, sorted."""
        return np.sort(np.fromiter(self.selected, np.int64, len(self.selected)))

    @property
    def outside(self) -> "State":
        """One level out; the same where there is none."""
        if self.selected:
            return replace(self, selected=NOBODY)
        if self.is_isolated:
            return replace(self, is_isolated=False)
        if self.query or self.active != NONE:
            return replace(self, query="", active=NONE)
        return replace(self, lens="")

    def within(self, mask: Mask) -> frozenset[int]:
        """The selected ones of some nodes, bool (nodes)."""
        stays = mask[self.chosen]
        return self.selected if stays.all() else frozenset(self.chosen[stays].tolist())


BASE = State()
