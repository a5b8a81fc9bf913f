"""Commands tell a person that they are at work; the bar is drawn at once here, not in a second."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.cli import progress
from hamilton_ol.mapping.events import Event, EventMapper
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from tests.support.commands import call
from tests.support.servers import Target, read_request, rude_target
from tests.support.stores import plain_store

LIMIT = 30.0  # seconds


class Screen(io.StringIO):
    """A terminal as stderr, on which somebody waits for a text to appear."""

    def __init__(self, awaited: str) -> None:
        super().__init__()
        self._awaited, self._drawn = awaited, threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._awaited in text:
            self._drawn.set()
        return super().write(text)

    def wait(self) -> None:
        assert self._drawn.wait(LIMIT), f"{self._awaited!r} was never drawn"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Screen]:
    """Makes a screen as stderr, and a second pass at once."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)

    def make(awaited: str) -> Screen:
        screen = Screen(awaited)
        monkeypatch.setattr("sys.stderr", screen)
        return screen

    return make


@pytest.mark.parametrize(
    ("name", "label"), [("__init__", "Reading the store"), ("run", "Reading the run")]
)
def test_reading_that_takes_long_is_named(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    at_once: Callable[[str], Screen],
    name: str,
    label: str,
) -> None:
    plain_store(store)
    screen, original = at_once(label), getattr(StoreReader, name)

    def slowly(*arguments: Any, **more: Any) -> Any:
        screen.wait()
        return original(*arguments, **more)

    monkeypatch.setattr(StoreReader, name, slowly)
    assert call(("stamp", "--store", store)) == 0
    assert screen.getvalue().endswith(progress.CLEAR)


@pytest.mark.parametrize(
    ("command", "label"), [("events", "Writing events"), ("push", "Sending events")]
)
def test_making_events_is_counted(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    at_once: Callable[[str], Screen],
    command: str,
    label: str,
) -> None:
    plain_store(store)
    screen, original = at_once(f"{label} ... 1"), EventMapper.events

    def slowly(self: EventMapper, run: Run) -> Iterator[Event]:
        for number, event in enumerate(original(self, run)):
            if number == 1:
                screen.wait()
            yield event

    monkeypatch.setattr(EventMapper, "events", slowly)
    with Target() as target:
        to = ["latest", "--to", target.url] if command == "push" else []
        assert call((command, *to, "--store", store)) == 0
    assert screen.getvalue().endswith(progress.CLEAR)


def test_a_slow_target_is_named(store: Path, at_once: Callable[[str], Screen]) -> None:
    screen = at_once("Sending events")

    def talk(connection: socket.socket, over: threading.Event) -> None:
        while not over.is_set():
            read_request(connection)
            screen.wait()
            connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")

    with rude_target(talk) as url:
        assert call(("push", "latest", "--to", url, "--store", plain_store(store))) == 0
    assert screen.getvalue().endswith(progress.CLEAR)


def test_an_error_stands_on_a_line_of_its_own(
    store: Path, at_once: Callable[[str], Screen]
) -> None:
    screen = at_once("Sending events")

    def talk(connection: socket.socket, _over: threading.Event) -> None:
        read_request(connection)
        screen.wait()

    with rude_target(talk) as url:
        assert call(("push", "latest", "--to", url, "--store", plain_store(store))) == 5
    assert f"{progress.CLEAR}Error: " in screen.getvalue()
