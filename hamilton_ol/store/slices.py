"""Work beside a dataflow, in slices that fit into the time for which its nodes give the lock back.

A node that waits, or that is in numpy, gives back the interpreter lock and takes it again a moment
later. Whoever has it then keeps the node from going on; so the writer's thread works for a shorter
time than most such nodes take, and lets go. Nodes in plain Python hold on to the lock: then each
slice would only cost another change of threads, and all is done at once.
"""

import threading
import time
from collections.abc import Callable

SLICE = 0.00008  # seconds of work at a time
PAUSE = 0.0003  # seconds between; the thread that runs nodes needs some of them to wake up
HELD = 0.001  # seconds that a thread waits in vain for the lock until nobody seems to give it back


class Slices:
    """The slices of one turn.

    Args:
        clock: seconds.
        pause: lets the lock go for so many seconds; by default it waits for nothing.

    Attributes:
        is_awaited: whether a run's thread waits for the end of the turn.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.perf_counter,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        self._clock, self._pause = clock, pause or threading.Event().wait
        self.is_awaited, self._is_whole, self._began = False, True, 0.0

    def begin(self, *, is_whole: bool) -> None:
        """A turn begins.

        Args:
            is_whole: whether it is done at once.
        """
        self._is_whole, self._began = is_whole, self._clock()

    def breathe(self) -> None:
        """Let the lock go if it is time; called between any two steps, and cheap."""
        if self._is_whole or self.is_awaited:
            return
        now = self._clock()
        if now - self._began >= SLICE:
            self._pause(PAUSE)
            self._began = self._clock()
            self._is_whole = self._began - now > PAUSE + HELD
