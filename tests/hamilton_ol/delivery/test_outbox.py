"""Events of a run are sent in their order and once, and each answer is understood."""

from collections.abc import Iterator

import pytest

from hamilton_ol.delivery.leases import lease_name
from hamilton_ol.delivery.parcels import Order, Outcome
from hamilton_ol.delivery.rejected import FILE, Rejection, read
from hamilton_ol.errors import NewerRunError, RefusedError, UnreachableError
from tests.support.desks import Desk
from tests.support.parcels import (
    Note,
    Parcel,
    account,
    final,
    parcel,
    server_error,
)


def test_events_are_sent_in_their_order_and_once(desk: Desk) -> None:
    run = parcel("r")
    assert desk.send(run) == Outcome("r", 3)
    assert desk.taker.taken == ["r0", "r1", "r2"]
    for _ in range(2):
        assert desk.send(run) == Outcome("r")
        desk.restart()
    assert desk.told("r").is_done
    assert (len(desk.taker.taken), run.made) == (3, 1)


def test_a_run_in_progress_is_sent_as_far_as_it_is_known(desk: Desk) -> None:
    notes = parcel("r").notes
    assert desk.send(Parcel("r", notes[:1], is_over=False)) == Outcome("r", 1)
    assert not desk.told("r").is_done
    assert desk.send(Parcel("r", notes)) == Outcome("r", 2)
    assert desk.told("r").is_done


def test_nothing_of_a_run_is_sent_after_its_last_event(desk: Desk) -> None:
    desk.send(Parcel("r", [Note("r0"), Note("died", "ABORT")]))
    desk.restart()
    assert desk.send(Parcel("r", [Note("r0"), Note("lived", "COMPLETE")])) == Outcome("r")
    assert desk.taker.taken == ["r0", "died"]


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        ("r0", "busy (event 1, START of j in run r; none was taken before)"),
        ("r2", "busy (event 3, COMPLETE of j in run r; the 2 before it were taken)"),
    ],
)
def test_what_may_pass_stops_the_run_and_is_named(desk: Desk, refused: str, told: str) -> None:
    desk.taker.answers[refused] = RefusedError("busy", status=503, hint="h")
    outcome = desk.send(parcel("r"))
    assert (outcome.state, str(outcome.error)) == ("waiting", told)
    assert outcome.until > desk.clock.time
    desk.taker.answers.clear()
    assert desk.send(parcel("r")).state == "open"
    desk.clock.time = outcome.until
    assert desk.send(parcel("r")).state == "done"
    assert desk.taker.taken == ["r0", "r1", "r2"]


def test_no_event_is_made_for_a_target_that_is_not_there(desk: Desk) -> None:
    desk.taker.is_down, run = True, parcel("r")
    outcome = desk.send(run)
    assert (outcome.state, type(outcome.error)) == ("waiting", UnreachableError)
    account(desk.folder, desk.clock).leases.take(lease_name("n", "j"))
    assert desk.send(run).state == "open"  # and nobody asks who sends
    assert run.made == 0


def test_two_events_that_are_refused_in_a_row_stop_the_run_at_the_first(desk: Desk) -> None:
    desk.taker.answers = {"r1": server_error(), "r2": server_error()}
    for _ in range(2):
        desk.send(parcel("r", 4))
        desk.clock.time += 100
    outcome = desk.send(parcel("r", 4))
    assert desk.taker.asked == ["r0", "r1", "r1", "r1", "r2"]
    assert str(outcome.error).startswith("oops (event 2, START of j in run r")
    assert not outcome.holds_up
    assert desk.told("r").doubts.keys() == {"r1"}


def test_what_was_answered_to_a_bad_event_is_kept_for_a_person(desk: Desk) -> None:
    why = RefusedError("bad", status=422, hint="h", is_final=True, body='{"errors":["no run"]}')
    desk.taker.answers["r1"] = why
    desk.send(parcel("r"))
    kept = Rejection(
        desk.clock.time, "r", "r1", "j", "START", 422, '{"errors":["no run"]}', "START of j: bad"
    )
    assert list(read(desk.folder)) == [kept]


def test_a_bad_event_is_passed_though_what_was_answered_cannot_be_kept(desk: Desk) -> None:
    desk.taker.answers["r1"] = final()
    (desk.folder / FILE).mkdir(parents=True)
    assert desk.send(parcel("r")) == Outcome("r", 2, 1)
    desk.restart()
    assert desk.told("r").counts == (2, 1)


