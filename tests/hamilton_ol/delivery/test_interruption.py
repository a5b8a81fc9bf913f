"""Whatever a transport waits for, another thread can break it off; then it works as before."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.errors import NotAskedError, UnreachableError
from tests.support.children import until
from tests.support.outages import TAKEN
from tests.support.servers import Target, hangs, read_request, rude_target

LONG = 1000.0  # seconds, that nobody waits for
EVENT = b"{}"


@contextlib.contextmanager
def sending(transport: HttpTransport) -> Iterator[list[Exception]]:
    """Sends on a thread of its own; gives what was raised there, at the end."""
    raised: list[Exception] = []

    def send() -> None:
        try:
            transport.reach()
            transport.send(EVENT)
        except UnreachableError as error:
            raised.append(error)

    thread = threading.Thread(target=send)
    thread.start()
    yield raised
    transport.interrupt()
    thread.join(30)
    assert not thread.is_alive()
    transport.close()


class Waits:
    """Talks that tell when they are waited for, and how often."""

    def __init__(self) -> None:
        self.count = 0

    def for_ever(self, connection: socket.socket, over: threading.Event) -> None:
        self.count += 1
        hangs(connection, over)

    def after_a_request(self, connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        self.for_ever(connection, over)

    def after_an_answer(self, connection: socket.socket, over: threading.Event) -> None:
        read_request(connection)
        connection.sendall(TAKEN)
        self.after_a_request(connection, over)


@pytest.fixture
def waits() -> Waits:
    return Waits()


def test_an_answer(waits: Waits) -> None:
    with rude_target(waits.after_a_request) as url:
        with sending(HttpTransport(url, LONG)) as raised:
            until(lambda: waits.count)
        (error,) = raised
        assert isinstance(error, NotAskedError)  # we did it, not the target
        assert "no answer before the process that sent ended" in str(error)


def test_an_answer_on_a_connection_that_was_kept_is_not_asked_for_again(waits: Waits) -> None:
    with rude_target(waits.after_an_answer) as url:
        transport = HttpTransport(url, LONG)
        transport.send(EVENT)
        with sending(transport) as raised:
            until(lambda: waits.count)
        assert len(raised) == waits.count == 1


def test_a_handshake(waits: Waits) -> None:
    with rude_target(waits.for_ever) as url:
        with sending(HttpTransport(url.replace("http:", "https:"), LONG)) as raised:
            until(lambda: waits.count)
        assert len(raised) == 1


@pytest.fixture
def silent() -> Iterator[HttpTransport]:
    """To a machine that does not answer, as one that has no room for it does not either."""
    with socket.socket() as listener, contextlib.ExitStack() as fillers:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            filler = fillers.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        yield HttpTransport(f"http://127.0.0.1:{listener.getsockname()[1]}", LONG)


def test_a_connection(silent: HttpTransport) -> None:
    with sending(silent) as raised:
        until(lambda: silent._interruption._handle is not None)
    assert len(raised) == 1


def test_a_connection_as_soon_as_it_is_watched(
    silent: HttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, interrupt = silent._interruption.watch, silent.interrupt

    def watched(sock: socket.socket) -> None:
        watch(sock)
        interrupt()

    monkeypatch.setattr(silent._interruption, "watch", watched)
    monkeypatch.setattr(silent, "interrupt", lambda: None)  # later it is not broken off
    with sending(silent) as raised:
        pass
    assert len(raised) == 1


def test_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, over = threading.Event(), threading.Event()

    def look_up(*_arguments: Any, **_more: Any) -> Any:
        asked.set()
        over.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with sending(HttpTransport("http://lineage.invalid", LONG)) as raised:
        assert asked.wait(30)
    assert len(raised) == 1
    over.set()


def test_what_was_broken_off_works_again(waits: Waits) -> None:
    with Target() as target, rude_target(waits.after_a_request) as url:
        transport = HttpTransport(url, LONG)
        with sending(transport):
            until(lambda: waits.count)
        transport._to = HttpTransport(target.url)._to
        transport.send(EVENT)
        assert len(target.got) == 1
        transport.close()


def test_a_name_is_looked_up_without_a_thread_where_there_is_none_to_be_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Target() as target:
        start = threading.Thread.start

        def refuse(thread: threading.Thread) -> None:
            if "resolver" in thread.name:
                raise RuntimeError("can't start new thread")
            start(thread)

        monkeypatch.setattr(threading.Thread, "start", refuse)
        with HttpTransport(target.url) as transport:
            transport.send(EVENT)
        assert len(target.got) == 1
