"""Several runs at once, to real sockets on this machine; those of one job one after the other."""

import contextlib
import functools
import gzip
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hamilton_ol.delivery.dispatcher import AT_ONCE, Dispatcher
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.leases import lease_name
from hamilton_ol.delivery.parcels import Order, Outcome
from hamilton_ol.errors import UnreachableError
from tests.support.parcels import Clock, Note, Parcel, account, parcel
from tests.support.servers import Reply, Target, free_port, read_request, rude_target

TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def to(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Dispatcher]]:
    """Makes a dispatcher to an address, as of a process that comes new."""
    with contextlib.ExitStack() as stack:

        def make(url: str, **more: object) -> Dispatcher:
            connect = functools.partial(HttpTransport, url, 10.0)
            made = Dispatcher(account(tmp_path, clock), connect, **more)  # type: ignore[arg-type]
            return stack.enter_context(contextlib.closing(made))

        yield make


def jobs(count: int, events: int = 3) -> list[Parcel]:
    """Runs of as many jobs."""
    return [parcel(f"{number}-", events, job=f"j{number}") for number in range(count)]


def test_all_runs_are_sent_each_in_its_order(to: Callable[..., Dispatcher]) -> None:
    runs = jobs(20, 10)
    with Target() as target:
        outcomes = list(to(target.url).deliver(runs))
    assert sorted(outcomes) == sorted(Outcome(run.run_id, 10) for run in runs)
    for run in runs:
        mine = [text for text in target.texts if text.startswith(run.run_id)]
        assert mine == [note.text for note in run.notes]
    assert len(target.texts) == 200
    assert len({got.connection for got in target.got}) <= AT_ONCE


def test_eight_runs_are_on_their_way_at_once_and_no_more(to: Callable[..., Dispatcher]) -> None:
    assert AT_ONCE == 8
    arrived, all_there = list[int](), threading.Barrier(AT_ONCE + 1)
    counted = threading.Event()

    def talk(connection: socket.socket, over: threading.Event) -> None:
        while not over.is_set():
            read_request(connection)
            arrived.append(1)
            with contextlib.suppress(threading.BrokenBarrierError):
                all_there.wait(30)
            counted.wait(30)
            connection.sendall(TAKEN)

    with rude_target(talk) as url:
        outcomes = to(url).deliver(jobs(12, 1))
        found: list[Outcome] = []
        thread = threading.Thread(target=lambda: found.extend(outcomes))
        thread.start()
        all_there.wait(30)  # eight wait here, each with an event of its own
        assert len(arrived) == AT_ONCE
        all_there.abort()
        counted.set()
        thread.join(30)
    assert [outcome.state for outcome in found] == ["done"] * 12


def test_runs_of_one_job_go_one_after_the_other(to: Callable[..., Dispatcher]) -> None:
    runs = [parcel(f"{number}-", started=number) for number in range(1, 6)]
    other = parcel("x-", job="other")
    with Target() as target:
        outcomes = list(to(target.url).deliver([*runs, other]))
    assert len(outcomes) == 6
    mine = [text for text in target.texts if not text.startswith("x")]
    assert mine == [note.text for run in runs for note in run.notes]


def test_a_newer_run_waits_for_an_older_one(to: Callable[..., Dispatcher], clock: Clock) -> None:
    runs = [parcel("1-"), parcel("2-", started=2), parcel("3-", job="other")]
    with Target(Reply(), Reply(503)) as target:
        first = {o.run_id: o.state for o in to(target.url, at_once=1).deliver(runs)}
        assert first == {"1-": "waiting", "2-": "waiting", "3-": "open"}
        clock.time += 100
        assert {o.state for o in to(target.url, at_once=1).deliver(runs)} == {"done"}
    assert target.texts == [
        *("1-0", "1-1", "1-1", "1-2"),
        *("2-0", "2-1", "2-2"),
        *("3-0", "3-1", "3-2"),
    ]


