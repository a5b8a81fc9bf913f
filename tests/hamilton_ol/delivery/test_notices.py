"""What keeps only one process from asking keeps nobody else, and a person can see it."""

from pathlib import Path

import pytest

from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.breaker import UNANSWERED
from hamilton_ol.delivery.dispatcher import Dispatcher
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.notices import FILE, LONGEST, Notice
from hamilton_ol.delivery.refusals import broken_off
from hamilton_ol.errors import NotAskedError, RefusedError, UnreachableError
from tests.support.parcels import Clock, Taker, account, parcel
from tests.support.servers import Target

UNSET = NotAskedError("http://target: the secret from TOKEN is empty")


def unanswered(seconds: float) -> NotAskedError:
    return broken_off("http://target", seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def sends(folder: Path, clock: Clock, taker: Taker, run: str) -> str:
    """What becomes of a run in a process that comes new."""
    dispatcher = Dispatcher(account(folder, clock), lambda: taker, at_once=1)
    (outcome,) = dispatcher.deliver([parcel(run)])
    dispatcher.close()
    return outcome.state


def test_a_process_without_its_token_keeps_no_other_from_sending(
    tmp_path: Path, clock: Clock
) -> None:
    assert sends(tmp_path, clock, Taker(answers={"a0": UNSET}), "a") == "waiting"
    assert Notice(tmp_path).read() == str(UNSET)
    assert not (tmp_path / "breaker.json").exists()
    assert sends(tmp_path, clock, Taker(), "a") == "done"
    assert Notice(tmp_path).read() == ""


def test_the_process_itself_rests_and_tries_again(tmp_path: Path, clock: Clock) -> None:
    own, taker = account(tmp_path, clock), Taker(answers={"a0": UNSET})
    dispatcher = Dispatcher(own, lambda: taker, at_once=1)
    waits = []
    for _ in range(3):
        (outcome,) = dispatcher.deliver([parcel("a")])
        assert [each.state for each in dispatcher.deliver([parcel("a")])] == ["open"]
        assert own.breaker.is_resting
        waits.append(outcome.until - clock.time)
        clock.time = outcome.until
    assert waits == [1, 2, 4]
    assert len(taker.asked) == 3
    taker.answers.clear()
    (outcome,) = dispatcher.deliver([parcel("a")])
    assert (outcome.state, own.breaker.standing().state) == ("done", "closed")


def test_what_the_target_does_counts_for_all_whoever_lacks_a_token(
    tmp_path: Path, clock: Clock
) -> None:
    assert sends(tmp_path, clock, Taker(is_down=True), "a") == "waiting"
    clock.time += 2
    assert sends(tmp_path, clock, Taker(answers={"a0": UNSET}), "a") == "waiting"
    assert account(tmp_path, clock).breaker.standing().failures == 1
    assert sends(tmp_path, clock, Taker(), "a") == "done"  # the one who could not ask left it


@pytest.mark.parametrize("status", [401, 403, 407])
def test_a_token_that_is_not_taken_keeps_nobody_from_sending_who_has_another(
    tmp_path: Path, clock: Clock, status: int
) -> None:
    refused = RefusedError("who are you?", status=status)
    assert sends(tmp_path, clock, Taker(answers={"a0": refused}), "a") == "waiting"
    assert "who are you?" in Notice(tmp_path).read()
    assert sends(tmp_path, clock, Taker(), "a") == "done"
    assert Notice(tmp_path).read() == ""


def test_whose_token_is_not_taken_asks_less_often(tmp_path: Path, clock: Clock) -> None:
    breaker, waits = account(tmp_path, clock).breaker, []
    for _ in range(8):
        breaker.failed(RefusedError("who are you?", status=401))
        waits.append(breaker.standing().until - clock.time)
        clock.time = breaker.standing().until
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_target_without_an_answer_is_not_waited_for_again_at_once(
    tmp_path: Path, clock: Clock
) -> None:
    lasts = []
    for _ in range(8):
        account(tmp_path, clock).breaker.failed(unanswered(UNANSWERED))
        began, breaker = clock.time, account(tmp_path, clock).breaker
        while breaker.is_unanswered:
            clock.time += 0.5
        lasts.append(clock.time - began)
    assert lasts == [1, 2, 4, 8, 16, 32, 60, 60]
    assert sends(tmp_path, clock, Taker(), "a") == "done"
    account(tmp_path, clock).breaker.failed(unanswered(UNANSWERED))
    clock.time += 1
    assert not account(tmp_path, clock).breaker.is_unanswered  # it begins anew


def test_a_target_that_had_no_time_to_answer_is_waited_for(tmp_path: Path, clock: Clock) -> None:
    breaker = account(tmp_path, clock).breaker
    breaker.failed(unanswered(UNANSWERED / 2))
    assert not breaker.is_unanswered
    breaker.failed(unanswered(UNANSWERED))
    breaker.failed(UNSET)
    assert breaker.is_unanswered
    assert Notice(tmp_path).read() == str(UNSET)


@pytest.mark.parametrize("odd", [b"[]", b'{"unanswered":"x","times":1}', b'{"unanswered":1}'])
def test_a_notice_that_makes_no_sense_decides_nothing(
    tmp_path: Path, clock: Clock, odd: bytes
) -> None:
    (tmp_path / FILE).write_bytes(odd)
    assert not account(tmp_path, clock).breaker.is_unanswered


def test_a_person_who_asks_does_not_wait_for_what_was_mended(tmp_path: Path, clock: Clock) -> None:
    breaker = account(tmp_path, clock).breaker
    breaker.failed(UNSET)
    breaker.ask_now()
    assert breaker.allows()


def test_a_notice_is_no_longer_than_a_person_reads(tmp_path: Path) -> None:
    Notice(tmp_path).put("x" * 2 * LONGEST)
    assert Notice(tmp_path).read() == "x" * LONGEST


@pytest.mark.parametrize(
    ("scheme", "key", "value"),
    [
        ("http", "api_key_env", "MISSING"),
        ("http", "api_key_file", "missing"),
        ("https", "ca_file", "missing"),
    ],
)
def test_what_is_set_wrong_in_a_process_is_told_apart_from_what_a_target_does(
    scheme: str, key: str, value: str
) -> None:
    with Target() as target:
        url = target.url.replace("http", scheme)
        transport = HttpTransport(target_of({"url": url, key: value}))
        with pytest.raises(NotAskedError, match=value):
            transport.send(b"{}")
        transport.close()
    with pytest.raises(UnreachableError) as gone:
        HttpTransport(target.url).send(b"{}")
    assert not isinstance(gone.value, NotAskedError)
