"""Of a large graph nothing is done at once: only what is seen, aside, or in turns."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import get_ident

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.prepared import CardTexts
from explorer_app.canvas.theme import Theme
from explorer_app.model import table
from explorer_app.model.copies import REPEATED, repeated
from explorer_app.model.looks import Looking
from explorer_app.model.navigator import VIEWS, Leaves
from explorer_app.model.page import Fact, Page, Section
from explorer_app.model.session import Session
from explorer_app.model.state import Place
from explorer_app.model.table import rows_of
from explorer_app.qt import scenes
from explorer_app.qt.aside import LARGE
from explorer_app.qt.buttons import Row
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.opened import on_cards
from explorer_app.qt.prose import Prose
from explorer_app.qt.style import sheet_of
from explorer_app.qt.tablemodel import NodeTable
from explorer_app.qt.treemodel import AT_ONCE, TreeModel
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.scene.graphcards import GraphCards, cards_of, dressed, scene_of_graph
from tests.explorer_app.qt.conftest import show

COUNT = LARGE + 500


@pytest.fixture(scope="module")
def large() -> LineageGraph:
    """A chain of nodes in ten modules, the last two of which are owned."""
    nodes = [
        Node(
            f"n{n}", f"n{n}", module=f"a.m{n % 10}", line=COUNT - n, tags={"even": str(n % 2 == 0)}
        )
        for n in range(COUNT)
    ]
    nodes[-2:] = [node._replace(owners=("team",)) for node in nodes[-2:]]
    return LineageGraph(nodes, [Edge(f"n{n}", f"n{n + 1}") for n in range(COUNT - 1)])


# --- only what is seen ---------------------------------------------------------------------------


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The places of rows that were made."""
    found: list[object] = []
    make = Leaves.__getitem__

    def noted(self: Leaves, place: int) -> object:
        found.append(place)
        return make(self, place)

    monkeypatch.setattr(Leaves, "__getitem__", noted)
    return found


def test_rows_of_the_tree_are_made_when_they_are_seen(
    large: LineageGraph, made: list[object]
) -> None:
    model = TreeModel(VIEWS["Owners"](large, cards_of(large)))
    nobody = model.index(1, 0)
    assert nobody.data() == "no owner"
    assert model.rowCount(nobody) == AT_ONCE
    assert made == []
    assert model.index(3, 0, nobody).data() == f"n{COUNT - 6}"  # by their lines
    assert made == [3]
    model.index(3, 0, nobody).data()
    assert made == [3]


def test_more_rows_come_when_one_gets_there(
    large: LineageGraph, qtmodeltester: ModelTester
) -> None:
    model = TreeModel(VIEWS["Owners"](large, cards_of(large)))
    nobody = model.index(1, 0)
    while model.canFetchMore(nobody):
        before = model.rowCount(nobody)
        model.fetchMore(nobody)
        assert before < model.rowCount(nobody) <= before + AT_ONCE
    assert model.rowCount(nobody) == COUNT - 2
    qtmodeltester.check(model)


def test_a_node_is_found_where_nobody_looked_yet(large: LineageGraph) -> None:
    model = TreeModel(VIEWS["Owners"](large, cards_of(large)))
    assert model.index_of(0).data() == "n0"
    assert model.index_of(0).row() == COUNT - 3


def test_rows_that_are_chosen_one_after_the_other_are_one_range(
    started: Explorer, large: LineageGraph, qtbot: QtBot
) -> None:
    opened(started, large, qtbot)
    session, table = started.session, started.window.tables.table
    assert session is not None
    session.ask("")
    session.select(range(COUNT))
    qtbot.waitUntil(lambda: not started.is_busy)
    assert table.selectionModel().selection().size() == 1
    session.select([1, 2, 3, 7])
    qtbot.waitUntil(lambda: not started.is_busy)
    assert table.selectionModel().selection().size() == 2


# --- the whole window ----------------------------------------------------------------------------


def opened(explorer: Explorer, graph: LineageGraph, qtbot: QtBot) -> None:
    with qtbot.waitSignal(explorer.ready):
        show(explorer, graph)
    qtbot.waitUntil(lambda: not explorer.is_busy and not explorer.opening.is_busy)


def _select(explorer: Explorer) -> None:
    assert explorer.session is not None
    explorer.session.select([3])


def _show_again(explorer: Explorer) -> None:
    assert explorer.window.canvas.prepared is not None
    explorer.link.set_scene(explorer.window.canvas.prepared.scene)


