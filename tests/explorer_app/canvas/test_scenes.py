"""Scenes of all kinds are drawn: empty ones, cycles, collapsed groups, hostile names."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explorer_app.canvas.appearance import card_of
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.links import Grouping
from hamilton_ol.graph.scene.measures import sizes
from hamilton_ol.graph.scene.scene import Scene
from tests.explorer_app.canvas.test_screen import difference, fresh, shown
from tests.support.scenes import NONE, Flat, plain_cards, plain_links, small

ZOOMS = (0.1, 0.4, 1.0, 2.0)
Make = Callable[..., Canvas]


def scene_of(names: str, ends: list[tuple[int, int]], grouping: Grouping | None = None) -> Scene:
    cards, links = plain_cards(tuple(names.split())), plain_links(np.array(ends, np.int64))
    return arranged(cards, links, sizes(cards, Flat()), grouping, budget=NONE)


def looked_at(canvas: Canvas) -> None:
    """It is drawn the same way whether bit by bit or at once, at every zoom."""
    for zoom in ZOOMS:
        canvas.zoom_to(zoom)
        canvas.screen_picture.finish()
        assert difference(shown(canvas), fresh(canvas)) < 0.0005


@pytest.mark.parametrize(
    ("names", "ends"),
    [
        ("", []),
        ("alone", []),
        ("a b", [(0, 1)]),
        ("a b", [(0, 1), (1, 0)]),
        ("a b c", [(0, 0), (0, 1), (1, 2), (2, 0)]),
        ("a b", [(0, 1), (0, 1)]),
    ],
    ids=["nothing", "one", "an edge", "a cycle", "to itself", "twice"],
)
def test_odd_graphs_are_drawn(
    make_canvas: Make, light: Theme, names: str, ends: list[tuple[int, int]]
) -> None:
    looked_at(make_canvas(PreparedScene(scene_of(names, ends), light)))


def test_collapsed_groups_hide_their_members(make_canvas: Make, light: Theme) -> None:
    grouping = Grouping(["left", "right"], np.array([0, 0, 1, 1, -1]), frozenset({1}))
    scene = scene_of("a b c d e", [(0, 1), (1, 2), (0, 3), (2, 3), (3, 4)], grouping)
    assert np.isnan(scene.boxes[2:4]).all()
    assert scene.groups.count.tolist() == [2, 2]
    prepared = PreparedScene(scene, light)
    assert set(prepared.index.nodes) == {0, 1, 4}
    canvas = make_canvas(prepared)
    looked_at(canvas)
    assert canvas.node_rect(2).isNull()
    canvas.setSelection(np.array([0, 2]))
    canvas.setFocusedItem(2)
    canvas.frame(np.array([2, 3]))
    canvas.grab()


@pytest.mark.parametrize("name", ["<b>x</b>", "a\x00b\u202e", "שלום עולם", "漢字", "x" * 10_000])
def test_hostile_names_are_drawn_as_text(make_canvas: Make, light: Theme, name: str) -> None:
    scene = small((name, "age", name, "model", name))
    prepared = PreparedScene(scene, light)
    for line in card_of(scene, 0).lines:
        assert line.isprintable()
        assert len(line) < 200
    looked_at(make_canvas(prepared))


def test_a_scene_can_be_prepared_on_another_thread(light: Theme, make_canvas: Make) -> None:
    made: list[PreparedScene] = []
    thread = threading.Thread(target=lambda: made.append(PreparedScene(small(), light)))
    thread.start()
    thread.join(60)
    here = PreparedScene(small(), light)
    assert np.array_equal(made[0].texts.names.pens, here.texts.names.pens)
    looked_at(make_canvas(made[0]))


def test_looks_of_another_scene_are_refused(make_canvas: Make, light: Theme) -> None:
    canvas = make_canvas(PreparedScene(small(), light))
    with pytest.raises(ValueError, match=r"Looks of \(2, 0, 1\) for a scene of \(5, 2, 5\)"):
        canvas.setLooks(scene_of("a b", [(0, 1)]).plain_looks())


def test_a_name_that_cannot_be_read_is_shown_under_the_pointer(
    make_canvas: Make, light: Theme
) -> None:
    canvas = make_canvas(PreparedScene(small(), light))
    canvas.zoom_to(0.2)
    canvas.screen_picture.finish()
    before = shown(canvas)
    canvas.hover(canvas.hit_at(canvas.node_rect(1).center()))
    assert canvas.state.hover.node == 1
    assert difference(before, shown(canvas)) > 0.0002


def test_the_ring_of_the_focus_is_for_keys(make_canvas: Make, light: Theme) -> None:
    canvas = make_canvas(PreparedScene(small(), light))
    canvas.clicked(canvas.hit_at(canvas.node_rect(1).center()), canvas_modifiers())
    assert (canvas.state.focused, canvas.state.with_ring) == (1, False)
    canvas.go("right")
    assert (canvas.state.focused, canvas.state.with_ring) == (3, True)


def canvas_modifiers() -> Any:
    from PySide6.QtCore import Qt

    return Qt.KeyboardModifier.NoModifier
