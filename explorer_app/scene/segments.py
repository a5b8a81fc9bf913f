"""The cubics that curves are made of, and the edges that run through each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np

from hamilton_ol.graph.scene.arrays import Codes, Flags, Floats, Ints, Numbers
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.scene import Edges, Scene

LOOKED_AT = 100_000  # curves whose looks are compared at once: a single cubic may have thousands
#: How a cubic looks: it steps back, as usual, or a tone (its place in TONES is added).
DIM, USUAL = 0, 1
FEW = 1 << 16  # curves
PART, MANY = 1 << 16, 1 << 18  # cubics whose curves are found at once, numbers that are counted


@dataclass(frozen=True, eq=False)
class Segments:
    """S cubics of K curves.

    Attributes:
        points: four points each, (S, 8).
        count: how many edges a bundle stands for; 0 for what is no bundle, (S,).
        is_first, is_last: it leaves a card, it ends at one, (S,).
        tail, head: the node that it leaves or ends at, -1 for none, (S,).
        route: curves that run through a cubic, sorted by cubic, (C,).
        start: those of cubic s are route[start[s] : start[s + 1]], (S + 1,).
        edge: edges that have a curve, sorted by it.
        edge_start: those of curve r are edge[edge_start[r] : edge_start[r + 1]], (K + 1,).
    """

    points: Floats
    count: Numbers
    is_first: Flags
    is_last: Flags
    tail: Numbers
    head: Numbers
    route: Numbers
    start: Numbers
    edge: Numbers
    edge_start: Numbers

    @classmethod
    def of(cls, scene: Scene) -> Self:
        """The cubics of a scene."""
        curves = scene.routes.curves
        size = len(curves.cubics)
        route, start = _turned(curves.start, curves.number, size)
        edge, edge_start = _routed(scene.edges, len(curves))
        some = np.flatnonzero(np.diff(curves.start))
        firsts, lasts = curves.number[curves.start[some]], curves.number[curves.start[some + 1] - 1]
        is_first, is_last = np.zeros((2, size), bool)
        is_first[firsts], is_last[lasts] = True, True
        edge_of = np.full(len(curves), -1)
        edge_of[scene.edges.route[edge]] = edge
        tail, head = np.full((2, size), -1, np.int32)
        tail[firsts] = _ends(scene.edges.origin, edge_of[some])
        head[lasts] = _ends(scene.edges.target, edge_of[some])
        bundles = np.where(scene.routes.is_bundle, scene.routes.count, 0).astype(np.int32)
        count = bundles[route[start[:-1]]]
        return cls(
            curves.cubics, count, is_first, is_last, tail, head, route, start, edge, edge_start
        )

    def __len__(self) -> int:
        """How many there are."""
        return len(self.points)

    @cached_property
    def has_bundles(self) -> bool:
        """Whether any of them is a bundle."""
        return bool((self.count > 0).any())

    def edges(self, number: int) -> tuple[int, ...]:
        """The edges that run through a cubic."""
        routes = self.route[self.start[number] : self.start[number + 1]]
        return tuple(self.edge[_members(self.edge_start, routes)].tolist())

    def route_codes(self, of_edge: Codes) -> Codes:
        """How each curve looks: as the loudest of its edges, (K,)."""
        made = np.full(len(self.edge_start) - 1, USUAL, np.uint8)
        some = np.flatnonzero(np.diff(self.edge_start))
        if some.size:
            made[some] = np.maximum.reduceat(of_edge[self.edge], self.edge_start[some])
        return made

    def parts(self, numbers: Ints) -> Iterator[slice]:
        """Some cubics in parts, through each of which about equally many curves run."""
        through = np.cumsum(self.start[numbers + 1] - self.start[numbers])
        most = int(through[-1]) if len(through) else 0
        ends = np.searchsorted(through, np.arange(LOOKED_AT, most, LOOKED_AT)) + 1
        bounds = np.unique([0, *ends.tolist(), len(numbers)]).tolist()
        return (slice(*pair) for pair in pairwise(bounds))

    def codes(self, of_route: Codes, numbers: Ints) -> Codes:
        """How some cubics look: as the loudest of their curves, (k,)."""
        if not len(numbers):
            return np.zeros(0, np.uint8)
        through = of_route.take(self.route.take(_members(self.start, numbers)))
        counts = self.start[numbers + 1] - self.start[numbers]
        made: Codes = np.maximum.reduceat(through, np.cumsum(counts) - counts)
        return made


def edge_codes(looks: Looks) -> Codes:
    """How each edge looks, (m,)."""
    return np.where(looks.edge_dim, DIM, USUAL + looks.edge_tone).astype(np.uint8)


def _members(start: Numbers, numbers: Ints | Numbers) -> Ints:
    """The places of the members of some lists that lie one after the other."""
    first = start[numbers]
    counts = np.asarray(start[numbers + 1] - first, np.int64)
    before: Ints = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) + np.repeat(first - before, counts)


def _turned(start: Ints, number: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """The curves of each cubic out of the cubics of each curve."""
    kind = np.uint16 if len(start) <= FEW else np.int32
    route = np.repeat(np.arange(len(start) - 1).astype(kind), np.diff(start))
    parts = [np.zeros(0, kind)]
    for first in range(0, size, PART):  # there are millions of them, and all at once are much more
        some = np.flatnonzero((number >= first) & (number < first + PART))
        parts.append(route[some[np.argsort(number[some], kind="stable")]])
    return np.concatenate(parts), _starts(number, size)


def _routed(edges: Edges, size: int) -> tuple[Numbers, Numbers]:
    """The edges of each curve."""
    some = np.flatnonzero(edges.route >= 0)
    order = np.argsort(edges.route[some], kind="stable")
    return some[order].astype(np.int32), _starts(edges.route[some], size)


def _starts(numbers: Ints | Numbers, size: int) -> Numbers:
    """Where those of each number begin once they are sorted, (size + 1,)."""
    counts = np.zeros(size, np.int64)
    for first in range(0, len(numbers), MANY):
        counts += np.bincount(numbers[first : first + MANY], minlength=size)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)


def _ends(nodes: Ints, edge_of: Ints) -> Ints:
    if not nodes.size:
        return np.full(len(edge_of), -1)
    return np.where(edge_of >= 0, nodes[edge_of], -1)
