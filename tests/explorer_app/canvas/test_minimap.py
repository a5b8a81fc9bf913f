"""The minimap is there where it is of use."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect
from pytestqt.qtbot import QtBot

from explorer_app.canvas.minimap import Minimap, told_apart
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import TONE
from tests.explorer_app.canvas.conftest import pixels
from tests.explorer_app.canvas.test_widget import LEFT, NONE, heard


def test_the_minimap_leads_where_one_points(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    canvas.setView(replace(canvas.view, zoom=2.0), fly=False)
    corner = QPoint(1000 - 14 - 162, 640 - 14 - 92)
    clicked = heard(canvas.backgroundClicked)
    qtbot.mouseClick(canvas, LEFT, NONE, corner + QPoint(10, 46))
    left, _, right, _ = scene.bounds
    assert canvas.view.x == pytest.approx(left, abs=(right - left) / 50)
    assert clicked == []


@pytest.mark.parametrize(("wide", "zoom", "is_there"), [(1000, 0.3, True), (700, 0.3, False)])
def test_where_everything_fits_a_minimap_needs_room(
    canvas: Canvas, wide: int, zoom: float, is_there: bool
) -> None:
    canvas.resize(wide, 640)
    canvas.setView(replace(canvas.view, zoom=zoom), fly=False)
    corner = QPointF(wide - 14 - 80, 640 - 14 - 40)
    assert canvas.is_in_minimap(corner) == is_there
    canvas.setMinimapVisible(False)
    assert not canvas.is_in_minimap(corner)


def test_a_minimap_covers_no_card_where_everything_fits(canvas: Canvas, scene: Scene) -> None:
    left, top, right, bottom = scene.bounds
    view = replace(canvas.view, zoom=0.1, x=(left + right) / 2, y=(top + bottom) / 2)
    canvas.setView(view, fly=False)
    card = int(np.nanargmax(scene.boxes[:, 0] + scene.boxes[:, 2]))
    corner = QPointF(1000 - 14 - 80, 640 - 14 - 40)
    by = corner - canvas.node_rect(card).center()
    canvas.pan(by)
    assert not canvas.is_in_minimap(corner)


def test_where_there_is_more_than_fits_the_minimap_is_there_whatever_it_covers(
    canvas: Canvas, scene: Scene
) -> None:
    canvas.setView(replace(canvas.view, zoom=2.0), fly=False)
    corner = QPointF(1000 - 14 - 80, 640 - 14 - 40)
    card = int(np.nanargmax(scene.boxes[:, 3]))
    canvas.pan(corner - canvas.node_rect(card).center())
    assert canvas.node_rect(card).contains(corner)
    assert canvas.is_in_minimap(corner)


@pytest.mark.parametrize("count", [0, 1, 500])
def test_shades_are_told_apart_in_their_order(count: int) -> None:
    rows = np.random.default_rng(7).integers(-1, 3, (count, 5))
    different, which = told_apart(rows)
    wanted, places = np.unique(rows, axis=0, return_inverse=True)
    assert np.array_equal(different, wanted)
    assert np.array_equal(which, places)


def test_until_there_is_time_for_it_the_minimap_is_the_one_before(
    canvas: Canvas, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.setView(replace(canvas.view, zoom=2.0), fly=False)
    canvas.screen_picture.finish()
    before, made = minimap_of(canvas), list[object]()
    monkeypatch.setattr(Minimap, "__init__", noting(Minimap.__init__, made))
    looks = scene.plain_looks()
    looks.tone[:] = TONE["pii"]
    canvas.setLooks(looks)
    assert made == []
    assert np.array_equal(minimap_of(canvas), before)
    assert made == []
    canvas.screen_picture.finish()
    assert len(made) == 1  # before it is painted
    assert not np.array_equal(minimap_of(canvas), before)
    assert len(made) == 1


def minimap_of(canvas: Canvas) -> np.ndarray:
    found: np.ndarray = pixels(
        canvas.grab(QRect(1000 - 14 - 162, 640 - 14 - 92, 162, 92)).toImage()
    )
    return found


def noting(make: Callable[..., None], made: list[object]) -> Callable[..., None]:
    def noted(self: object, *given: object) -> None:
        made.append(self)
        make(self, *given)

    return noted
