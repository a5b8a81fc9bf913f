"""Takes what callbacks put into memory to the store, on a thread of its own.

The thread exists only while there is something to do for it: it starts with the first record,
sleeps without a time limit while no run is active, ends before a fork and at exit, and starts again
with the next record.
"""

import math
import threading
from collections.abc import Callable, Iterator
from time import monotonic, perf_counter_ns

from hamilton_ol.guard import Guard
from hamilton_ol.store.appender import RETRY, Appender
from hamilton_ol.store.liveness import HEARTBEAT
from hamilton_ol.store.slices import HELD, Slices
from hamilton_ol.store.work import Item, Work
from hamilton_ol.threads import is_ending, join

INTERVAL = 0.04  # seconds between two appends while there is something to append
LATE = 0.065  # seconds from one append on until a record asks why there was no other
GIVEN = 0.005  # seconds that a run's thread then stands still at most
QUIET = 25  # intervals without a record until a record must wake the thread
SLICE, NAP = 0.0002, 0.002  # seconds of long work at a time, and between, while a run is active
AT_EXIT = 5.0  # seconds that the end of the process waits for the last append
AT_FORK = 0.1  # seconds that a fork waits for it
TIDYING = 0.2  # seconds that the end of the process spends on what is not needed now
STUCK = 1.0  # seconds until a thread that should have ended is left alone


