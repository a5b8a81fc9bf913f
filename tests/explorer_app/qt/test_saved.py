"""Saved queries in the window: saved, asked, renamed, deleted, by keys and without a modal box."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from explorer_app.model.savedqueries import SavedQueries
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.savedmodel import SavedModel
from explorer_app.qt.savedpanel import ROW
from tests.explorer_app.qt.conftest import show
from tests.support.samples import FOREST, sample

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def saved(explorer: Explorer) -> Iterator[SavedQueries]:
    assert explorer.session is not None
    assert isinstance(explorer.session.saved, SavedQueries)
    yield explorer.session.saved
    explorer.saved.panel.close_panel()


def test_a_query_is_saved_under_a_name_and_remembered(
    qtbot: QtBot, explorer: Explorer, saved: SavedQueries
) -> None:
    qtbot.keyClick(explorer.window, Qt.Key.Key_S, CONTROL)
    panel = explorer.saved.panel
    assert panel.isVisible()
    qtbot.keyClicks(panel.name, "forest")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert not panel.isVisible()
    assert saved["forest"] == f"+{FOREST}"
    show(explorer, sample())
    assert explorer.session is not None
    assert explorer.session.saved["forest"] == f"+{FOREST}"


def test_one_is_asked_from_the_palette_and_from_the_bar(
    qtbot: QtBot, explorer: Explorer, saved: SavedQueries
) -> None:
    session = explorer.session
    assert session is not None
    saved.save("given", "kind:input")
    explorer.actions["palette"].trigger()
    qtbot.keyClicks(explorer.palette.edit, "$given")
    qtbot.keyClick(explorer.palette.edit, Qt.Key.Key_Return)
    assert session.state.query == "kind:input"
    explorer.actions["query"].trigger()
    qtbot.keyClicks(explorer.top.query.edit, "$gi")
    qtbot.keyClick(explorer.top.query.edit, Qt.Key.Key_Tab)
    qtbot.keyClick(explorer.top.query.edit, Qt.Key.Key_Return)
    assert (session.state.query, len(session.visible)) == ("$given", 6)


def test_one_is_renamed_where_it_stands_and_a_bad_name_is_told(
    qtbot: QtBot, explorer: Explorer, saved: SavedQueries
) -> None:
    saved.save("given", "kind:input")
    explorer.top.query.saved.click()
    panel = explorer.saved.panel
    panel.table.setCurrentIndex(panel.model.index(0, 0))
    for name, is_told in (("not a name", True), ("inputs", False)):
        panel.table.edit(panel.model.index(0, 0))
        editor = panel.table.viewport().findChildren(QLineEdit)[-1]
        editor.setText(name)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()  # Qt commits once the key is done with
        assert bool(panel.said.text()) is is_told
    assert list(saved) == ["inputs"]


def test_what_is_deleted_can_be_taken_back(
    qtbot: QtBot, explorer: Explorer, saved: SavedQueries
) -> None:
    saved.save("given", "kind:input")
    explorer.actions["save-query"].trigger()
    panel = explorer.saved.panel
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert dict(saved) == {}
    explorer.window.notice.choices[0].click()
    assert dict(saved) == {"given": "kind:input"}


def test_it_is_as_high_as_its_queries(explorer: Explorer, saved: SavedQueries) -> None:
    panel, heights = explorer.saved.panel, []
    for count in (0, 6, 60):
        for number in range(count):
            saved.save(f"q{number}", "kind:input")
        explorer.actions["save-query"].trigger()
        QApplication.processEvents()
        heights.append(panel.height())
        shown = panel.table.viewport().height() // ROW
        assert min(count, 6) <= shown < count + 6, count
        assert panel.name.height() >= panel.name.sizeHint().height()  # nothing is pressed flat
        assert all(button.isVisible() == (count > 0) for button in panel._buttons)
        panel.close_panel()
    assert heights[0] < heights[1] < heights[2]


def test_a_click_on_a_panel_does_not_close_it(qtbot: QtBot, explorer: Explorer) -> None:
    explorer.actions["save-query"].trigger()
    panel = explorer.saved.panel
    qtbot.mouseClick(panel.query, Qt.MouseButton.LeftButton)
    assert panel.isVisible()
    qtbot.mouseClick(
        explorer.window, Qt.MouseButton.LeftButton, pos=explorer.window.rect().topLeft()
    )
    assert not panel.isVisible()


def test_the_model(qtmodeltester: ModelTester) -> None:
    model = SavedModel()
    model.set_queries(SavedQueries({"a": "b"}, {"c": "d"}))
    qtmodeltester.check(model)
    editable = [
        bool(model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEditable) for row in (0, 1)
    ]
    assert editable == [False, True]
