"""What one target has taken, or will never take: of all processes, only ever added to.

Each process adds lines to a file of its own, as the store does, so that nobody waits for a lock. A
line is a fact that stays true, and may stand there twice; a torn one is skipped, and what it told is
sent again, which a target takes for the same event.
"""

import json
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VERSION = 1
SUFFIX = ".ndjson"


@dataclass
class Told:
    """What is known of one run at one target.

    Attributes:
        sent: ids of events that were taken.
        rejected: {id of an event that never will be: why}.
        is_done: whether nothing is left to send.
        before: events taken in a run that was compacted, whose ids are not kept.
        refused_before: events of it that never will be.
    """

    sent: set[str] = field(default_factory=set)
    rejected: dict[str, str] = field(default_factory=dict)
    is_done: bool = False
    before: int = 0
    refused_before: int = 0

    def has(self, event_id: str) -> bool:
        """Whether an event need not be sent."""
        return event_id in self.sent or event_id in self.rejected

    @property
    def counts(self) -> tuple[int, int]:
        """Events that were (taken, refused)."""
        sent, rejected = len(self.sent - self.rejected.keys()), len(self.rejected)
        return max(sent, self.before), max(rejected, self.refused_before)


class Acknowledgements:
    """The log of one target.

    Args:
        folder: where its files are; it is made with the first line.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / _name()
        self._runs: dict[str, Told] = {}
        self._read: dict[str, int] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take in what other processes have added.

        Raises:
            OSError: a file cannot be read.
        """
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            for line in self._new_lines(path):
                self._take(line)

    def _new_lines(self, path: Path) -> Iterator[dict[str, Any]]:
        try:
            with path.open("rb") as file:
                file.seek(self._read.get(path.name, 0))
                for data in file:
                    if not data.endswith(b"\n"):
                        return
                    self._read[path.name] = self._read.get(path.name, 0) + len(data)
                    yield from _parsed(data)
        except FileNotFoundError:  # compacted meanwhile, into a file that is read too
            return

    def of_run(self, run_id: str) -> Told:
        """What is known of a run."""
        return self._runs.setdefault(run_id, Told())

    @property
    def has_any(self) -> bool:
        """Whether the target has ever taken an event."""
        return any(told.counts[0] for told in self._runs.values())

    def runs(self) -> dict[str, Told]:
        """{run id: what is known of it}."""
        return dict(self._runs)

    def sent(self, run_id: str, event_id: str) -> None:
        """An event was taken.

        Raises:
            OSError: that cannot be written.
        """
        self._add({"run": run_id, "k": "sent", "event": event_id})

    def rejected(self, run_id: str, event_id: str, why: str) -> None:
        """An event never will be taken.

        Raises:
            OSError: that cannot be written.
        """
        self._add({"run": run_id, "k": "rejected", "event": event_id, "why": why})

    def done(self, run_id: str) -> None:
        """Nothing of a run is left to send.

        Raises:
            OSError: that cannot be written.
        """
        self._add(_done(run_id, self.of_run(run_id)))

    def _add(self, line: dict[str, Any]) -> None:
        data = json.dumps({"v": VERSION, **line}, separators=(",", ":")).encode() + b"\n"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            written = os.write(descriptor, data)
        finally:
            os.close(descriptor)
        if written < len(data):
            raise OSError(28, "only a part of a line could be written")
        self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        told, event = self.of_run(line["run"]), line.get("event")
        match line["k"]:
            case "sent" if event:
                told.sent.add(event)
            case "rejected" if event:
                told.rejected[event] = str(line.get("why", ""))
            case "done":
                told.is_done = True
                told.before = max(told.before, int(line.get("sent", 0)))
                told.refused_before = max(told.refused_before, int(line.get("rejected", 0)))


def _done(run_id: str, told: Told) -> dict[str, Any]:
    sent, rejected = told.counts
    return {"run": run_id, "k": "done", "sent": sent, "rejected": rejected}


def _parsed(data: bytes) -> Iterator[dict[str, Any]]:
    try:
        line = json.loads(data)
        if line["v"] <= VERSION and isinstance(line["run"], str) and isinstance(line["k"], str):
            yield line
    except (ValueError, TypeError, KeyError, RecursionError):
        return


def _name() -> str:
    return f"{time.strftime('%Y%m%d%H%M%S', time.gmtime())}-{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
