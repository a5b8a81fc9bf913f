"""Everything in the window has a name, and can be reached and used by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDockWidget,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer_app.canvas.widget import Canvas
from explorer_app.loading.messages import Failed
from explorer_app.model.commands import COMMANDS
from explorer_app.qt import showing
from explorer_app.qt.buttons import LinkRow
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.panels import Panel
from explorer_app.qt.sheets import KeyRow
from explorer_app.qt.tabs import Tabs
from tests.explorer_app.qt.conftest import show
from tests.support.samples import FOREST, sample

USED = (QAbstractButton, QAbstractItemView, QLineEdit, Tabs, Canvas)


def used(window: QWidget) -> Iterator[QWidget]:
    """What a person does something with, of Qt's own parts only those that stand alone."""
    for widget in window.findChildren(QWidget):
        is_part = isinstance(
            widget.parent(), QLineEdit | QAbstractItemView | QScrollBar | QDockWidget
        )
        if isinstance(widget, USED) and not is_part:
            yield widget


def is_stop(widget: QWidget) -> bool:
    """Whether Tab goes there now: of buttons of which one is down, arrows go to the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    is_other = isinstance(widget, QAbstractButton) and group is not None and not widget.isChecked()
    return widget.isVisible() and widget.isEnabled() and not is_other


def name_of(widget: QWidget) -> str:
    """What a screen reader says."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def description_of(widget: QWidget) -> str:
    """What it says after that."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def where(widget: QWidget) -> str:
    """What it is and what it is in, for whoever reads that it has no name."""
    around: QWidget | None = widget
    found = []
    while around is not None:
        found.append(type(around).__name__)
        around = around.parentWidget()
    return " in ".join(found)


def around(window: QWidget) -> list[QWidget]:
    """What Tab goes to, one after the other, from the canvas on until it is there again."""
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and focus not in seen:
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return seen


def test_all_that_can_be_used_has_a_name(explorer: Explorer) -> None:
    widgets = list(used(explorer.window))
    assert len(widgets) > 80
    assert [where(widget) for widget in widgets if not name_of(widget).strip()] == []


def test_rows_that_can_be_clicked_are_buttons_to_a_screen_reader(explorer: Explorer) -> None:
    rows = explorer.window.findChildren(LinkRow)
    assert len(rows) > 3
    told = [QAccessible.queryAccessibleInterface(row) for row in rows]
    assert {one.role() for one in told} == {QAccessible.Role.Button}
    assert explorer.session is not None
    before = explorer.session.focus
    row = next(row for row in rows if row.accessibleName().startswith("prefit_random_forest"))
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert explorer.session.focus not in {before, -1}


def test_all_that_can_be_used_takes_the_focus_from_the_keyboard(explorer: Explorer) -> None:
    tab = Qt.FocusPolicy.TabFocus
    assert [
        where(widget) for widget in used(explorer.window) if not widget.focusPolicy() & tab
    ] == []


def test_tab_goes_round_all_that_is_seen(explorer: Explorer) -> None:
    explorer.window.activateWindow()
    explorer.window.canvas.setFocus()
    seen = around(explorer.window)
    wanted = list(filter(is_stop, used(explorer.window)))
    assert len(wanted) > 15
    assert [where(widget) for widget in wanted if widget not in seen] == []


def test_tab_goes_from_the_bar_to_the_left_and_on(explorer: Explorer) -> None:
    """As one reads: the bar at the top, the tree, the graph, what is told of it, the tables."""
    window = explorer.window
    explorer.top.query.edit.setFocus()
    seen = around(window)
    order = [
        explorer.top.query.edit,
        window.navigator.tabs,
        window.navigator.tree,
        window.canvas,
        next(widget for widget in seen if isinstance(widget, LinkRow)),
        window.tables.tabs,
        window.tables.table,
    ]
    places = [seen.index(widget) for widget in order]
    assert places == sorted(places)


def test_the_sheet_of_keys_tells_those_of_the_graph_too(explorer: Explorer) -> None:
    told = " ".join(row.accessibleName() for row in explorer.keys.findChildren(KeyRow))
    for keys in ("Arrows", "Enter", "Space", "Alt+wheel", "Menu"):
        assert keys in told
    for command in COMMANDS:
        assert not command.keys or f"{command.title}: {command.keys[0]}" in told
    assert explorer.keys.sizeHint().height() < 900 - 60  # all of them at once


def test_what_paints_itself_says_what_it_is(explorer: Explorer) -> None:
    parts = [QAccessible.queryAccessibleInterface(w) for w in explorer.window.findChildren(QWidget)]
    names = [p.text(QAccessible.Text.Name) for p in parts if p.role() is QAccessible.Role.Client]
    assert [name for name in names if name] == []


def test_who_reaches_a_row_of_the_inspector_hears_which_section_it_is_in(
    explorer: Explorer,
) -> None:
    rows = explorer.window.inspector.findChildren(LinkRow)
    told = {description_of(row) for row in rows}
    assert {"Arguments", "Comes from"} <= told


def test_no_description_has_markup(explorer: Explorer) -> None:
    told = [description_of(widget) for widget in explorer.window.findChildren(QWidget)]
    assert "titanic" in told
    assert [text for text in told if "<" in text] == []


def test_what_is_asked_is_told_where_the_next_question_is_typed(explorer: Explorer) -> None:
    edit = explorer.top.query.edit
    assert description_of(edit) == "upstream of fit_random_forest: 29 of 37 nodes"
    explorer.ask("+nothing")
    assert "nothing" in description_of(edit)
    explorer.actions["everything"].trigger()
    assert "nodes" not in description_of(edit)


def test_whoever_does_not_see_hears_what_is_told_of_a_node_and_each_notice(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    explorer.gestures.choose(explorer.session.graph.index["deck"])  # type: ignore[union-attr]
    assert "deck. Series  ·  features.py, line 13. The letter of the cabin" in said.pop()
    explorer.gestures.noticed.emit("No path leads there.")
    explorer.tell_failure(Failed("It broke", "Mend it"))
    explorer.tour.begin(explorer.session)
    assert said == ["No path leads there.", "It broke. Mend it", explorer.tour.accessibleName()]
    explorer.tour.end()


def test_of_what_is_read_again_only_what_is_new_is_said(
    started: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(showing, "announce", lambda _widget, text: said.append(text))
    for graph in (sample(), sample(), sample().with_problems(["no flow", "no model"])):
        show(started, graph, ("flow.py",))
    assert len(said) == 2
    assert said[1] == "3 problems"


def test_who_answered_a_bar_by_key_is_on_the_graph_then(qtbot: QtBot, explorer: Explorer) -> None:
    bar, asked = explorer.window.question, list[str]()
    bar.say("Shall it be run?", [("Run it", lambda: asked.append("run")), ("No", bar.hide)])
    bar.choices[1].setFocus()
    qtbot.keyClick(bar.choices[1], Qt.Key.Key_Space)
    assert not bar.isVisible()
    assert explorer.window.canvas.hasFocus()


def test_an_answer_and_what_is_marked_in_the_palette_are_said(
    qtbot: QtBot, explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: said.append(e.message()))
    explorer.ask("kind:input")
    assert said == ["kind:input: 6 of 37 nodes"]
    explorer.actions["palette"].trigger()
    qtbot.keyClicks(explorer.palette.edit, "fit_random")
    assert said[-1] == FOREST
    explorer.palette.close_panel()


def test_headings_show_that_keys_go_to_them(explorer: Explorer) -> None:
    window, accent = explorer.window, explorer.style.color("accent").rgb()
    for tabs in (window.navigator.tabs, window.tables.tabs):
        for has_focus in (False, True):
            (tabs if has_focus else window.canvas).setFocus()
            picture = tabs.grab().toImage()
            middle = {picture.pixel(x, tabs.height() // 2) for x in range(tabs.width())}
            assert (accent in middle) == has_focus


def test_the_start_page_is_reached_too(started: Explorer) -> None:
    page = started.window.start
    page.sample.setFocus()
    seen = around(started.window)
    wanted = [widget for widget in used(page) if widget.isVisible()]
    assert len(wanted) >= 6
    assert [where(widget) for widget in wanted if widget not in seen] == []
    assert [where(widget) for widget in seen if not name_of(widget)] == []


@pytest.mark.parametrize(
    "command",
    [
        *("open-folder", "open-file", "open-run", "open-revision", "open-marquez"),
        *("choose-editor", "export", "palette", "save-query", "keys", "language"),
    ],
)
def test_each_panel_is_used_and_left_by_keyboard(explorer: Explorer, command: str) -> None:
    explorer.actions[command].trigger()
    explorer.background.close()
    (panel,) = (p for p in explorer.window.findChildren(Panel) if p.isVisible())
    assert name_of(panel).strip()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is panel or panel.isAncestorOf(focus)
    seen = around(explorer.window)
    wanted = list(filter(is_stop, used(panel)))
    if command != "palette":  # its list is gone through from its line
        assert [where(widget) for widget in wanted if widget not in seen] == []
    assert all(panel is widget or panel.isAncestorOf(widget) for widget in seen)
    QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert explorer.window.canvas.hasFocus()
