"""Groups stand so that bundles run between them, and headings have room."""

import numpy as np

from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.measures import sizes
from tests.support.scenes import Flat, cards_and_links, company

READABLE = 7.8  # units of the company's scene that a px is where all of it is seen
BUNDLE = 9.0  # px


def test_bundles_keep_clear_of_groups_that_they_pass() -> None:
    scene = company()
    left, top, wide, high = scene.groups.boxes.T
    origin, target = (
        scene.groups.of_node[ends] for ends in (scene.edges.origin, scene.edges.target)
    )
    between = np.flatnonzero(origin != target)
    for edge in between.tolist():
        x, y = scene.routes.curves.points(int(scene.edges.route[edge])).T
        for group in set(range(len(left))) - {int(origin[edge]), int(target[edge])}:
            beside = (x >= left[group]) & (x <= left[group] + wide[group])
            away = np.maximum(top[group] - y, y - top[group] - high[group])
            assert (away[beside] > BUNDLE / 2 * READABLE).all()


def test_cards_of_a_column_share_a_width_and_inputs_keep_theirs() -> None:
    rows = [
        ("a", "function", "int", ""),
        ("a_long_name", "function", "int", ""),
        ("x", "input", "int", ""),
        ("total", "function", "int", "a a_long_name x"),
    ]
    cards, links = cards_and_links(rows, {})
    needed = sizes(cards, Flat())
    wide = arranged(cards, links, needed).boxes[:, 2]
    assert wide.tolist() == [needed[1, 0], needed[1, 0], needed[2, 0], needed[3, 0]]
