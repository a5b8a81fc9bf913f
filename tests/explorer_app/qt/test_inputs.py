"""Inputs in the window: at each consumer, left out, and once again."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot

from explorer_app.model.state import NONE
from explorer_app.qt.explorer import Explorer
from tests.support.samples import sample

PATIENCE = 60_000  # ms
NO_KEY = Qt.KeyboardModifier.NoModifier


def test_a_copy_of_an_input_is_the_input(qtbot: QtBot, explorer: Explorer) -> None:
    canvas, session = explorer.window.canvas, explorer.session
    assert session is not None
    before = canvas.prepared
    with qtbot.waitSignal(explorer.scenes.shown, timeout=PATIENCE):
        explorer.actions["inputs-repeated"].trigger()
    assert canvas.prepared is not None
    names = canvas.prepared.scene.cards.names
    assert names.count("random_state") == 2
    canvas.nodeClicked.emit(len(names) - 1, NO_KEY)
    assert session.selected == {sample().number("random_state")}
    assert len(canvas.state.selected) == 2
    figure = explorer.exports._figure(session, np.ones(len(sample()), bool))()
    assert figure.cards.names.count("random_state") == 2
    explorer.actions["lens-kind"].trigger()
    explorer.actions["inputs-repeated"].trigger()
    assert before is not None
    assert len(canvas.prepared.scene) == len(before.scene)


def test_inputs_are_left_out(qtbot: QtBot, explorer: Explorer) -> None:
    with qtbot.waitSignal(explorer.scenes.shown, timeout=PATIENCE):
        explorer.actions["inputs-hidden"].trigger()
    prepared, opened = explorer.window.canvas.prepared, explorer.opened
    assert prepared is not None
    assert opened is not None
    gone = np.isnan(prepared.scene.boxes[:, 0])
    kinds = [node.kind for node in sample().nodes]
    cards = {int(opened.cards.card[n]) for n, kind in enumerate(kinds) if kind == "input"}
    assert set(np.flatnonzero(gone).tolist()) == cards


def test_the_legend_names_kinds_of_cards_that_are_there(qtbot: QtBot, explorer: Explorer) -> None:
    canvas = explorer.window.canvas

    def kinds() -> set[str]:
        return {one.key for one in canvas.state.legend.entries if one.sign == "kind"}

    assert kinds() == {"function", "input", "source", "artifact"}
    explorer.actions["inputs-hidden"].trigger()
    qtbot.waitUntil(lambda: kinds() == {"function", "source", "artifact"})


def test_what_is_in_the_middle_stays_there_when_inputs_are_left_out(
    qtbot: QtBot, explorer: Explorer
) -> None:
    canvas, session, opened = explorer.window.canvas, explorer.session, explorer.opened
    assert session is not None
    assert opened is not None
    session.ask("", active=NONE)
    qtbot.waitUntil(lambda: not (explorer.is_busy or explorer.opening.is_busy))
    card = int(opened.cards.card[sample().number("training_set_v1")])
    canvas.zoom_to(1.3)
    canvas.pan(QRectF(canvas.rect()).center() - canvas.node_rect(card).center())
    before = canvas.node_rect(card)
    with qtbot.waitSignal(explorer.scenes.shown, timeout=PATIENCE):
        explorer.actions["inputs-hidden"].trigger()
    after = canvas.node_rect(card)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=1)
    assert canvas.view.zoom == pytest.approx(1.3)
