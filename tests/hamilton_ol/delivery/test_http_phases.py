"""Each phase of a request comes to an end, whatever the other side does meanwhile."""

import errno
import os
import selectors
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.errors import UnreachableError
from tests.support.servers import Talk, Target, free_port, hangs, repeats, rude_target, says
from tests.support.tls import Authority

EVENT = b'{"eventType":"START"}'
LARGE = os.urandom(30_000_000)  # more than the buffers of both sides hold
SOON, LATE = 0.2, 60.0  # seconds
PHASES = ("connect", "send", "answer", "total")


def failure(url: str, event: bytes = EVENT, **soon: float) -> str:
    """What is said of a target when only the named phases are short."""
    timeouts = {f"{phase}_timeout": soon.get(phase, LATE) for phase in PHASES}
    with (
        HttpTransport(target_of({"url": url, **timeouts})) as transport,
        pytest.raises(UnreachableError) as caught,
    ):
        transport.send(event)
    assert "--timeout" in caught.value.hint
    return str(caught.value)


@pytest.mark.parametrize(
    ("talk", "event", "phase", "said"),
    [
        (hangs, LARGE, "send", "did not take the event within"),
        (hangs, EVENT, "answer", "did not answer within"),
        (says(b"", then_hangs=True), EVENT, "answer", "did not answer within"),
        (hangs, EVENT, "total", "did not end its answer within"),
        (says(b"H", then_hangs=True), EVENT, "total", "did not end its answer within"),
        (repeats(b"HTTP/1.1 201 OK\r\nA: ", b"b", every=0.02), EVENT, "total", "did not end"),
    ],
    ids=["takes nothing", "is silent", "reads", "no end", "one byte", "drips"],
)
def test_a_phase_has_a_time_of_its_own(talk: Talk, event: bytes, phase: str, said: str) -> None:
    with rude_target(talk) as url:
        assert f"{url}/api/v1/lineage: {said}" in failure(url, event, **{phase: SOON})


def test_a_byte_now_and_then_does_not_prolong_a_request() -> None:
    def sips(connection: socket.socket, over: threading.Event) -> None:
        while not over.wait(0.02):
            connection.recv(1)

    with rude_target(sips) as url:
        assert "did not take the event within 0.2 s" in failure(url, LARGE, send=SOON)


def test_a_handshake_that_is_never_answered_is_given_up() -> None:
    with rude_target(hangs) as url:
        said = failure(url.replace("http:", "https:"), connect=SOON)
    assert "could not be connected to within 0.2 s" in said


def test_a_name_that_nobody_answers_for_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    over, asked = threading.Event(), []

    def ask(*_: Any, **__: Any) -> None:
        asked.append(threading.current_thread())
        over.wait(60)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    assert "could not be connected to within 0.2 s" in failure("http://marquez", connect=SOON)
    over.set()
    asked[0].join()


def numbers(monkeypatch: pytest.MonkeyPatch, *places: tuple[str, int]) -> None:
    """Make every name stand for these."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_of_several_numbers_the_next_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with Target() as target:
        numbers(monkeypatch, ("127.0.0.1", free_port()), target.place)
        with HttpTransport("http://marquez.example") as transport:
            transport.send(EVENT)
        assert len(target.got) == 1


def test_when_no_number_answers_the_last_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers(monkeypatch, ("127.0.0.1", free_port()), ("127.0.0.1", free_port()))
    with (
        HttpTransport("http://marquez.example") as transport,
        pytest.raises(UnreachableError, match="refuses the connection"),
    ):
        transport.send(EVENT)


def test_each_number_has_its_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[Any] = []

    class Silent(selectors.SelectSelector):
        def select(self, timeout: Any = None) -> list[Any]:
            waits.append(timeout)
            return []

    numbers(monkeypatch, *[("127.0.0.1", 1)] * 3)
    monkeypatch.setattr(socket.socket, "connect_ex", lambda *_: errno.EINPROGRESS)
    monkeypatch.setattr(selectors, "DefaultSelector", Silent)
    spec = target_of({"url": "http://marquez.example", "connect_timeout": 9})
    with (
        HttpTransport(spec, clock=lambda: 0.0) as transport,
        pytest.raises(UnreachableError, match="could not be connected to within 9 s"),
    ):
        transport.send(EVENT)
    assert waits == [3.0, 4.5, 9.0]


def test_a_kept_secure_connection_that_was_closed_is_opened_again(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "tls")
    with Target(tls=authority.server()) as target:
        spec = target_of({"url": target.url, "ca_file": authority.file})
        with HttpTransport(spec) as transport:
            transport.send(EVENT)
            assert transport._connection is not None
            transport._connection.sock.shutdown(socket.SHUT_RDWR)
            transport.send(EVENT)
        assert len({got.connection for got in target.got}) == 2


def test_a_number_of_the_sixth_version_has_the_port_of_its_scheme() -> None:
    with HttpTransport("http://[::1]") as transport:
        assert (transport._to.host, transport._to.actual_port) == ("::1", 80)
