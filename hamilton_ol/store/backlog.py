"""The runs of which something may be left to send, found without a look at those that are done.

A segment of which every run is done, and that nobody writes any more, is settled: it is never
opened again. What is left is kept in memory and read on, so that a look costs what is new.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hamilton_ol.errors import StoreError
from hamilton_ol.records import Run
from hamilton_ol.store.index import Index, SegmentEntry, read_on
from hamilton_ol.store.liveness import is_alive, this_process
from hamilton_ol.store.location import SEGMENTS
from hamilton_ol.store.reader import RunSummary, StoreReader
from hamilton_ol.store.settled import Settled

MOST = 5000  # runs that are known at once; with more of them waiting no further segment is opened


class Backlog:
    """What is left to send of one store to one target.

    Args:
        root: the store.
        settled: segments that need no look.
        is_done: whether nothing is left to send of a run, by its id.
        breathe: called between any two steps.
        now: seconds since the epoch.
    """

    def __init__(
        self,
        root: Path,
        settled: Settled,
        is_done: Callable[[str], bool],
        breathe: Callable[[], None] = lambda: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._root, self._settled, self._is_done = root, settled, is_done
        self._breathe, self._now, self._me = breathe, now, this_process()
        self._index: Index = {}
        self._sizes: dict[str, int] = {}  # of segments when they were read last
        self._reader = StoreReader(root, now=now, index=self._index)

    def look(self, since: str = "") -> None:
        """Take in what was written since the last look.

        Args:
            since: day, as the folders of segments are called, before which no segment that is not
                known yet is looked for; empty for all.

        Raises:
            OSError: that all were looked at cannot be noted.
        """
        existing = set(_segments(self._root, since))
        if not since:
            self._settled.refresh()
            self._settled.searched(existing)
        for name in sorted((existing - self._settled.names) | self._index.keys()):
            self._read(name)
        ordered = dict(sorted(self._index.items()))  # a run's first line is in its oldest segment
        self._index.clear()
        self._index.update(ordered)

    def _read(self, name: str) -> None:
        path, entry = self._root / SEGMENTS / name, self._index.get(name)
        if entry is None and sum(len(known.runs) for known in self._index.values()) >= MOST:
            return
        try:
            self._sizes[name] = size = path.stat().st_size
        except FileNotFoundError:
            self._index.pop(name, None)
            return
        entry = self._index.setdefault(name, SegmentEntry())
        if entry.read < size:
            try:
                read_on(path, entry, self._breathe)
            except StoreError:  # of a newer version, or not readable: it may be later
                del self._index[name]
                return
        for run_id in list(entry.runs):
            if self._is_done(run_id):
                del entry.runs[run_id]

    def runs(self) -> list[RunSummary]:
        """The runs that are not done, the oldest first."""
        return [run for run in reversed(self._reader.runs()) if not self._is_done(run.run_id)]

    def is_own(self, run_id: str) -> bool:
        """Whether this process began a run."""
        return any(
            run_id in entry.runs and entry.runs[run_id].started and entry.process == self._me
            for entry in self._index.values()
        )

    def read(self, run_id: str) -> Run:
        """All that is known of one of these runs.

        Raises:
            StoreError: a part of the store cannot be read.
        """
        return self._reader.read(run_id, self._breathe)

    def settle(self) -> None:
        """Note the segments of which every run is done and that nobody writes any more.

        Raises:
            OSError: that cannot be written.
        """
        begun = {
            run for entry in self._index.values() for run, r in entry.runs.items() if r.started
        }
        found = [
            name
            for name, entry in self._index.items()
            if all(run not in begun or self._is_done(run) for run in entry.runs)
            and not self._is_written(name, entry)
        ]
        for name in found:
            del self._index[name], self._sizes[name]
        if found:
            self._settled.add(found)

    def _is_written(self, name: str, entry: SegmentEntry) -> bool:
        """Whether its process may still append to it, or did since it was read."""
        path = self._root / SEGMENTS / name
        try:
            if not self._is_closed(name, entry, path.stat().st_mtime):
                return True
            return path.stat().st_size != self._sizes[name]
        except FileNotFoundError:
            return False

    def _is_closed(self, name: str, entry: SegmentEntry, touched: float) -> bool:
        """Whether its process is gone, or has begun another one since."""
        if not is_alive(entry.process, touched, self._now()):
            return True
        return any(n > name and e.process == entry.process for n, e in self._index.items())


def _segments(root: Path, since: str) -> Iterator[str]:
    """The names of segments in folders of days that are not older."""
    try:
        days = [day.name for day in os.scandir(root / SEGMENTS) if day.name >= since]
        for day in days:
            for file in os.scandir(root / SEGMENTS / day):
                if file.name.endswith(".ndjson"):
                    yield f"{day}/{file.name}"
    except (FileNotFoundError, NotADirectoryError):
        return
