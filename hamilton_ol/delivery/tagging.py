"""Sets tags beside the events that tell of them, each once; events never wait for that.

What was set is noted in the target's folder, in lines that are only added. What could not be set is
tried again with an event that tells of it: a tag that was refused by the next process, any tag of a
target that did not answer after a while.
"""

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, cast

from hamilton_ol.delivery.answers import TAKEN, Answer
from hamilton_ol.delivery.documents import Document, SharedDocument
from hamilton_ol.delivery.marquez_tags import Tag, tags_of
from hamilton_ol.delivery.transport import Transport
from hamilton_ol.delivery.verdicts import SERVER_ERROR
from hamilton_ol.errors import UnreachableError

FILE, PROBLEM = "tags.ndjson", "tags-problem.json"
_RETYPED = ", as Marquez does for a field that it knows with two types"
REST = 300.0  # seconds in which a target that did not answer is asked for no tags


class TagTarget(Transport, Protocol):
    """A transport that can set tags."""

    @property
    def tag_base(self) -> str:
        """The path below which tags are set; empty where none shall be."""

    def ask(self, method: str, path: str) -> Answer:
        """Ask for something.

        Raises:
            UnreachableError: the target did not answer.
        """


class TagNotes:
    """Which tags one target has; threads may share it.

    Args:
        folder: of the target.
        now: seconds since the epoch.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._folder, self._now, self._lock = folder, now, threading.Lock()
        self._known, self._rests_until = set(_read(folder / FILE)), 0.0

    def missing(self, event: bytes) -> list[Tag]:
        """The tags of an event that are to be set now."""
        if self._now() < self._rests_until:
            return []
        return [tag for tag in dict.fromkeys(tags_of(event)) if tag not in self._known]

    def is_set(self, tag: Tag) -> None:
        """A tag is there.

        Raises:
            OSError: that cannot be noted.
        """
        with self._lock:
            self._known.add(tag)
            _add(self._folder / FILE, tag)
        if (self._folder / PROBLEM).exists():
            SharedDocument(self._folder / PROBLEM).change(lambda old: _left(old, tag))

    def is_refused(self, tag: Tag, why: str) -> None:
        """A tag is not asked for again by this process; errors as of `is_set`."""
        self._known.add(tag)
        self._note(why, path=tag.path)

    def is_away(self, why: str) -> None:
        """The target did not answer; errors as of `is_set`."""
        self._rests_until = self._now() + REST
        self._note(why)

    def _note(self, why: str, **of: str) -> None:
        document = {"v": 1, "when": self._now(), "why": why, **of}
        SharedDocument(self._folder / PROBLEM).change(lambda _old: document)


class TaggingTransport:
    """Sends events as another transport does, and sets their tags.

    Args:
        transport: sends and sets.
        notes: of its target.

    Attributes:
        address: of the target.
    """

    def __init__(self, transport: TagTarget, notes: TagNotes) -> None:
        self._transport, self._notes, self.address = transport, notes, transport.address

    def reach(self) -> None:
        """Open the connection; errors as of the other transport."""
        self._transport.reach()

    def send(self, event: bytes) -> None:
        """Send one event; errors as of the other transport, none because of tags."""
        self._transport.send(event)
        with contextlib.suppress(OSError):  # a tag that could not be noted is set once more
            try:
                for tag in self._notes.missing(event):
                    self._set(tag)
            except UnreachableError as error:
                self._notes.is_away(str(error))

    def _set(self, tag: Tag) -> None:
        answer = self._transport.ask("POST", f"{self._transport.tag_base}/{tag.path}")
        if answer.status in TAKEN and not answer.is_page:
            self._notes.is_set(tag)
        else:
            why = f"{self.address} answered {answer.status} to {tag.path}"
            is_retyped = bool(tag.type) and answer.status == SERVER_ERROR
            self._notes.is_refused(tag, why + _RETYPED if is_retyped else why)

    def close(self) -> None:
        """Give back what is open."""
        self._transport.close()


def with_tags(connect: Callable[[], Transport], folder: Path) -> Callable[[], Transport]:
    """Makes the same transports; those that shall set tags do.

    Args:
        connect: makes a transport.
        folder: of the target.
    """
    lock, found = threading.Lock(), list[TagNotes]()

    def connected() -> Transport:
        transport = connect()
        if not getattr(transport, "tag_base", ""):  # most transports cannot, or shall not
            return transport
        with lock:
            if not found:
                found.append(TagNotes(folder))
        return TaggingTransport(cast("TagTarget", transport), found[0])

    return connected


def tag_problem(folder: Path) -> str:
    """Why a tag could not be set at a target the last time, or an empty text."""
    found = SharedDocument(folder / PROBLEM).read()
    return str(found.get("why", "")) if found else ""


def forget_tags(folder: Path) -> None:
    """Set all tags anew with the events that tell of them: a server may have been emptied.

    Raises:
        OSError: the notes cannot be removed.
    """
    for name in (FILE, PROBLEM):
        (folder / name).unlink(missing_ok=True)


def _left(problem: Document | None, tag: Tag) -> Document | None:
    """What is still wrong once a tag is there: another one that was refused is as it was."""
    return problem if problem and problem.get("path", tag.path) != tag.path else None


def _add(path: Path, tag: Tag) -> None:
    line = json.dumps({"v": 1, **tag._asdict()}).encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, b"\n" + line + b"\n")  # what was torn before it ends there
    finally:
        os.close(descriptor)


def _read(path: Path) -> Iterator[Tag]:
    """The tags that are noted; torn lines are skipped."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for data in lines:
        with contextlib.suppress(ValueError, TypeError, KeyError, RecursionError):
            line = json.loads(data)
            yield Tag(str(line["path"]), str(line["type"]))
