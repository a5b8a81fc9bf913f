"""Headings of groups stay readable, and closed groups show the colours of what is in them."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from explorer_app.canvas.groupdrawing import STUCK, GroupDrawing
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.shares import Shares
from explorer_app.canvas.theme import Theme
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.links import Grouping
from hamilton_ol.graph.scene.scene import Scene
from tests.support.painting import NotingPainter
from tests.support.scenes import plain_cards, plain_links

NOBODY = np.zeros(0, np.int64)


@pytest.fixture
def scene() -> Scene:
    """Four cards in a closed group, one in an open one with another, one alone."""
    grouping = Grouping(["shut", "open"], np.array([0, 0, 0, 0, 1, 1, -1]), frozenset({0}))
    links = plain_links(np.array([(0, 4), (4, 5), (5, 6)]))
    return arranged(plain_cards(tuple("abcdefg")), links, np.full((7, 2), 60.0), grouping)


def painted(scene: Scene, theme: Theme, view: Viewport) -> NotingPainter:
    painter = NotingPainter()
    drawing = GroupDrawing(PreparedScene(scene, theme), scene.plain_looks(), theme)
    drawing.headings(painter, view, NOBODY, -1)  # type: ignore[arg-type]
    return painter


def test_a_closed_group_has_shares_of_its_colours(scene: Scene) -> None:
    looks = scene.plain_looks()
    looks.category[:6] = [2, 0, 2, -1, 1, 1]
    shares = Shares(scene, looks)
    assert shares.colors(0) == [(2, 2 / 3), (0, 1 / 3)]
    assert shares.colors(1) == []  # its cards are seen
    assert Shares(scene, scene.plain_looks()).colors(0) == []


@pytest.mark.parametrize("above", [0.0, 30.0, 50.0])
def test_a_heading_stays_below_the_trail_while_its_group_is_seen(
    scene: Scene, light: Theme, above: float
) -> None:
    left, top, wide, _ = scene.groups.boxes[1].tolist()
    view = Viewport(800, 600, 1.0, left + wide / 2, top + above + 300)
    texts = {e[1]: e for e in painted(scene, light, view).list if e[0] == "text"}
    box = QRectF(*texts["open"][2])
    assert box.top() >= min(STUCK, view.to_screen(left, top)[1] + 5)
    assert box.left() >= 0


def test_a_count_has_room_beside_a_name_where_a_margin_can_be_smaller(
    scene: Scene, light: Theme
) -> None:
    font = QFontMetricsF(light.font("name", weight=600))
    names, wide = ("features_customer", "open"), scene.groups.boxes[0, 2]
    groups = replace(scene.groups, names=names)
    needed = font.horizontalAdvance(names[0]) + 2 * 14 + 8
    left, top = scene.groups.boxes[0, :2].tolist()
    view = Viewport(800, 600, needed / wide, left + wide / 2, top)
    found = [
        e[1] for e in painted(replace(scene, groups=groups), light, view).list if e[0] == "text"
    ]
    assert found[:2] == ["features_customer", "4"]
