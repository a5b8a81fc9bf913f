"""What the window shows, asks and remembers."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QToolTip
from pytestqt.qtbot import QtBot

from explorer_app.canvas.pointer import Mode
from explorer_app.loading.messages import Failed
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.palettepanel import ROW
from explorer_app.qt.settings import Settings
from explorer_app.qt.tablemodel import TextTable
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from tests.explorer_app.canvas.conftest import pixels
from tests.explorer_app.qt.conftest import show
from tests.support.samples import FOREST, sample

FLOW = "open('ran', 'w').close()\n\n\ndef a(x: int) -> int:\n    return x\n"
PATIENCE = 60_000  # ms


def test_it_begins_with_the_start_page(started: Explorer) -> None:
    assert started.session is None
    assert started.window.start.isVisible()
    assert not started.window.navigator.isVisible()


def test_it_opens_with_a_question(explorer: Explorer) -> None:
    session = explorer.session
    assert session is not None
    assert (session.state.query, session.active) == (f"+{FOREST}", sample().number(FOREST))
    page = explorer.window.inspector.page
    assert page is not None
    assert (page.title, page.numbers[0]) == (FOREST, ("28", "upstream"))


def test_code_that_nobody_trusted_is_read_and_not_run(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "flow.py").write_text(FLOW, encoding="utf-8")
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open(("flow.py",))
    assert started.window.question.isVisible()
    assert not (tmp_path / "ran").exists()
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.window.question.choices[0].click()
    assert (tmp_path / "ran").exists()
    assert not started.window.question.isVisible()
    assert started.settings.trusted == [tmp_path.resolve()]


def test_the_picture_of_the_sample_shows_what_it_is_about(qtbot: QtBot, started: Explorer) -> None:
    started.window.resize(1440, 900)
    with qtbot.waitSignal(started.background.finished, timeout=PATIENCE):
        started.background.draw_sample()
    picture = pixels(started.window.start.sample.grab().toImage())
    accent = started.style.color("accent")
    is_accent = (picture == (accent.blue(), accent.green(), accent.red())).all(axis=2)
    assert is_accent[: picture.shape[0] // 2].any()  # the button is below


def test_the_sample_is_read_and_runs_nothing_that_lies_here(
    qtbot: QtBot, started: Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it imported, modules of the current folder could take the place of what it imports."""
    monkeypatch.chdir(tmp_path)
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.opening.open_sample()
    assert not started.opening._shown.executes


