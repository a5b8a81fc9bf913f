"""Which runs wait for others: an event that is refused again and again, and a target that comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hamilton_ol.delivery.breaker import DOUBTS, LONGEST
from hamilton_ol.delivery.dispatcher import Dispatcher
from hamilton_ol.delivery.parcels import Order
from hamilton_ol.delivery.told import ENOUGH
from hamilton_ol.errors import DeliveryError
from tests.support.parcels import Clock, Parcel, Taker, account, final, parcel, server_error


@pytest.mark.parametrize("answer", [final(), server_error()], ids=["422", "500"])
def test_the_oldest_event_of_all_blocks_nobody_at_a_target_that_never_took_any(
    answer: DeliveryError, tmp_path: Path
) -> None:
    clock, taker = Clock(), Taker(answers={"a0": answer})
    runs = [parcel("a", started=1), parcel("b", started=2), parcel("c", started=3, job="other")]
    for _ in range(6):
        clock.time += 2 * LONGEST  # all that waits is due
        dispatcher = Dispatcher(account(tmp_path, clock), lambda: taker, at_once=1)
        list(dispatcher.deliver(runs))
        dispatcher.close()
    known = account(tmp_path, clock).acknowledgements
    assert [known.of_run(run).is_done for run in "abc"] == [True, True, True]
    assert list(known.of_run("a").rejected) == ["a0"]
    assert len(taker.taken) == 8


def test_a_target_that_comes_back_in_between_gets_no_newer_run_before_an_older_one(
    tmp_path: Path,
) -> None:
    clock, taker = Clock(), Taker(is_down=True)
    dispatcher = Dispatcher(account(tmp_path, clock), lambda: taker, at_once=1)

    def runs() -> Iterator[Parcel]:
        yield parcel("a", started=1)  # nobody is there
        yield parcel("b", started=1, job="other")  # nobody is asked
        clock.time, taker.is_down = clock.time + LONGEST, False
        yield parcel("c", started=1, job="third")
        yield parcel("d", started=2)
        yield parcel("e", started=2, job="other")

    states = [(outcome.run_id, outcome.state) for outcome in dispatcher.deliver(runs())]
    assert states == [
        *(("a", "waiting"), ("b", "open"), ("c", "done")),
        *(("d", "waiting"), ("e", "open")),
    ]
    assert taker.taken == ["c0", "c1", "c2"]


@pytest.mark.parametrize("order", [Order.PENDING, Order.NOW])
@pytest.mark.parametrize(("events", "others"), [(3, 0), (3, 1), (3, 3), (1, 1), (1, 3)])
def test_after_an_outage_the_event_at_fault_blocks_neither_its_run_nor_another(
    events: int, others: int, order: Order, tmp_path: Path
) -> None:
    clock, taker = Clock(), Taker(answers={"a0": server_error()}, is_down=True)
    runs = [parcel("a", events), *(parcel(run, job=run) for run in "bcd"[:others])]
    for _ in range(6):
        dispatcher = Dispatcher(account(tmp_path, clock), lambda: taker, at_once=1)
        list(dispatcher.deliver(runs, order=order))
        dispatcher.close()
        taker.is_down = False
        clock.time += 2 * LONGEST
    known = account(tmp_path, clock).acknowledgements
    assert all(known.of_run(run.run_id).is_done for run in runs)
    assert list(known.of_run("a").rejected) == ["a0"]


def test_events_that_were_at_fault_are_not_given_up_while_a_target_refuses_all(
    tmp_path: Path,
) -> None:
    clock = Clock()
    runs = [parcel(run, 1, job=run) for run in "abcdef"]
    known = account(tmp_path, clock).acknowledgements
    for run in runs:
        for _ in range(ENOUGH):
            known.failed(run.run_id, f"{run.run_id}0", "oops", 0.0)
    known.sent("other", "e")
    known.close()
    taker = Taker(answers={f"{run.run_id}0": server_error() for run in runs})
    dispatcher = Dispatcher(account(tmp_path, clock), lambda: taker, at_once=1)
    states = [outcome.state for outcome in dispatcher.deliver(runs)]
    assert states == ["done"] * DOUBTS + ["open"] * (len(runs) - DOUBTS)
    assert len(taker.asked) == DOUBTS
