"""Targets that say no, and targets that do not know how to say it: always an end, and a hint."""

import json
import os
import socket
import threading
from pathlib import Path

import pytest

from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.errors import RefusedError, UnreachableError
from tests.support.servers import Reply, Talk, Target, repeats, rude_target, says

EVENT = b'{"eventType":"START"}'
RECORDINGS = Path(__file__).parents[4] / "shared" / "marquez-recordings" / "writes.ndjson"


def answered(reply: Reply) -> RefusedError:
    """What is said of an event that is not taken; it always has a hint."""
    with Target(reply) as target, HttpTransport(target.url) as transport:
        with pytest.raises(RefusedError) as caught:
            transport.send(EVENT)
        assert target.url in str(caught.value)
    assert caught.value.hint
    assert caught.value.status == reply.status
    return caught.value


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (400, "cannot read the event"),
        (401, "user:password@host"),
        (403, "does not let you"),
        (404, "/api/v1/lineage"),
        (405, "/api/v1/lineage"),
        (409, "hamilton-ol events"),
        (413, "larger than the target takes"),
        (422, "hamilton-ol events"),
        (429, "try again later"),
        (500, "try again later"),
        (502, "try again later"),
        (503, "try again later"),
    ],
)
def test_every_no_has_a_way_out(status: int, hint: str) -> None:
    error = answered(Reply(status, b"because"))
    assert f"answered {status}: because" in str(error)
    assert hint in error.hint


@pytest.mark.parametrize(
    ("status", "body", "is_final"),
    [
        (400, b"<h2>HTTP ERROR 400</h2>", True),  # as Marquez 0.51.1 answers what is no event
        (422, b'{"errors":["run must not be null"]}', True),
        (413, b"", True),
        (500, b'{"code":400,"message":"Unable to process JSON"}', True),  # malformed JSON
        (500, b'{"code":500,"message":"There was an error processing your request"}', False),
        *((status, b"", False) for status in (302, 401, 403, 404, 405, 408, 409, 415, 425, 429)),
        *((status, b"", False) for status in (500, 501, 502, 503, 504)),
    ],
)
def test_a_no_is_final_when_the_event_is_at_fault(
    status: int, body: bytes, *, is_final: bool
) -> None:
    assert answered(Reply(status, body)).is_final is is_final


def test_a_page_is_told_by_its_text() -> None:
    page = b"<html><title>t</title><h2>HTTP ERROR 400 Bad Request</h2></html>"
    assert str(answered(Reply(400, page))).endswith("answered 400: HTTP ERROR 400 Bad Request")


def test_several_errors_are_all_told() -> None:
    error = answered(Reply(422, b'{"errors":["run must not be null","job must not be null"]}'))
    assert "run must not be null; job must not be null" in str(error)


def test_a_server_error_that_blames_the_event_is_not_tried_again() -> None:
    error = answered(Reply(500, b'{"code":400,"message":"Cannot deserialize"}'))
    assert "Cannot deserialize" in str(error)
    assert "cannot read the event" in error.hint


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirection_is_named_and_not_followed(status: int) -> None:
    place = "http://elsewhere.example/\x1b[31m"
    error = answered(Reply(status, headers={"Location": place}))
    assert "points to http://elsewhere.example/ [31m, which is not followed" in str(error)


def test_a_redirection_to_nowhere_is_one_too() -> None:
    assert "points to another address" in str(answered(Reply(302)))


def test_a_web_page_in_the_place_of_a_yes_is_none() -> None:
    page = Reply(200, b"<html>Sign in</html>", {"Content-Type": "text/html; charset=utf-8"})
    error = answered(page)
    assert "web page" in str(error)
    assert "Sign in" in str(error)
    assert "login" in error.hint


def test_the_next_event_is_sent_after_a_no() -> None:
    with Target(Reply(503)) as target, HttpTransport(target.url) as transport:
        with pytest.raises(RefusedError):
            transport.send(EVENT)
        transport.send(EVENT)
    assert len(target.got) == 2


