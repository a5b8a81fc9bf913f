"""What is in a rectangle and at a point, held against looking at everything."""

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer_app.scene.hits import Hit, hit
from explorer_app.scene.index import SceneIndex, Window, flattened
from hamilton_ol.graph.scene.scene import Scene
from tests.support.scenes import company, plain_titanic

places = st.floats(-100, 1500)


@cache
def index_of(name: str) -> SceneIndex:
    return SceneIndex(plain_titanic() if name == "titanic" else company())


@given(places, places, st.floats(0, 900), st.floats(0, 900))
def test_nodes_of_a_rectangle_are_those_that_touch_it(
    x: float, y: float, wide: float, high: float
) -> None:
    index = index_of("titanic")
    window = Window(x, y, x + wide, y + high)
    left, top, width, height = index.scene.boxes.T
    touching = (left <= window.right) & (left + width >= window.left)
    touching &= (top <= window.bottom) & (top + height >= window.top)
    assert set(index.nodes[index.nodes_in(window)]) == set(np.flatnonzero(touching))


@given(places, places, st.floats(0, 300), st.floats(0, 300))
def test_no_curve_that_can_be_seen_is_missed(x: float, y: float, wide: float, high: float) -> None:
    index = index_of("titanic")
    window = Window(x, y, x + wide, y + high)
    points = flattened(index.segments.points, 20)
    inside = (points[..., 0] >= window.left) & (points[..., 0] <= window.right)
    inside &= (points[..., 1] >= window.top) & (points[..., 1] <= window.bottom)
    assert set(np.flatnonzero(inside.any(axis=1))) <= set(index.segments_in(window))


def test_every_edge_runs_from_its_origin_to_its_target() -> None:
    scene, segments = index_of("titanic").scene, index_of("titanic").segments
    for edge in range(len(scene.edges)):
        own = np.flatnonzero([edge in segments.edges(number) for number in range(len(segments))])
        points = scene.routes.curves.points(scene.edges.route[edge])
        assert (len(points) - 1) / 3 == len(own)
        assert scene.edges.target[edge] in segments.head[own]


def middle(scene: Scene, node: int) -> tuple[float, float]:
    left, top, wide, _ = scene.boxes[node]
    return float(left + wide / 2), float(top + scene.head[node] / 2)


@settings(max_examples=50)
@given(st.data())
def test_a_node_is_at_its_middle(data: st.DataObject) -> None:
    index = index_of(data.draw(st.sampled_from(["titanic", "company"])))
    node = data.draw(st.integers(0, len(index.scene) - 1))
    found = hit(index, *middle(index.scene, node), 3.0)
    assert (found.part, found.node) == ("node", node)


def test_each_row_is_found() -> None:
    index = index_of("titanic")
    scene = index.scene
    for row, card in enumerate(scene.cards.row_card.tolist()):
        x = float(scene.boxes[card, 0] + scene.boxes[card, 2] / 2)
        assert hit(index, x, scene.row_middle(row), 3.0) == Hit("row", card, row)


def test_the_port_of_a_row_is_found_at_its_side() -> None:
    index = index_of("titanic")
    scene = index.scene
    used = set(scene.edges.row[scene.edges.row >= 0].tolist())
    for row in used:
        card = int(scene.cards.row_card[row])
        x = float(scene.boxes[card, 0] + scene.boxes[card, 2])
        found = hit(index, x + 1, scene.row_middle(row), 4.0)
        assert (found.part, found.node, found.row) == ("port", card, row)
        assert all(scene.edges.row[edge] == row for edge in found.edges)


@settings(max_examples=80)
@given(st.integers(0, 35), st.floats(0.2, 0.8))
def test_an_edge_is_found_where_it_runs(edge: int, share: float) -> None:
    index = index_of("titanic")
    scene = index.scene
    route = int(scene.edges.route[edge])
    points = scene.routes.curves.points(route)[:4].reshape(1, 8)
    x, y = flattened(points, 100)[0, round(100 * share)]
    found = hit(index, float(x), float(y), 3.0)
    assert found.part in {"edge", "port", "node", "row"}
    if found.part == "edge":
        near = {int(scene.edges.origin[e]) for e in found.edges}
        assert near


def test_nothing_is_found_where_nothing_is() -> None:
    assert hit(index_of("titanic"), -500.0, -500.0, 5.0) == Hit()
