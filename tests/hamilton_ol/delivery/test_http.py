"""Events over real sockets, to targets that are well."""

import errno
import gzip
import os
import socket

import pytest

import hamilton_ol
from hamilton_ol.delivery import deadlines
from hamilton_ol.delivery.deadlines import Deadline
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.errors import UnreachableError
from tests.support.servers import (
    CERTIFICATE,
    Reply,
    Target,
    free_port,
    hangs,
    rude_target,
    says,
)

EVENT = b'{"eventType":"START","job":"\xc3\xbc"}'
TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


def test_an_event_arrives_byte_for_byte() -> None:
    with Target() as target, HttpTransport(target.url) as transport:
        transport.send(EVENT)
    (got,) = target.got
    assert gzip.decompress(got.body) == EVENT
    assert got.path == "/api/v1/lineage"
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["Content-Encoding"] == "gzip"
    assert got.headers["User-Agent"] == f"hamilton-ol/{hamilton_ol.__version__}"
    assert "Authorization" not in got.headers


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_kind_of_yes_is_one(status: int) -> None:
    with Target(Reply(status)) as target, HttpTransport(target.url) as transport:
        transport.send(EVENT)
    assert len(target.got) == 1


def test_all_events_go_over_one_connection() -> None:
    with Target(Reply(201, b"taken")) as target, HttpTransport(target.url) as transport:
        for _ in range(20):
            transport.send(EVENT)
    assert len({got.connection for got in target.got}) == 1


def test_a_connection_that_the_target_closes_is_opened_again() -> None:
    replies = [Reply(closes=True, headers={"Connection": "close"}) for _ in range(3)]
    with Target(*replies) as target, HttpTransport(target.url) as transport:
        for _ in range(3):
            transport.send(EVENT)
    assert len({got.connection for got in target.got}) == 3


def test_a_connection_that_the_target_closes_without_a_word_is_opened_again() -> None:
    with rude_target(says(TAKEN)) as url, HttpTransport(url) as transport:
        for _ in range(3):
            transport.send(EVENT)


def test_a_fresh_connection_that_is_cut_is_not_tried_again() -> None:
    with rude_target(says(b""), says(TAKEN)) as url, HttpTransport(url) as transport:
        with pytest.raises(UnreachableError, match="cut the connection"):
            transport.send(EVENT)
        transport.send(EVENT)


def test_a_transport_sends_again_after_it_was_closed() -> None:
    with Target() as target, HttpTransport(target.url) as transport:
        transport.send(EVENT)
        transport.close()
        transport.close()
        transport.send(EVENT)
    assert len(target.got) == 2


def test_the_path_and_query_of_the_address_are_asked_for() -> None:
    with (
        Target() as target,
        HttpTransport(f"{target.url}/a b/lineage?k=1".replace(" ", "%20")) as t,
    ):
        t.send(EVENT)
    assert target.got[0].path == "/a%20b/lineage?k=1"


def test_user_and_password_of_the_address_are_sent_and_not_shown() -> None:
    with Target() as target:
        url = target.url.replace("http://", "http://ada:secret@")
        with HttpTransport(url) as transport:
            transport.send(EVENT)
            assert "secret" not in transport.address
    assert target.got[0].headers["Authorization"].startswith("Basic ")


def test_an_event_goes_with_its_head_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces, original = list[bytes](), deadlines.send_all

    def send_all(sock: socket.socket, data: bytes, deadline: Deadline) -> None:
        pieces.append(data)
        original(sock, data, deadline)

    monkeypatch.setattr("hamilton_ol.delivery.http.send_all", send_all)
    with Target() as target, HttpTransport(target.url) as transport:
        transport.send(EVENT)
        transport.send(EVENT)
    assert [piece.count(b"POST /api/v1/lineage") for piece in pieces] == [1, 1]
    assert [gzip.decompress(got.body) for got in target.got] == [EVENT, EVENT]


def test_a_large_event_arrives() -> None:
    event = os.urandom(3_000_000)
    with Target() as target, HttpTransport(target.url) as transport:
        transport.send(event)
    assert gzip.decompress(target.got[0].body) == event


def test_a_target_with_a_trusted_certificate_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with Target(secure=True) as target, HttpTransport(target.url) as transport:
        transport.send(EVENT)
        transport.send(EVENT)
    assert len({got.connection for got in target.got}) == 1


# --- nobody there --------------------------------------------------------------------------------


def refusal(url: str, timeout: float = 10.0) -> UnreachableError:
    """What is said of a target that cannot be reached; it always has a hint."""
    with HttpTransport(url, timeout) as transport, pytest.raises(UnreachableError) as caught:
        transport.send(EVENT)
    assert caught.value.hint
    assert "secret" not in f"{caught.value} {caught.value.hint}"
    return caught.value


def test_a_target_that_is_not_there() -> None:
    error = refusal(f"http://ada:secret@127.0.0.1:{free_port()}")
    assert "127.0.0.1" in str(error)
    assert "refuses the connection" in str(error)


def test_a_host_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)  # what resolvers say differs by network
    assert "no host called 'marquez.example'" in str(refusal("http://marquez.example"))


def test_a_network_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect_ex", lambda *_: errno.ENETUNREACH)
    assert "cannot be reached: Network is unreachable" in str(refusal("http://10.0.0.1"))


def test_a_target_that_accepts_and_says_nothing() -> None:
    with rude_target(hangs) as url:
        assert "within 0.2 s" in str(refusal(url, timeout=0.2))


def test_a_certificate_that_nobody_trusts() -> None:
    with Target(secure=True) as target:
        error = refusal(target.url)
    assert "certificate is not trusted" in str(error)
    assert "SSL_CERT_FILE" in error.hint


def test_https_to_a_target_that_speaks_http() -> None:
    with Target() as target:
        error = refusal(target.url.replace("http:", "https:"))
    assert "no secure connection" in str(error)
    assert "http rather than https" in error.hint


def test_another_question_goes_to_the_same_server_as_who_we_are() -> None:
    with Target(Reply(), Reply(200, b'{"name":"x"}')) as target:
        url = target.url.replace("//", "//ada:pw@")
        with HttpTransport(url) as transport:
            transport.send(EVENT)
            answer = transport.ask("GET", "/api/v1/namespaces/x%20y?limit=1")
    assert (answer.status, answer.body) == (200, b'{"name":"x"}')
    sent, asked = target.got
    assert (asked.method, asked.path) == ("GET", "/api/v1/namespaces/x%20y?limit=1")
    assert asked.connection == sent.connection
    assert asked.headers["Authorization"] == sent.headers["Authorization"]
    assert "Content-Encoding" not in asked.headers
