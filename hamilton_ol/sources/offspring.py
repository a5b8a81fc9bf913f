"""Processes that a process started, wherever they went since.

A process can leave its group and its session, but Linux goes on showing the environment that it was
started with, which its children got too. Elsewhere only those that stayed in its group are found,
and so is nowhere one that was started with an environment of its own making.
"""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

VARIABLE = "HAMILTON_OL_IMPORT"
PROC = Path("/proc")
ROUNDS = 100  # what starts others faster than it is ended goes on


def end_marked(mark: str) -> None:
    """End all processes whose `VARIABLE` has this value, and those that they start meanwhile."""
    for _ in range(ROUNDS):
        found = list(_marked(f"{VARIABLE}={mark}".encode()))
        if not found:
            return
        for pid in found:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def _marked(wanted: bytes) -> Iterator[int]:
    for place in PROC.glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):  # it has ended, or is another person's
            if wanted in place.read_bytes().split(b"\0"):
                yield int(place.parent.name)