def test_a_run_whose_event_was_refused_often_holds_up_no_newer_one_while_it_waits(
    desk: Desk,
) -> None:
    desk.taker.answers["r0"] = server_error()
    waiting = []
    for _ in range(3):
        desk.send(parcel("r", 1))
        waiting.append(desk.send(parcel("r", 1)))
        desk.clock.time += 100
    assert [outcome.state for outcome in waiting] == ["waiting"] * 3
    assert [outcome.holds_up for outcome in waiting] == [True, True, False]
    assert desk.taker.asked == ["r0"] * 3


def test_a_bad_event_does_not_block_the_line(desk: Desk) -> None:
    desk.taker.answers["r1"] = final()
    assert desk.send(parcel("r")) == Outcome("r", 2, 1)
    told = desk.told("r")
    assert (desk.taker.taken, told.is_done, told.counts) == (["r0", "r2"], True, (2, 1))
    assert told.rejected == {"r1": "START of j: bad"}


@pytest.mark.parametrize("status", [401, 403, 404, 405, 429, 502, 503, 504])
def test_the_targets_trouble_never_rejects_an_event(desk: Desk, status: int) -> None:
    desk.send(parcel("other", job="o"))
    desk.taker.answers["r0"] = RefusedError("no", status=status)
    for _ in range(10):
        desk.clock.time += 100
        assert desk.send(parcel("r")).state == "waiting"
    assert desk.told("r").counts == (0, 0)


# --- again ---------------------------------------------------------------------------------------


def test_again_sends_all_of_it_and_goes_on_where_it_stopped(desk: Desk) -> None:
    desk.send(parcel("r"))
    desk.taker.answers["r1"] = UnreachableError("gone")
    assert desk.send(parcel("r"), Order.AGAIN).state == "waiting"
    desk.restart()
    assert desk.told("r").counts == (1, 0)
    desk.taker.answers.clear()
    desk.clock.time += 100
    assert desk.send(parcel("r")) == Outcome("r", 2)
    assert desk.taker.taken == ["r0", "r1", "r2", "r0", "r1", "r2"]


def test_again_is_refused_when_it_would_undo_a_newer_run(desk: Desk) -> None:
    for run in (parcel("r"), parcel("s", started=2), parcel("t", started=3, job="o")):
        desk.send(run)
    desk.restart()
    outcome = desk.send(parcel("r"), Order.AGAIN)
    assert (outcome.state, outcome.sent) == ("newer", 0)
    assert isinstance(outcome.error, NewerRunError)
    assert "s" in str(outcome.error)
    assert desk.send(parcel("s", started=2), Order.AGAIN) == Outcome("s", 3)
    assert desk.send(parcel("r"), Order.FORCED) == Outcome("r", 3)


# --- others, and what fails here ------------------------------------------------------------------


def test_a_job_that_another_process_sends_is_left_to_it(desk: Desk) -> None:
    other = account(desk.folder, desk.clock)
    other.leases.take(lease_name("n", "j"))
    assert desk.send(parcel("r")).state == "busy"
    assert desk.send(parcel("s", job="o")).state == "done"


def test_who_lost_the_lease_stops(desk: Desk) -> None:
    def notes() -> Iterator[Note]:
        yield Note("r0")
        desk.clock.time += 100
        assert account(desk.folder, desk.clock).leases.take(lease_name("n", "j"))
        yield Note("r1")
        yield Note("r2")

    run = parcel("r")
    run.events = notes  # type: ignore[method-assign]
    assert desk.send(run).state == "busy"
    assert len(desk.taker.taken) < 3


def test_events_that_cannot_be_made_hold_nobody_up(desk: Desk) -> None:
    def notes() -> Iterator[Note]:
        yield Note("r0")
        raise OSError("a broken disk")

    run = parcel("r")
    run.events = notes  # type: ignore[method-assign]
    outcome = desk.send(run)
    assert (outcome.state, str(outcome.error)) == ("waiting", "a broken disk")
    assert not outcome.holds_up


def test_nothing_is_sent_that_cannot_be_noted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_no_file() -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(desk.account.acknowledgements, "open", open_no_file)
    with pytest.raises(PermissionError):
        desk.send(parcel("r"))
    assert desk.taker.asked == []
