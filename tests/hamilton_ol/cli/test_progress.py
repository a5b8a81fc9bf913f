"""The line for what takes longer than a second, by a clock that the test holds."""

import os
import queue
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import pytest

from hamilton_ol.cli.progress import CLEAR, PATIENCE, STEP, Progress


class Clock:
    """Time passes when `tick` is called; each tick is one wait that came to its end.

    Attributes:
        waits: how long was waited for, each time.
    """

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._ticks: queue.Queue[bool] = queue.Queue()
        self._asked: queue.Queue[None] = queue.Queue()

    def wait(self, timeout: float) -> bool:
        self.waits.append(timeout)
        self._asked.put(None)
        return self._ticks.get(timeout=30)

    def set(self) -> None:
        self._asked.get(timeout=30)
        self._ticks.put(True)

    def tick(self) -> None:
        """Let one wait end, and what follows it be done."""
        self._asked.get(timeout=30)
        self._ticks.put(False)
        self._asked.get(timeout=30)
        self._asked.put(None)


class Terminal:
    """A terminal as stderr, from when it is asked what it shows."""

    def __init__(self, screen: TextIO, stderr: TextIO, patch: pytest.MonkeyPatch) -> None:
        self._screen, self._stderr = screen, stderr
        patch.setattr(sys, "stderr", stderr)

    def shown(self) -> str:
        """What it got since it was asked before."""
        self._stderr.write("END")
        self._stderr.flush()
        text = ""
        while not text.endswith("END"):
            text += self._screen.read(1)
        return text.removesuffix("END")


@contextmanager
def a_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """A terminal, for a block."""
    master, slave = os.openpty()
    with (
        os.fdopen(slave, "w") as stderr,
        os.fdopen(master, "r", newline="") as screen,
        monkeypatch.context() as patched,
    ):
        yield Terminal(screen, stderr, patched)


def test_nothing_is_drawn_before_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    with a_terminal(monkeypatch) as terminal:
        with Progress("Reading", clock) as progress:
            progress.show(1, 2)
        assert terminal.shown() == ""
    assert clock.waits == [PATIENCE] == [1.0]


def test_a_bar_is_drawn_after_a_second_and_taken_away_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    with a_terminal(monkeypatch) as terminal:
        with Progress("Reading", clock) as progress:
            progress.show(1, 3)
            clock.tick()
            assert terminal.shown() == f"{CLEAR}Reading [##########{'-' * 20}] 33 %"
            progress.show(3, 3)
            clock.tick()
            assert terminal.shown() == f"{CLEAR}Reading [{'#' * 30}] 100 %"
        assert terminal.shown() == CLEAR
    assert clock.waits == [PATIENCE, STEP, STEP]


@pytest.mark.parametrize(("done", "text"), [(None, "Reading ..."), (1234, "Reading ... 1234")])
def test_work_without_a_known_end_is_shown_too(
    monkeypatch: pytest.MonkeyPatch, done: int | None, text: str
) -> None:
    clock = Clock()
    with a_terminal(monkeypatch) as terminal, Progress("Reading", clock) as progress:
        if done is not None:
            progress.show(done)
        clock.tick()
        assert terminal.shown() == f"{CLEAR}{text}"


def test_an_error_finds_a_clean_line(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()

    def work() -> None:
        with Progress("Reading", clock):
            clock.tick()
            raise ZeroDivisionError

    with a_terminal(monkeypatch) as terminal:
        with pytest.raises(ZeroDivisionError):
            work()
        assert terminal.shown().endswith(CLEAR)


def test_nothing_is_drawn_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with Progress("Reading", clock) as progress:
        progress.show(1, 2)
    assert clock.waits == []
    assert capsys.readouterr().err == ""


def test_nothing_is_drawn_where_there_is_no_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    clock = Clock()
    with Progress("Reading", clock) as progress:
        progress.show(1, 2)
    assert clock.waits == []
