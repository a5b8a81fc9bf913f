"""The run that a thread began last: what `stamp()` is about when nobody says.

A hook registers it; the stamp is taken from memory, so that it is there on a full disk too.
"""

from collections.abc import Callable
from contextvars import ContextVar, Token

Stamp = dict[str, str]
TakeStamp = Callable[[], Stamp]

_here: ContextVar[TakeStamp | None] = ContextVar("hamilton_ol_run", default=None)
_anywhere: list[TakeStamp] = []


def register(take: TakeStamp) -> Token[TakeStamp | None]:
    """A run began in this thread or task."""
    _anywhere[:] = [take]
    return _here.set(take)


def restore(take: TakeStamp | None) -> None:
    """A run that was begun within another one ended."""
    if take is not None:
        _here.set(take)


def here() -> TakeStamp | None:
    """The run of this thread or task."""
    return _here.get()


def latest() -> TakeStamp | None:
    """The run of this thread or task, else the last one of the process."""
    return _here.get() or next(iter(_anywhere), None)
