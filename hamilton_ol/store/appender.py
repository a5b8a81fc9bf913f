"""Gets lines to disk whatever the disk does; nothing here raises.

What cannot be written is kept, up to a limit, and tried again. Where somebody removed the file, or
it grew too large, a new segment begins with all that its readers need.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Protocol

from hamilton_ol.guard import Guard
from hamilton_ol.store import segment as segments
from hamilton_ol.store.liveness import HEARTBEAT
from hamilton_ol.store.location import create
from hamilton_ol.store.segment import Segment

RETRY = 1.0  # seconds until a store that failed is tried again
KEPT = 100_000  # lines kept in memory while it fails
BATCH = 1000  # lines written at once: a disk that is nearly full takes some of them
MOMENT = 0.005  # seconds that a callback waits for a line that is being written
MOST_SAID = 4096  # ids remembered; what falls out is said again when it is needed
MOST_LEAVING = 1000  # runs that ended while the store fails


class Living(Protocol):
    """A run that is being recorded."""

    def introduction(self) -> list[str]:
        """The lines that a new segment needs to make sense of its other lines."""

    def tell_open(self, lines: list[str]) -> None:
        """Add lines for nodes that have begun and not ended, unless they were told before."""

    def tell_problems(self, lines: list[str]) -> None:
        """Add lines for what could not be recorded, unless they were told before."""


class Appender:
    """The open segment of one store.

    Args:
        make: makes the store where it may be, and says where that is.
        header: makes the first line of a segment.
        guard: counts what goes wrong.

    Attributes:
        root: the store, once it was made.
        said: {id: line} of graphs and schemas that the open segment holds.
        living: {run id: run} of those that are being recorded.
    """

    def __init__(self, make: Callable[[], Path], header: Callable[[], str], guard: Guard) -> None:
        self._make, self._header, self._guard = make, header, guard
        self.root: Path | None = None
        self.living: dict[str, Living] = {}
        self._leaving: dict[str, Living] = {}  # that ended, and wait for their last lines
        self._segment: Segment | None = None
        self._kept: list[str] = []
        self.said: dict[str, str] = {}
        self._lacks_introduction = False
        self._lock = threading.Lock()  # around the file; callbacks may append a line themselves
        self._retry_at = self._beat_at = 0.0

    def say_once(self, key: str, line: str, lines: list[str]) -> None:
        """Add a line that others refer to, unless the segment already holds it."""
        if key not in self.said:
            if len(self.said) >= MOST_SAID:
                self.said.clear()
            self.said[key] = line
            lines.append(line)

    @property
    def behind(self) -> int:
        """How many lines wait for a disk that fails."""
        return len(self._kept)

    def ensure_open(self) -> None:
        """Open the segment before there are lines, so that the folder is known."""
        is_open = self._segment is not None and not self._segment.is_gone()
        if not is_open and monotonic() >= self._retry_at:
            self._try(self._open)

    def append(self, lines: list[str]) -> None:
        """Append lines now, or keep them for later."""
        self._keep(lines)
        if self._kept and monotonic() >= self._retry_at:
            self._try(self._append_kept)
        while len(self._leaving) > (MOST_LEAVING if self._kept else 0):
            self._leaving.pop(next(iter(self._leaving)))

    def leave(self, run_id: str) -> None:
        """A run ended; a new segment needs its introduction until its last lines are written."""
        run = self.living.pop(run_id, None)
        if run is not None:
            self._leaving[run_id] = run

    def _append_kept(self) -> None:
        batch = self._kept[:BATCH]
        while batch:
            payload = _payload(batch)
            self._open().append(payload)
            del self._kept[: len(batch)]
            batch = self._kept[:BATCH]

    def _try(self, action: Callable[[], object]) -> None:
        try:
            with self._lock:
                action()
        except Exception as error:
            self._guard.caught("writing to the store", error)
            self._retry_at = monotonic() + RETRY

    def append_now(self, line: str) -> bool:
        """Append one line, from any thread, if that needs neither opening nor waiting.

        Returns:
            False when it was not done.
        """
        payload = _payload([line])
        if not self._lock.acquire(timeout=MOMENT):
            return False
        try:
            if self._segment is None or self._kept or self._segment.is_gone():
                return False
            self._segment.append(payload)
        except OSError:  # the thread will meet it again, and note it
            return False
        finally:
            self._lock.release()
        return True

    def beat(self) -> None:
        """Tell other hosts, now and then, that this process is alive."""
        if self._segment is not None and monotonic() >= self._beat_at:
            self._beat_at = monotonic() + HEARTBEAT
            self._guard.attempt("telling that the process is alive", self._segment.touch, None)

    def close(self) -> None:
        """Give the file back; a later line opens a new one."""
        if self._segment is not None:
            self._try(self._close)

    def _close(self) -> None:
        segment, self._segment = self._segment, None
        self._lacks_introduction = True
        if segment is not None:
            segment.close()

    def retry(self) -> None:
        """Do not wait any longer: this may be the last chance."""
        self._retry_at = 0.0

    def _keep(self, lines: list[str]) -> None:
        room = max(KEPT - len(self._kept), 0)
        if len(lines) > room:
            self._guard.dropped("the store could not be written for too long", len(lines) - room)
            self._lacks_introduction = True
        self._kept += lines[:room]

    def _open(self) -> Segment:
        """The segment that takes the next lines, with all that these may refer to."""
        segment = self._segment
        if segment is not None and segment.is_gone():
            self._guard.dropped("somebody removed the file that this run was written to", 1)
            self._close()
        elif segment is not None and segment.size >= segments.ROTATE_AT:
            self._close()
        if self._segment is None:
            self._segment = self._new_segment()
        elif self._lacks_introduction:
            self._segment.append(_payload(self._introduction()))
        self._lacks_introduction = False
        return self._segment

    def _new_segment(self) -> Segment:
        # Once there was a store, runs are looked for there; another place would hide them.
        self.root = root = create(self.root) if self.root else self._make()
        introduction = self._introduction() if self._lacks_introduction else []
        return Segment(root, _payload([self._header(), *introduction]))

    def _introduction(self) -> list[str]:
        """What lines refer to that were meant for an earlier segment, or that were dropped."""
        lines = list[str]()
        for run in [*self._leaving.values(), *self.living.values()]:
            lines += self._guard.attempt("beginning a new segment", run.introduction, list[str]())
        return lines + list(self.said.values())

    def forget(self) -> None:
        """As in a forked child: the file, and what waits for it, belong to the parent."""
        self._lock = threading.Lock()  # another thread may have held it
        self.close()
        self.root = None
        self.living.clear()
        self._leaving.clear()
        self._kept.clear()
        self.said.clear()
        self._lacks_introduction = False


def _payload(lines: list[str]) -> bytes:
    return "".join(lines).encode("utf-8", "replace")
