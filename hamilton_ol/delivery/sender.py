"""The thread that sends, for one target of one store: it is told that there is something to do.

It starts with the first run, sleeps while there is nothing to send, ends before a fork and at exit,
and starts again with the next run. All that it needs is imported and opened on it. What it does not
get done stays pending in the store.
"""

import math
import threading
from collections.abc import Callable
from time import monotonic
from typing import Protocol

from hamilton_ol.delivery.pace import Pace, StoppedError
from hamilton_ol.guard import Guard
from hamilton_ol.threads import is_ending, join

GRACE = 2.0  # seconds that a run may take until it is told of, or that others wait for its end
GLANCE = 0.05  # seconds between two looks whether a dataflow still runs
RETRY = 60.0  # seconds until the next try after something that should not happen
AT_FORK = 0.1  # seconds that a fork waits for an answer
STUCK = 1.0  # seconds until a thread that should have ended is left alone
ROUNDING_OFF = 0.8  # share of the time at exit after which nothing new is begun


class Work(Protocol):
    """What a sender does, on its thread."""

    def turn(self) -> float | None:
        """Do what is due.

        Returns:
            Seconds until there is more to do; None when only the next run tells.
        """

    @property
    def is_well(self) -> bool:
        """Whether the target took what it was sent last; asked from any thread."""

    def interrupt(self) -> None:
        """Break off what waits for the network; called from another thread."""

    def close(self) -> None:
        """Give back what is open."""


class Sender:
    """Sends to one target.

    Args:
        make: makes what there is to do, on the thread; None where that cannot be yet.
        guard: counts what goes wrong.
        is_recording: whether a dataflow runs in this process.
        begins: called before a thread begins.
        exit_seconds: that the end of the process waits for a target that is well.
    """

    def __init__(
        self,
        make: Callable[[Pace], Work | None],
        guard: Guard,
        is_recording: Callable[[], bool],
        begins: Callable[[], None] = lambda: None,
        exit_seconds: float = 0.4,
    ) -> None:
        self._make, self.guard, self._is_recording = make, guard, is_recording
        self._begins, self.exit_seconds = begins, exit_seconds
        self.reset()

    def reset(self) -> None:
        """Forget all that was going on, as a forked child must."""
        self.pace = Pace(self._is_recording)
        self._work: Work | None = None
        self._thread: threading.Thread | None = None
        self._wake, self._starting = threading.Event(), threading.Lock()
        self._lock = threading.Lock()  # around the next two
        self._soon = self._late = math.inf  # when to begin: if no dataflow runs, and in any case
        self._may_start, self._has_to_end, self._is_busy = True, False, False

    # --- called on the run's and the writer's threads ------------------------------------------

    def began(self) -> None:
        """A run began: should it take long, it is told of while it runs."""
        self._expect(GRACE, GRACE)

    def ended(self) -> None:
        """A run ended and is in the store."""
        self._expect(0.0, GRACE)

    def _expect(self, soon: float, late: float) -> None:
        is_sooner = self._plan(soon, late)
        if not self._is_running():
            self._start()
        elif is_sooner:
            self._wake.set()

    def _plan(self, soon: float, late: float) -> bool:
        """Have a turn in so many seconds, if none is planned before; whether none was."""
        now = monotonic()
        with self._lock:
            before = self._soon, self._late
            self._soon, self._late = min(before[0], now + soon), min(before[1], now + late)
            return before != (self._soon, self._late)

    def _start(self) -> None:
        with self._starting:
            if self._is_running() or not self._may_start:
                return
            self._thread = threading.Thread(target=self._loop, name="hamilton-ol-send", daemon=True)
            try:
                self._begins()
                self._thread.start()
            except Exception as error:
                self._thread = None
                if not is_ending():  # else it stays pending
                    self.guard.caught("starting the sender", error)

    def _is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being done, nor due within a second."""
        is_due = self._is_busy or self._soon <= monotonic() + 1
        return not (is_due and self._is_running())

    # --- the end, of the process or for a fork -------------------------------------------------

    def prepare_end(self, *, for_fork: bool, spent: float = 0.0) -> float:
        """Tell the thread to end; the seconds that it may take.

        Args:
            for_fork: whether it goes on after.
            spent: seconds that the end of the process has taken already.
        """
        self._may_start = False
        work = self._work
        is_well = work is None or work.is_well
        most = AT_FORK if for_fork else max(self.exit_seconds - spent, 0.0)
        seconds = most if is_well else 0.0
        self.pace.stop(0.0 if for_fork else seconds * ROUNDING_OFF)
        self._has_to_end = True
        self._wake.set()
        return seconds

    def end(self, seconds: float) -> bool:
        """Wait until the thread has ended, break off what it waits for, and wait once more.

        Args:
            seconds: until that is broken off.

        Returns:
            False when it did not end.
        """
        with self._starting:  # it may be about to start
            thread = self._thread
        if thread is None or thread is threading.current_thread():
            return True
        has_ended = join(thread, seconds)
        if not has_ended and self._work is not None:
            self._work.interrupt()
            has_ended = join(thread, STUCK)
        if has_ended:
            self._thread = None
        return has_ended

    def close(self) -> None:
        """Give back what is open; the thread has ended."""
        work, self._work = self._work, None
        if work is not None and not self._is_running():
            work.close()

    def resume(self) -> None:
        """The fork is over."""
        self._may_start, self._has_to_end = True, False
        self.pace.go_on()
        if self._soon < math.inf:
            self._start()

    # --- the thread ----------------------------------------------------------------------------

    def _loop(self) -> None:
        try:
            while self._rest():
                self._turn()
        except BaseException as error:  # whatever it was: the next run starts another thread
            self.guard.caught("the sender", error)

    def _rest(self) -> bool:
        """Wait until there is something to do; False when the thread has to end instead."""
        while not self._has_to_end:
            seconds = self._length_of_rest()
            if seconds <= 0:
                return True
            self._wake.wait(seconds if seconds < math.inf else None)
            self._wake.clear()
        is_worth_it = self._work is None or self._work.is_well
        return self._soon <= monotonic() and is_worth_it and not self.pace.is_stopped()

    def _length_of_rest(self) -> float:
        now = monotonic()
        if self._soon > now:
            return self._soon - now
        if self._late > now and self._is_recording():
            return min(self._late - now, GLANCE)
        return 0.0

    def _turn(self) -> None:
        with self._lock:
            self._soon = self._late = math.inf
            self._is_busy = True
        next_time: float | None = RETRY
        try:
            if self._work is None:
                self._work = self._make(self.pace)
            if self._work is not None:
                next_time = self._work.turn()
        except StoppedError:
            next_time = 0.0
        except Exception as error:
            self.guard.caught("sending", error)
        if next_time is not None:
            self._plan(next_time, next_time)
        self._is_busy = False
