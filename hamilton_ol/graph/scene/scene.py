"""Where everything is."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.curves import Curves
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.measures import rows_height

_NO_INTS = np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Routes:
    """How edges are drawn; several may share a curve.

    Attributes:
        curves: K of them.
        count: how many edges a curve stands for, (K,).
        is_bundle: it joins two groups, (K,).
    """

    curves: Curves
    count: Ints
    is_bundle: np.ndarray

    def __len__(self) -> int:
        """How many there are."""
        return len(self.curves)


@dataclass(frozen=True, eq=False)
class Edges:
    """m of them.

    Attributes:
        origin, target: nodes, (m,).
        row: the row of the origin that the value leaves from, counted through all cards; -1 for the
            card itself, (m,).
        argument: what the target calls the value.
        route: its curve, -1 for none, (m,).
    """

    origin: Ints
    target: Ints
    row: Ints
    argument: tuple[str, ...]
    route: Ints

    def __len__(self) -> int:
        """How many there are."""
        return len(self.origin)


@dataclass(frozen=True, eq=False)
class Groups:
    """G boxes around nodes.

    Attributes:
        names: as they came.
        boxes: left, top, width, height, (G, 4).
        of_node: the group of each node, -1 for none, (n,).
        count: how many nodes are in each, (G,).
    """

    names: tuple[str, ...] = ()
    boxes: Floats = field(default_factory=lambda: np.zeros((0, 4)))
    of_node: Ints = field(default_factory=lambda: _NO_INTS)
    count: Ints = field(default_factory=lambda: _NO_INTS)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.names)


@dataclass(frozen=True, eq=False)
class Scene:
    """A graph that has been laid out. Lengths are px at zoom 1, y grows downwards.

    Attributes:
        cards: what is written.
        boxes: left, top, width, height of the cards, (n, 4); NaN for what is not shown.
        edges: what leads to what.
        routes: how it is drawn.
        groups: boxes around cards.
    """

    cards: Cards
    boxes: Floats
    edges: Edges
    routes: Routes
    groups: Groups = field(default_factory=Groups)

    def __len__(self) -> int:
        """How many nodes there are."""
        return len(self.cards)

    @cached_property
    def head(self) -> Floats:
        """Height of each card above its rows, (n,)."""
        return self.boxes[:, 3] - rows_height(self.cards.rows)

    @cached_property
    def closed(self) -> Ints:
        """Groups that are closed: none of their cards is shown, but their box."""
        if not len(self.groups):
            return _NO_INTS
        of, shown = self.groups.of_node, np.isfinite(self.boxes[:, 0])
        is_open = np.zeros(len(self.groups), bool)
        is_open[of[shown & (of >= 0)]] = True
        return np.flatnonzero(~is_open)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of everything; of a single point when there is nothing."""
        boxes = np.vstack([self.boxes, self.groups.boxes])
        boxes = boxes[np.isfinite(boxes[:, 0])]
        left, top, wide, high = boxes.T
        cubics = self.routes.curves.cubics
        x, y = cubics[:, 0::2], cubics[:, 1::2]
        if not len(boxes):
            return (0.0, 0.0, 0.0, 0.0)
        return (
            float(min(left.min(), x.min(initial=np.inf))),
            float(min(top.min(), y.min(initial=np.inf))),
            float(max((left + wide).max(), x.max(initial=-np.inf))),
            float(max((top + high).max(), y.max(initial=-np.inf))),
        )

    def plain_looks(self) -> Looks:
        """How it looks when nothing is asked."""
        return Looks.plain(*self.size)

    @property
    def size(self) -> tuple[int, int, int]:
        """How many nodes, rows and edges there are."""
        return len(self), len(self.cards.row_names), len(self.edges)

    def row_middle(self, row: int) -> float:
        """The height, y, of the middle of a row that is counted through all cards."""
        card = int(self.cards.row_card[row])
        inside = row - int(self.cards.row_start[card])
        return float(self.boxes[card, 1] + self.head[card] + (inside + 0.5) * 20.0)
