"""What a screen reader is told."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from pytestqt.qtbot import QtBot

from explorer_app.canvas import accessible
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.spoken import describe
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.links import Grouping
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import STATUS, TONE
from tests.support.scenes import plain_cards, plain_links

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
        assert isinstance(child, accessible.ItemInterface)
        assert child.text(Name).startswith("".join(scene.cards.lines[child.item]))
        assert told.indexOfChild(child) == number
        middle = canvas.mapFromGlobal(child.rect().center())
        assert canvas.rect().contains(middle)
        assert child.state().focusable


def test_what_is_known_of_a_node_is_said(canvas: Canvas, scene: Scene) -> None:
    node = scene.cards.names.index("train_test_split_func")
    looks = scene.plain_looks()
    looks.status[node] = STATUS["failed"]
    canvas.setLooks(looks)
    said = describe(canvas, node)
    for words in ("train_test_split_func", "function", "4 in", "2 out", "failed", "X_train"):
        assert words in said
    looks.dim[:] = True
    canvas.setLooks(looks)
    assert "not involved" in describe(canvas, node)


def test_what_is_at_a_point_is_found(
    told: accessible.CanvasInterface, canvas: Canvas, scene: Scene
) -> None:
    at = canvas.mapToGlobal(canvas.node_rect(5).center().toPoint())
    child = told.childAt(at.x(), at.y())
    assert isinstance(child, accessible.ItemInterface)
    assert child.item == 5
    beside = canvas.mapToGlobal(canvas.rect().bottomLeft())
    assert told.childAt(beside.x(), beside.y()) is None


def test_focus_and_selection_are_told(told: accessible.CanvasInterface, canvas: Canvas) -> None:
    assert told.focusChild() is None
    canvas.setFocusedItem(4)
    canvas.setSelection(np.array([2]))
    focused = told.focusChild()
    assert isinstance(focused, accessible.ItemInterface)
    assert focused.item == 4
    assert focused.state().focused
    assert not focused.state().selected
    assert told.of_item(2).state().selected


def test_a_screen_reader_hears_where_the_focus_goes_and_what_is_announced(
    canvas: Canvas, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[QAccessible.Event, object]] = []

    def hear(event: QAccessibleEvent) -> None:
        said = event.message() if isinstance(event, QAccessibleAnnouncementEvent) else None
        heard.append((event.type(), event.child() if said is None else said))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    accessible.watch(canvas)
    canvas.setFocusedItem(4)
    told = accessible.CanvasInterface(canvas)
    child = told.indexOfChild(told.of_item(4))
    accessible.announce(canvas, "3 nodes")
    assert heard == [
        (QAccessible.Event.Focus, child),
        (QAccessible.Event.Announcement, "3 nodes"),
    ]


def test_what_the_question_makes_of_a_node_is_said(canvas: Canvas, scene: Scene) -> None:
    looks = scene.plain_looks()
    looks.active = 3
    looks.tone[4], looks.tone[5], looks.ends[5] = TONE["upstream"], TONE["pii"], True
    canvas.setLooks(looks)
    said = [describe(canvas, node).split(", ") for node in (3, 4, 5)]
    assert "asked about" in said[0]
    assert "upstream" in said[1]
    assert {"personal data", "ends here"} <= set(said[2])


def test_only_what_has_the_keys_says_that_it_has_them(
    qtbot: QtBot, told: accessible.CanvasInterface, canvas: Canvas
) -> None:
    canvas.setFocusedItem(4)
    assert told.of_item(4).state().focused
    canvas.clearFocus()
    assert not told.of_item(4).state().focused


def test_who_comes_to_the_canvas_hears_of_the_node_there_and_whether_it_is_selected(
    qtbot: QtBot, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[QAccessible.Event, int]] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda e: heard.append((e.type(), e.child()))
    )
    canvas.setFocusedItem(4)
    canvas.clearFocus()
    accessible.watch(canvas)
    canvas.setFocus()
    place = canvas.prepared.items.place_of(4)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: heard == [(QAccessible.Event.Focus, place)])
    for chosen in ([2], [2, 4], [4], []):
        canvas.setSelection(np.array(chosen, np.int64))
    assert heard[1:] == [
        (QAccessible.Event.SelectionAdd, place),
        (QAccessible.Event.SelectionRemove, place),
    ]


def test_qt_finds_the_nodes_of_a_canvas(
    make_canvas: Callable[..., Canvas], prepared_titanic: PreparedScene
) -> None:
    accessible.install()
    canvas = make_canvas(prepared_titanic)
    accessible.watch(canvas)
    found = QAccessible.queryAccessibleInterface(canvas)
    assert found.childCount() == len(prepared_titanic.scene)
    assert found.child(0).parent() is found
    canvas.setFocusedItem(3)
    accessible.announce(canvas, "29 of 38 nodes")


@pytest.fixture
def boxed(make_canvas: Callable[..., Canvas]) -> Canvas:
    """a and b in an open group, c and d in a closed one, e alone."""
    grouping = Grouping(["left", "right"], np.array([0, 0, 1, 1, -1]), frozenset({1}))
    ends = np.array([(0, 1), (1, 2), (0, 3), (2, 3), (3, 4)])
    cards = plain_cards(tuple("abcde"))
    scene = arranged(cards, plain_links(ends), np.full((5, 2), 60.0), grouping)
    return make_canvas(PreparedScene(scene, Theme("light")))


def test_a_closed_group_is_told_with_how_much_is_in_it(boxed: Canvas) -> None:
    told = accessible.CanvasInterface(boxed)
    children = [told.child(place) for place in range(told.childCount())]
    names = {child.text(Name) for child in children if child is not None}
    assert len(children) == 4
    assert "right, closed group, 2 cards" in names
    group = told.of_item(6)
    assert group.state().collapsed
    assert not group.state().selected
    at = group.rect().center()
    assert told.childAt(at.x(), at.y()) is group
    looks = boxed.prepared.scene.plain_looks()  # type: ignore[union-attr]
    looks.dim[:] = [True, True, False, True, False]
    looks.tone[2] = TONE["upstream"]
    boxed.setLooks(looks)
    boxed.setSelection(np.array([3]))
    assert group.text(Name) == "right, closed group, 2 cards, 1 involved, 1 selected"
    assert group.state().selected


def test_keys_go_to_a_closed_group_and_open_it(qtbot: QtBot, boxed: Canvas) -> None:
    opened: list[int] = []
    clicked: list[int] = []
    boxed.groupActivated.connect(opened.append)
    boxed.groupClicked.connect(lambda group, _how: clicked.append(group))
    boxed.setFocusedItem(1)
    qtbot.keyClick(boxed, Qt.Key.Key_Right)
    assert boxed.state.focused == 6
    qtbot.keyClick(boxed, Qt.Key.Key_Space)
    qtbot.keyClick(boxed, Qt.Key.Key_Return)
    qtbot.keyClick(boxed, Qt.Key.Key_U)  # hops are of nodes: nothing happens
    assert (clicked, opened) == ([1], [1])
    boxed.grab()
