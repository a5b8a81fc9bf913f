"""What takes long is done aside, or in turns."""

import gc
import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from explorer_app.loading.messages import Failed
from explorer_app.qt.aside import HUGE, LARGE, Aside, Task
from explorer_app.qt.turns import Turns


def test_what_is_about_few_nodes_is_done_at_once(qtbot: QtBot) -> None:
    found: list[object] = []
    parent = QObject()
    aside = Aside(parent)
    aside.run(LARGE - 1, Task(threading.get_ident, found.append))
    assert found == [threading.get_ident()]
    assert not aside.is_busy


def test_what_is_about_many_is_done_aside_and_told_here(qtbot: QtBot) -> None:
    told: list[tuple[object, int]] = []
    parent = QObject()
    aside = Aside(parent)
    for _ in range(2):
        then = lambda where: told.append((where, threading.get_ident()))  # noqa: E731
        aside.run(LARGE, Task(threading.get_ident, then))
    assert told == []
    qtbot.waitUntil(lambda: not aside.is_busy and len(told) == 2)
    here = threading.get_ident()
    assert [then for _, then in told] == [here, here]
    assert here not in {where for where, _ in told}


def test_garbage_of_it_is_found_bit_by_bit_for_all_at_once_would_hold_up_the_window(
    qtbot: QtBot,
) -> None:
    told: list[bool] = []
    parent = QObject()
    aside = Aside(parent)
    aside.run(LARGE, Task(gc.isenabled, told.append))
    qtbot.waitUntil(lambda: not aside.is_busy)
    assert told == [True]


def test_what_lies_free_is_given_back_where_it_is_much(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    monkeypatch.setattr("explorer_app.qt.aside.trim", lambda: given.append(1))
    parent = QObject()
    aside = Aside(parent)
    for size in (LARGE, HUGE):
        aside.run(size, Task(partial(given.append, size)))
    qtbot.waitUntil(lambda: not aside.is_busy)
    assert given == [LARGE, HUGE, 1]


def test_what_was_dropped_is_neither_done_nor_told(qtbot: QtBot) -> None:
    done: list[str] = []
    parent, begun = QObject(), threading.Event()
    aside = Aside(parent)
    aside.run(LARGE, Task(begun.wait, lambda _: done.append("first")))
    task = aside.run(LARGE, Task(partial(done.append, "second"), done.append))
    task.drop()
    begun.set()
    qtbot.waitUntil(lambda: not aside.is_busy)
    assert done == ["first"]


@pytest.mark.parametrize("size", [1, LARGE])
def test_an_error_is_told_whatever_the_size(qtbot: QtBot, size: int) -> None:
    told: list[Failed] = []
    parent = QObject()
    aside = Aside(parent)
    aside.failed.connect(told.append)
    with qtbot.captureExceptions() as errors:
        aside.run(size, Task(lambda: 1 / 0, told.append))
        qtbot.waitUntil(lambda: not aside.is_busy)
    assert [failed.message for failed in told] == ["ZeroDivisionError: division by zero"]
    assert [kind for kind, *_ in errors] == [ZeroDivisionError]


def test_each_thing_has_an_event_of_its_own(qtbot: QtBot) -> None:
    done: list[int] = []
    parent = QObject()
    turns = Turns(parent)
    turns.run(LARGE, [partial(done.append, n) for n in range(4)])
    assert done == [0]
    turns.run(LARGE, [partial(done.append, n) for n in range(10, 13)])
    assert done == [0, 10]
    qtbot.waitUntil(lambda: not turns.is_busy)
    assert done == [0, 10, 11, 12]