class Writer:
    """The writer of one store in one process.

    Args:
        appender: the store's segment.
        guard: counts what goes wrong.
        begins: called when a thread begins, before its first record.

    Attributes:
        put: takes an item from a callback, as cheaply as can be.
        late: who has put an item after this moment of `perf_counter_ns` calls `wake`; 0 while
            nobody looks.
        active: ids of runs that have begun and not ended.
    """

    def __init__(
        self, appender: Appender, guard: Guard, begins: Callable[[], None] = lambda: None
    ) -> None:
        self.appender, self.guard, self._begins = appender, guard, begins
        self._slices = Slices()
        self._work = work = Work(appender, guard, self._slices)
        self.put: Callable[[Item], None] = work.items.append
        self.reset()

    def reset(self) -> None:
        """Forget everything but who we are, as a forked child must."""
        self._work.clear()
        self.active: set[str] = set()
        self._thread: threading.Thread | None = None
        self.late, self._ends, self._is_held = 0, math.inf, False
        self._may_start, self._is_closed, self._start_at = True, False, 0.0
        self._wake, self._turned = threading.Event(), threading.Event()
        self._starting = threading.Lock()
        self._lock = threading.RLock()
        self._hurried: list[threading.Event] = []

    # --- called on the run's threads -----------------------------------------------------------

    def wake(self) -> None:
        """There is something to write now; start the thread where there is none."""
        is_late = 0 < self.late < perf_counter_ns()
        if self._is_running() or self._start():
            self._expect(LATE)  # so that not every record sets the event until the thread runs
            try:
                self._wake.set()
                if is_late:
                    self._give_way()
            except BaseException:
                self.late = 0
                raise
        else:
            self._work_here(AT_EXIT if self._is_closed and not self.active else 0)

    def _expect(self, seconds: float) -> None:
        self.late = perf_counter_ns() + int(seconds * 1e9)

    def _give_way(self) -> None:
        """Let the thread have a turn.

        It waits for the interpreter lock in vain where nodes give that back for an instant again
        and again, as those do that call the system or numpy: who waits must see it held for a
        switch interval, or be as quick as who gave it back.
        """
        self._turned.clear()
        self._slices.is_awaited = True
        if not self._turned.wait(GIVEN) and self._is_running():
            self._expect(RETRY)  # it is the disk that it waits for

    def job(self, work: Iterator[None], *, is_needed: bool = True) -> None:
        """Advance this iterator to its end, a little at a time, from the next `wake` on.

        Args:
            work: the iterator.
            is_needed: whether `flush` and the end of the process wait for it.
        """
        (self._work.jobs if is_needed else self._work.chores).append(work)

    def announce(self, done: Callable[[], None]) -> None:
        """Call `done` on the writer's thread when all is written that was put or begun so far.

        The next `wake` sees to it; a disk that fails is waited for.
        """
        self._work.announce(done, is_patient=True)

    def flush(self, seconds: float) -> bool:
        """Wait until all that was put so far is on disk; False when that takes longer."""
        done = threading.Event()
        self._hurried.append(done)
        try:
            self._work.announce(done.set)
            self.wake()
            if not self._is_running():
                self._work_here(seconds)
            is_done = done.wait(seconds if self._is_running() else 0)
            return is_done and not self.appender.behind
        finally:
            self._hurried.remove(done)

    def pause(self) -> None:
        """Write what is there and end the thread, as a fork needs it."""
        self._may_start = False
        self._end_thread(AT_FORK)

    def resume(self) -> None:
        """The fork is over; the next record starts the thread."""
        self._may_start = True
        if self._work.items:
            self._work_here(0)

    def close(self) -> None:
        """Write what is left and end the thread; later records are written by who puts them."""
        self._is_closed, self._may_start = True, False
        self.appender.retry()
        end = monotonic() + AT_EXIT
        if not self._end_thread(AT_EXIT):
            return  # it is stuck in the disk
        self._work_here(end - monotonic())
        self._work.jobs.clear()
        self._work.advance(self._work.chores, TIDYING)
        self._work.chores.clear()
        if self.appender.behind:
            reason = "the store could not be written before the process ended"
            self.guard.dropped(reason, self.appender.behind)
        self.appender.close()

    # --- the thread ----------------------------------------------------------------------------

    def _start(self) -> bool:
        """Start the thread; False where that must not or cannot be."""
        with self._starting:
            if self._is_running():
                return True
            if not self._may_start or monotonic() < self._start_at:
                return False
            self._thread = threading.Thread(target=self._loop, name="hamilton-ol", daemon=True)
            try:
                self._begins()
                self._thread.start()
            except Exception as error:
                self._thread, self._start_at = None, monotonic() + RETRY
                if not is_ending():  # else whoever asked for it does its work
                    self.guard.caught("starting the writer", error)
            return self._thread is not None

    def _is_running(self) -> bool:
        thread = self._thread
        return thread is not None and thread.is_alive()

    def _end_thread(self, seconds: float) -> bool:
        """End the thread as soon as all is written and done, at the latest after these seconds.

        Returns:
            False when it did not end.
        """
        has_lock = self._starting.acquire(timeout=seconds)  # it may be about to start
        thread = self._thread
        if has_lock:
            self._starting.release()
        if thread is None or thread is threading.current_thread():
            return True
        self._ends = monotonic() + seconds
        self._wake.set()
        has_ended = join(thread, seconds + STUCK)
        self._thread, self.late, self._ends = None, 0, math.inf
        return has_ended

    def _loop(self) -> None:
        me = threading.current_thread()
        try:
            while self._thread is me and not self._is_over():
                self._rest()
                self._turn()
                self._turned.set()
        except BaseException as error:  # whatever it was: the next record starts another thread
            self.guard.caught("the writer", error)
        finally:
            if self._thread is me:
                self._thread, self.late = None, 0

    def _is_over(self) -> bool:
        """Whether the thread was told to end, and may; who told it sees to what is left."""
        return self._ends < math.inf and (not self._work.jobs or monotonic() >= self._ends)

    def _rest(self) -> None:
        seconds = self._length_of_rest()
        if seconds is None or seconds > INTERVAL:
            self.late = 0
            if self._work.items:  # put before that could be seen
                seconds = 0.0
        due = monotonic() + (seconds or 0.0)
        self._wake.wait(seconds)
        self._wake.clear()
        self._is_held = seconds is not None and monotonic() > due + HELD
        self._expect(LATE)

    def _length_of_rest(self) -> float | None:
        work, is_hurried = self._work, self._hurried or self._ends < math.inf
        if work.is_failing:
            return INTERVAL
        if work.items or work.jobs:
            if is_hurried or not (work.items or self.active):
                return 0.0
            return NAP if work.jobs else INTERVAL
        if work.chores:
            return NAP
        if work.quiet < QUIET and (self.active or self.appender.living):
            return INTERVAL
        if self.appender.behind:
            return RETRY
        return HEARTBEAT if self.active else None

    def _turn(self) -> None:
        with self._lock:
            is_hurried = bool(self._hurried) or not self.active
            seconds = SLICE * 100 if is_hurried else SLICE
            self._work.turn(seconds, is_whole=is_hurried or self._is_held)
            self._slices.is_awaited = False

    def _work_here(self, seconds: float) -> None:
        """Do the thread's work on this one."""
        end = monotonic() + seconds
        self._turn()
        while (self._work.items or self._work.jobs) and monotonic() < end:
            self._turn()
