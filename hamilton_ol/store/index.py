"""Which run is in which segment, and how it went: a disposable summary, so that nobody reads all.

A segment is read once; of one that grew since only the rest is. Whoever cannot write the summary
keeps it in memory, and removing it loses nothing.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hamilton_ol.errors import StoreTooNewError, StoreUnreadableError
from hamilton_ol.store import documents
from hamilton_ol.store.codec import decode, encode
from hamilton_ol.store.lines import VERSION
from hamilton_ol.store.liveness import Process
from hamilton_ol.store.location import SEGMENTS

FILE = "index.json"
FORMAT = 1

_NODE = b'{"v":1,"k":"node","run":"'
_ID = slice(len(_NODE), len(_NODE) + 36)


@dataclass
class RunEntry:
    """What a segment says of one run.

    Attributes:
        started: when, nanoseconds since the epoch; 0 where only nodes are, from a worker.
        job, namespace: of the run.
        requested: outputs.
        status: how it ended, empty when it did not.
        ended: when.
        nodes, failed: how many nodes ended, and failed.
        parent: the run that it is a part of.
    """

    started: int = 0
    job: str = ""
    namespace: str = ""
    requested: tuple[str, ...] = ()
    status: str = ""
    ended: int = 0
    nodes: int = 0
    failed: int = 0
    parent: str = ""


@dataclass
class SegmentEntry:
    """What is known of one segment.

    Attributes:
        read: bytes of it that were read.
        process: who writes it.
        runs: by id.
    """

    read: int = 0
    process: Process = field(default_factory=lambda: Process(0))
    runs: dict[str, RunEntry] = field(default_factory=dict)


Index = dict[str, SegmentEntry]


def load(root: Path, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Index:
    """The index of a store, brought up to date.

    Args:
        root: the store.
        progress: called with the bytes that were read, and that are to be read.

    Raises:
        StoreUnreadableError: a segment cannot be read.
        StoreTooNewError: a segment was written by a newer version.
    """
    old, new = _stored(root), Index()
    sizes = {path: path.stat().st_size for path in segment_files(root)}
    total = sum(sizes.values())
    done, is_changed = 0, False
    for path, size in sizes.items():
        name = path.relative_to(root / SEGMENTS).as_posix()
        entry = old.get(name, SegmentEntry())
        if entry.read > size:
            entry = SegmentEntry()
        if entry.read < size:
            before = entry.read
            _read_on(path, entry)
            is_changed = is_changed or entry.read > before
        new[name] = entry
        done += size
        progress(done, total)
    if is_changed or old.keys() != new.keys():
        _keep(root, new)
    return new


def segment_files(root: Path) -> list[Path]:
    """All segments, the oldest first.

    Raises:
        StoreUnreadableError: the folder cannot be read.
    """
    try:
        return sorted((root / SEGMENTS).glob("*/*.ndjson"))
    except OSError as error:
        raise StoreUnreadableError(f"The store cannot be read: {error}") from error


def _stored(root: Path) -> Index:
    try:
        document = json.loads((root / FILE).read_bytes())
        if document.get("format") != FORMAT:
            return {}
        return {k: decode(SegmentEntry, v) for k, v in document["segments"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _keep(root: Path, index: Index) -> None:
    document = {"format": FORMAT, "segments": encode(index)}
    try:
        documents.replace(root / FILE, documents.dump(document))
    except OSError:
        return  # read-only: the next reader reads the segments again


def _read_on(path: Path, entry: SegmentEntry) -> None:
    for data, end in _new_lines(path, entry.read):
        entry.read = end
        if data.startswith(_NODE):
            _count_node(entry, data)
        else:
            fields = parse(data, path)
            if fields is not None:
                _take(entry, fields)


def _new_lines(path: Path, start: int) -> Iterator[tuple[bytes, int]]:
    """(line, where it ends) of the whole lines from `start` on; a torn last one is left for later."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            for data in file:
                if not data.endswith(b"\n"):
                    return
                start += len(data)
                yield data, start
    except OSError as error:
        raise StoreUnreadableError(
            f"{path} cannot be read: {error}", hint="Look at its permissions, or move it away."
        ) from error


def parse(data: bytes, path: Path) -> dict[str, Any] | None:
    """A line's fields; None when it is torn or no line of ours.

    Raises:
        StoreTooNewError: a newer version wrote it.
    """
    try:
        fields = json.loads(data)
        version = fields["v"]
    except (ValueError, TypeError, KeyError):
        return None
    if not isinstance(version, int) or version <= VERSION:
        return dict(fields)
    raise StoreTooNewError(
        f"{path} was written by a newer version of hamilton-ol (format {version})",
        hint="Upgrade with `pip install -U hamilton-ol`, or use another store.",
    )


def _count_node(entry: SegmentEntry, data: bytes) -> None:
    run = entry.runs.setdefault(data[_ID].decode("ascii", "replace"), RunEntry())
    run.nodes += 1
    run.failed += b'"s":"FAILED"' in data


def _take(entry: SegmentEntry, fields: dict[str, Any]) -> None:
    kind, run_id = fields.get("k"), fields.get("run")
    if kind == "segment":
        entry.process = decode(Process, fields.get("process") or {"pid": 0})
    if not isinstance(run_id, str):
        return
    run = entry.runs.setdefault(run_id, RunEntry())
    if kind == "run":
        run.started, run.job = fields.get("time", 0), fields.get("job", "")
        run.namespace = fields.get("namespace", "")
        run.requested = tuple(fields.get("requested", ()))
        run.parent = (fields.get("parent") or {}).get("run_id", "")
    elif kind == "finish":
        run.status, run.ended = fields.get("status", ""), fields.get("time", 0)
