"""How long a sender works at a time, and how long it naps."""

import threading

import pytest

from hamilton_ol.delivery.pace import HELD, LONG, NAP, SHARE, SLICE, Pace, StoppedError


class Time:
    """Seconds that a thread has computed, and naps that cost nothing."""

    def __init__(self) -> None:
        self.used, self.naps = 0.0, list[float]()
        self.now, self.held = 0.0, 0.0

    def nap(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds + self.held


@pytest.fixture
def time() -> Time:
    return Time()


def pace(time: Time, *, is_recording: bool, monkeypatch: pytest.MonkeyPatch) -> Pace:
    made = Pace(lambda: is_recording, used=lambda: time.used, clock=lambda: time.now)
    monkeypatch.setattr(made._hurry, "wait", time.nap)
    made.breathe()
    time.naps.clear()
    return made


def test_a_slice_is_followed_by_a_nap_that_is_many_times_as_long(
    time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pace(time, is_recording=True, monkeypatch=monkeypatch)
    for _ in range(10):
        time.used += 0.001
        made.breathe()
    assert time.naps == [pytest.approx(0.001 * SHARE)] * 10


def test_less_than_a_slice_needs_no_nap(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pace(time, is_recording=True, monkeypatch=monkeypatch)
    for _ in range(100):
        time.used += SLICE / 10
        made.breathe()
    assert 9 <= len(time.naps) <= 11
    assert min(time.naps) >= NAP


def test_slices_are_longer_where_nodes_hold_on_to_the_lock(
    time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pace(time, is_recording=True, monkeypatch=monkeypatch)
    time.held = 2 * HELD
    for _ in range(100):
        time.used += LONG / 10
        made.breathe()
    assert 9 <= len(time.naps) <= 11
    time.held = 0.0
    time.naps.clear()
    for _ in range(100):
        time.used += SLICE
        made.breathe()
    assert len(time.naps) > 80


def test_nobody_naps_while_no_dataflow_runs(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pace(time, is_recording=False, monkeypatch=monkeypatch)
    time.used += 10
    made.breathe()
    assert time.naps == []


def test_nobody_naps_at_the_end(time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pace(time, is_recording=True, monkeypatch=monkeypatch)
    made.stop(5)
    time.used += 10
    made.breathe()
    assert time.naps == []
    assert not made.is_stopped()
    made.stop(0)
    assert made.is_stopped()
    made.go_on()
    assert not made.is_stopped()


def test_who_has_to_end_is_told_so_between_two_steps(
    time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pace(time, is_recording=True, monkeypatch=monkeypatch)
    made.stop(0)
    time.used += 1
    with pytest.raises(StoppedError):
        made.breathe()


def test_each_thread_s_own_work_counts() -> None:
    made = Pace(lambda: False, used=lambda: 1.0)
    made.breathe()
    thread = threading.Thread(target=made.breathe)
    thread.start()
    thread.join()
    assert made._here.used == 1.0
