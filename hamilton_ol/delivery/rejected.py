"""The events that a target refused for good, for a person to read.

What decides stands in the acknowledgements; this file says more, and may be removed. It holds about
the last thousands: when it is full it is put aside, and the one before it goes.
"""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FILE, OLDER = "rejected.ndjson", "rejected.1.ndjson"
LARGEST = 4 << 20  # bytes


class Rejection(NamedTuple):
    """An event that was refused for good.

    Attributes:
        when: seconds since the epoch.
        run_id: of Hamilton's run.
        event_id: of the event.
        job: the event's.
        event_type: START, COMPLETE, FAIL or ABORT.
        status: of HTTP; 0 when there was none.
        body: the beginning of the answer.
        why: what is said to a person.
    """

    when: float
    run_id: str
    event_id: str
    job: str
    event_type: str
    status: int
    body: str
    why: str


class RejectedEvents:
    """The file of one target.

    Args:
        folder: of the target.
        largest: bytes that it may have.
    """

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder, self._largest, self._lock = folder, largest, threading.Lock()

    def add(self, rejection: Rejection) -> None:
        """Add an event.

        Raises:
            OSError: it cannot be written.
        """
        path = self._folder / FILE
        line = json.dumps({"v": 1, **rejection._asdict()}).encode() + b"\n"
        with self._lock:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                if os.fstat(descriptor).st_size + len(line) > self._largest:
                    path.replace(self._folder / OLDER)
                os.write(descriptor, line)
            finally:
                os.close(descriptor)


def read(folder: Path) -> Iterator[Rejection]:
    """The events that a target refused, the oldest first; torn lines are skipped.

    Args:
        folder: of the target.

    Raises:
        OSError: they cannot be read.
    """
    for name in (OLDER, FILE):
        try:
            with (folder / name).open("rb") as file:
                for data in file:
                    yield from _parsed(data)
        except FileNotFoundError:
            continue


def _parsed(data: bytes) -> Iterator[Rejection]:
    try:
        line = json.loads(data)
        yield Rejection(*(line[name] for name in Rejection._fields))
    except (ValueError, TypeError, KeyError, RecursionError):
        return
