"""Reads OpenLineage events from files that anybody may have written.

A file holds an event a line, one event or an array of events, or what Marquez answers when it is
asked for its events; each of them may be compressed with gzip. What cannot be read is named with
its line and left out.
"""

import gzip
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from hamilton_ol.errors import DataflowError
from hamilton_ol.sources.eventjson import event_parsed, parsed
from hamilton_ol.sources.problems import Problems

SUFFIXES = (".json", ".ndjson", ".jsonl", ".log")
STDIN, STDIN_NAME = "-", "standard input"
LARGEST_STDIN = 4 << 30  # bytes that are kept of it, in a file
LONGEST_LINE = 64 << 20  # bytes
LARGEST_DOCUMENT = 512 << 20  # bytes of a file that is not an event a line
MOST_FILES = 100_000  # of a folder
MOST_UNPACKED = 256 << 20  # bytes that a compressed file may hold, or
LARGEST_RATIO = 200  # times its size, if that is more; events come to 10 to 50
GZIP = b"\x1f\x8b"
BUFFER = 1 << 18  # bytes that are read at once
STEP = 200  # events between two tellings of progress

Event = dict[str, Any]
Progress = Callable[[int, int], None]


class Line(NamedTuple):
    """A line of a file.

    Attributes:
        number: from 1.
        data: without what does not fit; it ends with a line break unless it is the last one.
        is_whole: whether all of it fits.
    """

    number: int
    data: bytes
    is_whole: bool


def read_events(
    paths: Iterable[str | Path],
    problems: Problems,
    progress: Progress = lambda _done, _all: None,
) -> Iterator[Event]:
    """All events of some files and folders.

    Args:
        paths: files, folders of files, or `-` for standard input.
        problems: is told what cannot be read.
        progress: called with bytes read and bytes in all; what it raises ends the reading.

    Raises:
        DataflowError: a file is not there, or cannot be opened.
    """
    files = [file for path in paths for file in _files(path, problems)]
    total, done = sum(_size(file) for file in files), 0
    for file in files:
        with _opened(file, problems) as raw:
            place = STDIN_NAME if file == STDIN else str(file)
            for number, event in enumerate(_events(_decompressed(raw), place, problems), 1):
                yield event
                if number % STEP == 0 and file != STDIN:
                    progress(done + raw.tell(), total)
        done += _size(file)
        progress(done, total)


def _files(path: str | Path, problems: Problems) -> list[str | Path]:
    """The file, or the files of a folder and below it; a link in it is not followed."""
    if path == STDIN:
        return [STDIN]
    path = Path(path)
    if not path.is_dir():
        return [path]
    found = list(islice(_below(path), MOST_FILES + 1))
    if len(found) > MOST_FILES:
        found.pop()
        problems.add(f"{path}: has more than {MOST_FILES:,} files, the others are left out")
    return [Path(one) for one in sorted(found)]


def _below(folder: Path) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            is_events = name.removesuffix(".gz").endswith(SUFFIXES)
            if is_events and file.is_file() and not file.is_symlink():
                yield str(file)


def _size(path: str | Path) -> int:
    try:
        return 0 if path == STDIN else Path(path).stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error


def _opened(path: str | Path, problems: Problems) -> BinaryIO:
    """A file in which one can go back."""
    try:
        if path == STDIN:
            return _kept(sys.stdin.buffer, problems)
        if Path(path).exists() and not Path(path).is_file():
            raise OSError("it is no file")  # noqa: TRY301 - a device may never end
        return Path(path).open("rb", BUFFER)
    except OSError as error:
        raise _unreadable(path, error) from error


def _kept(sent: BinaryIO, problems: Problems) -> BinaryIO:
    """A file of what comes in, up to a limit."""
    kept = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - the caller closes it
    while data := sent.read(min(BUFFER, LARGEST_STDIN + 1 - kept.tell())):
        kept.write(data)
    if kept.tell() > LARGEST_STDIN:
        kept.truncate(LARGEST_STDIN)
        problems.add(f"{STDIN_NAME}: more than {LARGEST_STDIN >> 20:,} MB, the rest is left out")
    kept.seek(0)
    return kept


