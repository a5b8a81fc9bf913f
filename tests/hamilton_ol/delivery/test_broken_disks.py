"""What is sent while the disk is full, read-only, or the store is removed."""

import errno
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hamilton_ol.delivery.dispatcher import Dispatcher
from hamilton_ol.errors import UnreachableError
from tests.hamilton_ol.hook.disks import Disk
from tests.support.parcels import Clock, Note, Parcel, Taker, account, parcel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "target"


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def make(folder: Path, taker: Taker) -> Callable[[], Dispatcher]:
    """Another process."""
    clock = Clock()
    return lambda: Dispatcher(account(folder, clock), lambda: taker, at_once=1)


RUNS = [parcel("1-", 5), parcel("2-", 5, job="o")]
EVENTS = [note.text for run in RUNS for note in run.notes]


@pytest.mark.parametrize("call", ["open", "mkdir"])
def test_nothing_is_sent_where_nothing_can_be_noted(
    make: Callable[[], Dispatcher],
    taker: Taker,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
) -> None:
    disk, dispatcher = Disk(folder, monkeypatch), make()
    disk.refuses = {call: errno.EROFS}
    with pytest.raises(OSError, match="Read-only"):
        list(dispatcher.deliver(RUNS))
    assert taker.asked == []
    disk.recover()
    list(dispatcher.deliver(RUNS))
    assert taker.taken == EVENTS


@pytest.mark.parametrize("room", range(0, 700, 45))
def test_a_disk_that_fills_up_costs_no_event(
    make: Callable[[], Dispatcher],
    taker: Taker,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    room: int,
) -> None:
    disk, dispatcher = Disk(folder, monkeypatch), make()
    disk.room = room
    with pytest.raises(OSError, match="No space"):
        list(dispatcher.deliver(RUNS))
    sent = len(taker.taken)
    with pytest.raises(OSError, match="No space"):
        list(dispatcher.deliver(RUNS))
    assert len(taker.taken) == sent
    disk.recover()
    outcomes = list(dispatcher.deliver(RUNS))
    assert {outcome.state for outcome in outcomes} == {"done"}
    assert taker.taken == EVENTS
    assert [outcome.sent for outcome in make().deliver(RUNS)] == [0, 0]


def test_who_comes_after_a_full_disk_sends_one_event_twice_at_most(
    make: Callable[[], Dispatcher], taker: Taker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(folder, monkeypatch)
    disk.room = 600
    with pytest.raises(OSError, match="No space"):
        list(make().deliver(RUNS))
    disk.recover()
    list(make().deliver(RUNS))
    assert list(dict.fromkeys(taker.taken)) == EVENTS
    assert len(taker.taken) <= len(EVENTS) + 1


def test_a_full_disk_does_not_keep_a_target_that_is_down_from_being_left_alone(
    make: Callable[[], Dispatcher], taker: Taker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, dispatcher = Disk(folder, monkeypatch), make()
    taker.answers = dict.fromkeys(EVENTS, UnreachableError("gone"))
    disk.room = 130  # for the lease
    states = [outcome.state for outcome in dispatcher.deliver(RUNS)]
    assert states == ["waiting", "open"]
    assert len(taker.asked) == 1


def test_a_store_that_is_removed_in_mid_run_is_survived(
    make: Callable[[], Dispatcher], taker: Taker, folder: Path
) -> None:
    class Removing(Parcel):
        def events(self) -> Iterator[Note]:
            for number, note in enumerate(self.notes):
                if number == 3:
                    shutil.rmtree(folder)
                yield note

    dispatcher = make()
    runs = [Removing(run.run_id, run.notes, job=run.job) for run in RUNS]
    assert [outcome.state for outcome in dispatcher.deliver(runs)] == ["done", "done"]
    assert [outcome.sent for outcome in dispatcher.deliver(RUNS)] == [0, 0]
    assert taker.taken == EVENTS