@pytest.mark.skipif(not RECORDINGS.exists(), reason="recorded answers of Marquez: NOT at hand")
def test_what_marquez_answered_is_understood() -> None:
    for text in RECORDINGS.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        body = line["response"]
        page = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        reply = Reply(line["status"], page.encode())
        if reply.status == 201:
            with Target(reply) as target, HttpTransport(target.url) as transport:
                transport.send(EVENT)
        else:
            assert "<" not in str(answered(reply)), line["case"]


# --- rude ones -----------------------------------------------------------------------------------

OK = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
NO = b"HTTP/1.1 500 No\r\n"
SOON = 0.2  # seconds that a whole answer may take
RUDE: dict[str, Talk] = {
    "closes at once": says(b""),
    "closes in the first line": says(b"HTTP/1.1 2"),
    "closes in a chunk": says(NO + b"Transfer-Encoding: chunked\r\n\r\n64\r\nabc"),
    "is no web server": says(b"220 mail.example ESMTP\r\n"),
    "is binary": says(b"\x15\x03\x03\x00\x02\x02\x46\r\n"),
    "one byte at a time, first line": repeats(b"HTTP/1.1 ", b"2", every=0.02),
    "one byte at a time, headers": repeats(b"HTTP/1.1 201 Created\r\nA: ", b"b", every=0.02),
    "one byte at a time, body": repeats(NO + b"Content-Length: 9999\r\n\r\n", b"a", every=0.02),
    "goes on with headers": repeats(b"HTTP/1.1 201 Created\r\n", b"A: b\r\n"),
    "goes on with a header": repeats(b"HTTP/1.1 201 Created\r\nA: ", b"b" * 4096),
    "goes on to continue": repeats(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "hangs in the first line": says(b"HTTP/1.1 201", then_hangs=True),
    "hangs in the headers": says(b"HTTP/1.1 201 Created\r\n", then_hangs=True),
    "hangs in the body": says(NO + b"Content-Length: 9\r\n\r\nabc", then_hangs=True),
}


@pytest.mark.parametrize("talk", RUDE.values(), ids=RUDE.keys())
def test_a_target_that_never_comes_to_an_answer_is_given_up(talk: Talk) -> None:
    with rude_target(talk) as url, HttpTransport(url, SOON) as transport:
        with pytest.raises(UnreachableError) as caught:
            transport.send(EVENT)
        assert url in str(caught.value)
        assert caught.value.hint


@pytest.mark.parametrize(
    "talk",
    [
        says(NO + b"Content-Length: 100\r\n\r\nbecause"),
        repeats(NO + b"\r\nbecause", b" of this"),
        repeats(NO + b"Transfer-Encoding: chunked\r\n\r\n", b"7\r\nbecause\r\n"),
    ],
    ids=["cut", "endless", "endless chunks"],
)
def test_an_answer_without_an_end_is_read_as_far_as_it_says_something(talk: Talk) -> None:
    with rude_target(talk) as url, HttpTransport(url, 30) as transport:
        with pytest.raises(RefusedError, match="answered 500: because") as caught:
            transport.send(EVENT)
        assert len(str(caught.value)) < 500


def test_after_an_endless_yes_the_next_event_has_a_connection_of_its_own() -> None:
    endless = repeats(b"HTTP/1.1 201 Created\r\n\r\n", b"yes " * 1024)
    with rude_target(endless, says(OK)) as url, HttpTransport(url, 30) as transport:
        transport.send(EVENT)
        transport.send(EVENT)


def test_a_target_that_refuses_before_it_has_read_all_is_heard() -> None:
    def talk(connection: socket.socket, _over: threading.Event) -> None:
        connection.recv(10)
        connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")

    with (
        rude_target(talk) as url,
        HttpTransport(url, 30) as transport,
        pytest.raises(RefusedError, match="413"),
    ):
        transport.send(os.urandom(20_000_000))  # more than any buffer between the two takes
