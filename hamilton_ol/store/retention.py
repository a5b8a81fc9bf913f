"""Removes what is old, when that is due; a job of the writer, a segment at a time.

Only whole segments are removed, so that no writer is disturbed: never one of a process that still
runs. Graphs and what was known of them go when no segment refers to them any more.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hamilton_ol.store.codec import decode
from hamilton_ol.store.index import segment_files
from hamilton_ol.store.liveness import Process, is_alive
from hamilton_ol.store.location import GRAPHS, KNOWN, SEGMENTS
from hamilton_ol.store.schedule import DAY


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is kept; 0 is no limit."""

    days: int
    size: int


def prune(
    root: Path, limits: Limits, now: float, keep: Callable[[Path], bool] = lambda _segment: False
) -> Iterator[None]:
    """Remove segments that are too old, then the oldest while there is too much.

    Args:
        root: the store.
        limits: how much is kept.
        now: seconds since the epoch.
        keep: whether a segment must stay, because a part of it was not sent yet.
    """
    kept: list[tuple[Path, int]] = []
    for path in segment_files(root):
        status = path.stat()
        too_old = limits.days and now - status.st_mtime > limits.days * DAY
        if too_old and not keep(path) and not _is_written(path, status.st_mtime, now):
            _remove(path)
        else:
            kept.append((path, status.st_size))
        yield
    yield from _shrink(kept, limits.size, now, keep)
    yield from _prune_documents(root, now)


def oldest_kept(root: Path) -> int:
    """Nanoseconds since the epoch; of a run that began before nothing is in the store, for sure.

    A week before the day of the oldest segment, because clocks are set now and then. 0 where no
    segment says.

    Raises:
        OSError: the store cannot be read.
    """
    days = [path.name for path in (root / SEGMENTS).iterdir()]
    try:
        first = datetime.strptime(min(days, default=""), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return 0
    return max(int(first.timestamp() - 7 * DAY), 0) * 10**9


def _shrink(
    segments: list[tuple[Path, int]], limit: int, now: float, keep: Callable[[Path], bool]
) -> Iterator[None]:
    total = sum(size for _, size in segments)
    for path, size in segments:
        if not limit or total <= limit:
            return
        if not keep(path) and not _is_written(path, path.stat().st_mtime, now):
            _remove(path)
            total -= size
        yield


def _is_written(path: Path, touched: float, now: float) -> bool:
    """Whether its process still runs; of a file that does not say, it is taken to be dead."""
    with path.open("rb") as file:
        first = file.readline()
    try:
        process = decode(Process, json.loads(first)["process"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return is_alive(process, touched, now)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()


def _prune_documents(root: Path, now: float) -> Iterator[None]:
    """Remove the graphs that no segment names, and what was known of them.

    What was written today stays: its line may still be on its way.
    """
    named: set[str] = set()
    for path in segment_files(root):
        named |= _named_documents(path)
        yield
    fingerprints = set()
    for path in (root / GRAPHS).glob("*.json"):
        if path.stem in named or _is_fresh(path, now):
            fingerprints.add(_fingerprint(path))
        else:
            path.unlink(missing_ok=True)
        yield
    for pointer in (root / KNOWN).glob("*.latest"):
        if pointer.stem in fingerprints or _is_fresh(pointer, now):
            named.add(pointer.read_text(encoding="ascii").strip())
        else:
            pointer.unlink(missing_ok=True)
    for path in (root / KNOWN).glob("*.json"):
        if path.stem not in named and not _is_fresh(path, now):
            path.unlink(missing_ok=True)
        yield


def _is_fresh(path: Path, now: float) -> bool:
    return now - path.stat().st_mtime < DAY


def _named_documents(segment: Path) -> set[str]:
    found = set()
    with segment.open("rb") as file:
        for data in file:
            if b'"document":' in data or b'"known_in":' in data:
                try:
                    line = json.loads(data)
                except ValueError:
                    continue
                found |= {str(line.get("document")), str(line.get("known_in"))}
    return found


def _fingerprint(graph: Path) -> str:
    """The part of a graph's fingerprint that its pointer is called after."""
    try:
        text = str(json.loads(graph.read_bytes())["fingerprint"])
    except (ValueError, KeyError, TypeError):
        return ""
    return text.rpartition(":")[2][:32]
