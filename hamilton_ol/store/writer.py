"""Takes what callbacks put into memory to the store, on a thread of its own.

The thread exists only while there is something to do for it: it starts with the first record,
sleeps without a time limit while no run is active, is joined before a fork and at exit, and starts
again with the next record. Work that takes long (reading a graph, asking git) is an iterator that
is advanced a little at a time, so that records never wait behind it.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

from hamilton_ol.guard import Guard
from hamilton_ol.store.appender import RETRY, Appender

INTERVAL = 0.025  # seconds between two appends while a run is active
SLICE, NAP = 0.0002, 0.002  # seconds of long work at a time, and between, while a run is active
AT_EXIT = 5.0  # seconds that the end of the process waits for the last append
AT_FORK = 1.0  # seconds that a fork waits for the append at hand

#: item[0](item, lines) is called on the writer's thread and adds the lines that the item makes.
Item = tuple[Any, ...]


class Writer:
    """The writer of one store in one process.

    Args:
        appender: the store's segment.
        guard: counts what goes wrong.

    Attributes:
        put: takes an item from a callback, as cheaply as can be.
        asleep: whether the next record must call `wake`.
        active: ids of runs that have begun and not ended.
    """

    def __init__(self, appender: Appender, guard: Guard) -> None:
        self.appender, self.guard = appender, guard
        self._items: deque[Item] = deque()
        self.put: Callable[[Item], None] = self._items.append
        self.reset()

    def reset(self) -> None:
        """Forget everything but who we are, as a forked child must."""
        self._items.clear()
        self.active: set[str] = set()
        self._thread: threading.Thread | None = None
        self.asleep = True
        self._wake, self._lock = threading.Event(), threading.RLock()
        self._pausing = self._closing = self._inline = False
        self._jobs: deque[Iterator[None]] = deque()
        self._settlers: dict[int, Callable[[list[str]], None]] = {}
        self._waiting: list[threading.Event] = []
        self._urgent = 0

    # --- called on the run's threads -----------------------------------------------------------

    def wake(self) -> None:
        """There is something to write now; start the thread where there is none."""
        if self.asleep:
            self._start()
        if self._inline:
            self._work_inline()
        else:
            self._wake.set()

    def say_now(self, line: str) -> bool:
        """Append a line at once where that needs no waiting; False when it was not done."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            return self.appender.append_now(line)
        finally:
            self._lock.release()

    def flush(self, seconds: float) -> bool:
        """Wait until all that was put so far is on disk; False when that takes longer."""
        done = threading.Event()
        self.job(self._announce(done))
        self._urgent += 1
        try:
            self.wake()
            return done.wait(0 if self._inline else seconds)
        finally:
            self._urgent -= 1

    def pause(self) -> None:
        """End the thread, as a fork needs it; what is not written yet stays for the next one."""
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            self._pausing = True
            self._wake.set()
            thread.join(AT_FORK)
            self._pausing, self._thread, self.asleep = False, None, True

    def close(self) -> None:
        """Write what is left and end the thread; later records are written by their own thread."""
        self._closing = True
        self.appender.retry()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(AT_EXIT)
        self._thread, self._inline, self.asleep = None, True, False
        self._work_inline()
        self.appender.close()

    # --- called on the writer's thread ---------------------------------------------------------

    def job(self, work: Iterator[None]) -> None:
        """Advance this iterator to its end, a little at a time."""
        self._jobs.append(work)

    def settle(self, key: int, settler: Callable[[list[str]], None]) -> None:
        """Call `settler` with the lines, once, when all items at hand have been taken."""
        self._settlers[key] = settler

    def _start(self) -> None:
        with self._lock:
            if not self.asleep:  # another thread was faster
                return
            self._thread = threading.Thread(target=self._loop, name="hamilton-ol", daemon=True)
            self.asleep = False
            try:
                self._thread.start()
            except RuntimeError as error:  # no thread to be had, or the interpreter is ending
                self._thread, self._inline = None, True
                self.guard.caught("starting the writer", error)

    def _loop(self) -> None:
        while True:
            self._wake.wait(self._pause_length())
            self._wake.clear()
            if self._pausing:
                return
            self._turn()
            if self._closing and not (self._items or self._jobs):
                return

    def _pause_length(self) -> float | None:
        hurried = self._closing or self._urgent or not self.active
        if self._jobs:
            return 0.0 if hurried else NAP
        if self._closing:
            return 0.0
        if self.active or self._items:
            return INTERVAL
        return RETRY if self.appender.is_behind else None

    def _turn(self) -> None:
        with self._lock:
            try:
                self._take_items()
                self._advance()
            except Exception as error:
                self.guard.caught("the writer", error)

    def _take_items(self) -> None:
        if self._items:
            self.appender.ensure_open()
        lines: list[str] = []
        while self._items:
            item = self._items.popleft()
            try:
                item[0](item, lines)
            except Exception as error:
                self.guard.caught(f"recording, {_name(item[0])}", error)
        settlers, self._settlers = self._settlers, {}
        for settler in settlers.values():
            settler(lines)
        self.appender.append(lines)
        self.appender.beat()
        waiting, self._waiting = self._waiting, []
        for event in waiting:
            event.set()

    def _advance(self) -> None:
        """Do long work, at most for a slice of time while a run is active."""
        end = monotonic() + (SLICE if self.active and not self._urgent else SLICE * 100)
        while self._jobs and monotonic() < end:
            try:
                next(self._jobs[0])
            except StopIteration:
                self._jobs.popleft()
            except Exception as error:
                self._jobs.popleft()
                self.guard.caught("reading the dataflow", error)

    def _announce(self, done: threading.Event) -> Iterator[None]:
        self.put((lambda _item, _lines: self._waiting.append(done),))
        yield

    def _work_inline(self) -> None:
        while self._items or self._jobs:
            self._turn()


def _name(handler: Any) -> str:
    return getattr(handler, "__name__", type(handler).__name__)
