"""One writer for each store in each process, and what a fork and the end of the process need."""

import atexit
import os
from collections.abc import Callable
from pathlib import Path

from hamilton_ol.guard import Guard
from hamilton_ol.store.appender import Appender
from hamilton_ol.store.location import candidates
from hamilton_ol.store.writer import Writer

_writers: dict[Path, Writer] = {}


def writer_for(wanted: Path | None, header: Callable[[], str]) -> Writer:
    """This process's writer of a store.

    Args:
        wanted: the folder of the store, or None to find one.
        header: makes the first line of a segment.
    """
    place = place_of(wanted)
    if place not in _writers:
        guard = Guard()
        _writers[place] = Writer(Appender(wanted, header, guard), guard)
        if len(_writers) == 1:
            atexit.register(close_all)
    return _writers[place]


def place_of(wanted: Path | None) -> Path:
    """Where the store of this process is, or will be if nothing prevents it."""
    return next(candidates(wanted))


def close_all() -> None:
    """Write what is left; called when the process ends."""
    for writer in _writers.values():
        writer.close()


def flush_all(seconds: float) -> bool:
    """Wait until all that was recorded so far is on disk; False when that takes longer."""
    done = [writer.flush(seconds) for writer in _writers.values()]
    return all(done)


def _before_fork() -> None:
    for writer in _writers.values():
        writer.pause()


def _in_child() -> None:
    for writer in _writers.values():
        writer.appender.forget()
        writer.reset()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_child=_in_child)
