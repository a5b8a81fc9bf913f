"""Garbage is looked for when the window has nothing else to do."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from explorer_app.qt import interpreter
from explorer_app.qt.interpreter import Garbage

YOUNG = gc.get_threshold()[0]


class Circle:
    """Refers to itself."""

    def __init__(self) -> None:
        self.whole = self


@pytest.fixture
def garbage(qapp: object) -> Iterator[Garbage]:
    parent = QObject()
    made = Garbage(parent)
    yield made
    made.stop()
    gc.unfreeze()


def old() -> "ref[Circle]":
    """Something that nobody holds any more, and that was there for a while."""
    circle = Circle()
    found = ref(circle)
    gc.collect(0)
    return found


def test_what_is_old_is_not_looked_through_in_between(garbage: Garbage) -> None:
    garbage.start()
    found = old()
    made: list[list[object]] = [[] for _ in range(YOUNG * 30)]
    assert made
    assert found() is not None
    gc.collect()
    assert found() is None


def test_it_is_when_the_window_has_nothing_else_to_do(
    garbage: Garbage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interpreter, "MANY", 0)
    garbage._timer.setInterval(1)
    garbage.start()
    found = old()
    qtbot.waitUntil(lambda: found() is None)


def test_a_large_graph_is_never_looked_through(
    garbage: Garbage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interpreter, "MANY", 0)
    monkeypatch.setattr(interpreter, "MUCH", 0)
    garbage._timer.setInterval(1)
    garbage.start()
    before = gc.get_freeze_count()
    kept = [[number] for number in range(1000)]
    qtbot.waitUntil(lambda: gc.get_freeze_count() >= before + len(kept))


def test_all_is_as_before_when_the_window_is_closed(garbage: Garbage) -> None:
    before = gc.get_threshold()
    garbage.start()
    assert gc.get_threshold() != before
    garbage.stop()
    assert gc.get_threshold() == before
