"""Curves cut into single cubics, each kept once however many edges share it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from hamilton_ol.graph.scene.arrays import Codes, Flags, Floats, Ints, Singles
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.scene import Scene

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
    count: Ints
    is_first: Flags
    is_last: Flags
    tail: Ints
    head: Ints
    edge: Ints
    start: Ints

    @classmethod
    def of(cls, scene: Scene) -> Self:
        """Cut the curves of a scene."""
        cubics, route = _cubics(scene)
        points, place = _unique(cubics)
        first = np.unique(place, return_index=True)[1]
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
        return cls(points, bundles[route[first]], is_first, is_last, tail, head, edge, start)

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


def _cubics(scene: Scene) -> tuple[Floats, Ints]:
    """All cubics, (C, 8), and the curve of each."""
    start, points = scene.routes.start, scene.routes.points
    counts = np.maximum(np.diff(start) - 1, 0) // 3
    route = np.repeat(np.arange(len(counts)), counts)
    inside = np.arange(len(route)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = start[route] + 3 * inside
    return np.hstack([points[at + step] for step in range(4)]).reshape(-1, 8), route


def _unique(cubics: Floats) -> tuple[Singles, Ints]:
    """Each cubic once, and where every one went; a sixty-fourth of a pixel is told apart."""
    if not len(cubics):
        return cubics.astype(np.float32), np.zeros(0, np.int64)
    words = np.ascontiguousarray((cubics * 64 + 0.5).astype(np.int32)).view(np.uint64)
    keys = np.zeros(len(cubics), np.uint64)
    for column, factor in enumerate(_FACTORS):
        keys = keys * factor ^ words[:, column]
    first, place = np.unique(keys * _FACTORS[0], return_index=True, return_inverse=True)[1:]
    return cubics[first].astype(np.float32), place


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
