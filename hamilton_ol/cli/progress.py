"""A line on the terminal for what takes longer than a second."""

import sys
import threading
from typing import Protocol, Self, TextIO

PATIENCE = 1.0  # seconds without a line
STEP = 0.1  # seconds between two drawings
WIDTH = 30
CLEAR = "\r\033[K"


class Stop(Protocol):
    """What `threading.Event` offers here; a test has a clock of its own instead."""

    def wait(self, timeout: float) -> bool:
        """Wait for the end of the work; False when the time passed before."""

    def set(self) -> None:
        """The work has ended."""


class Progress:
    """Draws on stderr, if that is a terminal, while a block of work takes longer than a second.

    The line is drawn by a thread, so that it is there even where the work has no steps to tell of.

    Args:
        label: what is being done.
        stop: ends the drawing.
    """

    def __init__(self, label: str, stop: Stop | None = None) -> None:
        self._label = label
        self._stream: TextIO | None = sys.stderr
        self._stop: Stop = stop or threading.Event()
        self._state = (0, 0)
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Begin to wait for a second to pass."""
        if self._stream is not None and self._stream.isatty():
            self._thread = threading.Thread(target=self._draw, args=(self._stream,), daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away, so that nothing that follows stands in it."""
        if self._thread is not None:
            self._stop.set()
            self._thread.join()

    def show(self, done: int, total: int = 0) -> None:
        """So much of the whole is done; 0 is a whole that nobody knows."""
        self._state = done, total

    def _draw(self, stream: TextIO) -> None:
        wait = PATIENCE
        while not self._stop.wait(wait):
            stream.write(f"{CLEAR}{self._line()}")
            stream.flush()
            wait = STEP
        if wait == STEP:
            stream.write(CLEAR)
            stream.flush()

    def _line(self) -> str:
        done, total = self._state
        if not total:
            return f"{self._label} ... {done or ''}".rstrip()
        filled = WIDTH * done // total
        return f"{self._label} [{'#' * filled:-<{WIDTH}}] {100 * done // total} %"
