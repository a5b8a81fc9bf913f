"""Tables are filtered, sorted and copied; a run is chosen in its table."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer_app.loading.messages import Failed
from explorer_app.model.page import Alert
from explorer_app.model.runs import run_rows
from explorer_app.model.table import HEADINGS
from explorer_app.qt.explorer import Explorer
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.runs import Execution, RunFacts
from hamilton_ol.store.reader import StoreReader
from tests.explorer_app.canvas.conftest import pixels
from tests.explorer_app.qt.conftest import show
from tests.support.samples import sample
from tests.support.stores import OTHER, RUN, header, plain_store, run_lines, segment

PATIENCE = 60_000  # ms
HELD = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def test_typing_filters_the_table_and_what_is_copied(qtbot: QtBot, explorer: Explorer) -> None:
    tables = explorer.window.tables
    qtbot.keyClicks(tables.tabs.edit, "encoder features")
    qtbot.keyClick(tables.tabs.edit, Qt.Key.Key_Return)
    assert {row.cells[0] for row in tables.nodes.rows} == {
        *("sex_encoder", "cabin_encoder", "embarked_encoder"),
    }
    qtbot.mouseClick(tables.tabs.copies["csv"], Qt.MouseButton.LeftButton)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4
    qtbot.mouseClick(tables.tabs.copies["markdown"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("| Name |")
    tables.tabs.edit.clear()
    qtbot.waitUntil(lambda: len(tables.nodes.rows) == 29, timeout=PATIENCE)


def test_esc_takes_the_filter_away_and_then_leaves_it(qtbot: QtBot, explorer: Explorer) -> None:
    tables, canvas = explorer.window.tables, explorer.window.canvas
    tables.tabs.edit.setFocus()
    qtbot.keyClicks(tables.tabs.edit, "encoder")
    qtbot.keyClick(tables.tabs.edit, Qt.Key.Key_Return)
    assert len(tables.nodes.rows) == 3
    qtbot.keyClick(tables.tabs.edit, Qt.Key.Key_Escape)
    assert (tables.tabs.edit.text(), len(tables.nodes.rows)) == ("", 29)
    assert not canvas.hasFocus()
    qtbot.keyClick(tables.tabs.edit, Qt.Key.Key_Escape)
    assert canvas.hasFocus()


def test_runs_and_problems_are_filtered_too(qtbot: QtBot, explorer: Explorer) -> None:
    tables = explorer.window.tables
    tables.set_problems([("no database", "start it"), ("no network", "")])
    qtbot.keyClicks(tables.tabs.edit, "DATA")
    qtbot.keyClick(tables.tabs.edit, Qt.Key.Key_Return)
    model = tables.problem_table.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["no database"]


def test_a_click_on_a_heading_sorts(explorer: Explorer) -> None:
    table = explorer.window.tables.table
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    names = [row.cells[0].casefold() for row in explorer.window.tables.nodes.rows]
    assert names == sorted(names)


@pytest.fixture
def flow() -> LineageGraph:
    """The dataflow of the runs of `stores`."""
    return LineageGraph([Node("x", "x", "input"), Node("a", "a"), Node("b", "b")], [Edge("a", "b")])


@pytest.mark.parametrize("held", HELD, ids=lambda held: held.name)
def test_a_run_is_picked_in_its_table_and_shown_on_the_graph(
    qtbot: QtBot, started: Explorer, flow: LineageGraph, tmp_path: Path, held: Qt.KeyboardModifier
) -> None:
    store = plain_store(tmp_path, RUN)
    segment(store, header(), *run_lines(OTHER, nodes=("a",), end="FAILED"), name="1-1-bb")
    show(started, flow, ("flow.py",))
    started.opening._store = str(store)
    tables = started.window.tables
    tables.set_runs(run_rows(StoreReader(store).runs(), 0.0))
    place = [key for key, _ in tables.runs.rows].index(OTHER)
    qtbot.keyPress(started.window, Qt.Key.Key_Shift, held)
    with qtbot.waitSignal(started.opening.recorded, timeout=PATIENCE):
        tables.run_table.activated.emit(tables.run_table.model().index(place, 0))
    session = started.session
    assert session is not None
    assert session.run is not None
    assert [node.status for node in session.graph.nodes] == ["", "SUCCEEDED", "SKIPPED"]
    assert session.state.lens == "duration"
    assert [index.row() for index in tables.run_table.selectionModel().selectedRows()] == [place]


def test_runs_of_the_source_are_listed_and_shown_without_reading(
    started: Explorer, flow: LineageGraph
) -> None:
    one = RunFacts("1", "dag", "SUCCEEDED", 2, 3, {"a": Execution("SUCCEEDED", 0.5)})
    other = one._replace(run_id="0", status="FAILED", executions={"a": Execution("FAILED")})
    show(started, flow, ("marquez:http://localhost:1#ns",), runs=(one, other))
    session, tables = started.session, started.window.tables
    assert session is not None
    assert session.run is None
    tables.set_runs([])  # those of the store do not take their place
    assert [key for key, _ in tables.runs.rows] == ["1", "0"]
    tables.run_table.activated.emit(tables.run_table.model().index(1, 0))
    assert session.run is not None
    assert [node.status for node in session.graph.nodes] == ["", "FAILED", "SKIPPED"]


def test_what_failed_in_a_marquez_is_told_with_its_error_at_once(started: Explorer) -> None:
    graph = LineageGraph([Node("a", "a", status="FAILED", run="1")], [])
    failed = Execution("FAILED", 0.1, None, "ValueError: no")
    run = RunFacts("1", "dag", "FAILED", 2, 3, {"a": failed})
    show(started, graph, ("marquez:http://localhost:1#ns",), runs=(run,))
    page = started.window.inspector.page
    assert page is not None
    last = next(section for section in page.sections if section.title == "Last run")
    assert Alert("ValueError: no") in last.lines


def test_what_failed_is_a_problem_that_leads_to_its_node(
    started: Explorer, flow: LineageGraph
) -> None:
    show(started, flow, ("flow.py",))
    session, tables = started.session, started.window.tables
    assert session is not None
    tables.set_problems([("x.py is missing", "Look for it.")])
    failed = Execution("FAILED", 0.1, None, "ValueError: no", ('File "/x/flow.py", line 3, in a',))
    session.show_run(RunFacts("1", "dag", "FAILED", executions={"a": failed}))
    texts = [texts for _, texts in tables.problems.rows]
    assert texts == [
        ("a: ValueError: no", "flow.py, line 3, in a"),
        ("x.py is missing", "Look for it."),
    ]
    tables.problem_table.activated.emit(tables.problem_table.model().index(0, 0))
    assert session.selected == {session.graph.index["a"]}


def test_what_could_not_be_done_stands_beside_what_is_missing(
    started: Explorer, flow: LineageGraph
) -> None:
    show(started, flow.with_problems(["x.py could not be imported"]), ("flow.py",))
    tables = started.window.tables
    for message in ("It was not there", "Nobody answers"):
        started.tell_failure(Failed(message, "Look elsewhere."))
    texts = [texts for _, texts in tables.problems.rows]
    assert texts == [("Nobody answers", "Look elsewhere."), ("x.py could not be imported", "")]
    show(started, flow, ("flow.py",))
    assert list(tables.problems.rows) == []


def test_a_run_of_another_dataflow_is_opened(
    qtbot: QtBot, explorer: Explorer, tmp_path: Path
) -> None:
    explorer.opening._store = str(plain_store(tmp_path, RUN))
    with qtbot.waitSignal(explorer.ready, timeout=PATIENCE):
        explorer.opening.read_run(RUN)
    assert explorer.session is not None
    assert set(explorer.session.graph) == {"x", "a", "b"}
    assert explorer.session.run is not None


def test_a_run_is_picked_in_the_palette(
    qtbot: QtBot, started: Explorer, flow: LineageGraph
) -> None:
    run = RunFacts(RUN, "dag", "FAILED", executions={"a": Execution("FAILED")})
    show(started, flow, ("marquez:http://localhost:1#ns",), runs=(run,))
    started.actions["palette"].trigger()
    qtbot.keyClicks(started.palette.edit, "dag")
    assert started.palette.list.choices[0].kind == "run"
    qtbot.keyClick(started.palette.edit, Qt.Key.Key_Return)
    assert started.session is not None
    assert started.session.run == run


def test_a_run_that_is_gone_is_told(qtbot: QtBot, explorer: Explorer, tmp_path: Path) -> None:
    explorer.opening._store = str(plain_store(tmp_path, RUN))
    with qtbot.waitSignal(explorer.opening.recorded, timeout=PATIENCE):
        explorer.opening.read_run("ffff")
    assert explorer.window.notice.isVisible()
    assert len(explorer.session.graph) == len(sample())  # type: ignore[union-attr]


def test_after_a_failed_run_it_opens_there(qtbot: QtBot, started: Explorer, tmp_path: Path) -> None:
    failed = run_lines(nodes=("a",), end="FAILED")
    started.opening._store = str(segment(tmp_path, header(), *failed).parents[2])
    with qtbot.waitSignal(started.ready, timeout=PATIENCE):
        started.open(("run:latest",))
    page = started.window.inspector.page
    assert page is not None
    assert page.title.endswith("failed")
    assert (page.status, page.numbers[0]) == ("failed", ("1", "finished"))


@pytest.mark.parametrize(
    ("wide", "hidden"), [(1440, set()), (1280, None), (1100, {"Tags"}), (840, None)]
)
def test_a_narrow_table_leaves_columns_out_and_cuts_none(
    explorer: Explorer, wide: int, hidden: set[str] | None
) -> None:
    explorer.window.resize(wide, 700)
    QTest.qWait(0)
    table, head = explorer.window.tables.table, explorer.window.tables.table.horizontalHeader()
    there = [n for n in range(len(HEADINGS)) if not table.isColumnHidden(n)]
    ends = [head.sectionViewportPosition(n) + head.sectionSize(n) for n in there]
    assert max(ends) <= table.viewport().width()
    rest = table.viewport().width() - head.sectionViewportPosition(len(HEADINGS) - 1)
    assert rest < 150  # names have the room that is left
    assert {HEADINGS[n] for n in there} >= {"Name", "Last run"}
    if hidden is not None:
        assert set(HEADINGS) - {HEADINGS[n] for n in there} >= hidden


def test_in_a_wide_window_texts_have_more_room_but_no_column_that_somebody_drew(
    qtbot: QtBot, explorer: Explorer
) -> None:
    table, kind, module = explorer.window.tables.table, HEADINGS.index("Type"), 3
    explorer.window.resize(1440, 700)
    qtbot.wait(0)
    usual = table.columnWidth(kind)
    table.setColumnWidth(module, 61)
    explorer.window.resize(3440, 700)
    qtbot.wait(0)
    assert (table.columnWidth(kind) >= 1.9 * usual, table.columnWidth(module)) == (True, 61)
    explorer.window.resize(1440, 700)
    qtbot.wait(0)
    assert table.columnWidth(kind) == usual


def test_how_long_it_took_stands_beside_how_it_ended_however_wide_the_window_is(
    qtbot: QtBot, explorer: Explorer
) -> None:
    explorer.window.resize(3440, 700)
    session, tables = explorer.session, explorer.window.tables
    assert session is not None
    ended = Execution("SUCCEEDED", 1.5)
    session.show_run(RunFacts("1", "dag", "SUCCEEDED", executions={"fit_random_forest": ended}))
    qtbot.wait(0)
    last = tables.table.model().index(0, len(HEADINGS) - 1)
    rect = tables.table.visualRect(last)
    inked = np.ptp(pixels(tables.table.viewport().grab(rect).toImage()), axis=0).max(axis=1) > 0
    assert last.data() == "1.50 s"
    assert 100 < np.flatnonzero(inked).max() < 130 < rect.width()


@pytest.mark.parametrize("wide", [1440, 1000, 800])
def test_no_table_shows_half_a_column(qtbot: QtBot, explorer: Explorer, wide: int) -> None:
    tables = explorer.window.tables
    for size in (wide, 1600, wide):
        explorer.window.resize(size, 700)
        qtbot.wait(0)
        for place, view in enumerate((tables.run_table, tables.problem_table), 1):
            tables.tabs.choose(place)
            qtbot.wait(0)
            assert view.horizontalHeader().length() <= view.viewport().width()
            assert not view.isColumnHidden(0)
    tables.tabs.choose(1)
    explorer.window.resize(1600, 700)
    qtbot.wait(0)
    assert not tables.run_table.horizontalHeader().hiddenSectionCount()
