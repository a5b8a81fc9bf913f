"""A robot does whatever the table of commands has, and clicks, and what must hold holds."""

import os
import random
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from explorer_app.model.commands import COMMANDS
from explorer_app.model.session import Session
from explorer_app.model.state import BASE
from explorer_app.qt.explorer import Explorer
from hamilton_ol.graph.lineage import LineageGraph
from tests.explorer_app.qt.conftest import show
from tests.support.hostile import hostile
from tests.support.robot import Robot
from tests.support.samples import sample

OUT = 12  # levels from anywhere to everything, panels and lines included
STEPS = int(os.environ.get("ROBOT_STEPS", "60"))
TRAVELS = {"undo", "redo", "back", "forward"}


def check(session: Session) -> None:
    visible = set(session.visible.numbers.tolist())
    assert session.selected <= visible
    assert visible <= set(range(len(session.graph)))
    assert -1 <= session.active < len(session.graph)


def check_undo(session: Session, before: object) -> None:
    """What was done can be undone, and done again."""
    after = session.state
    session.undo()
    assert unplaced(session) == unplaced_of(before)
    session.redo()
    assert unplaced(session) == unplaced_of(after)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of windows beside the first, without a screen
@pytest.mark.parametrize("made", [sample, hostile])
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.timeout(60 + STEPS)
def test_whatever_a_person_does_the_sets_stay_within_each_other(
    started: Explorer, seed: int, made: Callable[[], LineageGraph]
) -> None:
    show(started, made())
    session, robot = started.session, Robot(started, random.Random(seed))
    assert session is not None
    windows = set(QApplication.topLevelWidgets())
    for _ in range(STEPS):
        before = session.state
        done = robot.act()
        try:
            check(session)
            if done not in TRAVELS and unplaced(session) != unplaced_of(before):
                check_undo(session, before)
        except AssertionError as error:
            raise AssertionError(f"after {robot.done[-12:]}") from error
    go_out(started, session)
    assert unplaced(session) == unplaced_of(BASE)
    for dialog in set(QApplication.topLevelWidgets()) - windows:
        dialog.close()


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.timeout(60 + STEPS)
def test_whatever_is_read_again_meanwhile_a_person_goes_on(started: Explorer) -> None:
    chance = random.Random(5)
    whole, robot = sample(), Robot(started, chance)
    show(started, whole)
    windows, session = set(QApplication.topLevelWidgets()), started.session
    for step in range(STEPS):
        robot.act()
        if step % 6 == 5:  # some nodes are gone, others are back
            kept = [node for node in whole.nodes if chance.random() < 0.8]
            ids = {node.id for node in kept}
            edges = [edge for edge in whole.edges if ids.issuperset(edge[:2])]
            show(started, whole.altered(nodes=kept, edges=edges))
        session = started.session
        assert session is not None
        try:
            check(session)
        except AssertionError as error:
            raise AssertionError(f"after {robot.done[-12:]}") from error
    assert session is not None
    go_out(started, session)
    assert unplaced(session) == unplaced_of(BASE)
    for dialog in set(QApplication.topLevelWidgets()) - windows:
        dialog.close()


def go_out(explorer: Explorer, session: Session) -> None:
    """Esc, as often as it takes."""
    explorer.opening.cancel()
    for _ in range(OUT):
        session.step_out()


def unplaced(session: Session) -> tuple[object, ...]:
    return unplaced_of(session.state)


def unplaced_of(state: object) -> tuple[object, ...]:
    """All of a state but where the canvas was, which the canvas changes by itself."""
    names = ("query", "selected", "active", "is_isolated")
    return tuple(getattr(state, name) for name in names)


def test_every_key_is_of_one_command() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert sorted(keys) == sorted(set(keys))


def test_every_command_of_the_window_is_known(explorer: Explorer) -> None:
    wanted = {c.id for c in COMMANDS if c.query is None and c.does is None}
    assert wanted == set(explorer._commands)


def test_a_pin_after_an_arrangement_was_stopped_is_of_the_cards_that_there_are(
    explorer: Explorer,
) -> None:
    session = explorer.session
    assert session is not None
    session.select([sample().number("target")])
    explorer.actions["inputs-repeated"].trigger()
    explorer.actions["cancel"].trigger()
    explorer.actions["pin"].trigger()
    explorer.actions["undo"].trigger()
    check(session)
