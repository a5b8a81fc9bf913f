"""Closed groups say how much of what is asked is in them."""

from collections.abc import Callable

import numpy as np
import pytest

from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.shares import Shares
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.links import Grouping
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import TONE
from tests.explorer_app.canvas.test_screen import difference, shown
from tests.support.scenes import plain_cards, plain_links


@pytest.fixture
def scene() -> Scene:
    """Six cards: three in a closed group, two in an open one, one alone."""
    grouping = Grouping(["shut", "open"], np.array([0, 0, 0, 1, 1, -1]), frozenset({0}))
    links = plain_links(np.array([(0, 3), (1, 3), (2, 4), (4, 5)]))
    return arranged(plain_cards(tuple("abcdef")), links, np.full((6, 2), 60.0), grouping)


def test_when_nothing_is_asked_the_count_is_said(scene: Scene) -> None:
    shares = Shares(scene, scene.plain_looks())
    assert [shares.text(group) for group in (0, 1)] == ["3", "2"]
    assert [shares.ink(group) for group in (0, 1)] == ["muted", "muted"]
    assert not shares.steps_back(0)


def test_what_is_asked_is_counted_in_its_colour(scene: Scene) -> None:
    looks = scene.plain_looks()
    looks.dim[:] = [False, False, True, False, True, True]
    looks.tone[[0, 1, 3]] = TONE["upstream"]
    shares = Shares(scene, looks)
    assert (shares.text(0), shares.ink(0)) == ("2 of 3", "upstream")
    assert (shares.text(1), shares.ink(1)) == ("2", "muted")  # its cards are seen


def test_where_all_of_it_is_asked_that_is_one_number(scene: Scene) -> None:
    looks = scene.plain_looks()
    looks.dim[3:] = True
    looks.tone[:3] = TONE["path"]
    shares = Shares(scene, looks)
    assert (shares.text(0), shares.ink(0)) == ("3", "path")


def test_where_nothing_of_it_is_asked_it_steps_back(scene: Scene) -> None:
    looks = scene.plain_looks()
    looks.dim[:5] = True
    shares = Shares(scene, looks)
    assert shares.text(0) == "3"
    assert (shares.steps_back(0), shares.steps_back(1)) == (True, False)


def test_selected_cards_are_counted_in_closed_groups_only(scene: Scene) -> None:
    shares = Shares(scene, scene.plain_looks())
    assert shares.holding(np.array([1, 2, 3, 5])).tolist() == [2, 0]
    assert shares.holding(np.zeros(0, np.int64)).tolist() == [0, 0]


def test_a_group_with_selected_cards_looks_selected(
    make_canvas: Callable[..., Canvas], scene: Scene, light: Theme
) -> None:
    canvas = make_canvas(PreparedScene(scene, light))
    before = shown(canvas)
    canvas.setSelection(np.array([1]))
    rect = canvas.node_rect(6).toRect()
    image = canvas.grab().toImage()
    inside = image.pixelColor(rect.left() + 10, rect.bottom() - 8)
    assert inside.name() == light.color("selection").name()
    assert difference(before, shown(canvas)) > 0
