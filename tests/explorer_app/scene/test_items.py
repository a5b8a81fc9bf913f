"""Cards and closed groups are gone to alike."""

import numpy as np
import pytest

from explorer_app.scene.hits import NOTHING, Hit
from explorer_app.scene.items import Items
from explorer_app.scene.neighbours import Neighbours
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.links import Grouping
from hamilton_ol.graph.scene.scene import Scene
from tests.support.scenes import plain_cards, plain_links
from tests.support.walks import reached

ENDS = np.array([(0, 1), (1, 2), (0, 3), (2, 3), (3, 4)])
SIZES = np.full((5, 2), 60.0)


def scene(*collapsed: int) -> Scene:
    """a and b in the group 0, c and d in the group 1, e alone."""
    grouping = Grouping(["left", "right"], np.array([0, 0, 1, 1, -1]), frozenset(collapsed))
    cards = plain_cards(tuple("abcde"))
    return arranged(cards, plain_links(ENDS), SIZES, grouping)


def test_a_closed_group_stands_for_its_cards() -> None:
    made = scene(1)
    items = Items(made)
    assert made.closed.tolist() == [1]
    assert items.holder.tolist() == [0, 1, 6, 6, 4]
    assert sorted(items.order.tolist()) == [0, 1, 4, 6]
    assert [items.place_of(item) for item in items.order.tolist()] == [0, 1, 2, 3]
    assert items.place_of(2) == items.place_of(5) == -1
    assert items.boxes[6].tolist() == made.groups.boxes[1].tolist()


def test_an_item_is_what_the_pointer_would_find() -> None:
    items = Items(scene(1))
    assert (items.hit(4), items.hit(6), items.hit(-1)) == (
        Hit("node", 4),
        Hit("group", group=1),
        NOTHING,
    )
    for item in (0, 4, 6):
        assert items.at(items.hit(item)) == item
    assert items.at(Hit("group", group=0)) == -1  # it is open: a ground for its cards


def test_without_groups_there_are_cards_only() -> None:
    cards = plain_cards(tuple("abcde"))
    items = Items(arranged(cards, plain_links(ENDS), SIZES))
    assert items.holder.tolist() == [0, 1, 2, 3, 4]
    assert len(items) == 5


def test_what_is_inside_is_framed_with_the_group() -> None:
    made = scene(1)
    left, top, wide, high = made.groups.boxes[1].tolist()
    items = Items(made)
    assert items.bounds_of(np.array([2])) == (left, top, left + wide, top + high)
    assert items.bounds_of(np.array([6])) == items.bounds_of(np.array([2, 3]))
    assert items.bounds_of(np.array([5])) is None


@pytest.mark.parametrize("collapsed", [(), (0,), (1,), (0, 1)])
def test_keys_reach_everything_that_is_shown(collapsed: tuple[int, ...]) -> None:
    made = scene(*collapsed)
    items = Items(made)
    neighbours = Neighbours(items, made.edges)
    assert reached(neighbours) == set(items.order.tolist())


def test_edges_of_what_is_inside_lead_from_the_group() -> None:
    made = scene(1)
    neighbours = Neighbours(Items(made), made.edges)
    assert neighbours.next(1, "right") == 6
    assert neighbours.next(6, "right") == 4
    assert neighbours.next(4, "left") == 6


def test_what_keys_go_to_stays_when_a_group_opens_or_closes() -> None:
    is_open, is_closed = Items(scene()), Items(scene(1))
    assert is_open.followed(3, is_closed) == 6
    assert is_closed.followed(6, is_open) in {2, 3}
    assert is_closed.followed(0, is_open) == 0
    assert is_closed.followed(-1, is_open) == -1
