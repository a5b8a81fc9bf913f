"""Each cubic knows which edges run through it, and looks as the loudest of them."""

import numpy as np
import pytest

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


@pytest.mark.parametrize("most", [1, 7, 100_000])
def test_looks_in_parts_are_as_the_whole(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = company()
    found, of_route = Segments.of(scene), np.arange(len(scene.routes), dtype=np.uint8)
    numbers = np.flatnonzero(np.arange(len(found)) % 3)
    monkeypatch.setattr("explorer_app.scene.segments.LOOKED_AT", most)
    parts = [numbers[part] for part in found.parts(numbers)]
    assert np.array_equal(np.concatenate(parts), numbers)
    codes = np.concatenate([found.codes(of_route, part) for part in parts])
    assert np.array_equal(codes, found.codes(of_route, numbers))
    through = np.diff(found.start)
    assert all(through[part].sum() < most + through[part].max() for part in parts)


def test_no_cubic_has_no_part() -> None:
    assert list(Segments.of(company()).parts(np.zeros(0, np.int64))) == []