def _unreadable(path: str | Path, error: OSError) -> DataflowError:
    text = f"The events in {path} cannot be read: {error.strerror or error}"
    return DataflowError(text, hint="Give a file of OpenLineage events, a folder of them, or -.")


def _decompressed(raw: BinaryIO) -> BinaryIO:
    is_packed = raw.read(len(GZIP)) == GZIP
    raw.seek(0)
    return cast("BinaryIO", io.BufferedReader(_Unpacked(raw), BUFFER)) if is_packed else raw


class _Unpacked(io.RawIOBase):
    """What a compressed file holds; an `OSError` where that is more than it can be.

    Args:
        raw: the file, at its beginning.
    """

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        self._file = gzip.GzipFile(fileobj=raw)
        self._most = max(MOST_UNPACKED, LARGEST_RATIO * raw.seek(0, os.SEEK_END))
        raw.seek(0)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place of what is unpacked."""
        return self._file.seek(offset, whence)

    def readinto(self, buffer: Any) -> int:
        """Unpack some.

        Raises:
            OSError, EOFError: it cannot be unpacked, or only to far too much.
        """
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        if self._file.tell() > self._most:
            raise OSError(f"it unpacks to more than {self._most >> 20} MB")
        return len(data)


# --- one file ------------------------------------------------------------------------------------


def _events(file: BinaryIO, place: str, problems: Problems) -> Iterator[Event]:
    lines = _lines(file, place, problems)
    first = next(lines, None)
    if first is None:
        return
    whole = None if not first.is_whole or _is_json(first.data) else _document(first, file)
    if whole is not None:
        yield from _within(whole, place, problems)
        return
    yield from _of_line(first, place, problems)
    for line in lines:
        yield from _of_line(line, place, problems)


def _lines(file: BinaryIO, place: str, problems: Problems) -> Iterator[Line]:
    """The lines that are not empty."""
    number = 0
    try:
        while data := file.readline(LONGEST_LINE):
            number += 1
            is_whole = data.endswith(b"\n") or len(data) < LONGEST_LINE
            if not is_whole:
                _skip(file)
            if data.strip():
                yield Line(number, data, is_whole)
    except (OSError, EOFError) as error:  # gzip says so of what is torn or no gzip
        problems.add(f"{place}: cannot be read after line {number}: {error}")


def _skip(file: BinaryIO) -> None:
    while (data := file.readline(BUFFER)) and not data.endswith(b"\n"):
        pass


def _document(first: Line, file: BinaryIO) -> object | None:
    """A file that holds one value over several lines; None when it does not."""
    if first.data.lstrip()[:1] not in (b"{", b"["):
        return None
    start = file.tell()
    try:
        return parsed(first.data + file.read(LARGEST_DOCUMENT))
    except (ValueError, RecursionError, OSError, EOFError):
        file.seek(start)
        return None


def _is_json(data: bytes) -> bool:
    try:
        parsed(data)
    except (ValueError, RecursionError):
        return False
    return True


def _of_line(line: Line, place: str, problems: Problems) -> Iterable[Event]:
    where = f"{place}, line {line.number}"
    if not line.is_whole:
        problems.add(f"{where}: longer than {LONGEST_LINE >> 20} MB, left out")
        return ()
    try:
        found = event_parsed(line.data)
    except RecursionError:
        problems.add(f"{where}: nested too deeply")
    except ValueError as error:
        problems.add(f"{where}: no JSON: {error}")
    else:
        return _within(found, where, problems)
    return ()


def _within(found: object, where: str, problems: Problems) -> Iterable[Event]:
    """The events in a value: one, an array of them, or an answer of Marquez."""
    if isinstance(found, dict):
        events = found.get("events") if "job" not in found and "dataset" not in found else None
        if not isinstance(events, list):
            return (found,)
        found = events
    if not isinstance(found, list):
        problems.add(f"{where}: {type(found).__name__} where an event is expected")
        return ()
    return _among(found, where, problems)


def _among(found: list[Any], where: str, problems: Problems) -> Iterator[Event]:
    for number, event in enumerate(found, 1):
        if isinstance(event, dict):
            yield event
        else:
            problems.add(f"{where}, item {number}: no event")
