"""Which run is in which segment, and how it went: a disposable summary, so that nobody reads all.

A segment is read once; of one that grew since only the rest is. Whoever cannot write the summary
keeps it in memory, and removing it loses nothing.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hamilton_ol.errors import StoreTooNewError, StoreUnreadableError
from hamilton_ol.records import Parent, RunFinished
from hamilton_ol.store import documents
from hamilton_ol.store.codec import decode, encode
from hamilton_ol.store.lines import VERSION, time_of
from hamilton_ol.store.liveness import Process
from hamilton_ol.store.location import SEGMENTS

FILE = "index.json"
FORMAT = 3

_NODE = b'{"v":1,"k":"node","run":"'
_SHARED = (b'{"v":1,"k":"schema"', b'{"v":1,"k":"graph"')

#: Where lines begin, from a byte on, and before another one or up to the end.
Span = tuple[int, int | None]


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
        first, last: the bytes where the first line that names it begins, and the last one ends.
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
    first: int = 0
    last: int = 0


@dataclass
class SegmentEntry:
    """What is known of one segment.

    Attributes:
        read: bytes of it that were read.
        process: who writes it.
        runs: by id.
        shared: the bytes where lines begin that lines of any run may refer to.
    """

    read: int = 0
    process: Process = field(default_factory=lambda: Process(0))
    runs: dict[str, RunEntry] = field(default_factory=dict)
    shared: tuple[int, ...] = ()

    def of_run(self, run_id: str, start: int, end: int) -> RunEntry:
        """What is known of a run that a line names, which lies between these bytes."""
        run = self.runs.get(run_id)
        if run is None:
            run = self.runs[run_id] = RunEntry(first=start)
        run.last = end
        return run

    def spans(self, run_id: str) -> list[Span]:
        """Where lines lie that tell of a run, or are referred to; also those added since."""
        run = self.runs[run_id]
        shared: list[Span] = [(start, start + 1) for start in self.shared if start < run.first]
        return [*shared, (run.first, run.last), (self.read, None)]


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
    sizes = {path: size for path in segment_files(root) if (size := _size(path)) is not None}
    total = sum(sizes.values())
    done, is_changed = 0, False
    for path, size in sizes.items():
        name = path.relative_to(root / SEGMENTS).as_posix()
        entry = old.get(name, SegmentEntry())
        if not 0 <= entry.read <= size:
            entry = SegmentEntry()
        before = entry.read
        if entry.read < size:
            read_on(path, entry)
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


def _size(path: Path) -> int | None:
    """Bytes in a segment; None when it was removed meanwhile, because it was old."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> StoreUnreadableError:
    hint = "Look at its permissions, or move it away."
    return StoreUnreadableError(f"{path} cannot be read: {error}", hint=hint)


def _stored(root: Path) -> Index:
    try:
        document = json.loads((root / FILE).read_bytes())
        is_ours = document["format"] == FORMAT and document["lines"] == VERSION
        return decode(_INDEX, document["segments"]) if is_ours else {}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}


_INDEX: Any = Mapping[str, SegmentEntry]


def _keep(root: Path, index: Index) -> None:
    document = {"format": FORMAT, "lines": VERSION, "segments": encode(index)}
    try:
        documents.replace(root / FILE, documents.dump(document))
    except OSError:
        return  # read-only: the next reader reads the segments again


def read_on(path: Path, entry: SegmentEntry, breathe: Callable[[], None] = lambda: None) -> None:
    """Take in what a segment holds beyond what is known of it.

    Args:
        path: the segment.
        entry: what is known of it.
        breathe: called before each line.

    Raises:
        As `load`.
    """
    for data, end in _new_lines(path, entry.read):
        breathe()
        start, entry.read = entry.read, end
        if data.startswith(_NODE):
            _count_node(entry, data, start)
        elif data.startswith(_SHARED):
            entry.shared += (start,)
        else:
            fields = parse(data, path)
            if fields is not None:
                _take(entry, fields, start)


def _new_lines(path: Path, start: int) -> Iterator[tuple[bytes, int]]:
    """(line, where it ends) of whole lines from `start` on; a torn last one is left for later."""
    for data in read_lines(path, [(start, None)]):
        if data.endswith(b"\n"):
            start += len(data)
            yield data, start


def is_told(data: bytes, run_id: bytes) -> bool:
    """Whether a line may tell of a run, or be what others refer to."""
    return run_id in data or data.startswith(_SHARED)


def read_lines(path: Path, spans: Iterable[Span]) -> Iterator[bytes]:
    """The lines of a segment that begin in some spans, each with its end; none if it was removed.

    Raises:
        StoreUnreadableError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            for start, end in spans:
                file.seek(start)
                while (end is None or start < end) and (data := file.readline()):
                    start += len(data)  # noqa: PLW2901 - telling costs a call of the system
                    yield data
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unreadable(path, error) from error


def parse(data: bytes, path: Path) -> dict[str, Any] | None:
    """A line's fields; None when it is torn or no line of ours.

    Raises:
        StoreTooNewError: a newer version wrote it.
    """
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        return None
    version = fields.get("v") if isinstance(fields, dict) else None
    if type(version) is not int:
        return None
    if version > VERSION:
        raise StoreTooNewError(
            f"{path} was written by a newer version of hamilton-ol (format {version})",
            hint="Upgrade with `pip install -U hamilton-ol`, or use another store.",
        )
    return dict(fields)


def _count_node(entry: SegmentEntry, data: bytes, start: int) -> None:
    run_id = data[len(_NODE) : data.find(b'"', len(_NODE))].decode("ascii", "replace")
    run = entry.of_run(run_id, start, entry.read)
    run.nodes += 1
    run.failed += b'"s":"FAILED"' in data


def _take(entry: SegmentEntry, fields: dict[str, Any], start: int) -> None:
    """Note what a line tells; one that makes no sense tells nothing."""
    kind, run_id = fields.get("k"), fields.get("run")
    try:
        if kind == "segment":
            entry.process = decode(Process, fields["process"])
        elif isinstance(run_id, str):
            _take_of_run(entry.of_run(run_id, start, entry.read), kind, fields)
    except (TypeError, ValueError, KeyError):
        return


def _take_of_run(run: RunEntry, kind: object, fields: dict[str, Any]) -> None:
    if kind == "run":
        time_of(fields["time"])
        told = decode(RunEntry, {"started": fields["time"], **_said_at_start(fields)})
        run.started, run.job, run.namespace = told.started, told.job, told.namespace
        run.requested, run.parent = told.requested, told.parent
    elif kind == "finish":
        finished = decode(RunFinished, fields)
        run.status, run.ended = finished.status, time_of(finished.time)
    elif kind == "node":  # of a writer that puts its fields in another order
        run.nodes += 1
        run.failed += fields.get("s") == "FAILED"


def _said_at_start(fields: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {key: fields[key] for key in _SAID if key in fields}
    if fields.get("parent"):
        told["parent"] = decode(Parent, fields["parent"]).run_id
    return told


_SAID = ("job", "namespace", "requested")
