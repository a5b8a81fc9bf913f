"""What clicks and turns of the wheel do to the four sets."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer_app.model.chosen import NAMED
from explorer_app.model.session import Session
from explorer_app.qt.explorer import Explorer
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from tests.explorer_app.qt.conftest import show
from tests.explorer_app.qt.test_answers import click
from tests.support.samples import FOREST, sample

NO, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
PATIENCE = 60_000  # ms


@pytest.fixture
def session(explorer: Explorer) -> Session:
    """With everything visible."""
    explorer.actions["everything"].trigger()
    assert explorer.session is not None
    return explorer.session


def selected(session: Session) -> set[str]:
    return {sample().nodes[node].name for node in session.selected}


def test_a_click_selects_and_with_control_it_adds_or_takes_away(
    qtbot: QtBot, explorer: Explorer, session: Session
) -> None:
    click(qtbot, explorer, "deck")
    click(qtbot, explorer, "family")
    assert selected(session) == {"family"}
    click(qtbot, explorer, "deck", CONTROL)
    assert selected(session) == {"family", "deck"}
    click(qtbot, explorer, "family", CONTROL)
    assert selected(session) == {"deck"}
    assert session.state.query == ""


def test_with_shift_the_same_node_is_only_selected_and_two_without_a_way_are_told(
    qtbot: QtBot, explorer: Explorer, session: Session
) -> None:
    click(qtbot, explorer, "deck")
    click(qtbot, explorer, "deck", SHIFT)
    assert (selected(session), session.state.query) == ({"deck"}, "")
    click(qtbot, explorer, "title", SHIFT)
    assert (selected(session), session.state.query) == ({"deck"}, "")
    message = explorer.window.statusBar().currentMessage()
    assert message == "No path leads from deck to title, or back."


def test_hops_go_the_way_that_is_asked_around_the_column_in_focus(
    explorer: Explorer, session: Session
) -> None:
    canvas, opened = explorer.window.canvas, explorer.opened
    assert opened is not None
    card = int(opened.cards.card[sample().number("titanic_data")])
    session.select([])
    canvas.hopsChanged.emit(int(opened.cards.card[sample().number("deck")]), 2, 0)
    assert session.state.query == "2+deck"
    session.select([sample().number("age")])
    canvas.hopsChanged.emit(card, 0, 1)
    assert (session.state.query, session.active) == ("age+1", sample().number("age"))
    session.select([sample().number("deck")])
    canvas.hopsChanged.emit(card, 1, 0)
    assert session.state.query == "1+titanic_data"


def test_a_click_on_a_bundle_selects_all_ends_of_it(
    qtbot: QtBot, explorer: Explorer, session: Session
) -> None:
    for command in ("box-module", "fold-all"):
        with qtbot.waitSignal(explorer.scenes.shown, timeout=PATIENCE):
            explorer.actions[command].trigger()
    canvas = explorer.window.canvas
    assert canvas.prepared is not None
    edges, routes = canvas.prepared.scene.edges, canvas.prepared.scene.routes
    route = int(np.flatnonzero(routes.is_bundle)[0])
    bundle = tuple(np.flatnonzero(edges.route == route).tolist())
    assert len(bundle) > 1
    canvas.edgeClicked.emit(bundle, NO)
    assert explorer.opened is not None
    said = [sample().edges[int(explorer.opened.cards.edge[edge])] for edge in bundle]
    assert session.selected == {sample().index[end] for edge in said for end in edge[:2]}
    assert f"{len(bundle) - 1} more run here" in explorer.window.statusBar().currentMessage()


def test_who_asks_about_a_node_is_told_of_it_from_then_on(
    qtbot: QtBot, explorer: Explorer, session: Session
) -> None:
    click(qtbot, explorer, "deck")
    explorer.actions["upstream"].trigger()
    click(qtbot, explorer, "deck", CONTROL)
    assert (session.state.query, selected(session)) == ("+deck", set())
    assert session.active == sample().number("deck")
    page = explorer.window.inspector.page
    assert page is not None
    assert page.title == "deck"


def test_two_clicks_on_what_is_made_of_nothing_show_what_comes_of_it(
    qtbot: QtBot, explorer: Explorer, session: Session
) -> None:
    canvas, opened = explorer.window.canvas, explorer.opened
    assert opened is not None
    for name, query in (("location", "location+"), (FOREST, f"+{FOREST}")):
        canvas.activated.emit(int(opened.cards.card[sample().number(name)]))
        assert (session.state.query, session.active) == (query, sample().number(name))


def test_more_nodes_than_a_query_can_name_are_told_and_a_menu_writes_no_query(
    started: Explorer,
) -> None:
    names = [f"n{number}" for number in range(NAMED + 2)]
    show(started, LineageGraph([Node(name, name) for name in names], []))
    session = started.session
    assert session is not None
    session.select(range(NAMED + 1))
    menu = started.actions.context_menu(session, started.window)
    (entry,) = (a.text() for a in menu.actions() if a.text().startswith("What it is made of"))
    menu.deleteLater()
    assert entry == "What it is made of\tShift+U"
    started.actions["upstream"].trigger()
    message = started.window.statusBar().currentMessage()
    assert message.startswith("301 nodes are selected, and a query names at most 300: ")


def test_a_click_beside_all_cards_selects_nothing_unless_a_key_is_held(
    explorer: Explorer, session: Session
) -> None:
    clicked, node = explorer.window.canvas.backgroundClicked, sample().number("deck")
    session.select([node])
    for held in (SHIFT, CONTROL):
        clicked.emit(held)
        assert session.selected == {node}
    clicked.emit(NO)
    assert session.selected == set()


def test_what_is_told_of_the_first_node_is_as_of_any_other(
    explorer: Explorer, session: Session
) -> None:
    opened, first = explorer.opened, sample().nodes[0].name
    assert opened is not None
    card = int(opened.cards.card[0])
    explorer.gestures.click(0)
    assert session.selected == {0}
    explorer.window.canvas.hopsChanged.emit(card, 1, 0)
    assert session.state.query == f"1+{first}"
    explorer.gestures.activate(0)
    assert session.active == 0
