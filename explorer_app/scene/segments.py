"""Curves cut into single cubics, each kept once however many edges share it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from hamilton_ol.graph.scene.arrays import Codes, Flags, Floats, Ints, Numbers, Singles
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.scene import Scene

PART = 100_000  # cubics that are cut at once
#: How a cubic looks: it steps back, as usual, or a tone (its place in TONES is added).
DIM, USUAL = 0, 1


#: Odd numbers that spread what is multiplied with them over all bits.
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64
)


@dataclass(frozen=True, eq=False)
class Segments:
    """S cubics.

    Attributes:
        points: four points each, (S, 8).
        count: how many edges a bundle stands for; 0 for what is no bundle, (S,).
        is_first, is_last: it leaves a card, it ends at one, (S,).
        tail, head: the node that it leaves or ends at, -1 for none, (S,).
        edge: edges that run through a cubic, sorted by cubic, (I,).
        start: those of cubic s are edge[start[s] : start[s + 1]], (S + 1,).
    """

    points: Singles
    count: Numbers
    is_first: Flags
    is_last: Flags
    tail: Numbers
    head: Numbers
    edge: Numbers
    start: Numbers

    @classmethod
    def of(cls, scene: Scene) -> Self:
        """Cut the curves of a scene."""
        at, route = _beginnings(scene)
        first, place = _unique(scene.routes.points, at)
        points = np.empty((len(first), 8), np.float32)
        for part in _parts(len(first)):
            points[part] = _cubics(scene.routes.points, at[first[part]])
        start_of = np.searchsorted(route, np.arange(len(scene.routes)))
        ends_at = np.searchsorted(route, np.arange(len(scene.routes)), side="right") - 1
        is_first, is_last = np.zeros(len(points), bool), np.zeros(len(points), bool)
        is_first[place[start_of]] = True
        is_last[place[ends_at]] = True
        edge, segment = _incidence(scene, route, place)
        start = np.searchsorted(segment, np.arange(len(points) + 1))
        tail, head = np.full(len(points), -1), np.full(len(points), -1)
        edge_of = np.full(len(scene.routes), -1)
        routed = np.flatnonzero(scene.edges.route >= 0)
        edge_of[scene.edges.route[routed]] = routed
        tail[place[start_of]] = _ends(scene.edges.origin, edge_of)
        head[place[ends_at]] = _ends(scene.edges.target, edge_of)
        bundles = np.where(scene.routes.is_bundle, scene.routes.count, 0)
        numbers = (bundles[route[first]], tail, head, edge, start)
        count, *ends = (array.astype(np.int32) for array in numbers)
        return cls(points, count, is_first, is_last, *ends)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.points)

    @cached_property
    def has_bundles(self) -> bool:
        """Whether any of them is a bundle."""
        return bool((self.count > 0).any())

    def codes(self, of_edge: Codes, numbers: Ints) -> Codes:
        """How some cubics look: as the loudest of their edges, (k,)."""
        start = self.start[numbers]
        counts = self.start[numbers + 1] - start
        ends = np.cumsum(counts)
        made = np.full(len(numbers), USUAL, np.uint8)
        some = counts > 0
        if some.any():
            at = np.repeat(start - (ends - counts), counts) + np.arange(int(ends[-1]))
            through = of_edge.take(self.edge.take(at))
            made[some] = np.maximum.reduceat(through, (ends - counts)[some])
        return made


def edge_codes(looks: Looks) -> Codes:
    """How each edge looks, (m,)."""
    return np.where(looks.edge_dim, DIM, USUAL + looks.edge_tone).astype(np.uint8)


def _beginnings(scene: Scene) -> tuple[Ints, Ints]:
    """Where the points of each cubic begin, and its curve; twice (C,)."""
    start = scene.routes.start
    counts = np.maximum(np.diff(start) - 1, 0) // 3
    route = np.repeat(np.arange(len(counts)), counts)
    inside = np.arange(len(route)) - np.repeat(np.cumsum(counts) - counts, counts)
    return start[route] + 3 * inside, route


def _cubics(points: Floats, at: Ints) -> Floats:
    """Those that begin at these points, (k, 8)."""
    return np.hstack([points[at + step] for step in range(4)]).reshape(-1, 8)


def _parts(count: int) -> Iterator[slice]:
    """Of so many some at once: many of them shared by edges, all are much more than what stays."""
    return (slice(first, first + PART) for first in range(0, count, PART))


def _unique(points: Floats, at: Ints) -> tuple[Ints, Ints]:
    """Which cubics are there once, and which of them each is; 1/64 of a pixel is told apart."""
    keys = np.zeros(len(at), np.uint64)
    for part in _parts(len(at)):
        cubics = (_cubics(points, at[part]) * 64 + 0.5).astype(np.int32)
        words = np.ascontiguousarray(cubics).view(np.uint64)
        for column, factor in enumerate(_FACTORS):
            keys[part] = keys[part] * factor ^ words[:, column]
    first, place = np.unique(keys * _FACTORS[0], return_index=True, return_inverse=True)[1:]
    return first, place


def _incidence(scene: Scene, route: Ints, place: Ints) -> tuple[Ints, Ints]:
    """Pairs of an edge and a cubic that it runs through, sorted by cubic."""
    by_route = np.argsort(scene.edges.route, kind="stable")
    routes = scene.edges.route[by_route]
    low = np.searchsorted(routes, route)
    many = np.searchsorted(routes, route, side="right") - low
    offset = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    edge = by_route[np.repeat(low, many) + offset]
    segment = np.repeat(place, many)
    order = np.argsort(segment, kind="stable")
    return edge[order], segment[order]


def _ends(nodes: Ints, edge_of: Ints) -> Ints:
    if not nodes.size:
        return np.full(len(edge_of), -1)
    return np.where(edge_of >= 0, nodes[edge_of], -1)
