"""One sender for each target of each store in each process, and what a fork and the end need."""

import atexit
import functools
import os
import sys
from collections.abc import Callable, Hashable
from time import monotonic

from hamilton_ol import collector
from hamilton_ol.delivery.sender import Sender

_END = "the end of the sender"
_EARLIER = -99  # than the writers, among what multiprocessing does at the end of a child

_senders: dict[Hashable, Sender] = {}
_finalized: set[int] = set()


def sender_for(key: Hashable, make: Callable[[], Sender]) -> Sender:
    """This process's sender for a key; made where there is none yet."""
    found = _senders.get(key)
    if found is None:
        found = _senders.setdefault(key, make())  # another thread may have been faster
    return found


def of_process() -> list[Sender]:
    """All senders of this process."""
    return list(_senders.values())


def close_all(spent: float = 0.0) -> None:
    """Send on for a moment where that is worth it, and end the threads; called at exit.

    Args:
        spent: seconds that the end of the process has taken already.
    """
    _end_all(for_fork=False, spent=spent)
    for sender in list(_senders.values()):
        sender.guard.attempt(_END, sender.close, None)


def _end_all(*, for_fork: bool, spent: float = 0.0) -> None:
    """End all threads at once, so that their times do not add up."""
    began, told = monotonic(), []
    for sender in list(_senders.values()):
        prepare = functools.partial(sender.prepare_end, for_fork=for_fork, spent=spent)
        told.append((sender, sender.guard.attempt(_END, prepare, 0.0)))
    for sender, seconds in told:
        left = max(began + seconds - monotonic(), 0.0)
        sender.guard.attempt(_END, functools.partial(sender.end, left), False)


def close_at_the_end(write: Callable[[float], object]) -> None:
    """See to it that the threads have ended before the interpreter is taken apart.

    Args:
        write: puts into the stores what was recorded so far, within so many seconds; called before.
    """
    if os.getpid() in _finalized:
        return
    _finalized.add(os.getpid())

    def close() -> None:
        began = monotonic()
        with collector.paused():
            write(max((sender.exit_seconds for sender in _senders.values()), default=0.0))
            close_all(monotonic() - began)

    atexit.register(close)
    util = sys.modules.get("multiprocessing.util")  # whose children end without `atexit`
    if util is not None:
        util.Finalize(None, close, exitpriority=_EARLIER)


def _in_parent() -> None:
    for sender in list(_senders.values()):
        sender.guard.attempt("a fork", sender.resume, None)


def _in_child() -> None:
    for sender in list(_senders.values()):
        sender.reset()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=lambda: _end_all(for_fork=True),
        after_in_parent=_in_parent,
        after_in_child=_in_child,
    )
