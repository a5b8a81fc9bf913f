"""What targets answer, as a person reads it."""

import json
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.delivery.answers import LONGEST_MESSAGE, Answer, TimedResponse


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
    ours, theirs = socket.socketpair()
    with ours, theirs, TimedResponse(ours, deadline=10.0, clock=lambda: next(times)) as response:
        waits = []
        for data in (b"HTTP/1.1 ", b"201 Created\r\n", b"A: b\r\n"):
            theirs.sendall(data)
            response.fp.peek()
            response.fp.read1()
            waits.append(ours.gettimeout())
        assert waits == [10.0, 6.0, 0.5]
        with pytest.raises(TimeoutError):
            response.fp.peek()
