"""The answers of the window are those of the command line, whichever way one asks."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QProcess, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer_app.loading.messages import ReadRuns
from explorer_app.model.inspector import page_of
from explorer_app.qt.aside import Aside
from explorer_app.qt.explorer import Explorer
from explorer_app.qt.reader import Reader
from explorer_app.scene.hits import Hit
from tests.support.samples import ANSWERS, FOREST, sample, told_by_command_line

LEFT = Qt.MouseButton.LeftButton


def place_of(explorer: Explorer, name: str) -> QPoint:
    """Where a node, or the row of a column, is on the canvas."""
    canvas, opened = explorer.window.canvas, explorer.opened
    assert opened is not None
    node = sample().number(name)
    card, row = int(opened.cards.card[node]), int(opened.cards.row[node])
    if row < 0:
        rect = canvas.node_rect(card)
        return QPoint(round(rect.center().x()), round(rect.top() + 9))
    counted = int(opened.cards.cards.row_start[card]) + row
    _, y = canvas.view.to_screen(0, opened.scene.row_middle(counted))
    return QPoint(round(canvas.node_rect(card).center().x()), round(y))


def visible(explorer: Explorer) -> set[str]:
    assert explorer.session is not None
    return {sample()[node].name for node in explorer.session.visible}


def click(
    qtbot: QtBot, explorer: Explorer, name: str, how: Qt.KeyboardModifier | None = None
) -> None:
    none = Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(explorer.window.canvas, LEFT, how or none, place_of(explorer, name))


def write(qtbot: QtBot, explorer: Explorer, query: str) -> None:
    explorer.actions["query"].trigger()
    qtbot.keyClicks(explorer.top.query.edit, query)
    qtbot.keyClick(explorer.top.query.edit, Qt.Key.Key_Return)


@pytest.mark.parametrize(("query", "words", "count"), ANSWERS)
def test_by_query(
    qtbot: QtBot,
    explorer: Explorer,
    tmp_path: Path,
    query: str,
    words: tuple[str, ...],
    count: int,
) -> None:
    write(qtbot, explorer, query)
    assert len(visible(explorer)) == count
    assert visible(explorer) == told_by_command_line(words, tmp_path)


def test_by_mouse(qtbot: QtBot, explorer: Explorer) -> None:
    explorer.actions["everything"].trigger()
    canvas = explorer.window.canvas
    qtbot.mouseDClick(canvas, LEFT, pos=place_of(explorer, FOREST))
    assert explorer.session is not None
    assert explorer.session.state.query == f"+{FOREST}"
    assert len(visible(explorer)) == 29
    click(qtbot, explorer, "titanic_data")
    explorer.actions["downstream"].trigger()
    assert len(visible(explorer)) == 30
    click(qtbot, explorer, "age")
    click(qtbot, explorer, FOREST, Qt.KeyboardModifier.ShiftModifier)
    assert explorer.session.state.query == f"age..{FOREST}"
    assert len(visible(explorer)) == 6
    assert explorer.session.active == sample().number(FOREST)


def test_a_column_is_asked_about_where_it_is_on_the_card(qtbot: QtBot, explorer: Explorer) -> None:
    session, canvas = explorer.session, explorer.window.canvas
    assert session is not None
    explorer.actions["everything"].trigger()
    qtbot.mouseDClick(canvas, LEFT, pos=place_of(explorer, "age"))
    assert (session.state.query, session.active) == ("+age", sample().number("age"))
    explorer.actions["everything"].trigger()
    session.select([])
    at = QPointF(place_of(explorer, "sex"))
    turned = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(120, 0),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.AltModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, turned)
    assert session.state.query == "1+sex+1"


def test_by_keys(qtbot: QtBot, explorer: Explorer) -> None:
    window, session = explorer.window, explorer.session
    assert session is not None
    explorer.actions["everything"].trigger()
    session.select([sample().number(FOREST)])
    window.canvas.setFocus()
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_U)
    assert session.state.query == f"2+{FOREST}"
    qtbot.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    assert len(visible(explorer)) == 29
    session.select([sample().number("titanic_data")])
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    assert len(visible(explorer)) == 30
    session.select([sample().number("age"), sample().number(FOREST)])
    qtbot.keyClick(window, Qt.Key.Key_P)
    assert len(visible(explorer)) == 6


def test_a_click_on_an_edge_says_which_argument_it_is(explorer: Explorer) -> None:
    opened, canvas = explorer.opened, explorer.window.canvas
    assert opened is not None
    names = sample().edges
    edge = next(n for n, e in enumerate(opened.cards.edge.tolist()) if names[e].target == "target")
    canvas.clicked(Hit("edge", edges=(edge,)), Qt.KeyboardModifier.NoModifier)
    assert "as its argument" in explorer.window.statusBar().currentMessage()


def test_a_mouse_click_on_an_edge_shows_the_argument_in_its_function(
    qtbot: QtBot, explorer: Explorer
) -> None:
    opened, canvas, session = explorer.opened, explorer.window.canvas, explorer.session
    assert opened is not None
    assert session is not None
    ends = [sample().number("prefit_random_forest"), sample().number(FOREST)]
    cards = [int(opened.cards.card[end]) for end in ends]
    edges, routes = opened.scene.edges, opened.scene.routes
    edge = np.flatnonzero((edges.origin == cards[0]) & (edges.target == cards[1]))[0]
    middle = np.array([1, 3, 3, 1]) @ routes.curves.points(edges.route[edge])[:4] / 8
    at = QPointF(*canvas.view.to_screen(*middle.tolist())).toPoint()
    qtbot.mouseClick(canvas, LEFT, pos=at)
    assert session.selected == set(ends)
    assert page_of(session).second == f"argument of {FOREST}"
    assert "as its argument prefit_random_forest" in explorer.window.statusBar().currentMessage()


def test_a_menu_entry_says_the_query_that_it_writes(explorer: Explorer) -> None:
    session = explorer.session
    assert session is not None
    session.select([sample().number("age")])
    menu = explorer.actions.context_menu(session, explorer.window)
    entries = {action.text() for action in menu.actions()}
    menu.deleteLater()
    assert "What comes from it\tage+" in entries
    assert "What it is made of\t+age" in entries


def test_the_window_closes_while_something_is_read_and_waits_for_nobody(
    qtbot: QtBot, started: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    started.opening.open_sample()
    started.background.list_runs()
    started.knowledge._ask(ReadRuns((), ""))
    busy = (started.opening, started.background, started.knowledge)
    processes = [one for part in busy for one in part.findChildren(QProcess)]
    assert len(processes) >= len(busy)
    assert started.opening.is_busy
    with monkeypatch.context() as nobody_waits:
        for kind in (Aside, Reader):
            nobody_waits.delattr(kind, "join")
        started.window.close()
    assert not any(part.is_busy for part in busy)
    assert not started.window.isVisible()
    started.join()
    assert {process.state() for process in processes} == {QProcess.ProcessState.NotRunning}
