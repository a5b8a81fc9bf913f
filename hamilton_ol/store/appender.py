"""Gets lines to disk whatever the disk does; nothing here raises.

What cannot be written is kept, up to a limit, and tried again. Where somebody removed the file, or
it grew too large, a new segment begins with all that its readers need.
"""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from hamilton_ol.guard import Guard
from hamilton_ol.store.liveness import HEARTBEAT
from hamilton_ol.store.location import create
from hamilton_ol.store.segment import ROTATE_AT, Segment

RETRY = 1.0  # seconds until a store that failed is tried again
KEPT = 100_000  # lines kept in memory while it fails


class Appender:
    """The open segment of one store.

    Args:
        place: the folder of the store, or None to find one.
        header: makes the first line of a segment.
        guard: counts what goes wrong.

    Attributes:
        root: the store, once it was made.
        said: {id: line} of graphs and schemas that the open segment holds.
        living: {run id: lines that a new segment needs to make sense of that run}.
    """

    def __init__(self, place: Path | None, header: Callable[[], str], guard: Guard) -> None:
        self._place, self._header, self._guard = place, header, guard
        self.root: Path | None = None
        self.living: dict[str, Callable[[], list[str]]] = {}
        self._segment: Segment | None = None
        self._kept: list[str] = []
        self.said: dict[str, str] = {}
        self._retry_at = self._beat_at = 0.0

    def say_once(self, key: str, line: str, lines: list[str]) -> None:
        """Add a line that others refer to, unless the segment already holds it."""
        if key not in self.said:
            self.said[key] = line
            lines.append(line)

    @property
    def is_behind(self) -> bool:
        """Whether lines wait for a disk that fails."""
        return bool(self._kept)

    def ensure_open(self) -> None:
        """Open the segment before there are lines, so that the folder is known."""
        if self._segment is None and monotonic() >= self._retry_at:
            self._try(self._open)

    def append(self, lines: list[str]) -> None:
        """Append lines now, or keep them for later."""
        self._keep(lines)
        if not self._kept or monotonic() < self._retry_at:
            return
        self._try(self._append_kept)

    def _append_kept(self) -> None:
        self._open().append("".join(self._kept).encode("utf-8", "replace"))
        self._kept.clear()

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except OSError as error:
            self._guard.caught("writing to the store", error)
            self._retry_at = monotonic() + RETRY

    def append_now(self, line: str) -> bool:
        """Append one line if that needs no opening; False when it was not done."""
        if self._segment is None or self._kept:
            return False
        try:
            self._segment.append(line.encode("utf-8", "replace"))
        except OSError:  # the thread will meet it again, and note it
            return False
        return True

    def beat(self) -> None:
        """Tell other hosts, now and then, that this process is alive."""
        if self._segment is not None and monotonic() >= self._beat_at:
            self._beat_at = monotonic() + HEARTBEAT
            self._try(self._segment.touch)

    def close(self) -> None:
        """Give the file back; a later line opens a new one."""
        segment, self._segment = self._segment, None
        if segment is not None:
            self._try(segment.close)

    def retry(self) -> None:
        """Do not wait any longer: this may be the last chance."""
        self._retry_at = 0.0

    def _keep(self, lines: list[str]) -> None:
        room = KEPT - len(self._kept)
        if len(lines) > room:
            self._guard.dropped("the store could not be written for too long", len(lines) - room)
            self.said.clear()
        self._kept += lines[: max(room, 0)]

    def _open(self) -> Segment:
        segment = self._segment
        if segment is not None and (segment.is_gone() or segment.size >= ROTATE_AT):
            if segment.is_gone():
                self._guard.dropped("somebody removed the file that this run was written to", 1)
            self.close()
        if self._segment is None:
            is_first = self.root is None
            self.root = create(self._place)
            self._segment = Segment(self.root, self._header())
            if not is_first:
                self._segment.append("".join(self._introduction()).encode("utf-8", "replace"))
        return self._segment

    def _introduction(self) -> list[str]:
        """What lines that were meant for an earlier segment refer to."""
        runs = [line for lines in list(self.living.values()) for line in lines()]
        return runs + list(self.said.values())

    def forget(self) -> None:
        """As in a forked child: the file, and what waits for it, belong to the parent."""
        self.close()
        self.root = None
        self.living.clear()
        self._kept.clear()
        self.said.clear()
