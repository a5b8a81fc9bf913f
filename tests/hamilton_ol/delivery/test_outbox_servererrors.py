"""A server error may be the event's fault or the target's: what passes meanwhile tells."""

from hamilton_ol.delivery.parcels import Order, Outcome
from tests.support.desks import Desk
from tests.support.parcels import final, parcel, server_error


def test_an_event_that_fails_while_others_pass_is_rejected_the_third_time(desk: Desk) -> None:
    desk.taker.answers["r1"] = server_error()
    for number in range(2):
        assert desk.send(parcel("r")).state == "waiting"
        desk.send(parcel(f"other{number}", job="o"))
        desk.clock.time += 100
        desk.restart()
    assert desk.send(parcel("r")) == Outcome("r", 1, 1)
    assert desk.taker.asked.count("r1") == 3


def test_an_event_that_fails_while_everything_does_is_kept(desk: Desk) -> None:
    desk.taker.answers |= {"r0": server_error(), "r1": server_error()}
    for _ in range(10):
        outcome = desk.send(parcel("r", 2))
        assert outcome.state == "waiting"
        desk.clock.time = outcome.until
    assert desk.told("r").counts == (0, 0)
    desk.taker.answers.clear()
    assert desk.send(parcel("r", 2)) == Outcome("r", 2)
    assert desk.taker.taken == ["r0", "r1"]


def test_the_event_after_it_tells_when_there_is_no_other_run(desk: Desk) -> None:
    desk.taker.answers["r1"] = server_error()
    outcomes = []
    for _ in range(3):
        outcomes.append(desk.send(parcel("r")))
        desk.clock.time += 100
    assert [(o.state, o.sent, o.rejected) for o in outcomes] == [
        ("waiting", 1, 0),
        ("waiting", 0, 0),
        ("done", 1, 1),
    ]
    assert desk.told("r").counts == (2, 1)


def test_the_last_event_waits_for_one_of_another_run(desk: Desk) -> None:
    desk.taker.answers["r2"] = server_error()
    outcomes = []
    for _ in range(5):
        outcomes.append(desk.send(parcel("r")))
        desk.clock.time += 100
    assert [outcome.state for outcome in outcomes] == ["waiting"] * 5
    assert [outcome.holds_up for outcome in outcomes] == [True, True, False, False, False]
    desk.send(parcel("s", started=2))
    assert desk.send(parcel("r")) == Outcome("r", 0, 1)


def test_an_event_that_failed_rests_longer_each_time(desk: Desk) -> None:
    desk.taker.answers["r2"] = server_error()
    waits = []
    for _ in range(8):
        until = desk.send(parcel("r")).until
        waits.append(until - desk.clock.time)
        assert desk.send(parcel("r")).until == until
        desk.clock.time = until
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert len(desk.taker.asked) == 2 + 8


def test_a_clock_that_was_set_back_lets_nobody_rest_for_long(desk: Desk) -> None:
    desk.taker.answers["r2"] = server_error()
    desk.send(parcel("r"))
    desk.clock.time -= 1e6
    del desk.taker.answers["r2"]
    assert desk.send(parcel("r")).state == "done"


def test_a_person_who_asks_waits_for_nobody(desk: Desk) -> None:
    desk.taker.answers["r1"] = server_error()
    desk.send(parcel("r"))
    desk.taker.answers.clear()
    assert desk.send(parcel("r")).state == "waiting"
    assert desk.send(parcel("r"), Order.NOW).state == "done"


def test_who_never_took_anything_may_be_no_target(desk: Desk) -> None:
    desk.taker.answers["r0"] = final()
    assert desk.send(parcel("r")).state == "waiting"
    assert desk.told("r").counts == (0, 0)
    assert desk.send(parcel("s", job="o")) == Outcome("s", 3)
    desk.clock.time += 100
    assert desk.send(parcel("r")) == Outcome("r", 2, 1)
