"""Long things one at a time: each has a turn of the event loop that nothing else has used."""

import time
import weakref
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

USED = 0.002  # s that others took of a turn: what is added to that keeps events waiting
PATIENCE = 0.03  # s after which it is done anyway


class Queue:
    """Who waits, in their order; those that are gone do not.

    Attributes:
        called: how many were called.
    """

    def __init__(self) -> None:
        self.called = 0
        self._waiting: deque[weakref.ref[IdleCall]] = deque()

    def add(self, call: "IdleCall") -> None:
        """Wait behind the others."""
        self._waiting.append(weakref.ref(call))

    def remove(self, call: "IdleCall") -> None:
        """Do not wait any more."""
        self._waiting = deque(ref for ref in self._waiting if ref() is not call)

    def is_first(self, call: "IdleCall") -> bool:
        """Whether nobody waits before this one."""
        while (first := self._waiting[0]()) is None or not isValid(first):
            self._waiting.popleft()
        return first is call


EVERYBODY = Queue()


class IdleCall(QObject):
    """Calls something once the event loop has nothing else to do.

    A timer of 0 ms comes at once where nobody is at work. Where it comes late, others, such as those
    who paint, have used this turn; the next one may be free.

    Args:
        call: what is to be called.
        parent: owns it.
        clock: seconds.
        queue: where it waits.
    """

    def __init__(
        self,
        call: Callable[[], object],
        parent: QObject,
        clock: Callable[[], float] = time.perf_counter,
        queue: Queue = EVERYBODY,
    ) -> None:
        super().__init__(parent)
        self._call, self._clock, self._queue = call, clock, queue
        self._wanted = self._armed = 0.0
        self._called = 0  # when it was armed
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._come)

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be called."""
        return self._timer.isActive()

    def start(self) -> None:
        """Call it in a moment."""
        if not self.is_waiting:
            self._wanted = self._clock()
            self._queue.add(self)
            self._arm(self._wanted)

    def stop(self) -> None:
        """Do not call it."""
        if self.is_waiting:
            self._timer.stop()
            self._queue.remove(self)

    def _arm(self, now: float) -> None:
        self._armed, self._called = now, self._queue.called
        self._timer.start(0)

    def _come(self) -> None:
        now = self._clock()
        is_free = now - self._armed <= USED or now - self._wanted >= PATIENCE
        is_alone = self._queue.called == self._called  # what another one has changed is painted
        if is_free and is_alone and self._queue.is_first(self):
            self._queue.remove(self)
            self._queue.called += 1
            self._call()
        else:
            self._arm(now)