def test_how_cards_look_at_first_is_known_before_they_are_shown(
    started: Explorer, large: LineageGraph, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = on_cards(large, started.style.theme, name="large", sources=("l.py",), seconds=0.1)
    scene = scene_of_graph(read.cards, Fonts(started.style.theme))
    started.sessions.assign(read.sources, large)(read)
    started.sessions.learn(read)
    monkeypatch.setattr(Looking, "_looks", lambda *_: 1 / 0)
    started.opening.opened.emit(replace(read, scene=scene))
    qtbot.waitUntil(lambda: not started.is_busy and not started.opening.is_busy)
    assert started.window.canvas.prepared is not None


@pytest.mark.parametrize(
    ("broken", "does"),
    [("showing.page_of", _select), ("canvaslink.PreparedScene", _show_again)],
)
def test_what_goes_wrong_beside_is_told_in_the_window(
    started: Explorer,
    large: LineageGraph,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    does: Callable[[Explorer], None],
) -> None:
    opened(started, large, qtbot)
    window, session = started.window, started.session
    assert session is not None
    with qtbot.captureExceptions() as errors, monkeypatch.context() as breaks:
        breaks.setattr(f"explorer_app.qt.{broken}", lambda *_: 1 / 0)
        does(started)
        qtbot.waitUntil(window.notice.isVisible)
        qtbot.waitUntil(lambda: not started.is_busy and not started.opening.is_busy)
    assert [kind for kind, *_ in errors] == [ZeroDivisionError]
    assert "ZeroDivisionError" in window.notice.text.text()
    assert ["ZeroDivisionError" in cells[0] for _, cells in window.tables.problems.rows] == [True]
    assert not started.link.is_waiting
    session.select([4])
    qtbot.waitUntil(lambda: not started.is_busy)
    assert window.inspector.page is not None
    assert window.inspector.page.title == "n4"


def test_the_theme_changes_part_after_part(
    started: Explorer, large: LineageGraph, qtbot: QtBot
) -> None:
    opened(started, large, qtbot)
    window = started.window
    parts = [*window.docks.values(), window.statusBar()]
    before = {part.styleSheet() for part in parts}
    started.actions["theme"].trigger()
    assert not window.docks["tables"].updatesEnabled()
    assert {part.styleSheet() for part in parts} == before
    qtbot.waitUntil(lambda: not started.is_busy)
    assert {part.styleSheet() for part in parts} == {sheet_of(started.style.theme)}
    assert all(part.updatesEnabled() for part in parts)
    started.palette.open()
    assert started.palette.styleSheet() == sheet_of(started.style.theme)
    beside = window.docks["navigator"].geometry().right() + 1
    assert window.grab().toImage().pixelColor(beside, 300) == started.style.color("border")


def test_cards_of_repeated_inputs_are_made_aside_and_go_with_them(
    started: Explorer, large: LineageGraph, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(started, large, qtbot)
    where: list[int] = []

    def noted(graph: LineageGraph, made: GraphCards) -> GraphCards:
        where.append(get_ident())
        return repeated(graph, made)

    monkeypatch.setattr(scenes, "repeated", noted)
    assert started.session is not None
    started.session.show_inputs(REPEATED)
    qtbot.waitUntil(lambda: not started.is_busy and not started.opening.is_busy)
    assert len(where) == 1
    assert get_ident() not in where
    assert started.scenes._repeated is not None
    started.session.show_inputs(REPEATED)
    qtbot.waitUntil(lambda: not started.is_busy and not started.opening.is_busy)
    assert started.scenes._repeated is None


def test_canvas_and_panes_appear_one_after_the_other(
    started: Explorer, large: LineageGraph, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, held = started.window, list[bool]()
    parts = [window.canvas, *window.docks.values()]
    appear = window.show_graph

    def noted() -> None:
        held.extend(not part.updatesEnabled() for part in parts)
        appear()

    monkeypatch.setattr(window, "show_graph", noted)
    opened(started, large, qtbot)
    assert held == [True] * len(parts)
    assert all(part.updatesEnabled() for part in parts)


def test_all_panes_say_the_same(started: Explorer, large: LineageGraph, qtbot: QtBot) -> None:
    opened(started, large, qtbot)
    session, window = started.session, started.window
    assert session is not None
    session.ask("+n9", active=9)
    qtbot.waitUntil(lambda: not started.is_busy)
    assert window.tables.nodes.rowCount() == 10
    assert window.inspector.page is not None
    assert window.inspector.page.title == "n9"
    assert started.top.query.query == "+n9"
    started.actions["undo"].trigger()
    qtbot.waitUntil(lambda: not started.is_busy)
    assert window.tables.nodes.rowCount() == len(session.visible)


def test_the_last_of_several_answers_stays(
    started: Explorer, large: LineageGraph, qtbot: QtBot
) -> None:
    opened(started, large, qtbot)
    session = started.session
    assert session is not None
    for node in range(20, 30):
        session.ask(f"+n{node}", active=node)
    qtbot.waitUntil(lambda: not started.is_busy)
    assert started.window.tables.nodes.rowCount() == 30
    assert started.window.inspector.page is not None
    assert started.window.inspector.page.title == "n29"


def test_the_table_is_sorted_and_filtered_aside(large: LineageGraph, qtbot: QtBot) -> None:
    model = NodeTable()
    model.set_rows(rows_of(large, large.select("*")))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 0).data() == "n0"
    qtbot.waitUntil(lambda: not model.aside.is_busy)
    names = [row.cells[0] for row in model.rows]
    assert names == sorted(names, reverse=True)
    assert model.index(0, 0).data() == names[0]


def test_the_table_is_copied_aside_as_it_is(
    started: Explorer, large: LineageGraph, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(started, large, qtbot)
    nodes, where = started.window.tables.nodes, list[int]()

    def noted(cell: str) -> str:
        where.append(get_ident())
        return cell

    monkeypatch.setattr(table, "_escaped", noted)
    started.ask("")
    qtbot.waitUntil(lambda: len(nodes.rows) == COUNT and not started.is_busy)
    started.actions["copy-markdown"].trigger()
    assert isinstance(nodes.rows, table.Rows)
    nodes.rows.keep(np.zeros(COUNT, np.bool_))
    qtbot.waitUntil(lambda: not nodes.aside.is_busy)
    assert QGuiApplication.clipboard().text().count("\n") == 2 + COUNT
    assert where
    assert get_ident() not in where


def test_sorting_in_parts_keeps_the_order_of_equals(
    large: LineageGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(large, large.select("*"))
    whole = [rows.ordered(5, is_down=down) for down in (False, True)]
    monkeypatch.setattr("explorer_app.model.table.PART", 100)
    for down, order in zip((False, True), whole, strict=True):
        assert np.array_equal(rows.ordered(5, is_down=down), order)


def test_a_long_page_is_filled_in_turns(started: Explorer, qtbot: QtBot) -> None:
    inspector = started.window.inspector
    lines = tuple(Fact(f"fact {n}", "") for n in range(3 * inspector.AT_ONCE))
    inspector.show_page(Page("much", sections=(Section("All", "", lines), Section("Last", "", ()))))

    def shown() -> int:
        body = inspector.widget()
        rows = body.findChildren(Row) if body is not None else []
        return sum(row.accessibleName().startswith("fact") for row in rows)

    assert shown() == inspector.AT_ONCE
    qtbot.waitUntil(lambda: shown() == 3 * inspector.AT_ONCE)
    inspector.show_page(Page("little"))
    assert shown() == 0


def test_a_page_is_made_ready_before_it_is_shown(started: Explorer, qtbot: QtBot) -> None:
    inspector = started.window.inspector
    inspector.show_page(Page("one"))
    before = inspector.widget()
    for title in ("two", "three"):
        inspector.make_page(Page(title))
        assert inspector.widget() is before
    inspector.put_page()
    made = inspector.widget()
    assert made is not None
    assert made is not before
    assert [text.toPlainText() for text in made.findChildren(Prose)] == ["three"]
    assert made.isVisible() == inspector.isVisible()


def test_the_tree_is_painted_when_something_of_it_has_changed(
    started: Explorer, large: LineageGraph, qtbot: QtBot
) -> None:
    opened(started, large, qtbot)
    session, paints = started.session, Paints(started.window.navigator.tree.viewport())
    assert session is not None

    def painted(do: Callable[[], object]) -> int:
        paints.count = 0
        do()
        qtbot.waitUntil(lambda: not started.is_busy)
        for _ in range(5):
            QCoreApplication.processEvents()
        return paints.count

    assert painted(started.actions["lens-kind"].trigger) == 0
    assert painted(partial(started.ask, "+n9")) == 1
    assert painted(partial(session.look_through, "pii")) == 1  # its dots have another colour


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_what_looks_the_same_is_worked_out_once(large: LineageGraph) -> None:
    session, made = Session(large), cards_of(large)
    looking = Looking(large, made)
    session.ask("+n9")
    before = looking.looks(session)
    session.leave(Place(1.0, 2.0, 3.0))
    assert looking.looks(session) is before
    session.select([3])
    assert looking.looks(session) is not before


def test_names_are_set_once_whatever_a_lens_writes(large: LineageGraph, light: Theme) -> None:
    made = cards_of(large)
    plain = CardTexts(made.cards, light)
    noted = dressed(made, {}, ["a"] * COUNT)
    texts = CardTexts(noted.cards, light, plain)
    assert noted.cards.lines is made.cards.lines
    assert texts.names is plain.names
    assert texts.second is not plain.second


def test_texts_that_are_set_in_parts_are_the_same(
    light: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"name_{n}" for n in range(50)] + ["", "AVA", "naïve"]
    whole = Fonts(light).texts("name", texts)
    monkeypatch.setattr("explorer_app.canvas.fonts.PART", 7)
    parts = Fonts(light).texts("name", texts)
    for field in ("start", "codes", "pens", "widths", "plain"):
        assert np.array_equal(getattr(parts, field), getattr(whole, field))
