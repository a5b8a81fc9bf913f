"""The thread that sends: when it does what there is to do, and that it ends when it has to."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hamilton_ol.delivery import sender as sending
from hamilton_ol.delivery import senders
from hamilton_ol.delivery.pace import Pace, StoppedError
from hamilton_ol.delivery.sender import Sender
from hamilton_ol.guard import Guard
from tests.support.children import ended, forked, until

NEVER = 1000.0


class Turns:
    """Work that tells of each turn, and waits where the test wants it to.

    Attributes:
        count, over: turns so far that were begun, and that are over.
        begun: set while a turn goes on.
        may_end: cleared while a turn must not end.
        next: what a turn returns.
        is_closed: whether it was given back.
    """

    def __init__(self) -> None:
        self.count, self.over, self.is_well, self.is_closed = 0, 0, True, False
        self.next: float | None = None
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()

    def turn(self) -> float | None:
        self.count += 1
        self.begun.set()
        assert self.may_end.wait(30)
        self.over += 1
        return self.next

    def interrupt(self) -> None:
        self.is_well = False
        self.may_end.set()

    def close(self) -> None:
        self.is_closed = True


class Recording:
    """Whether a dataflow runs."""

    def __init__(self) -> None:
        self.now = False

    def __call__(self) -> bool:
        return self.now


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest.fixture
def recording() -> Recording:
    return Recording()


@pytest.fixture
def make(turns: Turns, recording: Recording) -> Iterator[Callable[..., Sender]]:
    made: list[Sender] = []

    def sender(work: Callable[[Pace], Any] = lambda _pace: turns, **more: Any) -> Sender:
        made.append(Sender(work, Guard(), recording, **more))
        return made[-1]

    yield sender
    for one in made:
        turns.may_end.set()
        one.end(one.prepare_end(for_fork=False))


def test_there_is_no_thread_before_the_first_run(make: Callable[..., Sender]) -> None:
    before = threading.active_count()
    sender = make()
    assert threading.active_count() == before
    sender.began()
    assert threading.active_count() == before + 1


def test_a_run_that_ended_is_sent(make: Callable[..., Sender], turns: Turns) -> None:
    sender = make()
    sender.began()
    sender.ended()
    until(lambda: turns.count == 1)


def test_nothing_is_sent_at_once_while_a_run_goes_on(
    make: Callable[..., Sender],
    turns: Turns,
    recording: Recording,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "GRACE", NEVER)
    glances = threading.Semaphore(0)
    sender, recording.now = make(), True
    real = sender._length_of_rest

    def look() -> float:
        glances.release()
        return real()

    monkeypatch.setattr(sender, "_length_of_rest", look)
    sender.ended()
    for _ in range(3):
        assert glances.acquire(timeout=30)
    assert turns.count == 0
    recording.now = False
    until(lambda: turns.count == 1)


def test_a_run_that_goes_on_for_long_is_told_of(
    make: Callable[..., Sender],
    turns: Turns,
    recording: Recording,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "GRACE", 0.01)
    sender, recording.now = make(), True
    sender.began()
    until(lambda: turns.count == 1)


def test_there_is_another_turn_when_the_work_says_so(
    make: Callable[..., Sender], turns: Turns
) -> None:
    turns.next = 0.001
    make().ended()
    until(lambda: turns.count >= 3)
    turns.next = None


def test_what_goes_wrong_is_counted_and_tried_again_with_the_next_run(
    make: Callable[..., Sender], turns: Turns, swallowed: list[Any]
) -> None:
    failing = [ValueError("planted")]

    def work(_pace: Pace) -> Turns:
        if failing:
            raise failing.pop()
        return turns

    sender = make(work)
    sender.ended()
    until(lambda: sender.guard.problems)
    assert sender.guard.problems == {"sending: ValueError": 1}
    sender.ended()
    until(lambda: turns.count == 1)
    assert len(swallowed) == 1


def test_who_has_to_end_while_it_makes_its_work_says_nothing(
    make: Callable[..., Sender],
) -> None:
    begun = threading.Event()

    def work(pace: Pace) -> None:
        begun.set()
        until(pace.is_stopped)
        raise StoppedError

    sender = make(work)
    sender.ended()
    assert begun.wait(30)
    assert end(sender, for_fork=True)
    assert sender.guard.problems == {}


def test_work_that_cannot_be_made_yet_is_made_with_the_next_run(
    make: Callable[..., Sender], turns: Turns
) -> None:
    made: list[Turns | None] = [None, turns]
    sender = make(lambda _pace: made.pop(0))
    sender.ended()
    until(lambda: len(made) == 1)
    sender.ended()
    until(lambda: turns.count == 1)


# --- the end -------------------------------------------------------------------------------------


def end(sender: Sender, *, for_fork: bool = False) -> bool:
    return sender.end(sender.prepare_end(for_fork=for_fork))


def test_the_end_waits_for_a_target_that_is_well(make: Callable[..., Sender], turns: Turns) -> None:
    sender = make(exit_seconds=NEVER)
    turns.may_end.clear()
    sender.ended()
    assert turns.begun.wait(30)
    seconds = sender.prepare_end(for_fork=False)
    assert seconds == NEVER
    sender.ended()  # by the writer, as it writes what is left
    turns.may_end.set()
    assert sender.end(seconds)
    assert turns.count == 2
    sender.close()
    assert turns.is_closed


def test_the_end_does_not_wait_for_a_target_that_is_not(
    make: Callable[..., Sender], turns: Turns
) -> None:
    sender = make(exit_seconds=NEVER)
    turns.may_end.clear()
    sender.ended()
    assert turns.begun.wait(30)
    turns.is_well = False
    assert sender.prepare_end(for_fork=False) == 0
    sender.ended()
    assert sender.end(0)  # the work is broken off, and ends then
    assert turns.count == 1


def test_a_fork_breaks_off_what_takes_too_long(make: Callable[..., Sender], turns: Turns) -> None:
    sender = make()
    turns.may_end.clear()
    sender.ended()
    assert turns.begun.wait(30)
    assert end(sender, for_fork=True)
    assert sender.pace.is_stopped()


def test_what_was_to_be_done_is_done_after_a_fork(
    make: Callable[..., Sender], turns: Turns
) -> None:
    sender = make()
    turns.next = 0.001
    turns.may_end.clear()
    sender.ended()
    assert turns.begun.wait(30)
    assert end(sender, for_fork=True)
    count = turns.count
    sender.resume()
    until(lambda: turns.count > count)
    turns.next = None


def test_no_thread_begins_during_a_fork(make: Callable[..., Sender], turns: Turns) -> None:
    before = threading.active_count()
    sender = make()
    assert end(sender, for_fork=True)
    sender.ended()
    assert threading.active_count() == before
    sender.resume()
    until(lambda: turns.count == 1)


def test_a_fork_is_in_no_turn_and_both_processes_go_on(
    make: Callable[..., Sender], turns: Turns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(senders, "_senders", {})
    sender = senders.sender_for("it", make)
    turns.may_end.clear()
    sender.ended()
    assert turns.begun.wait(30)

    def act() -> None:
        assert turns.over == 1
        sender.ended()
        until(lambda: turns.over == 2, 20)

    with forked(act) as pid:
        assert ended(pid) == 0
    sender.ended()
    until(lambda: turns.over == 2)


def test_a_forked_child_begins_anew(make: Callable[..., Sender], turns: Turns) -> None:
    sender = make()
    sender.ended()
    until(lambda: turns.count == 1)
    assert end(sender, for_fork=True)
    sender.reset()
    sender.ended()
    until(lambda: turns.count == 2)
