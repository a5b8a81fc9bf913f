"""Each cubic knows which edges run through it, and looks as the loudest of them."""

import numpy as np

from explorer_app.scene.segments import USUAL, Segments
from hamilton_ol.graph.scene.scene import Scene
from tests.support.scenes import company


def test_edges_are_those_of_its_curves() -> None:
    scene = company()
    found, curves = Segments.of(scene), scene.routes.curves
    for number in range(0, len(found), 50):
        routes = [r for r in range(len(curves)) if number in _cubics(scene, r)]
        assert set(found.edges(number)) == set(np.flatnonzero(np.isin(scene.edges.route, routes)))


def _cubics(scene: Scene, route: int) -> set[int]:
    curves = scene.routes.curves
    return set(curves.number[curves.start[route] : curves.start[route + 1]].tolist())


def test_a_cubic_looks_as_the_loudest_of_its_edges() -> None:
    scene = company()
    found = Segments.of(scene)
    of_edge = np.random.default_rng(0).integers(0, 6, len(scene.edges)).astype(np.uint8)
    numbers = np.arange(0, len(found), 7)
    codes = found.codes(found.route_codes(of_edge), numbers)
    wanted = [max(of_edge[list(found.edges(n))], default=USUAL) for n in numbers.tolist()]
    assert codes.tolist() == wanted
