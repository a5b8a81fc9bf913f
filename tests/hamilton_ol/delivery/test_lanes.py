"""Runs of several jobs, where no thread is to be had for each of them."""

import threading

import pytest

from hamilton_ol.delivery.lanes import Lanes
from hamilton_ol.delivery.parcels import Outcome
from tests.support.parcels import parcel


def test_where_there_is_no_thread_to_be_had_runs_are_sent_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    runs = [parcel(f"{number}-", 3, job=f"j{number}") for number in range(3)]
    lanes = Lanes(lambda run: Outcome(run.run_id, 3))
    for run in runs:
        lanes.start(run)
    assert len(lanes.jobs) == 3
    assert [lanes.wait(0) for _ in runs] == [(run, Outcome(run.run_id, 3)) for run in runs]
    lanes.close()
    assert lanes.jobs == set()


def test_what_is_raised_without_a_thread_is_raised_where_it_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    def fail(_run: object) -> Outcome:
        raise OSError("full")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    lanes = Lanes(fail)
    lanes.start(parcel("a-", 3))
    with pytest.raises(OSError, match="full"):
        lanes.wait(0)
