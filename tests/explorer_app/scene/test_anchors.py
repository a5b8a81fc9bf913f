"""What stays where it is: a card, or one of a closed box."""

from dataclasses import replace

import numpy as np
import pytest

from explorer_app.scene.anchors import drift, nearest, place_of
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.scene import Scene
from tests.support.scenes import company, plain_cards, plain_links


def closed(scene: Scene, group: int) -> Scene:
    """The scene with a group closed: its cards are not shown."""
    boxes = scene.boxes.copy()
    boxes[scene.groups.of_node == group] = np.nan
    return replace(scene, boxes=boxes)


def at_middle_of(box: np.ndarray) -> Viewport:
    return Viewport(x=box[0] + box[2] / 2, y=box[1] + box[3] / 2)


def test_it_is_the_card_in_the_middle_of_the_view() -> None:
    scene = company()
    assert nearest(scene, at_middle_of(scene.boxes[100])) == 100


def test_of_what_is_looked_at_the_nearest_that_is_left_says_how_far_it_moved() -> None:
    cards = plain_cards(tuple(f"n{number}" for number in range(300)))
    old = arranged(cards, plain_links(np.zeros(0, np.int64)), np.full((len(cards), 2), 40.0))
    middle = old.boxes[:, :2]
    far = np.argsort(np.abs(middle - middle[100]).sum(axis=1), kind="stable")
    new = replace(old, boxes=old.boxes + np.arange(len(old))[:, None])
    new.boxes[far[:100]] = np.nan
    view, left = at_middle_of(old.boxes[100]), int(far[100])
    assert drift(old, old, view) == (0, 0)
    assert drift(old, new, view) == pytest.approx((left, left))
    assert drift(old, new, view, [left + 1]) == pytest.approx((left + 1, left + 1))
    gone = replace(cards, names=(*cards.names[:left], "another", *cards.names[left + 1 :]))
    other = int(far[101])
    assert drift(old, replace(new, cards=gone), view) == pytest.approx((other, other))


def test_of_a_closed_box_it_is_a_card_inside() -> None:
    group = int(company().groups.of_node[100])
    scene = closed(company(), group)
    box = scene.groups.boxes[group]
    found = nearest(scene, at_middle_of(box))
    assert scene.groups.of_node[found] == group
    assert place_of(scene, found) == (box[0], box[1])


def test_where_nothing_is_shown_it_is_none() -> None:
    scene = company()
    assert nearest(replace(scene, boxes=np.full_like(scene.boxes, np.nan)), Viewport()) >= 0
    nothing = replace(scene, boxes=np.full_like(scene.boxes, np.nan), groups=type(scene.groups)())
    assert nearest(nothing, Viewport()) == -1