def test_what_is_open_stays_when_something_else_cannot_be_read(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    with qtbot.waitSignal(explorer.opening.failed, timeout=PATIENCE):
        explorer.open((f"events:{tmp_path / 'nowhere'}",))
    assert explorer.session is not None
    assert len(explorer.session.visible) == 29
    assert explorer.window.notice.isVisible()


def test_what_is_open_stays_when_a_folder_has_no_module(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    with qtbot.waitSignal(explorer.opening.failed, timeout=PATIENCE):
        explorer.open((str(tmp_path),), trust=True)
    assert explorer.session is not None
    assert len(explorer.session.visible) == 29
    assert "There is no module in" in explorer.window.notice.text.text()


def test_what_cannot_be_read_asks_for_no_trust(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    with qtbot.waitSignal(explorer.opening.failed, timeout=PATIENCE):
        explorer.open((str(tmp_path / "nowhere.py"),))
    assert explorer.window.notice.isVisible()
    assert not explorer.window.question.isVisible()


def test_cancelling_keeps_what_is_there(explorer: Explorer) -> None:
    explorer.opening.open_sample()
    assert explorer.opening.is_busy
    explorer.actions["cancel"].trigger()
    assert not explorer.opening.is_busy
    assert explorer.session is not None


def test_going_back_restores_the_place_of_the_canvas(explorer: Explorer) -> None:
    canvas, session = explorer.window.canvas, explorer.session
    assert session is not None
    canvas.zoom_to(1.3)
    left = canvas.view
    session.ask("titanic_data+")
    canvas.fit(fly=False)
    explorer.actions["back"].trigger()
    assert (canvas.view.zoom, canvas.view.x, canvas.view.y) == (left.zoom, left.x, left.y)


@pytest.mark.parametrize("is_kept", [True, False])
def test_going_back_restores_the_place_in_another_scene_too(
    qtbot: QtBot, explorer: Explorer, *, is_kept: bool
) -> None:
    canvas, session = explorer.window.canvas, explorer.session
    assert session is not None
    places: list[tuple[float, float, float]] = []
    for query in ("", f"+{FOREST}"):
        session.ask(query, isolated=bool(query))
        qtbot.waitUntil(lambda: not (explorer.is_busy or explorer.opening.is_busy))
        canvas.zoom_to(0.9 + len(places) / 4)
        canvas.pan(QPointF(31, -17))
        places.append((canvas.view.zoom, canvas.view.x, canvas.view.y))
    for command, place in (("back", places[0]), ("forward", places[1]), ("back", places[0])):
        if not is_kept:
            explorer.scenes._kept.clear()
        with qtbot.waitSignal(explorer.link.arrived, timeout=PATIENCE):
            explorer.actions[command].trigger()
        assert (canvas.view.zoom, canvas.view.x, canvas.view.y) == pytest.approx(place)
        assert not canvas.is_fitted


def test_isolating_shows_only_the_answer_and_undo_shows_the_rest(
    qtbot: QtBot, explorer: Explorer
) -> None:
    session, canvas = explorer.session, explorer.window.canvas
    assert session is not None
    session.ask(f"age..{FOREST}")
    with qtbot.waitSignal(explorer.scenes.shown, timeout=PATIENCE):
        explorer.actions["isolate"].trigger()
    assert canvas.prepared is not None
    shown = np.isfinite(canvas.prepared.scene.boxes[:, 0])
    assert int(shown.sum()) == 4
    explorer.actions["undo"].trigger()
    assert canvas.prepared.scene is explorer.opened.scene  # type: ignore[union-attr]


def test_a_group_closes_and_opens_where_it_is(qtbot: QtBot, explorer: Explorer) -> None:
    session, canvas = explorer.session, explorer.window.canvas
    assert session is not None

    def after(command: str) -> tuple[float, float]:
        """Where the group is in the window, once it is there."""
        with qtbot.waitSignal(explorer.scenes.shown, timeout=PATIENCE):
            explorer.actions[command].trigger()
        assert canvas.prepared is not None
        groups = canvas.prepared.scene.groups
        corner = groups.boxes[groups.names.index("features"), :2]
        at = canvas.mapTo(explorer.window, QPoint(0, 0))
        x, y = canvas.view.to_screen(*corner.tolist())
        return x + at.x(), y + at.y()

    after("box-module")
    canvas.zoom_by(1.2)  # what a person chose to see stays
    session.select([session.graph.number("family")])
    closed = after("fold")
    opened = after("fold")
    assert after("fold") == pytest.approx(closed, abs=1)
    assert closed == pytest.approx(opened, abs=1)


def test_the_palette_goes_to_a_node(qtbot: QtBot, explorer: Explorer) -> None:
    qtbot.keyClick(explorer.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert explorer.palette.isVisible()
    qtbot.keyClicks(explorer.palette.edit, "training_set")
    qtbot.keyClick(explorer.palette.edit, Qt.Key.Key_Return)
    assert explorer.session is not None
    assert explorer.session.selected == {sample().number("training_set_v1")}
    assert not explorer.palette.isVisible()


def test_names_that_differ_only_at_their_ends_look_different_in_the_palette(
    qtbot: QtBot, started: Explorer
) -> None:
    names = [f"{'very_long_name_' * 8}{number}" for number in range(3)]
    show(started, LineageGraph([Node(name, name) for name in names], []))
    started.actions["palette"].trigger()
    qtbot.keyClicks(started.palette.edit, "very")
    picture = pixels(started.palette.list.grab().toImage())
    one, other = (picture[row * ROW : (row + 1) * ROW, 40:] for row in (1, 2))  # 0 is marked
    assert not np.array_equal(one, other)


def test_a_panel_is_closed_by_escape_and_nothing_else_happens(
    qtbot: QtBot, explorer: Explorer
) -> None:
    qtbot.keyClick(explorer.window.canvas, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert explorer.keys.isVisible()
    qtbot.keyClick(explorer.keys, Qt.Key.Key_Escape)
    assert not explorer.keys.isVisible()
    assert explorer.session is not None
    assert explorer.session.state.query == f"+{FOREST}"


def test_a_mistake_in_a_query_is_told_where_it_is(qtbot: QtBot, explorer: Explorer) -> None:
    bar = explorer.top.query
    explorer.actions["query"].trigger()
    qtbot.keyClicks(bar.edit, "+fit_random_forrest")
    assert "fit_random_forest" in bar.completions.problem
    qtbot.keyClick(bar.edit, Qt.Key.Key_Return)
    assert explorer.session is not None
    assert explorer.session.error is not None
    assert len(explorer.session.visible) == 29
    assert "fit_random_forrest" in bar.edit.accessibleDescription()
    for _ in range(2):  # what is listed below the line, and the line
        qtbot.keyClick(bar.edit, Qt.Key.Key_Escape)
    assert bar.problem == ""
    assert explorer.session.asked == explorer.session.state.query


def test_typing_behind_the_chips_narrows_further(qtbot: QtBot, explorer: Explorer) -> None:
    bar = explorer.top.query
    bar.edit.setFocus()
    qtbot.keyClicks(bar.edit, "kind:input")
    qtbot.keyClick(bar.edit, Qt.Key.Key_Return)
    assert explorer.session is not None
    assert explorer.session.state.query == f"+{FOREST} and kind:input"
    assert len(explorer.session.visible) == 6


def test_the_node_that_a_question_is_about_is_told_of_and_undo_selects_again(
    explorer: Explorer,
) -> None:
    session, inspector = explorer.session, explorer.window.inspector
    assert session is not None
    session.select([sample().number("age")])
    explorer.ask("+training_set_v1")
    assert inspector.page is not None
    assert inspector.page.title == "training_set_v1"
    assert session.visible.mask[sample().number("age")]
    explorer.actions["undo"].trigger()
    assert session.selected == {sample().number("age")}
    assert inspector.page.title == "age"


def test_nothing_moves_for_whoever_wants_that_and_it_is_remembered(
    qtbot: QtBot, explorer: Explorer, settings: Settings
) -> None:
    canvas = explorer.window.canvas
    canvas.setReducedMotion(False)  # as it is without the tests
    for is_still in (True, False):
        qtbot.keyClick(canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
        canvas.setView(canvas.view.panned(300, 0), fly=False)
        qtbot.keyClick(canvas, Qt.Key.Key_Home)
        assert canvas.is_moving != is_still
        canvas._flight.stop()
        later = Explorer(explorer.style, settings)
        assert later.window.canvas._flight.is_reduced == is_still
        later.window.close()
        later.join()


def test_a_completion_is_taken_with_tab(qtbot: QtBot, explorer: Explorer) -> None:
    bar = explorer.top.query
    explorer.actions["query"].trigger()
    qtbot.keyClicks(bar.edit, "+train_test")
    assert bar.completions.candidates[0].text == "train_test_split_func"
    qtbot.keyClick(bar.edit, Qt.Key.Key_Tab)
    assert bar.edit.text() == "+train_test_split_func"
    bar.give_up()


def test_rows_of_the_table_are_selected_on_the_canvas_too(explorer: Explorer) -> None:
    table, session = explorer.window.tables.table, explorer.session
    assert session is not None
    table.selectRow(3)
    assert session.selected == {explorer.window.tables.nodes.rows[3].node}


def test_the_table_is_copied_with_commas(explorer: Explorer) -> None:
    explorer.actions["copy-csv"].trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert (len(lines), lines[0].partition(",")[0]) == (30, "Name")


def test_other_colours_come_at_once(explorer: Explorer) -> None:
    before = explorer.window.grab().toImage().pixelColor(4, 4)
    explorer.actions["theme"].trigger()
    after = explorer.window.grab().toImage().pixelColor(4, 4)
    assert (before.lightness() > 200, after.lightness() < 60) == (True, True)
    assert explorer.settings.theme == "dark"


HOSTILE = "<b>x</b><img src='http://127.0.0.1:1/'>\u202e\x07" + "y" * 10_000


def test_names_are_shown_as_text_whatever_they_say(started: Explorer) -> None:
    nodes = [Node("a", HOSTILE, doc=HOSTILE, tags={HOSTILE: HOSTILE}), Node("b", "b")]
    show(started, LineageGraph(nodes, [Edge("a", "b", argument=HOSTILE)]))
    assert started.session is not None
    started.session.select([0])
    labels = started.window.inspector.findChildren(QLabel)
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert not any("\u202e" in label.text() or "\x07" in label.text() for label in labels)
    started.window.grab()


def test_a_small_window_stays_small_whatever_is_asked(qtbot: QtBot, started: Explorer) -> None:
    started.window.resize(900, 560)
    started.window.question.say("Do you trust this? " * 12, [("Yes", lambda: None)])
    show(started, sample())
    started.window.notice.say("It failed. " * 20, [("Again", lambda: None)])
    qtbot.wait(0)
    assert started.window.height() == 560


def test_tool_tips_have_a_hairline_in_both_themes(explorer: Explorer) -> None:
    seen = set()
    for _ in range(2):
        ink = QToolTip.palette().color(QPalette.ColorRole.WindowText)  # of their outline
        assert ink == explorer.style.color("border_strong")
        seen.add(ink.name())
        explorer.actions["theme"].trigger()
    assert len(seen) == 2


def test_a_tool_tip_is_text_too() -> None:
    table = TextTable(("What",))
    table.set_rows([("1", (HOSTILE,))])
    said = table.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in said
    assert "<img" not in said


def test_escape_gives_up_the_rubber_band_and_nothing_else(qtbot: QtBot, explorer: Explorer) -> None:
    canvas, session = explorer.window.canvas, explorer.session
    assert session is not None
    shift, left = Qt.KeyboardModifier.ShiftModifier, Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, shift, QPoint(20, 60))
    qtbot.mouseMove(canvas, QPoint(200, 300))
    canvas._pointer._mode = Mode.BANDING  # a test has no buttons that are held while it moves
    explorer.actions["step-out"].trigger()
    assert session.state.query == f"+{FOREST}"
    explorer.actions["step-out"].trigger()
    assert session.state.query == ""


def test_an_empty_graph_is_shown(started: Explorer) -> None:
    show(started, LineageGraph([], []))
    assert started.session is not None
    started.window.grab()


def test_a_failure_is_told_without_a_modal_box(started: Explorer) -> None:
    started.tell_failure(Failed("It was not there", "Look elsewhere."))
    assert started.window.notice.text.text() == "It was not there. Look elsewhere."


def test_what_was_open_is_listed(explorer: Explorer, settings: Settings) -> None:
    settings.opened("flow", ("/nowhere/flow.py",))
    settings.opened("titanic", ("run:1",))
    settings.opened("flow", ("/nowhere/flow.py",))
    assert [name for name, *_ in settings.recent] == ["flow", "titanic"]
    settings._store.setValue("recent", ["torn", *settings._texts("recent"), "x\ny\nz"])
    assert [name for name, *_ in settings.recent] == ["flow", "titanic"]
    explorer.actions["start"].trigger()
    assert explorer.window.start.isVisible()


def test_of_a_large_dataflow_only_the_first_answer_is_shown(
    qtbot: QtBot, started: Explorer
) -> None:
    names = [f"n{n}" for n in range(400)]
    nodes = [Node(name, name) for name in names]
    show(started, LineageGraph(nodes, [Edge("n0", "n1"), Edge("n2", "n3")]))
    session, canvas = started.session, started.window.canvas
    assert session is not None
    assert session.state.is_isolated
    qtbot.waitUntil(lambda: not started.opening.is_busy, timeout=PATIENCE)
    assert canvas.prepared is not None
    assert int(np.isfinite(canvas.prepared.scene.boxes[:, 0]).sum()) == 2


def test_no_box_stops_anybody() -> None:
    """What waits in a function for an answer, and what Qt has for that, is used nowhere."""
    waits = ("QMessageBox", "QInputDialog", "QFileDialog.get", "QColorDialog", "QErrorMessage")
    allowed = {  # the program, and a picture of it; why the program did not start
        "application.py": ("app.exec()", "loop.exec()"),
        "faultreport.py": ("QMessageBox",),
    }
    for file in (Path(__file__).parents[3] / "explorer_app").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for part in allowed.get(file.name, ()):
            text = text.replace(part, "")
        assert not [word for word in waits if word in text], file
        assert ".exec()" not in text, file
        assert "setModal(True)" not in text, file
