"""What is in a closed group is found, counted, and opened in one step."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from explorer_app.canvas.accessible import CanvasInterface
from explorer_app.model.plan import plan_of
from explorer_app.qt.explorer import Explorer
from tests.support.samples import FOREST, sample

PATIENCE = 60_000  # ms
PLAIN, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
FAMILY = sample().number("family")
FEATURES = {n for n, node in enumerate(sample().nodes) if node.module.endswith(".features")}


@pytest.fixture
def closed(qtbot: QtBot, explorer: Explorer) -> Explorer:
    """The sample by modules, with the group of the features closed."""
    session = explorer.session
    assert session is not None
    with qtbot.waitSignal(explorer.scenes.shown, timeout=PATIENCE):
        session.box("module", frozenset({"features"}))
    return explorer


def group_of(explorer: Explorer) -> int:
    prepared = explorer.window.canvas.prepared
    assert prepared is not None
    (group,) = prepared.scene.closed.tolist()
    assert prepared.scene.groups.names[group] == "features"
    return int(group)


def focused(explorer: Explorer) -> str:
    """What a screen reader hears of what keys go to."""
    found = QAccessible.queryAccessibleInterface(explorer.window.canvas)
    assert isinstance(found, CanvasInterface)
    child = found.focusChild()
    return child.text(QAccessible.Text.Name) if child is not None else ""


def test_choosing_a_node_in_a_pane_shows_the_group_that_it_is_in(closed: Explorer) -> None:
    session, canvas = closed.session, closed.window.canvas
    assert session is not None
    canvas.setView(canvas.view.panned(5_000, 0), fly=False)
    closed.window.navigator.nodeClicked.emit(FAMILY, PLAIN)
    assert session.selected == {FAMILY}
    assert plan_of(session).collapsed == {"features"}
    assert focused(closed).startswith("features, closed group")
    assert "1 selected" in focused(closed)
    item = canvas.state.focused
    assert canvas.rect().contains(canvas.node_rect(item).center().toPoint())
    assert "closed group features" in closed.window.statusBar().currentMessage()


def test_with_shift_it_is_told_when_no_path_leads_there(closed: Explorer) -> None:
    session = closed.session
    assert session is not None
    session.select([sample().number("max_depth")])
    closed.window.navigator.nodeClicked.emit(FAMILY, Qt.KeyboardModifier.ShiftModifier)
    assert "No path leads" in closed.window.statusBar().currentMessage()


def test_a_row_of_the_table_does_so_too(closed: Explorer) -> None:
    table = closed.window.tables
    row = next(n for n, row in enumerate(table.nodes.rows) if row.node == FAMILY)
    table.table.selectRow(row)
    assert "1 selected" in focused(closed)


def test_a_double_click_in_a_pane_opens_what_hides_it_and_is_undone_at_once(
    qtbot: QtBot, closed: Explorer
) -> None:
    session, canvas = closed.session, closed.window.canvas
    assert session is not None
    before = replace(session.state, place=None)
    with qtbot.waitSignal(closed.link.arrived, timeout=PATIENCE):
        closed.window.navigator.nodeActivated.emit(FAMILY)
    assert plan_of(session).collapsed == frozenset()
    assert session.state.query == "+family"
    assert focused(closed).startswith("family")
    assert canvas.rect().contains(canvas.node_rect(canvas.state.focused).toRect())
    closed.actions["undo"].trigger()
    assert replace(session.state, place=None) == before


def test_the_palette_opens_it_too_and_is_undone_at_once(qtbot: QtBot, closed: Explorer) -> None:
    session = closed.session
    assert session is not None
    before = replace(session.state, place=None)
    closed.palette.open()
    closed.palette.edit.setText("family")
    with qtbot.waitSignal(closed.link.arrived, timeout=PATIENCE):
        qtbot.keyClick(closed.palette.edit, Qt.Key.Key_Return)
    assert focused(closed).startswith("family")
    closed.actions["undo"].trigger()
    assert replace(session.state, place=None) == before


def test_a_click_on_a_closed_group_selects_what_is_asked_of_it(
    qtbot: QtBot, closed: Explorer
) -> None:
    session, canvas = closed.session, closed.window.canvas
    assert session is not None
    assert session.state.query == f"+{FOREST}"
    item = len(canvas.prepared.scene) + group_of(closed)  # type: ignore[union-attr]
    at = canvas.node_rect(item).topLeft().toPoint()
    qtbot.mouseClick(canvas, LEFT, PLAIN, at + at.__class__(6, 6))
    assert session.state.query == f"+{FOREST}"
    assert len(session.selected) > 1
    assert session.selected <= FEATURES
    assert session.visible.mask[np.array(sorted(session.selected))].all()
    with qtbot.waitSignal(closed.link.arrived, timeout=PATIENCE):
        closed.actions["fold"].trigger()
    assert plan_of(session).collapsed == frozenset()


def test_enter_opens_a_closed_group_and_keys_go_on_inside(qtbot: QtBot, closed: Explorer) -> None:
    canvas, session = closed.window.canvas, closed.session
    assert session is not None
    canvas.setFocusedItem(len(canvas.prepared.scene) + group_of(closed))  # type: ignore[union-attr]
    with qtbot.waitSignal(closed.link.arrived, timeout=PATIENCE):
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert session.graph.number(focused(closed).split(",")[0]) in FEATURES
    assert canvas.rect().contains(canvas.node_rect(canvas.state.focused).center().toPoint())


def test_the_menu_of_a_closed_group_is_about_all_that_is_in_it(closed: Explorer) -> None:
    session, canvas = closed.session, closed.window.canvas
    assert session is not None
    session.ask("")
    canvas.setFocusedItem(len(canvas.prepared.scene) + group_of(closed))  # type: ignore[union-attr]
    menus: list[object] = []
    closed.gestures.menuRequested.disconnect()
    closed.gestures.menuRequested.connect(menus.append)
    canvas.menu_for_focused()
    assert len(menus) == 1
    assert session.selected <= FEATURES
    assert len(session.selected) == canvas.prepared.scene.groups.count[group_of(closed)]  # type: ignore[union-attr]
    assert closed.actions["fold"].isEnabled()


def test_a_closed_branch_of_the_tree_shows_that_the_node_is_in_it(
    explorer: Explorer, qtbot: QtBot
) -> None:
    pane, session = explorer.window.navigator, explorer.session
    assert session is not None
    branch = pane.model.index_of(FAMILY).parent()
    pane.tree.setExpanded(branch, False)
    session.select([FAMILY])
    ground = explorer.style.color("selection").name()

    def is_marked() -> bool:
        place = pane.tree.visualRect(branch)
        image = pane.tree.viewport().grab().toImage()
        return image.pixelColor(image.width() // 2, place.bottom() - 3).name() == ground

    qtbot.waitUntil(is_marked)
    pane.tree.setExpanded(branch, True)
    assert not is_marked()
