"""One writer for each store in each process, and what a fork and the end of the process need."""

import atexit
import functools
import os
import platform
import sys
import time
from pathlib import Path

import hamilton_ol
from hamilton_ol import collector
from hamilton_ol.guard import Guard
from hamilton_ol.store import lines
from hamilton_ol.store.appender import Appender
from hamilton_ol.store.codec import encode
from hamilton_ol.store.liveness import this_process
from hamilton_ol.store.location import candidates, create, current_folder
from hamilton_ol.store.writer import Writer

_LAST = -100  # priority among what multiprocessing does at the end of a child

_writers: dict[Path, Writer] = {}
_finalized: set[int] = set()


def writer_for(wanted: Path | None) -> Writer:
    """This process's writer of a store.

    Args:
        wanted: the folder of the store, or None to find one.
    """
    place = place_of(wanted)
    found = _writers.get(place)
    if found is None:
        made = _make(wanted)
        found = _writers.setdefault(place, made)  # another thread may have been faster
    return found


def _make(wanted: Path | None) -> Writer:
    # The project is that of the folder in which the hook was made, wherever the program goes then.
    make, guard = functools.partial(create, wanted, current_folder()), Guard()
    return Writer(Appender(make, _header, guard), guard, _write_at_the_end)


def _header() -> str:
    """The first line of a segment: who writes it."""
    who = {
        "time": time.time_ns(),
        "process": encode(this_process()),
        "version": hamilton_ol.__version__,
        "python": platform.python_version(),
    }
    return lines.line("segment", who)


def place_of(wanted: Path | None) -> Path:
    """Where the store of this process is, or will be if nothing prevents it."""
    return next(candidates(wanted))


def close_all() -> None:
    """Write what is left; called when the process ends."""
    with collector.paused():
        for writer in list(_writers.values()):
            writer.guard.attempt("the end of the process", writer.close, None)


def flush_all(seconds: float) -> bool:
    """Wait until all that was recorded so far is on disk; False when that takes longer."""
    done = [writer.flush(seconds) for writer in list(_writers.values())]
    return all(done)


def is_recording() -> bool:
    """Whether a dataflow runs in this process, as far as a hook knows."""
    return any(writer.active for writer in list(_writers.values()))


def _write_at_the_end() -> None:
    """See to it that this process writes what is left when it ends."""
    if os.getpid() in _finalized:
        return
    _finalized.add(os.getpid())
    atexit.register(close_all)
    util = sys.modules.get("multiprocessing.util")  # whose children end without `atexit`
    if util is not None:
        util.Finalize(None, close_all, exitpriority=_LAST)


def _before_fork() -> None:
    for writer in list(_writers.values()):
        writer.guard.attempt("a fork", writer.pause, None)


def _in_parent() -> None:
    for writer in list(_writers.values()):
        writer.guard.attempt("a fork", writer.resume, None)


def _in_child() -> None:
    for writer in list(_writers.values()):
        writer.appender.forget()
        writer.reset()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_in_parent, after_in_child=_in_child)
