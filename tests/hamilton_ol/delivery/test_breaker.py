"""A target with trouble is left alone by all processes, and found out about by one."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hamilton_ol.delivery.breaker import FILE, LONGEST, LONGEST_ASKED, PROBE, Breaker
from hamilton_ol.delivery.documents import SharedDocument
from hamilton_ol.errors import RefusedError, UnreachableError
from tests.support.parcels import Clock

GONE = UnreachableError("gone")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(tmp_path: Path, clock: Clock) -> Callable[[], Breaker]:
    """Another process."""
    return lambda: Breaker(tmp_path, clock, lambda: 1.0)


def later(retry_after: float) -> RefusedError:
    return RefusedError("later", status=429, retry_after=retry_after)


def test_a_target_that_is_well_costs_no_file(make: Callable[[], Breaker], tmp_path: Path) -> None:
    breaker = make()
    assert breaker.allows()
    breaker.passed()
    assert breaker.standing().state == "closed"
    assert list(tmp_path.iterdir()) == []


def test_what_one_finds_out_all_know(make: Callable[[], Breaker], clock: Clock) -> None:
    make().failed(GONE)
    standing = make().standing()
    assert (standing.state, standing.failures, standing.why) == ("open", 1, "gone")
    assert standing.until == clock.time + 1
    assert not make().allows()


def test_one_finds_out_and_all_go_on(make: Callable[[], Breaker], clock: Clock) -> None:
    make().failed(GONE)
    clock.time += 1
    one, other = make(), make()
    assert [one.allows(), other.allows(), one.allows()] == [True, False, False]
    one.passed()
    assert other.allows()
    assert other.standing().state == "closed"


def test_it_is_left_alone_for_longer_each_time(make: Callable[[], Breaker], clock: Clock) -> None:
    waits = []
    for _ in range(8):
        breaker = make()
        assert breaker.allows()
        breaker.failed(GONE)
        waits.append(breaker.standing().until - clock.time)
        clock.time = breaker.standing().until
    assert waits == [1, 2, 4, 8, 16, 32, LONGEST, LONGEST]


def test_jitter_spreads_those_who_come_back(tmp_path: Path, clock: Clock) -> None:
    waits = []
    for number in range(3):
        breaker = Breaker(tmp_path / f"{number}", clock, lambda number=number: number / 2)  # type: ignore[misc]
        breaker.failed(GONE)
        waits.append(breaker.standing().until - clock.time)
    assert waits == [0.5, 0.75, 1.0]


def test_several_who_fail_at_once_count_as_one(make: Callable[[], Breaker]) -> None:
    every = [make() for _ in range(8)]
    assert all(breaker.allows() for breaker in every)
    for breaker in every:
        breaker.failed(GONE)
    assert make().standing().failures == 1


@pytest.mark.parametrize(("asked", "waits"), [(20, 20), (0.1, 1), (1e9, LONGEST_ASKED)])
def test_a_target_that_says_when_is_heard(
    make: Callable[[], Breaker], clock: Clock, asked: float, waits: float
) -> None:
    make().failed(later(asked))
    assert make().standing().until == clock.time + waits
    clock.time += waits
    assert make().allows()


def test_the_later_of_two_times_is_heard(make: Callable[[], Breaker], clock: Clock) -> None:
    one, other = make(), make()
    one.failed(GONE)
    other.failed(later(30))
    one.failed(later(5))
    assert make().standing().until == clock.time + 30


def test_who_died_while_finding_out_holds_nobody_up(
    make: Callable[[], Breaker], clock: Clock
) -> None:
    make().failed(GONE)
    clock.time += 1
    assert make().allows()
    assert not make().allows()
    clock.time += PROBE
    assert make().allows()


def test_who_had_nothing_to_ask_leaves_it_to_another(
    make: Callable[[], Breaker], clock: Clock
) -> None:
    make().failed(GONE)
    clock.time += 1
    one, other = make(), make()
    assert one.allows()
    other.leave()  # it has nothing to leave
    assert not other.allows()
    one.leave()
    assert other.allows()


@pytest.mark.parametrize("back", [0.5, 100.0, 1e8])
def test_a_clock_that_was_set_back_keeps_it_open_no_longer(
    make: Callable[[], Breaker], clock: Clock, back: float
) -> None:
    make().failed(GONE)
    clock.time -= back
    assert make().allows()


def test_server_errors_of_several_events_are_the_targets_trouble(
    make: Callable[[], Breaker],
) -> None:
    breaker, oops = make(), RefusedError("oops", status=500)
    assert breaker.allows()
    for event in ("a", "b", "a", "b", "a"):
        breaker.failed(oops, event)
    assert breaker.allows()
    breaker.passed()
    for event in ("a", "b"):
        breaker.failed(oops, event)
    assert breaker.allows()
    breaker.failed(oops, "c")
    assert not breaker.allows()


def test_what_was_on_its_way_when_another_failed_changes_nothing(
    make: Callable[[], Breaker], clock: Clock
) -> None:
    breaker = make()
    assert breaker.allows()
    breaker.failed(later(30))
    assert breaker.is_resting
    breaker.passed()
    assert make().standing().until == clock.time + 30
    clock.time += 30
    assert not breaker.is_resting
    breaker.passed()
    assert make().standing().state == "closed"


def test_a_person_who_asks_need_not_wait(make: Callable[[], Breaker]) -> None:
    breaker = make()
    breaker.ask_now()
    assert breaker.standing().state == "closed"
    breaker.failed(GONE)
    make().ask_now()
    assert breaker.standing().state == "half-open"
    assert make().allows()


@pytest.mark.parametrize("odd", [b"", b"{", b"[]", b"{}", b'{"at":"x"}', b"\xff", b'{"at":1}'])
def test_what_makes_no_sense_is_closed(
    make: Callable[[], Breaker], tmp_path: Path, odd: bytes
) -> None:
    (tmp_path / FILE).write_bytes(odd)
    breaker = make()
    assert breaker.allows()
    breaker.failed(GONE)
    assert not make().allows()


def test_where_nothing_can_be_written_it_goes_by_what_it_knows(
    make: Callable[[], Breaker], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_file(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", no_file)
    breaker = make()
    breaker.failed(GONE)
    assert not breaker.allows()
    clock.time += 1
    assert breaker.allows()
    breaker.failed(GONE)
    assert breaker.standing().failures == 2
    clock.time += 2
    assert breaker.allows()
    breaker.passed()
    assert breaker.allows()


def test_a_note_that_is_half_written_is_no_leave_to_ask(
    make: Callable[[], Breaker], clock: Clock, tmp_path: Path
) -> None:
    make().failed(GONE)
    (note,) = tmp_path.rglob("breaker.json")
    whole = note.read_bytes()
    late = make()
    note.write_bytes(whole[:-5])
    assert not late._document.is_absent
    note.write_bytes(whole)
    assert not late.allows()
    clock.time += 1
    assert late.allows()


def test_whoever_is_kept_from_the_note_goes_by_what_it_says(
    make: Callable[[], Breaker], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make().failed(GONE)
    clock.time += 1
    assert make().allows()
    monkeypatch.setattr(SharedDocument, "change", lambda *_: False)
    assert not make().allows()


def test_of_many_who_come_at_once_one_asks(make: Callable[[], Breaker], clock: Clock) -> None:
    make().failed(GONE)
    clock.time += 1
    every = [make() for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(lambda breaker: breaker.allows(), every)) == 1
