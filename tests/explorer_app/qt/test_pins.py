"""Cards that are dragged stay where they were put: undone, read again, and the next time."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer_app.qt.explorer import Explorer
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style
from hamilton_ol.graph.scene.arrays import Floats
from tests.explorer_app.qt.conftest import show
from tests.support.samples import sample

LEFT = Qt.MouseButton.LeftButton


def boxes(explorer: Explorer) -> Floats:
    prepared = explorer.window.canvas.prepared
    assert prepared is not None
    return prepared.scene.boxes


def card_of(explorer: Explorer, name: str) -> int:
    opened = explorer.opened
    assert opened is not None
    return int(opened.cards.card[sample().number(name)])


def drag(explorer: Explorer, name: str, by: QPoint) -> None:
    canvas = explorer.window.canvas
    start = canvas.node_rect(card_of(explorer, name)).center().toPoint()
    QTest.mousePress(canvas, LEFT, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(canvas, start + by * step / 4)
    QTest.mouseRelease(canvas, LEFT, pos=start + by)


def test_a_card_stays_where_it_was_dragged_until_it_is_let_go(explorer: Explorer) -> None:
    card, before = card_of(explorer, "family"), boxes(explorer).copy()
    view, session = explorer.window.canvas.view, explorer.session
    assert session is not None
    drag(explorer, "family", QPoint(40, 60))
    after = boxes(explorer)
    moved = (after - before)[card, :2] * view.zoom
    assert moved == pytest.approx([40, 60], abs=1)
    assert (np.delete(after, card, 0) == np.delete(before, card, 0)).all()
    assert explorer.window.canvas.view == view
    assert explorer.window.canvas.state.pinned.tolist() == [card]
    explorer.actions["undo"].trigger()
    assert (boxes(explorer) == before).all()
    explorer.actions["redo"].trigger()
    assert (boxes(explorer) == after).all()
    session.select([sample().number("family")])
    explorer.actions["pin"].trigger()
    assert (boxes(explorer) == before).all()
    assert explorer.window.canvas.state.pinned.tolist() == []


def test_a_key_pins_a_card_where_it_is(qtbot: QtBot, explorer: Explorer) -> None:
    session, before = explorer.session, boxes(explorer).copy()
    assert session is not None
    session.select([sample().number("deck")])
    explorer.window.canvas.setFocus()
    qtbot.keyClick(explorer.window, Qt.Key.Key_X)
    assert explorer.window.canvas.state.pinned.tolist() == [card_of(explorer, "deck")]
    assert boxes(explorer) == pytest.approx(before)
    qtbot.keyClick(explorer.window, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert explorer.window.canvas.state.pinned.tolist() == []


def test_it_is_there_when_it_is_read_again_and_the_next_time(
    qtbot: QtBot, qapp: QApplication, explorer: Explorer, settings: Settings
) -> None:
    drag(explorer, "family", QPoint(40, 60))
    put = boxes(explorer)[card_of(explorer, "family")].copy()
    show(explorer, sample())
    assert boxes(explorer)[card_of(explorer, "family")] == pytest.approx(put)
    explorer.window.close()
    style = Style("light")
    style.apply(qapp)
    again = Explorer(style, settings)
    again.window.canvas.setReducedMotion(True)
    qtbot.addWidget(again.window)
    again.window.show()
    show(again, sample())
    assert boxes(again)[card_of(again, "family")] == pytest.approx(put, abs=0.1)
    again.window.close()
