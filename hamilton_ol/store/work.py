"""What there is to write, done a turn at a time, on whatever thread there is for it."""

import functools
from collections import deque
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

from hamilton_ol.guard import Guard
from hamilton_ol.store.appender import Appender
from hamilton_ol.store.slices import Slices

#: item[0](item, lines) adds the lines that the item makes.
Item = tuple[Any, ...]
Lines = list[str]

GENTLE = 0.0002  # seconds of a chore at a time
STEP = 8  # items between two looks at the clock


class Work:
    """The records that callbacks have put, and what takes long: reading a graph, asking git.

    What takes long is an iterator that is advanced a little at a time, so that records never wait
    behind it. A chore is one that nobody waits for.

    Args:
        appender: the store's segment.
        guard: counts what goes wrong.
        slices: let the interpreter lock go between items.

    Attributes:
        items: put by callbacks.
        jobs, chores: what takes long.
        quiet: turns in a row without an item.
        is_failing: whether the last turn failed as a whole.
    """

    def __init__(self, appender: Appender, guard: Guard, slices: Slices) -> None:
        self._appender, self._guard, self._slices = appender, guard, slices
        self.items: deque[Item] = deque()
        self.jobs: deque[Iterator[None]] = deque()
        self.chores: deque[Iterator[None]] = deque()
        self.clear()

    def clear(self) -> None:
        """Forget all of it."""
        for queue in (self.items, self.jobs, self.chores):
            queue.clear()
        self._waiting: list[Callable[[], None]] = []
        self._patient: list[Callable[[], None]] = []
        self.quiet = self._told = 0
        self.is_failing = False

    def announce(self, done: Callable[[], None], *, is_patient: bool = False) -> None:
        """Call `done` when all that was put so far is written, and all jobs so far are done.

        Args:
            done: is called.
            is_patient: whether it waits for a disk that fails; else it is enough to have tried.
        """
        self.jobs.append(self._announce(done, is_patient=is_patient))

    def _announce(self, done: Callable[[], None], *, is_patient: bool) -> Iterator[None]:
        def add(_item: Item, _lines: Lines) -> None:
            (self._patient if is_patient else self._waiting).append(done)

        self.items.append((add,))
        yield

    def turn(self, seconds: float, *, is_whole: bool = True) -> None:
        """Write every record, and do long work for about these seconds.

        Args:
            seconds: of long work.
            is_whole: whether records are written at once, and not in slices.
        """
        begin = functools.partial(self._slices.begin, is_whole=is_whole)
        self._guard.attempt("beginning to write", begin, None)
        try:
            self._write()
            self.advance(self.jobs, seconds)
            if not self.jobs:
                self.advance(self.chores, min(seconds, GENTLE))
            self.is_failing = False
        except Exception as error:
            self.is_failing = True
            self._guard.caught("the writer", error)

    def _write(self) -> None:
        attempt = self._guard.attempt
        if self.items:
            attempt("opening the store", self._appender.ensure_open, None)
        self.quiet = 0 if self.items else self.quiet + 1
        lines: Lines = []
        try:
            self._take(lines)
        finally:
            attempt("telling problems", lambda: self._tell_problems(lines), None)
            self._appender.append(lines)
            attempt("telling that the process is alive", self._appender.beat, None)
            self._tell_waiting()

    def _tell_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not self._appender.behind:
            waiting, self._patient = waiting + self._patient, []
        for done in waiting:
            done()

    def _take(self, lines: Lines) -> None:
        """Let every item at hand add its lines; not what comes meanwhile, which may never end."""
        for number in range(len(self.items)):
            item = self.items.popleft()
            try:
                item[0](item, lines)
                if number % STEP == 0:
                    self._slices.breathe()
            except Exception as error:
                self._guard.caught(f"recording, {_name(item[0])}", error)
        for run in list(self._appender.living.values()):
            self._guard.attempt("telling what is open", _with(lines, run.tell_open), None)

    def _tell_problems(self, lines: Lines) -> None:
        """Write what went wrong beside the runs that are being recorded."""
        total = sum(self._guard.problems.values())
        if total != self._told:
            self._told = total
            for run in list(self._appender.living.values()):
                self._guard.attempt("telling problems", _with(lines, run.tell_problems), None)

    def advance(self, work: deque[Iterator[None]], seconds: float) -> None:
        """Do long work for about this time."""
        end = monotonic() + seconds
        while work and monotonic() < end:
            try:
                next(work[0])
            except StopIteration:
                work.popleft()
            except Exception as error:
                work.popleft()
                self._guard.caught("the writer", error)


def _with(lines: Lines, tell: Callable[[Lines], None]) -> Callable[[], None]:
    return lambda: tell(lines)


def _name(handler: Any) -> str:
    return getattr(handler, "__name__", type(handler).__name__)
