"""Memory that nobody needs any more goes back to the system."""

import ctypes
import linecache
import sys
from contextlib import suppress

MMAP_THRESHOLD, ARENA_MAX = -3, -8  # of mallopt(3)
OWN = 1_000_000  # bytes of an array that has pages of its own
ARENAS = 2  # pools of memory for threads; each keeps what once was in it


def give_back() -> None:
    """Let large arrays have pages of their own, which are free as soon as they are.

    By itself glibc raises that limit to the size of what was freed, up to 32 MB, and keeps what is
    smaller (mallopt(3)). Elsewhere nothing is changed.
    """
    _call("mallopt", MMAP_THRESHOLD, OWN)
    _call("mallopt", ARENA_MAX, ARENAS)


def trim() -> None:
    """Give back what lies free between things that are held (malloc_trim(3)): some milliseconds.

    PySide reads the source of every module that is imported after it, and Python keeps all lines.
    """
    linecache.clearcache()
    _call("malloc_trim", 0)


def _call(name: str, *numbers: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            getattr(ctypes.CDLL(None), name)(*numbers)
