"""What one target has taken, or will never take: of all processes, only ever added to.

Each process adds lines to a file of its own, as the store does, so that nobody waits for a lock. A
line is a fact that stays true, and may stand there twice; a torn one is skipped, and what it told is
sent again, which a target takes for the same event.
"""

import contextlib
import json
import os
import re
import threading
from collections.abc import Iterator
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path
from typing import Any

from hamilton_ol.delivery.logfile import SUFFIX, LogFile
from hamilton_ol.delivery.told import KINDS, Line, Told

VERSION = 1
LOOKS = 10  # at a folder that others clear up meanwhile
PIECE = 1 << 16  # bytes that are looked at together: a dataflow may run beside
#: A line of an event that was taken, as `sent` writes it: all but a few are such.
_SENT = re.compile(rb'\{"v":1,"run":"([!#-\[\]-~]*)","k":"sent","event":"([!#-\[\]-~]+)"\}\n')


class Acknowledgements:
    """The log of one target; several threads may use it.

    Args:
        folder: where its files are; it is made with the first line.

    Attributes:
        folder: that.
        total: events that the target has taken, as far as is known; it only grows.
        file: what this process adds.
        foreign: names of files with lines that a newer version wrote.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, LogFile(folder)
        self.total, self.foreign = 0, set[str]()
        self._runs: dict[str, Told] = {}
        self._newest: dict[tuple[str, str], tuple[int, str]] = {}
        self._read: dict[str, int] = {}
        self._doubtful = set[str]()  # runs with events that were refused, and none taken since
        self._lock = threading.RLock()
        self._together: list[bytes] | None = None
        self.refresh()

    def refresh(self) -> bool:
        """Take in what other processes have added; False when files came and went all the time.

        Raises:
            OSError: a file cannot be read.
        """
        with self._lock:
            return any(self._read_all() for _ in range(LOOKS))

    def _read_all(self) -> bool:
        """Read what is new; False when files were cleared away meanwhile, into one to be read."""
        sizes = self._sizes()
        try:
            for name in sorted(n for n, size in sizes.items() if size > self._read.get(n, 0)):
                self._read_on(name)
        except FileNotFoundError:
            return False
        self._read = {name: end for name, end in self._read.items() if name in sizes}
        return self._sizes().keys() == sizes.keys()

    def _sizes(self) -> dict[str, int]:
        """{name of a file: bytes in it}, without those whose lines this process added itself."""
        sizes = {}
        with contextlib.suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name.endswith(SUFFIX) and entry.name not in self.file.names:
                    with contextlib.suppress(FileNotFoundError):
                        sizes[entry.name] = entry.stat().st_size
        return sizes

    def _read_on(self, name: str) -> None:
        with (self.folder / name).open("rb") as file:
            file.seek(self._read.setdefault(name, 0))
            while lines := file.readlines(PIECE):
                if not lines[-1].endswith(b"\n"):
                    lines.pop()
                if not self._take_lines(lines):
                    self.foreign.add(name)
                self._read[name] += sum(map(len, lines))
                if not lines:
                    return

    def _take_lines(self, lines: list[bytes]) -> bool:
        """Take in lines; False when a newer version wrote one of them."""
        sent: dict[bytes, list[bytes]] = {}
        rest = []
        for data in lines:
            if found := _SENT.fullmatch(data):
                sent.setdefault(found[1], []).append(found[2])
            else:
                rest.append(data)
        for run_id, events in sent.items():
            line = {"k": "known", "events": b" ".join(events).decode().split(" ")}
            self.total += self._of_run(run_id.decode()).take(line)
        known = [self._take_parsed(line) for line in _parsed(rest)]
        return all(known)

    def _take_parsed(self, line: Any) -> bool:
        """Take in a line; False for one of a newer version."""
        try:
            if line["v"] > VERSION or line["k"] not in KINDS:
                return False
            if isinstance(line["run"], str) and isinstance(line["k"], str):
                self._take(line)
        except (ValueError, TypeError, KeyError, AttributeError):
            return True  # it makes no sense
        return True

    def _take(self, line: Line) -> None:
        told = self._of_run(line["run"])
        self.total += told.take(line)
        if line["k"] == "failed":
            self._doubtful.add(line["run"])
        if "started" in line:
            newest = told.started, line["run"]
            key = told.namespace, told.job
            self._newest[key] = max(newest, self._newest.get(key, newest))

    def of_run(self, run_id: str) -> Told:
        """What is known of a run."""
        with self._lock:
            return self._of_run(run_id)

    def _of_run(self, run_id: str) -> Told:
        found = self._runs.get(run_id)
        if found is None:
            found = self._runs[run_id] = Told()
        return found

    @property
    def has_any(self) -> bool:
        """Whether the target has ever taken an event."""
        return self.total > 0

    def runs(self) -> dict[str, Told]:
        """{run id: what is known of it}."""
        with self._lock:
            return dict(self._runs)

    def newest(self, namespace: str, job: str) -> tuple[int, str]:
        """(start in nanoseconds since the epoch, id) of the newest run of a job that was taken.

        (0, "") when no run is known to be of the job.
        """
        return self._newest.get((namespace, job), (0, ""))

    # --- what is added; each raises OSError when it cannot be written, and is written later ------

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """What is added inside is written at once: all of it, or nothing, survives a crash."""
        with self._lock:
            self._together = []
            try:
                yield
            finally:
                lines, self._together = self._together, None
                self.file.add(b"".join(lines))

    def open(self) -> None:
        """Make sure that something can be noted.

        Raises:
            OSError: it cannot.
        """
        with self._lock:
            self.file.open()

    def close(self) -> None:
        """Give the file back; a later line opens another one."""
        with self._lock:
            self.file.close()

    def begins(self, run_id: str, namespace: str, job: str, started: int) -> None:
        """The first event of a run was taken."""
        self._add(run_id, {"k": "run", "namespace": namespace, "job": job, "started": started})

    def sent(self, run_id: str, event_id: str) -> None:
        """An event was taken."""
        with self._lock:
            told = self.of_run(run_id)
            line: Line = {"run": run_id, "k": "sent", "event": event_id}
            again = ""
            if told.generation:
                line["g"], again = told.generation, f',"g":{told.generation}'
            self._take(line)
            event = quoted(event_id)
            text = f'{{"v":1,"run":{quoted(run_id)},"k":"sent","event":{event}{again}}}\n'
            self._write(text.encode() + self._passed())

    def _passed(self) -> bytes:
        """Lines of all events that were refused before one was taken."""
        found = [
            (run_id, doubted)
            for run_id in self._doubtful
            for doubted, doubt in self.of_run(run_id).doubts.items()
            if not doubt.was_passed
        ]
        self._doubtful.clear()
        return b"".join(
            self._taken_in(run, {"k": "passed", "event": event}) for run, event in found
        )

    def rejected(self, run_id: str, event_id: str, why: str) -> None:
        """An event never will be taken."""
        self._add(run_id, {"k": "rejected", "event": event_id, "why": why})

    def failed(self, run_id: str, event_id: str, why: str, until: float) -> None:
        """An event was answered with a server error; it is worth another try after a time."""
        old = self.of_run(run_id).doubts.get(event_id)
        times = old.times + 1 if old else 1
        line = {"k": "failed", "event": event_id, "times": times, "until": until, "why": why}
        self._add(run_id, line)

    def again(self, run_id: str) -> None:
        """A run is sent anew, as a whole: what was taken of it before does not count."""
        self._add(run_id, {"k": "again"}, self.of_run(run_id).generation + 1)

    def done(self, run_id: str) -> None:
        """Nothing of a run is left to send."""
        sent, rejected = self.of_run(run_id).counts
        self._add(run_id, {"k": "done", "sent": sent, "rejected": rejected})

    def left_out(self, run_id: str, started: int) -> None:
        """A run, which started then, is not among those that the target gets."""
        self._add(run_id, {"k": "left out", "began": started})

    def _add(self, run_id: str, line: dict[str, Any], generation: int | None = None) -> None:
        with self._lock:
            self._write(self._taken_in(run_id, line, generation))

    def _taken_in(self, run_id: str, line: dict[str, Any], generation: int | None = None) -> bytes:
        """Take in what happened to a run; the line that tells it."""
        generation = self.of_run(run_id).generation if generation is None else generation
        line = {"run": run_id, **line} | ({"g": generation} if generation else {})
        self._take(line)
        return encoded(line)

    def _write(self, data: bytes) -> None:
        if self._together is None:
            self.file.add(data)
        else:
            self._together.append(data)


def _parsed(lines: list[bytes]) -> list[Any]:
    """What lines say, without those that make no sense; all at once takes half the time."""
    try:
        found: list[Any] = json.loads(b"[" + b",".join(lines) + b"]")
    except (ValueError, RecursionError):
        found = []
    return found if len(found) == len(lines) else [told for line in lines for told in _alone(line)]


def _alone(line: bytes) -> list[Any]:
    try:
        return [json.loads(line)]
    except (ValueError, RecursionError):
        return []


def encoded(line: Line) -> bytes:
    """A line as it stands in a file."""
    return json.dumps({"v": VERSION, **line}, separators=(",", ":")).encode() + b"\n"
