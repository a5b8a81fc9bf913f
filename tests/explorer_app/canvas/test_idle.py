"""Long things are done one at a time, and not right after others."""

from collections.abc import Callable
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from explorer_app.canvas.idle import PATIENCE, USED, IdleCall, Queue


class Clock:
    """Goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


Made = Callable[[Callable[[], object]], IdleCall]


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def made(parent: QObject, clock: Clock) -> Made:
    queue = Queue()
    return lambda call: IdleCall(call, parent, clock, queue)


def looks(qtbot: QtBot, count: int, each: Callable[[], object] = lambda: None) -> None:
    """So many turns of the event loop, in each of which something else is done first."""
    for _ in range(count):
        with qtbot.waitCallback() as called:
            QTimer.singleShot(0, lambda: (each(), called()))


def test_it_is_called_once_and_in_an_event_of_its_own(qtbot: QtBot, made: Made) -> None:
    done: list[str] = []
    call = made(lambda: done.append("it"))
    call.start()
    call.start()
    assert (done, call.is_waiting) == ([], True)
    looks(qtbot, 3)
    assert (done, call.is_waiting) == (["it"], False)


def test_it_waits_while_others_are_at_work_but_not_for_ever(
    qtbot: QtBot, made: Made, clock: Clock
) -> None:
    began, done = clock.now, list[float]()
    call = made(lambda: done.append(clock.now - began))

    def work() -> None:
        clock.now += 2 * USED

    call.start()
    looks(qtbot, round(PATIENCE / USED), work)
    assert PATIENCE <= done[0] <= PATIENCE + 3 * USED


def test_who_comes_again_waits_behind_the_others(qtbot: QtBot, made: Made) -> None:
    done: list[str] = []

    def again() -> None:
        done.append("first")
        if len(done) < 5:
            first.start()

    first, second = made(again), made(lambda: done.append("second"))
    first.start()
    second.start()
    looks(qtbot, 12)
    assert done == ["first", "second", "first", "first", "first"]


def test_who_took_long_has_used_the_turn_of_the_next_one(
    qtbot: QtBot, made: Made, clock: Clock
) -> None:
    events: list[str] = []

    def long() -> None:
        clock.now += 2 * USED
        events.append("long")

    first, second = made(long), made(lambda: events.append("next"))
    first.start()
    second.start()
    beat = QTimer()
    beat.timeout.connect(lambda: events.append("beat"))
    beat.start(0)
    looks(qtbot, 8)
    beat.stop()
    between = events[events.index("long") : events.index("next")]
    assert "beat" in between


def test_who_stops_or_is_gone_is_not_waited_for(qtbot: QtBot, made: Made) -> None:
    done: list[str] = []
    stops, goes, last = (made(partial(done.append, name)) for name in "abc")
    for call in (stops, goes, last):
        call.start()
    stops.stop()
    shiboken6.delete(goes)
    looks(qtbot, 4)
    assert done == ["c"]
