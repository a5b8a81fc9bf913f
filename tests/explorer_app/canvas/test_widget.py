"""What a person does with mouse and keys, and what the canvas says of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widget import Canvas
from hamilton_ol.graph.scene.scene import Scene
from tests.support.walks import reached

NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
LEFT = Qt.MouseButton.LeftButton


def heard(signal: SignalInstance) -> list[Any]:
    """What a signal says from now on."""
    found: list[Any] = []
    signal.connect(lambda *words: found.append(words if len(words) > 1 else words[0]))
    return found


def head(canvas: Canvas, scene: Scene, name: str) -> QPoint:
    """A point of the view on the head of a card."""
    node = scene.cards.names.index(name)
    left, top, wide, _ = scene.boxes[node]
    at = canvas.view.to_screen(float(left + wide / 2), float(top + scene.head[node] / 2))
    return QPointF(*at).toPoint()


def wheel(canvas: Canvas, at: QPoint, turned: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Turn the wheel at a point of the view."""
    where = QPointF(at)
    event = QWheelEvent(
        where,
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_a_click_on_a_card_tells_which(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    clicked = heard(canvas.nodeClicked)
    qtbot.mouseClick(canvas, LEFT, CTRL, head(canvas, scene, "family"))
    assert clicked == [(scene.cards.names.index("family"), CTRL)]


def test_a_click_on_a_row_tells_which(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    clicked = heard(canvas.rowClicked)
    row = scene.cards.row_names.index("age")
    card = int(scene.cards.row_card[row])
    x = float(scene.boxes[card, 0] + 40)
    at = QPointF(*canvas.view.to_screen(x, scene.row_middle(row))).toPoint()
    qtbot.mouseClick(canvas, LEFT, NONE, at)
    assert clicked == [(row, NONE)]


def test_a_click_on_an_edge_tells_the_arguments(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    clicked = heard(canvas.edgeClicked)
    edge = scene.edges.argument.index("max_depth")
    route = int(scene.edges.route[edge])
    x, y = scene.routes.curves.ends[route, 2:]
    at = QPointF(*canvas.view.to_screen(float(x) - 2, float(y))).toPoint()
    qtbot.mouseClick(canvas, LEFT, NONE, at)
    assert clicked == [((edge,), NONE)]


def test_a_click_beside_everything_is_told_too(canvas: Canvas, qtbot: QtBot) -> None:
    clicked = heard(canvas.backgroundClicked)
    qtbot.mouseClick(canvas, LEFT, NONE, QPoint(500, 560))
    assert clicked == [NONE]


def test_two_clicks_activate(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    activated = heard(canvas.activated)
    qtbot.mouseDClick(canvas, LEFT, NONE, head(canvas, scene, "target"))
    assert activated == [scene.cards.names.index("target")]


def test_a_group_can_be_clicked(
    make_canvas: Callable[..., Canvas], prepared_company: PreparedScene, qtbot: QtBot
) -> None:
    canvas = make_canvas(prepared_company)
    clicked, activated = heard(canvas.groupClicked), heard(canvas.groupActivated)
    left, top, *_ = prepared_company.scene.groups.boxes[3]
    at = QPointF(*canvas.view.to_screen(float(left) + 20, float(top) + 20)).toPoint()
    qtbot.mouseClick(canvas, LEFT, NONE, at)
    qtbot.mouseDClick(canvas, LEFT, NONE, at)
    assert clicked == [(3, NONE)]
    assert activated == [3]


def drag(qtbot: QtBot, canvas: Canvas, start: QPoint, end: QPoint, modifiers: Any = NONE) -> None:
    qtbot.mousePress(canvas, LEFT, modifiers, start)
    middle = (start + end) / 2
    for at in (middle, end):
        event_modifiers = modifiers
        move(canvas, at, event_modifiers)
    qtbot.mouseRelease(canvas, LEFT, modifiers, end)


def move(canvas: Canvas, at: QPoint, modifiers: Any) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    where, there = QPointF(at), QPointF(canvas.mapToGlobal(at))
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, there, Qt.MouseButton.NoButton, LEFT, modifiers
    )
    QApplication.sendEvent(canvas, event)


def test_dragging_the_background_moves_the_scene(canvas: Canvas, qtbot: QtBot) -> None:
    before = canvas.view.to_screen(0, 0)
    drag(qtbot, canvas, QPoint(500, 560), QPoint(440, 580))
    after = canvas.view.to_screen(0, 0)
    assert after == pytest.approx((before[0] - 60, before[1] + 20), abs=1.5)


def test_a_rubber_band_tells_what_is_in_it(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    banded = heard(canvas.nodesBanded)
    drag(qtbot, canvas, QPoint(2, 560), QPoint(998, 2), SHIFT)
    nodes, modifiers = banded[0]
    assert nodes.tolist() == list(range(len(scene)))
    assert modifiers == SHIFT


def test_a_dragged_card_tells_its_new_place(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    moved = heard(canvas.nodeMoved)
    start = head(canvas, scene, "family")
    drag(qtbot, canvas, start, start + QPoint(30, 40))
    node, left, top = moved[0]
    assert node == scene.cards.names.index("family")
    zoom = canvas.view.zoom
    expected = scene.boxes[node, :2] + np.array([30, 40]) / zoom
    assert (left, top) == pytest.approx(tuple(expected), abs=2 / zoom)


def test_escape_gives_up_what_the_mouse_is_doing(
    canvas: Canvas, scene: Scene, qtbot: QtBot
) -> None:
    moved, banded = heard(canvas.nodeMoved), heard(canvas.nodesBanded)
    for modifiers in (NONE, SHIFT):
        start = head(canvas, scene, "family")
        qtbot.mousePress(canvas, LEFT, modifiers, start)
        move(canvas, start + QPoint(50, 50), modifiers)
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
        qtbot.mouseRelease(canvas, LEFT, modifiers, start + QPoint(50, 50))
    assert moved == banded == []
    assert canvas.state.band is None
    assert canvas.state.dragged is None


def test_the_wheel_zooms_at_the_pointer(canvas: Canvas) -> None:
    before, at = canvas.view.to_scene(300, 200), QPoint(300, 200)
    wheel(canvas, at, 120)
    assert canvas.view.to_screen(*before) == pytest.approx((300, 200), abs=2)
    wheel(canvas, at, -240)
    assert canvas.view.to_screen(*before) == pytest.approx((300, 200), abs=4)


def test_one_cannot_zoom_without_end(canvas: Canvas) -> None:
    for turned in (12_000, -24_000):
        wheel(canvas, QPoint(300, 200), turned)
    assert canvas.view.zoom == pytest.approx(0.004)


def test_all_of_a_scene_of_100_000_cards_can_be_seen(
    make_canvas: Callable[..., Canvas], scene: Scene
) -> None:
    high = replace(scene, boxes=scene.boxes * (1.0, 1000.0, 1.0, 1.0))
    canvas = make_canvas(PreparedScene(high, Theme("light")))
    canvas.fit(fly=False)
    assert high.bounds[3] - high.bounds[1] > 200_000
    assert canvas.view.window.top <= high.bounds[1]
    assert canvas.view.window.bottom >= high.bounds[3]
    before = canvas.view.zoom
    wheel(canvas, QPoint(300, 200), -2400)
    assert canvas.view.zoom == pytest.approx(before)


def test_the_wheel_with_shift_goes_sideways(canvas: Canvas) -> None:
    before = canvas.view
    wheel(canvas, QPoint(300, 200), 120, SHIFT)
    assert (canvas.view.zoom, canvas.view.y) == (before.zoom, before.y)
    assert canvas.view.x < before.x


def test_the_wheel_with_alt_changes_hops(canvas: Canvas, scene: Scene) -> None:
    hops = heard(canvas.hopsChanged)
    node, at = scene.cards.names.index("family"), head(canvas, scene, "family")
    wheel(canvas, at, 120, ALT)
    wheel(canvas, at, -120, ALT)
    wheel(canvas, at, 120, ALT | SHIFT)
    assert hops == [(node, 1, 1), (node, -1, -1), (node, 1, 0)]


def test_the_wheel_beside_everything_counts_for_nothing(canvas: Canvas, scene: Scene) -> None:
    hops = heard(canvas.hopsChanged)
    for _ in range(5):
        wheel(canvas, QPoint(500, 560), 120, ALT)
    wheel(canvas, head(canvas, scene, "family"), 120, ALT)
    assert hops == [(scene.cards.names.index("family"), 1, 1)]


def test_what_is_under_the_pointer_is_told_once(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    told = heard(canvas.hovered)
    at = head(canvas, scene, "family")
    for point in (at, at + QPoint(1, 0), QPoint(500, 560)):
        qtbot.mouseMove(canvas, point)
    assert [hit.part for hit in told] == ["node", ""]
    assert canvas.state.hover.part == ""


def test_a_menu_that_is_wanted_by_key_is_that_of_the_focused_item(
    qtbot: QtBot, canvas: Canvas
) -> None:
    wanted = heard(canvas.menuRequested)
    canvas.setFocusedItem(4)
    reason, corner = QContextMenuEvent.Reason.Keyboard, QPoint(1, 1)
    QApplication.sendEvent(canvas, QContextMenuEvent(reason, corner, canvas.mapToGlobal(corner)))
    for key, modifiers in ((Qt.Key.Key_Menu, NONE), (Qt.Key.Key_F10, SHIFT)):
        qtbot.keyClick(canvas, key, modifiers)
    qtbot.keyClick(canvas, Qt.Key.Key_F10)
    assert [hit.node for hit, _at in wanted] == [4, 4, 4]


def test_the_first_arrow_goes_to_what_the_question_is_about(
    qtbot: QtBot, canvas: Canvas, scene: Scene
) -> None:
    looks = scene.plain_looks()
    looks.active = 7
    canvas.setLooks(looks)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.state.focused == 7


def test_keys_walk_along_edges(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    names = scene.cards.names
    canvas.setFocusedItem(names.index("train_test_split_func"))
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert names[canvas.state.focused] == "fit_random_forest"
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert names[canvas.state.focused] in {"train_test_split_func", "prefit_random_forest"}


def test_keys_reach_every_card(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    from explorer_app.scene.items import Items
    from explorer_app.scene.neighbours import Neighbours

    neighbours = Neighbours(Items(scene), scene.edges)
    assert reached(neighbours) == set(range(len(scene)))


def test_keys_select_activate_and_change_hops(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    clicked, activated, hops = (
        heard(signal) for signal in (canvas.nodeClicked, canvas.activated, canvas.hopsChanged)
    )
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    canvas.setFocusedItem(7)
    qtbot.keyClick(canvas, Qt.Key.Key_Space, CTRL)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.keyClick(canvas, Qt.Key.Key_U)
    qtbot.keyClick(canvas, Qt.Key.Key_D, SHIFT)
    assert clicked == [(7, CTRL)]
    assert activated == [7]
    assert hops == [(7, 1, 0), (7, 0, 1_000_000)]


def test_a_focused_card_is_brought_into_sight(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    canvas.setView(replace(canvas.view, zoom=2.0), fly=False)
    canvas.setFocusedItem(scene.cards.names.index("train_test_split_func"))
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.rect().contains(canvas.node_rect(canvas.state.focused).center().toPoint())


def test_keys_change_the_view(canvas: Canvas, scene: Scene, qtbot: QtBot) -> None:
    fitted = canvas.view.zoom
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.view.zoom == 1.0
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.zoom > 1.0
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.view.zoom == fitted
    canvas.setSelection(np.array([3]))
    qtbot.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.node_rect(3).center().x() == pytest.approx(500, abs=3)


def test_the_menu_is_asked_for_where_it_is_wanted(
    canvas: Canvas, scene: Scene, qtbot: QtBot
) -> None:
    wanted = heard(canvas.menuRequested)
    canvas.setFocusedItem(5)
    qtbot.keyClick(canvas, Qt.Key.Key_Menu)
    hit, at = wanted[0]
    assert (hit.node, canvas.mapFromGlobal(at)) == (5, canvas.node_rect(5).center().toPoint())


def test_without_a_scene_it_is_quiet(qtbot: QtBot, light: Any) -> None:
    canvas = Canvas(light)
    qtbot.addWidget(canvas)
    canvas.resize(300, 200)
    canvas.show()
    canvas.grab()
    qtbot.mouseClick(canvas, LEFT, NONE, QPoint(10, 10))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Return, Qt.Key.Key_F):
        qtbot.keyClick(canvas, key)
    wheel(canvas, QPoint(10, 10), 120)
