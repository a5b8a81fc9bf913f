"""What moves by itself: a flight to another view, cards on their way to new places."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QVariantAnimation
from pytestqt.qtbot import QtBot

from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.scene import Scene
from tests.explorer_app.canvas.test_screen import difference, fresh, shown
from tests.support.scenes import small


@pytest.fixture
def lively(make_canvas: Callable[..., Canvas]) -> Iterator[Canvas]:
    """A canvas that may move."""
    canvas = make_canvas(PreparedScene(small(), Theme("light")))
    canvas.setReducedMotion(False)
    yield canvas
    canvas.hide()


def turned(scene: Scene) -> Scene:
    """The same cards upside down, without edges' curves."""
    boxes = scene.boxes.copy()
    boxes[:, 1] = 200 - boxes[:, 1]
    return Scene(scene.cards, boxes, scene.edges, scene.routes)


def animations(canvas: Canvas) -> list[QVariantAnimation]:
    running = QVariantAnimation.State.Running
    return [a for a in canvas.findChildren(QVariantAnimation) if a.state() == running]


def halfway(canvas: Canvas) -> None:
    """Stop the clock of what runs in its middle."""
    for animation in animations(canvas):
        animation.pause()
        animation.setCurrentTime(animation.duration() // 2)


def test_a_flight_ends_where_it_should(lively: Canvas, qtbot: QtBot) -> None:
    start, wanted = lively.view, replace(lively.view, zoom=0.5, x=100.0)
    lively.setView(wanted)
    assert lively.view == start
    qtbot.waitUntil(lambda: lively.view.zoom == 0.5, timeout=20_000)
    assert lively.view.x == 100.0


def test_who_wants_nothing_to_move_is_there_at_once(lively: Canvas) -> None:
    lively.setReducedMotion(True)
    lively.setView(replace(lively.view, zoom=0.5, x=100.0))
    lively.setScene(PreparedScene(turned(small()), Theme("light")))
    assert (lively.view.zoom, lively.view.x) == (0.5, 100.0)
    assert animations(lively) == []


def test_cards_move_to_their_new_places(lively: Canvas, qtbot: QtBot) -> None:
    before = shown(lively)
    lively.setScene(PreparedScene(turned(small()), Theme("light")))
    lively.screen_picture.finish()
    assert len(animations(lively)) == 1
    halfway(lively)
    between = shown(lively)
    for animation in animations(lively):
        animation.stop()
    lively.setReducedMotion(True)
    after = shown(lively)
    assert difference(before, between) > 0.01
    assert difference(between, after) > 0.01
    assert difference(after, fresh(lively)) < 0.0005


def test_a_movement_ends_by_itself(lively: Canvas, qtbot: QtBot) -> None:
    lively.setScene(PreparedScene(turned(small()), Theme("light")))
    qtbot.waitUntil(lambda: animations(lively) == [], timeout=20_000)
    qtbot.waitUntil(lambda: lively.screen_picture.is_exact, timeout=20_000)
    assert difference(shown(lively), fresh(lively)) < 0.0005


def test_a_scene_of_other_cards_fades(lively: Canvas) -> None:
    lively.setScene(PreparedScene(small(("v", "w", "x", "y", "z")), Theme("light")))
    halfway(lively)
    assert np.isfinite(shown(lively)).all()
    lively.setReducedMotion(True)
    lively.screen_picture.finish()
    assert difference(shown(lively), fresh(lively)) < 0.0005
