"""What targets answer, as a person reads it."""

import json
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.delivery.answers import LONGEST_MESSAGE, Answer, TimedResponse
from hamilton_ol.delivery.deadlines import Deadline


def answer(body: bytes, status: int = 500, kind: str = "application/json") -> Answer:
    return Answer(status, "The Phrase", body, kind, "")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"errors": ["job must not be null", "run must not be null"]}', None),
        (b'{"code": 400, "message": "Cannot read this"}', "Cannot read this"),
        (b'{"errors": [], "message": "so"}', "so"),
        (b'{"detail": 1}', "{'detail': 1}"),
        (b"[1, 2]", "[1, 2]"),
        (b'"no"', "no"),
        (b"just text", "just text"),
        (b"", "The Phrase"),
        (b"  \n", "The Phrase"),
        (b"<html><title>Error</title><style>b {}</style><h2>HTTP 400</h2>a&amp;b</html>", None),
        (b"caf\xe9", "caf\ufffd"),
        (b"a\x1b[31mred\x07", "a [31mred"),
    ],
)
def test_the_message_is_what_it_says(body: bytes, message: str | None) -> None:
    expected = {
        b"{": "job must not be null; run must not be null",
        b"<": "HTTP 400 a&b",
    }
    assert answer(body).message == (message or expected[body[:1]])


def test_a_long_message_is_cut() -> None:
    assert len(answer(b"word " * 1000).message) == LONGEST_MESSAGE


@given(st.binary(max_size=200))
def test_every_answer_has_a_message_of_one_line(body: bytes) -> None:
    message = answer(body).message
    assert message
    assert message.isprintable()


@pytest.mark.parametrize(
    ("body", "blames"),
    [
        (b'{"code": 400}', True),
        (b'{"code": 422}', True),
        (b'{"code": 500}', False),
        (b'{"code": "400"}', False),
        (b"{}", False),
        (b"[]", False),
        (b"<html>", False),
    ],
)
def test_a_server_error_may_blame_the_event(body: bytes, *, blames: bool) -> None:
    assert answer(body).blames_event is blames


def test_a_deep_answer_is_text() -> None:
    assert answer(b"[" * 60_000).message.startswith("[[[")


def test_a_page_is_told_by_its_kind() -> None:
    assert answer(b"", kind="Text/HTML; charset=utf-8").is_page
    assert not answer(json.dumps({}).encode()).is_page


def test_each_wait_for_more_is_shorter_than_the_one_before() -> None:
    times = iter([0.0, 4.0, 9.5, 11.0])
    whole = Deadline(10.0, "took over 10 s", lambda: next(times))
    ours, theirs = socket.socketpair()
    with ours, theirs, TimedResponse(ours, first=whole, whole=whole) as response:
        waits = []
        for data in (b"HTTP/1.1 ", b"201 Created\r\n", b"A: b\r\n"):
            theirs.sendall(data)
            response.fp.peek()
            response.fp.read1()
            waits.append(ours.gettimeout())
        assert waits == [10.0, 6.0, 0.5]
        with pytest.raises(TimeoutError, match="took over 10 s"):
            response.fp.peek()


def test_the_first_byte_has_a_time_of_its_own() -> None:
    first, whole = Deadline(2.0, "first", lambda: 0.0), Deadline(10.0, "whole", lambda: 0.0)
    ours, theirs = socket.socketpair()
    with ours, theirs, TimedResponse(ours, first=first, whole=whole) as response:
        waits = []
        for data in (b"HTTP/1.1 ", b"201 Created\r\n"):
            theirs.sendall(data)
            response.fp.peek()
            response.fp.read1()
            waits.append(ours.gettimeout())
    assert waits == [2.0, 10.0]


NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT


@pytest.mark.parametrize(
    ("retry_after", "date", "seconds"),
    [
        ("120", "", 120.0),
        (" 0 ", "", 0.0),
        ("Tue, 14 Nov 2023 22:14:20 GMT", "", 60.0),
        ("Tuesday, 14-Nov-23 22:14:20 GMT", "", 60.0),
        ("Tue Nov 14 22:14:20 2023", "", 60.0),
        ("Tue, 14 Nov 2023 22:14:20 GMT", "Tue, 14 Nov 2023 22:14:10 GMT", 10.0),  # its clock
        ("Tue, 14 Nov 2023 22:00:00 GMT", "", 0.0),
        ("", "", None),
        ("soon", "", None),
        ("-5", "", None),
        ("1.5", "", None),
        ("9" * 400, "", float("9" * 15)),
        ("Tue, 99 Nov 2023 22:14:20 GMT", "", None),
        ("\u0661\u0662", "", None),
    ],
)
def test_a_target_may_say_when_it_wants_to_be_asked_again(
    retry_after: str, date: str, seconds: float | None
) -> None:
    found = Answer(503, "", b"", "", "", retry_after, date).seconds_to_wait(NOW)
    assert found == seconds


@given(st.text(), st.text())
def test_no_header_stops_anybody(retry_after: str, date: str) -> None:
    seconds = Answer(503, "", b"", "", "", retry_after, date).seconds_to_wait(NOW)
    assert seconds is None or seconds >= 0
