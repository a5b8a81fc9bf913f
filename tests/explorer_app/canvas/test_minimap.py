"""The minimap is there where it is of use."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from pytestqt.qtbot import QtBot

from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.scene import Scene
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
