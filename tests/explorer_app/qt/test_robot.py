"""A robot does whatever the table of commands has, and clicks, and what must hold holds."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from explorer_app.model.commands import COMMANDS
from explorer_app.model.session import Session
from explorer_app.model.state import BASE
from explorer_app.qt.explorer import Explorer
from tests.support.samples import sample

#: What opens, closes or reads something else; tested apart.
ELSEWHERE = {"open-folder", "open-file", "open-run", "open-revision", "open-marquez", "reload"}
ELSEWHERE |= {"open-latest", "open-sample", "start", "quit", "editor", "export"}
DONE = [command.id for command in COMMANDS if command.id not in ELSEWHERE]
HOW = [Qt.KeyboardModifier.NoModifier] * 3 + [
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
]
OUT = 6  # levels from anywhere to everything
STEPS = 60


def check(session: Session) -> None:
    visible = set(session.visible.numbers.tolist())
    assert session.selected <= visible
    assert visible <= set(range(len(session.graph)))
    assert -1 <= session.active < len(session.graph)


def act(explorer: Explorer, chance: random.Random) -> str:
    """Do anything; what it was."""
    if chance.random() < 0.6:
        command = chance.choice(DONE)
        explorer.actions[command].trigger()
        return command
    node, how = chance.randrange(len(sample())), chance.choice(HOW)
    explorer.link.click(node, how)
    return f"{how} {sample().ids[node]}"


@pytest.mark.parametrize("seed", range(4))
def test_whatever_a_person_does_the_sets_stay_within_each_other(
    explorer: Explorer, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("kept", True))
    chance, session = random.Random(seed), explorer.session
    assert session is not None
    for _ in range(STEPS):
        before = session.state
        done = act(explorer, chance)
        check(session)
        if unplaced(session) != unplaced_of(before) and done not in {
            "undo",
            "redo",
            "back",
            "forward",
        }:
            after = session.state
            session.undo()
            assert unplaced(session) == unplaced_of(before), done
            session.redo()
            assert unplaced(session) == unplaced_of(after), done
    explorer.opening.cancel()
    for _ in range(OUT):
        explorer.actions["step-out"].trigger()
        session.step_out()
    assert unplaced(session) == unplaced_of(BASE)


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
