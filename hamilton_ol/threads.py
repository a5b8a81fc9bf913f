"""The end of threads: as a fork needs it, and that of all of them."""

import sys
import threading
from pathlib import Path
from time import monotonic

LINGERING = 0.05  # seconds


def is_ending() -> bool:
    """Whether the interpreter is ending, in which Python 3.12 starts no thread any more."""
    return not threading.main_thread().is_alive()


def join(thread: threading.Thread, seconds: float) -> bool:
    """Wait until a thread has ended; False when that takes longer."""
    end = monotonic() + seconds
    thread.join(seconds)
    if sys.version_info[:2] == (3, 12) and not thread.is_alive():
        _wait_until_gone(thread.native_id, min(end, monotonic() + LINGERING))
    return not thread.is_alive()


def _wait_until_gone(native_id: int | None, end: float) -> None:
    """Wait until the system has forgotten a thread, too.

    Python 3.12 calls a thread dead a moment before the system does, and then warns of a fork
    beside a thread.
    """
    task, moment = Path(f"/proc/self/task/{native_id}"), threading.Event()
    while task.exists() and monotonic() < end:
        moment.wait(0.0001)