def test_a_newer_run_waits_though_who_sent_a_part_of_the_older_one_is_just_gone(
    to: Callable[..., Dispatcher], tmp_path: Path, clock: Clock
) -> None:
    other, lease = account(tmp_path, clock).leases, lease_name("n", "j")
    assert other.take(lease)

    def runs() -> Iterator[Parcel]:
        yield parcel("1-")
        other.give_back(lease)
        yield parcel("2-", started=2)

    with Target() as target:
        dispatcher = to(target.url, at_once=1)
        assert [outcome.state for outcome in dispatcher.deliver(runs())] == ["busy", "busy"]
        assert [outcome.state for outcome in dispatcher.deliver(runs())] == ["done", "done"]
    assert target.texts == ["1-0", "1-1", "1-2", "2-0", "2-1", "2-2"]


def test_a_bad_event_that_blocks_its_run_does_not_block_the_job(
    to: Callable[..., Dispatcher], clock: Clock
) -> None:
    runs = [parcel("1-"), parcel("2-", started=2)]
    with Target(Reply(), Reply(), Reply(500), Reply(500), Reply(500)) as target:
        dispatcher = to(target.url)
        for _ in range(2):
            states = [outcome.state for outcome in dispatcher.deliver(runs)]
            assert states == ["waiting", "waiting"]
            clock.time += 100
        states = [outcome.state for outcome in dispatcher.deliver(runs)]
    assert states == ["waiting", "done"]


def test_a_target_that_is_down_costs_no_loading(to: Callable[..., Dispatcher]) -> None:
    runs = jobs(100)
    dispatcher = to(f"http://127.0.0.1:{free_port()}")
    outcomes = list(dispatcher.deliver(runs))
    assert len(outcomes) == 100
    assert sum(run.made for run in runs) == 0
    assert {outcome.state for outcome in outcomes} == {"waiting", "open"}
    assert all(isinstance(outcome.error, UnreachableError) for outcome in outcomes)


def test_a_target_that_answers_with_trouble_is_asked_by_few(to: Callable[..., Dispatcher]) -> None:
    runs = jobs(100)
    with Target(*[Reply(503, headers={"Retry-After": "40"})] * 100) as target:
        outcomes = list(to(target.url).deliver(runs))
        again = list(to(target.url).deliver(runs))
    assert len(target.got) <= AT_ONCE
    assert len(outcomes) == len(again) == 100
    assert {outcome.state for outcome in again} == {"open"}


def test_all_stop_when_one_is_told_to_come_later(to: Callable[..., Dispatcher]) -> None:
    replies = [Reply()] * 40 + [Reply(429, headers={"Retry-After": "30"})]
    with Target(*replies) as target:
        outcomes = list(to(target.url).deliver(jobs(8, 100)))
    assert {outcome.state for outcome in outcomes} <= {"waiting", "open"}
    assert 41 <= len(target.got) < 400


def test_one_finds_out_and_then_all_go(to: Callable[..., Dispatcher], clock: Clock) -> None:
    port = free_port()
    assert [o.state for o in to(f"http://127.0.0.1:{port}").deliver(jobs(1))] == ["waiting"]
    clock.time += 100
    with Target() as target:
        assert len(list(to(target.url).deliver(jobs(20)))) == 20
    assert len(target.got) == 60


def test_runs_are_taken_as_they_are_needed(to: Callable[..., Dispatcher]) -> None:
    taken = []

    def runs() -> Iterator[Parcel]:
        for run in jobs(100, 1):
            taken.append(run.run_id)
            yield run

    with Target() as target:
        outcomes = to(target.url, at_once=2).deliver(runs())
        next(outcomes)
        assert len(taken) <= 4
        outcomes.close()  # type: ignore[attr-defined]
    assert len(target.got) <= 4


def test_whoever_stops_it_waits_for_one_event_and_loses_none(
    to: Callable[..., Dispatcher],
) -> None:
    stop, runs = threading.Event(), jobs(4, 50)

    with Target() as target:
        dispatcher = to(target.url)

        def is_stopped() -> bool:
            return stop.is_set() or len(target.got) > 20

        first = list(dispatcher.deliver(runs, is_stopped))
        assert {outcome.state for outcome in first} == {"waiting"}
        assert sum(outcome.sent for outcome in first) == len(target.got) < 30
        rest = list(dispatcher.deliver(runs))
    assert {outcome.state for outcome in rest} == {"done"}
    assert sum(outcome.sent for outcome in [*first, *rest]) == 200
    assert len(target.got) == len(set(target.texts)) == 200


