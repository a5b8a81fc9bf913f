"""A bar for what takes longer than a second."""

import sys
from time import monotonic
from typing import Any

PATIENCE = 1.0  # seconds without a bar
STEP = 0.1  # seconds between two drawings
WIDTH = 30


class Progress:
    """Draws a bar on stderr, if that is a terminal; nothing before it took a second.

    Args:
        label: what is being done.
    """

    def __init__(self, label: str) -> None:
        self._label, self._stream = label, sys.stderr
        self._drawn_at = monotonic() + PATIENCE - STEP
        self._is_drawn = False

    def show(self, done: int, total: int) -> None:
        """So much of the whole is done."""
        is_last = done >= total
        if not self._stream.isatty() or (monotonic() < self._drawn_at + STEP and not is_last):
            return
        if is_last:
            self._clear()
            return
        self._drawn_at = monotonic()
        filled = WIDTH * done // max(total, 1)
        bar = "#" * filled + "-" * (WIDTH - filled)
        self._write(f"\r{self._label} [{bar}] {100 * done // max(total, 1)} %")
        self._is_drawn = True

    def _clear(self) -> None:
        if self._is_drawn:
            self._write("\r\033[K")
            self._is_drawn = False

    def _write(self, text: str) -> Any:
        self._stream.write(text)
        self._stream.flush()
