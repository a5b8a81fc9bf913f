"""Runs wait for their turn."""

from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.delivery import queue
from hamilton_ol.delivery.queue import JobQueue, job_of
from tests.support.parcels import Parcel, parcel


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 4), st.randoms())
def test_all_come_and_those_of_a_job_one_after_the_other(
    jobs: list[int], width: int, chance: object
) -> None:
    runs = [parcel(f"{number}", job=f"{job}") for number, job in enumerate(jobs)]
    waiting, busy, order = JobQueue(runs), dict[tuple[str, str], Parcel](), list[Parcel]()
    while True:
        taken = waiting.take(busy) if len(busy) < width else None
        if taken is not None:
            assert job_of(taken) not in busy
            busy[job_of(taken)] = taken  # type: ignore[assignment]
            order.append(taken)  # type: ignore[arg-type]
        elif busy:
            del busy[chance.choice(sorted(busy))]  # type: ignore[attr-defined]
        else:
            break
    assert sorted(run.run_id for run in order) == sorted(run.run_id for run in runs)
    for job in {run.job for run in runs}:
        assert [r for r in order if r.job == job] == [r for r in runs if r.job == job]
    assert waiting.is_empty()


def test_it_looks_ahead_for_so_many_and_no_more() -> None:
    runs = [parcel(f"{number}") for number in range(queue.MOST + 50)]
    taken = iter(runs)
    waiting = JobQueue(taken)
    first = waiting.take(())
    assert first is runs[0]
    assert waiting.take({("n", "j")}) is None
    assert next(taken) is runs[queue.MOST + 1]


def test_whether_it_is_empty_costs_no_run() -> None:
    waiting = JobQueue(iter([parcel("r")]))
    assert not waiting.is_empty()
    taken = waiting.take(())
    assert taken is not None
    assert waiting.is_empty()
