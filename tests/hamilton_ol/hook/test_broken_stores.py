"""Whatever becomes of the store, no run notices; what can be kept is told as soon as it works."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.store import appender, writer
from hamilton_ol.store.writers import close_all, flush_all
from tests.hamilton_ol.hook.disks import Disk
from tests.hamilton_ol.hook.recovery import (
    FLOW,
    cause,
    execute,
    is_whole,
    newest,
    runs,
    told,
    wait,
)
from tests.support.children import until
from tests.support.flows import Flows

ERRORS = (errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EMFILE, errno.EIO)


@pytest.fixture
def flow(flows: Flows) -> Any:
    made = flows.module(FLOW)
    vars(made)["act"] = lambda number: number
    return made


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that failed is tried again soon, and nobody waits long for one that hangs."""
    monkeypatch.setattr(appender, "RETRY", 0.01)
    monkeypatch.setattr(writer, "AT_EXIT", 0.2)


@pytest.fixture
def disk(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    made = Disk(store, monkeypatch)
    yield made
    made.recover()


# --- a store that refuses ------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["mkdir", "open", "write"])
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_what_a_store_refuses_is_told_when_it_does_so_no_longer(
    flow: Any, store: Path, disk: Disk, number: int, call: str, swallowed: list[Any]
) -> None:
    hook = OpenLineageHook("job", store=store)
    disk.refuses[call] = number
    execute(flow, hook)
    assert not flush_all(0.05)
    assert hook.problems[cause(number)] >= 1
    disk.recover()
    run = newest(store)
    assert is_whole(run)
    assert run.problems[cause(number)] >= 1
    assert set(told(store).values()) == {1}


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_store_that_refuses_in_the_middle_of_a_run_loses_nothing(
    flow: Any, store: Path, disk: Disk, number: int, swallowed: list[Any]
) -> None:
    def refuse(value: int) -> int:
        assert flush_all(10)
        disk.refuses.update(dict.fromkeys(("open", "mkdir", "write", "utime", "replace"), number))
        return value

    flow.act, hook = refuse, OpenLineageHook("job", store=store)
    execute(flow, hook)
    assert not flush_all(0.05)
    assert hook.problems[cause(number)] >= 1
    disk.recover()
    assert is_whole(newest(store))
    assert set(told(store).values()) == {1}


def test_many_runs_wait_for_a_store_that_refuses(
    flow: Any, store: Path, disk: Disk, swallowed: list[Any]
) -> None:
    hook = OpenLineageHook("job", store=store)
    disk.refuses["open"] = errno.EMFILE
    for number in range(20):
        execute(flow, hook, number)
    disk.recover()
    wait()
    assert [is_whole(run) for run in runs(store)] == [True] * 20


def test_a_store_that_never_recovers_is_counted_at_the_end(
    flow: Any, store: Path, disk: Disk, swallowed: list[Any]
) -> None:
    hook = OpenLineageHook("job", store=store)
    disk.refuses["mkdir"] = errno.EROFS
    execute(flow, hook)
    close_all()
    assert hook.problems["the store could not be written before the process ended"] >= 6
    assert not store.exists()


def test_what_is_too_much_to_keep_is_counted_and_later_runs_are_whole(
    flow: Any,
    store: Path,
    disk: Disk,
    monkeypatch: pytest.MonkeyPatch,
    swallowed: list[Any],
) -> None:
    monkeypatch.setattr(appender, "KEPT", 3)
    hook = OpenLineageHook("job", store=store)
    disk.refuses["open"] = errno.ENOSPC
    for _ in range(5):
        execute(flow, hook)
        assert not flush_all(0.05)
    reason = "the store could not be written for too long"
    assert hook.problems[reason] > 5
    disk.recover()
    monkeypatch.setattr(appender, "KEPT", 1000)
    execute(flow, hook)
    assert is_whole(newest(store))


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Nobody may write to a folder; a superuser could, and becomes somebody else."""
    folder.mkdir(mode=0o500)
    is_superuser = os.geteuid() == 0
    if is_superuser:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_superuser:
            os.seteuid(0)
        folder.chmod(0o700)


def test_a_folder_that_may_not_be_written_is_no_store_until_it_may(
    flow: Any, tmp_path: Path, swallowed: list[Any]
) -> None:
    folder = tmp_path / "locked"
    hook = OpenLineageHook("job", store=folder / "store")
    with _locked(folder):
        execute(flow, hook)
        assert not flush_all(0.05)
        assert hook.problems[cause(errno.EACCES)] >= 1
    assert is_whole(newest(folder / "store"))


# --- a disk that is full -------------------------------------------------------------------------

ROOM = (0, 1, 100, 300, 555, 800, 1200, 1800, 2600)


def _fill_up(disk: Disk, room: int, flow: Any, store: Path) -> None:
    """Twelve runs, of which all but the first and the last meet a disk that is nearly full."""
    hook = OpenLineageHook("job", store=store)
    execute(flow, hook)
    assert flush_all(10)
    disk.room = room
    for _ in range(10):
        execute(flow, hook)
    assert not flush_all(0.05)
    assert hook.problems[cause(errno.ENOSPC)] >= 1
    disk.recover()
    execute(flow, hook)
    wait()


@pytest.mark.parametrize("room", ROOM)
def test_a_disk_that_was_full_holds_everything_in_whole_lines(
    flow: Any, store: Path, disk: Disk, room: int, swallowed: list[Any]
) -> None:
    _fill_up(disk, room, flow, store)
    assert [is_whole(run) for run in runs(store)] == [True] * 12
    assert set(told(store).values()) == {1}


@pytest.mark.parametrize("room", ROOM)
def test_what_cannot_be_taken_back_is_torn_and_written_again(
    flow: Any, store: Path, disk: Disk, room: int, swallowed: list[Any]
) -> None:
    disk.refuses["ftruncate"] = errno.EIO
    _fill_up(disk, room, flow, store)
    assert [is_whole(run) for run in runs(store)] == [True] * 12


@pytest.mark.parametrize("room", ROOM)
def test_a_disk_that_is_full_from_the_start_holds_everything_later(
    flow: Any, store: Path, disk: Disk, room: int, swallowed: list[Any]
) -> None:
    hook = OpenLineageHook("job", store=store)
    disk.room = room
    for _ in range(10):
        execute(flow, hook)
    assert not flush_all(0.05)
    disk.recover()
    wait()
    assert [is_whole(run) for run in runs(store)] == [True] * 10
    assert set(told(store).values()) == {1}
    assert len(list(store.glob("segments/*/*"))) == 1


# --- a disk that hangs ---------------------------------------------------------------------------


def test_no_run_waits_for_a_disk_that_hangs(flow: Any, store: Path, disk: Disk) -> None:
    def act(number: int) -> int:
        assert flush_all(10)
        disk.is_ready.clear()
        return number

    flow.act, hook = act, OpenLineageHook("job", store=store)
    execute(flow, hook)
    assert disk.hanging.wait(10)
    flow.act = lambda number: number
    for _ in range(5):
        execute(flow, hook)
    assert not flush_all(0.05)
    disk.recover()
    wait()
    assert [is_whole(run) for run in runs(store)] == [True] * 6
    assert hook.problems == {}


@pytest.mark.usefixtures("swallowed")
def test_that_a_run_ended_is_told_to_others_when_it_can_be_read(
    flow: Any, store: Path, disk: Disk
) -> None:
    """Who sends would find nothing before, and only look again when the next run ends."""
    hook = OpenLineageHook("job", store=store)
    execute(flow, hook)
    assert flush_all(60)
    told_when_kept = list[int]()
    disk.refuses["write"] = errno.ENOSPC
    execute(flow, hook)
    one = hook._writer
    one.announce(lambda: told_when_kept.append(one.appender.behind))
    assert not flush_all(0.05)
    assert told_when_kept == []
    disk.recover()
    until(lambda: told_when_kept)
    assert told_when_kept == [0]
