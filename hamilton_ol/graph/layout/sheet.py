"""What is laid out: cards with rows, edges between their ports, and groups of cards."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hamilton_ol.errors import LayoutError
from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints

WIDTH, HEIGHT = 150.0, 44.0


class Edges:
    """Edges between the ports of cards.

    Attributes:
        source, target: the cards of each edge, (m,).
        row: the row by which it leaves, (m,), -1 for the card's head. Edges that leave by one row
            carry one value: they share a port and run together.
        argument: what orders the ports by which edges enter a card, (m,); by default the order of
            the edges. Edges into one card with the same argument share a port.
    """

    def __init__(
        self,
        source: ArrayLike = (),
        target: ArrayLike = (),
        *,
        row: ArrayLike = -1,
        argument: ArrayLike | None = None,
    ) -> None:
        count = int(np.size(source))
        self.source = _numbers("source", source, count)
        self.target = _numbers("target", target, count)
        self.row = _numbers("row", row, count)
        order = np.arange(count) if argument is None else argument
        self.argument = _numbers("argument", order, count)

    def __len__(self) -> int:
        """How many there are."""
        return self.source.size


class Groups:
    """Which cards belong together.

    Attributes:
        names: of the groups, (G,).
        of: the group of each card, (n,), -1 for a card in none.
        collapsed: whether a group is drawn as one card, (G,).
        width, height: the size of that card, (G,); an open group is at least as long.
    """

    def __init__(
        self,
        names: Sequence[str],
        of: ArrayLike,
        *,
        collapsed: ArrayLike = False,
        width: ArrayLike = WIDTH,
        height: ArrayLike = HEIGHT,
    ) -> None:
        self.names = tuple(names)
        self.of: Ints = np.asarray(of, np.int64)
        self.collapsed = _flags("collapsed", collapsed, len(self))
        self.width = _lengths("width of groups", width, len(self))
        self.height = _lengths("height of groups", height, len(self))
        _in_range("group", self.of, -1, len(self))

    def __len__(self) -> int:
        """How many there are."""
        return len(self.names)


class Sheet:
    """Cards and the edges between their ports.

    A layout does not depend on the order of cards and edges when no name occurs twice: names break
    every tie.

    Attributes:
        names: of the cards, (n,); by them a later layout finds what it knows.
        width, height: of the cards, (n,), or one for all. The height includes the rows.
        rows: how many rows a card has at its foot, (n,).
        shares_width: whether a card is as wide as all others of its column that share theirs, (n,), or
            one for all.
        edges: between them.
        groups: which cards belong together, None when none do.

    Raises:
        LayoutError: when lengths do not fit, or something is named that is not there.
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        width: ArrayLike = WIDTH,
        height: ArrayLike = HEIGHT,
        rows: ArrayLike = 0,
        shares_width: ArrayLike = True,
        edges: Edges | None = None,
        groups: Groups | None = None,
    ) -> None:
        self.names = tuple(names)
        self.width = _lengths("width", width, len(self))
        self.height = _lengths("height", height, len(self))
        self.rows = _numbers("rows", rows, len(self))
        self.shares_width = _flags("shares_width", shares_width, len(self))
        self.edges = edges or Edges()
        self.groups = groups
        self._check()

    def __len__(self) -> int:
        """How many cards there are."""
        return len(self.names)

    def _check(self) -> None:
        edges, groups = self.edges, self.groups
        _in_range("source", edges.source, 0, len(self))
        _in_range("target", edges.target, 0, len(self))
        _in_range("rows", self.rows, 0, None)
        bad = np.flatnonzero((edges.row < -1) | (edges.row >= self.rows[edges.source]))
        if bad.size:
            card = self.names[int(edges.source[bad[0]])]
            raise LayoutError(
                f"Edge {bad[0]} leaves by row {edges.row[bad[0]]}, which card {card!r} has not",
                hint="Rows are numbered from 0; -1 is the head of the card.",
            )
        if groups is not None and groups.of.shape != (len(self),):
            raise LayoutError(f"{len(self)} cards are there, but {groups.of.size} have a group")


def _spread(name: str, values: ArrayLike, count: int, kind: type[np.generic]) -> Any:
    array = np.asarray(values, kind)
    if array.ndim == 0:
        return np.full(count, array)
    if array.shape != (count,):
        raise LayoutError(f"{name} has the shape {array.shape}, not {(count,)}")
    return array


def _flags(name: str, values: ArrayLike, count: int) -> Flags:
    return np.asarray(_spread(name, values, count, np.bool_), np.bool_)


def _numbers(name: str, values: ArrayLike, count: int) -> Ints:
    return np.asarray(_spread(name, values, count, np.int64), np.int64)


def _lengths(name: str, values: ArrayLike, count: int) -> Floats:
    array = np.asarray(_spread(name, values, count, np.float64), np.float64)
    bad = np.flatnonzero(~(np.isfinite(array) & (array >= 0)))
    if bad.size:
        raise LayoutError(f"{name}[{bad[0]}] is {array[bad[0]]}, which is no length")
    return array


def _in_range(name: str, values: Ints, low: int, high: int | None) -> None:
    over = np.zeros(values.shape, np.bool_) if high is None else values >= high
    bad = np.flatnonzero((values < low) | over)
    if bad.size:
        raise LayoutError(f"{name}[{bad[0]}] is {values[bad[0]]}, which is not there")
