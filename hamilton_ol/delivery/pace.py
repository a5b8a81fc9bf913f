"""How much of a process sending may take: little while a dataflow runs, all of it otherwise.

Whenever a node gives the interpreter lock back, for numpy or for a system call, whoever computes
takes it and keeps it for up to a switch interval. So nothing here computes for long: a slice, shorter
than most such nodes take, then a nap that is many times as long, whatever the slice turned out to be.
Where nodes hold on to the lock, what counts is how often the threads change, and slices are longer.
Naps of 20 slices cost a dataflow of numpy nodes 7 % of its time; what longer ones leave undone is done
when the run has ended.
"""

import math
import threading
from collections.abc import Callable
from time import monotonic, thread_time

SLICE, NAP = 0.00008, 0.002  # seconds of work at a time, and at least between
LONG = 0.0005  # seconds of work at a time where nodes hold on to the lock
HELD = 0.001  # seconds that a nap takes longer then
SHARE = 80  # a nap is so many times as long as the slice before it


class StoppedError(Exception):
    """The thread has to come to its end."""


class Pace:
    """The pace of one sender, on all of its threads.

    Args:
        is_recording: whether a dataflow runs.
        used: seconds that the calling thread has computed.
        clock: seconds that never go back.

    Attributes:
        is_recording: whether a dataflow runs.
    """

    def __init__(
        self,
        is_recording: Callable[[], bool],
        used: Callable[[], float] = thread_time,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.is_recording, self._used, self._clock = is_recording, used, clock
        self._hurry, self._until, self._here = threading.Event(), math.inf, threading.local()

    def breathe(self) -> None:
        """Nap if that is due; called between any two steps, and cheap.

        Raises:
            StoppedError: the thread has to come to its end.
        """
        used = self._used()
        spent = used - getattr(self._here, "used", -math.inf)
        if spent < getattr(self._here, "slice", SLICE):
            return
        if self.is_stopped():
            raise StoppedError
        if self.is_recording() and not self._hurry.is_set():
            self._nap(max(NAP, SHARE * spent) if spent < math.inf else NAP)
        self._here.used = self._used()

    def _nap(self, seconds: float) -> None:
        due = self._clock() + seconds
        self._hurry.wait(seconds)
        self._here.slice = LONG if self._clock() > due + HELD else SLICE

    def is_stopped(self) -> bool:
        """Whether the thread has to come to its end."""
        return self._clock() >= self._until

    @property
    def is_ending(self) -> bool:
        """Whether the thread has to come to its end soon."""
        return self._until < math.inf

    def stop(self, seconds: float) -> None:
        """Nap no more, and stop after these seconds."""
        self._until = self._clock() + seconds
        self._hurry.set()

    def go_on(self) -> None:
        """As if nobody had said stop."""
        self._until = math.inf
        self._hurry.clear()
