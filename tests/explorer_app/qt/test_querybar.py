"""The query bar: what is typed is counted and coloured, what finds nothing is told term by term."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer_app.model.savedqueries import SavedQueries
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.units import characters, units
from tests.support.inks import has_ink
from tests.support.samples import FOREST


def begin(qtbot: QtBot, explorer: Explorer, text: str) -> None:
    """Type a query, and do not ask it."""
    explorer.actions["query"].trigger()
    qtbot.keyClicks(explorer.top.query.edit, text)


def test_what_is_typed_is_counted_before_it_is_asked(qtbot: QtBot, explorer: Explorer) -> None:
    bar, session = explorer.top.query, explorer.session
    assert session is not None
    assert bar._count() == "29 of 37 nodes"
    begin(qtbot, explorer, "kind:input")
    assert bar._count() == "6 of 37 nodes"
    qtbot.keyClicks(bar.edit, " and age..")
    assert bar._count() == ""  # it means nothing yet
    assert session.state.query == f"+{FOREST}"
    bar.give_up()
    bar.edit.setFocus()
    qtbot.keyClicks(bar.edit, "kind:column")  # behind the chips it narrows further
    assert bar._count() == f"{len(session.graph.select(bar.query))} of 37 nodes"
    assert bar.query == f"+{FOREST} and kind:column"
    bar.give_up()


def test_bar_and_legend_say_that_the_rest_is_left_out(qtbot: QtBot, explorer: Explorer) -> None:
    bar, canvas = explorer.top.query, explorer.window.canvas
    assert canvas.state.legend.entries[-1].label == "not involved"
    explorer.actions["isolate"].trigger()
    assert bar._count() == "only 29 of 37 nodes"
    qtbot.waitUntil(lambda: canvas.state.legend.entries[-1].label == "upstream")
    begin(qtbot, explorer, "kind:input")
    assert bar._count() == "6 of 37 nodes"  # would be lit
    bar.give_up()
    explorer.actions["context"].trigger()
    assert bar._count() == "29 of 37 nodes"


def test_places_are_counted_as_qt_counts_them() -> None:
    assert [units(text) for text in ("", "ab", "😀a", "\ud800")] == [0, 2, 3, 1]
    assert [characters("a😀b", place) for place in range(5)] == [0, 1, 1, 2, 3]


def test_each_piece_has_a_colour_and_what_is_wrong_is_red(qtbot: QtBot, explorer: Explorer) -> None:
    bar, style = explorer.top.query, explorer.style
    red, operator = style.color("status.failed"), style.color("accent")
    begin(qtbot, explorer, "kind:input and +age")
    bar.completions.hide()
    assert has_ink(bar.edit.grab(), operator)
    assert not has_ink(bar.edit.grab(), red)
    bar.give_up()
    begin(qtbot, explorer, "kind:input and nobody and age")
    qtbot.keyClick(bar.edit, Qt.Key.Key_Return)
    assert has_ink(bar.edit.grab(), red)
    bar.give_up()


def test_an_emoji_moves_nothing_that_stands_behind_it(qtbot: QtBot, explorer: Explorer) -> None:
    bar, before = explorer.top.query, '"😀😀" or ag'
    explorer.actions["query"].trigger()
    bar.edit.setText(f"{before} and deck")
    bar.edit.setCursorPosition(units(before))
    qtbot.keyClick(bar.edit, Qt.Key.Key_Tab)
    assert bar.edit.text() == '"😀😀" or age and deck'
    assert bar.edit.cursorPosition() == units('"😀😀" or age')
    bar.give_up()


def test_where_nothing_is_found_each_term_says_how_much_it_means_and_can_be_taken_away(
    qtbot: QtBot, explorer: Explorer
) -> None:
    bar, session = explorer.top.query, explorer.session
    assert session is not None
    begin(qtbot, explorer, "kind:input and kind:column and tag:PII=true")
    counts = [(chip.term, chip.nodes) for chip in bar.completions.chips]
    assert counts == [("kind:input", 6), ("kind:column", 15), ("tag:PII=true", 2)]
    qtbot.keyClick(bar.edit, Qt.Key.Key_Return)
    assert len(session.visible) == 0
    assert [(chip.term, chip.nodes) for chip in bar._chips] == counts
    box = bar._chips[0].box
    cross = box.center().toPoint()
    cross.setX(round(box.right()) - 12)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=cross)
    assert session.state.query == "kind:column and tag:PII=true"
    assert len(session.visible) == 2
    assert {chip.nodes for chip in bar._chips} == {None}


def test_a_saved_query_is_offered_and_one_that_is_gone_is_told(
    qtbot: QtBot, explorer: Explorer
) -> None:
    bar, session = explorer.top.query, explorer.session
    assert session is not None
    assert isinstance(session.saved, SavedQueries)
    session.saved.save("mine", "kind:input")
    begin(qtbot, explorer, "$mi")
    assert [found.text for found in bar.completions.candidates] == ["$mine"]
    qtbot.keyClick(bar.edit, Qt.Key.Key_Tab)
    qtbot.keyClick(bar.edit, Qt.Key.Key_Return)
    assert len(session.visible) == 6
    explorer.actions["everything"].trigger()
    session.saved.delete("mine")
    explorer.actions["back"].trigger()
    assert "$mine" in bar.problem
    assert len(session.visible) == 37