def test_runs_and_events_are_made_by_one_thread_at_a_time(to: Callable[..., Dispatcher]) -> None:
    lock, alone = threading.Lock(), list[bool]()

    def look() -> None:
        alone.append(lock.acquire(blocking=False))
        threading.Event().wait(0.0005)  # another thread may come in here
        lock.release()

    class Watched(Parcel):
        def events(self) -> Iterator[Note]:
            for note in self.notes:
                look()
                yield note

    def runs() -> Iterator[Watched]:
        for run in jobs(16, 5):
            look()
            yield Watched(run.run_id, run.notes, job=run.job)

    with Target() as target:
        list(to(target.url, breathe=look).deliver(runs()))
    assert all(alone)
    assert len(alone) == 16 + 80 + 80 + 16


def test_a_single_run_is_sent_by_the_callers_thread(to: Callable[..., Dispatcher]) -> None:
    threads = set()

    class Watched(Parcel):
        def events(self) -> Iterator[Note]:
            threads.add(threading.current_thread())
            yield from self.notes

    with Target() as target:
        list(to(target.url).deliver([Watched("r", parcel("r").notes)]))
    assert threads == {threading.current_thread()}


def test_one_connection_is_kept_until_it_is_closed(to: Callable[..., Dispatcher]) -> None:
    with Target() as target:
        dispatcher = to(target.url)
        for number in range(3):
            list(dispatcher.deliver([parcel(f"{number}-")]))
    assert len({got.connection for got in target.got}) == 1


def test_what_cannot_be_noted_is_told_and_sent_no_further(
    to: Callable[..., Dispatcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, count = jobs(8, 50), [0]
    with Target() as target:
        original = (dispatcher := to(target.url)).acknowledgements.file._write

        def full(data: bytes) -> None:
            count[0] += 1
            if count[0] > 20:
                raise OSError(28, "No space left on device")
            original(data)

        monkeypatch.setattr(dispatcher.acknowledgements.file, "_write", full)
        with pytest.raises(OSError, match="No space"):
            list(dispatcher.deliver(runs))
        before = len(target.got)
        assert before <= 20 + AT_ONCE
        with pytest.raises(OSError, match="No space"):
            list(dispatcher.deliver(runs))
        assert len(target.got) == before
        monkeypatch.undo()
        list(dispatcher.deliver(runs))
    assert len(target.got) == len(set(target.texts)) == 400


def test_again_is_for_every_run_that_is_named(to: Callable[..., Dispatcher]) -> None:
    runs = [parcel("1-"), parcel("2-", started=2)]
    with Target() as target:
        dispatcher = to(target.url)
        list(dispatcher.deliver(runs))
        again = list(dispatcher.deliver(runs, order=Order.AGAIN))
        assert [outcome.state for outcome in again] == ["newer", "done"]
        forced = list(dispatcher.deliver(runs, order=Order.FORCED))
        assert [outcome.sent for outcome in forced] == [3, 3]
    assert len(target.got) == 6 + 3 + 6


def test_threads_are_gone_when_it_is_over(to: Callable[..., Dispatcher]) -> None:
    before = set(threading.enumerate())  # a hook's writer, of another test
    with Target() as target:
        outcomes = to(target.url).deliver(jobs(20))
        next(outcomes)
        outcomes.close()  # type: ignore[attr-defined]
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert not any(name.startswith("hamilton-ol") for name in left)


def test_texts_are_those_of_the_events(to: Callable[..., Dispatcher]) -> None:
    text = json.dumps({"eventType": "START", "name": "ü"})

    class Long(Note):
        @property
        def text(self) -> str:
            return text

    with Target() as target:
        list(to(target.url).deliver([Parcel("r", [Long("e")])]))
    assert gzip.decompress(target.got[0].body).decode() == text
