"""Cards that a person put elsewhere: their curves follow, their boxes grow, nothing else moves."""

import numpy as np

from explorer_app.scene.moved import INSET, moved
from hamilton_ol.graph.scene.scene import Scene
from tests.support.scenes import company, small


def test_curves_end_where_the_cards_are_now() -> None:
    scene = small()
    x, y = scene.boxes[1, :2] + (30, 200)
    found = moved(scene, {1: (x, y)})
    by = np.array([30, 200])
    assert found.boxes[1].tolist() == [x, y, *scene.boxes[1, 2:].tolist()]
    for edge in range(len(scene.edges)):
        begin, end = found.routes.curves.ends[edge].reshape(2, 2) - scene.routes.curves.ends[
            edge
        ].reshape(2, 2)
        assert np.allclose(begin, by if scene.edges.origin[edge] == 1 else 0)
        assert np.allclose(end, by if scene.edges.target[edge] == 1 else 0)


def test_what_has_nothing_to_do_with_it_stays() -> None:
    scene = company()
    card = 500
    found = moved(scene, {card: tuple(scene.boxes[card, :2] + (5_000, 0))})
    others = np.arange(len(scene)) != card
    assert (found.boxes[others] == scene.boxes[others]).all()
    touched = (scene.edges.origin == card) | (scene.edges.target == card)
    routes = scene.edges.route[~touched | scene.routes.is_bundle[scene.edges.route]]
    for route in np.unique(routes).tolist():
        assert (curve(found, route) == curve(scene, route)).all()


def curve(scene: Scene, route: int) -> np.ndarray:
    return scene.routes.curves.points(route)


def test_the_box_grows_with_it() -> None:
    scene = company()
    group = int(scene.groups.of_node[0])
    left, top, wide, high = scene.groups.boxes[group]
    found = moved(scene, {0: (left + wide + 100, top + 60)})
    grown = found.groups.boxes[group]
    assert grown[:2].tolist() == [left, top]
    assert grown[0] + grown[2] == left + wide + 100 + scene.boxes[0, 2] + INSET
    assert abs(grown[3] - high) < 1e-6
