"""What is under the pointer lights what it is linked to, and says how much that is."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from explorer_app.canvas.hoverdrawing import HoverDrawing
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from explorer_app.scene.hits import NOTHING, Hit
from hamilton_ol.graph.scene.scene import Scene
from tests.explorer_app.canvas.conftest import pixels


def painted(canvas: Canvas, tone: str) -> int:
    """How many pixels have a colour."""
    color: QColor = Theme("light").color(tone)
    wanted = (color.blue(), color.green(), color.red())
    return int((pixels(canvas.grab().toImage()) == wanted).all(axis=2).sum())


def number(scene: Scene, name: str) -> int:
    return scene.cards.names.index(name)


def neighbours(scene: Scene, node: int) -> tuple[set[int], set[int]]:
    edges = scene.edges
    ends = list(zip(edges.origin.tolist(), edges.target.tolist(), strict=True))
    return {a for a, b in ends if b == node}, {b for a, b in ends if a == node}


@pytest.mark.parametrize("name", ["titanic_data", "training_set_v1", "fit_random_forest"])
def test_a_node_lights_what_it_takes_and_what_takes_it(
    canvas: Canvas, scene: Scene, name: str
) -> None:
    node = number(scene, name)
    up, down = neighbours(scene, node)
    assert canvas.drawing is not None
    found = HoverDrawing(canvas.drawing).linked(Hit("node", node))
    assert [set(linked.cards.tolist()) for linked in found] == [up, down]
    before = painted(canvas, "upstream"), painted(canvas, "downstream")
    canvas.hover(Hit("node", node))
    after = painted(canvas, "upstream"), painted(canvas, "downstream")
    assert (after[0] > before[0]) == bool(up)
    assert (after[1] > before[1]) == bool(down)
    canvas.hover(NOTHING)
    assert (painted(canvas, "upstream"), painted(canvas, "downstream")) == before


def test_a_row_lights_only_what_takes_it(canvas: Canvas, scene: Scene) -> None:
    row = int(scene.cards.row_names.index("age"))
    node = int(scene.cards.row_card[row])
    assert canvas.drawing is not None
    _, down = HoverDrawing(canvas.drawing).linked(Hit("row", node, row))
    edges = scene.edges
    assert set(down.cards.tolist()) == set(edges.target[edges.row == row].tolist())
    assert len(down.cards) < len(np.unique(edges.target[edges.origin == node]))


def test_keys_light_it_too(canvas: Canvas) -> None:
    before = painted(canvas, "downstream")
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.state.focused >= 0
    assert painted(canvas, "downstream") > before
