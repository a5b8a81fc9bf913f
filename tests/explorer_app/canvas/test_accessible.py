"""What a screen reader is told."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QAccessible

from explorer_app.canvas import accessible
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import STATUS

Name = QAccessible.Text.Name


@pytest.fixture
def told(canvas: Canvas) -> accessible.CanvasInterface:
    return accessible.CanvasInterface(canvas)


def test_each_node_has_a_name_and_a_place(
    told: accessible.CanvasInterface, canvas: Canvas, scene: Scene
) -> None:
    assert told.childCount() == len(scene)
    for number in range(told.childCount()):
        child = told.child(number)
        assert isinstance(child, accessible.NodeInterface)
        assert child.text(Name).startswith("".join(scene.cards.lines[child.node]))
        assert told.indexOfChild(child) == number
        middle = canvas.mapFromGlobal(child.rect().center())
        assert canvas.rect().contains(middle)
        assert child.state().focusable


def test_what_is_known_of_a_node_is_said(canvas: Canvas, scene: Scene) -> None:
    node = scene.cards.names.index("train_test_split_func")
    looks = scene.plain_looks()
    looks.status[node] = STATUS["failed"]
    canvas.setLooks(looks)
    said = accessible.describe(canvas, node)
    for words in ("train_test_split_func", "function", "4 in", "2 out", "failed", "X_train"):
        assert words in said
    looks.dim[:] = True
    canvas.setLooks(looks)
    assert "not involved" in accessible.describe(canvas, node)


def test_what_is_at_a_point_is_found(
    told: accessible.CanvasInterface, canvas: Canvas, scene: Scene
) -> None:
    at = canvas.mapToGlobal(canvas.node_rect(5).center().toPoint())
    child = told.childAt(at.x(), at.y())
    assert isinstance(child, accessible.NodeInterface)
    assert child.node == 5
    beside = canvas.mapToGlobal(canvas.rect().bottomLeft())
    assert told.childAt(beside.x(), beside.y()) is None


def test_focus_and_selection_are_told(told: accessible.CanvasInterface, canvas: Canvas) -> None:
    assert told.focusChild() is None
    canvas.setFocusedNode(4)
    canvas.setSelection(np.array([2]))
    focused = told.focusChild()
    assert isinstance(focused, accessible.NodeInterface)
    assert focused.node == 4
    assert focused.state().focused
    assert not focused.state().selected
    assert told.of_node(2).state().selected


def test_qt_finds_the_nodes_of_a_canvas(
    make_canvas: Callable[..., Canvas], prepared_titanic: PreparedScene
) -> None:
    accessible.install()
    canvas = make_canvas(prepared_titanic)
    accessible.watch(canvas)
    found = QAccessible.queryAccessibleInterface(canvas)
    assert found.childCount() == len(prepared_titanic.scene)
    assert found.child(0).parent() is found
    canvas.setFocusedNode(3)
    accessible.announce(canvas, "29 of 38 nodes")
