"""One process's own file of lines, only ever appended to."""

import os
import secrets
import time
from pathlib import Path

from hamilton_ol.store.location import SEGMENTS

ROTATE_AT = 64 << 20


class Segment:
    """An open segment.

    Attributes:
        path: the file.
        size: bytes in it.
    """

    def __init__(self, root: Path, header: str) -> None:
        now = time.gmtime()
        folder = root / SEGMENTS / time.strftime("%Y-%m-%d", now)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        start = time.strftime("%H%M%S", now)
        self.path = folder / f"{start}-{os.getpid()}-{secrets.token_hex(4)}.ndjson"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        self._fd = os.open(self.path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
        self.size = 0
        self.append(header.encode())

    def append(self, payload: bytes) -> None:
        """Append whole lines, all of them or none.

        Raises:
            OSError: they could not be written, or somebody removed the file.
        """
        view, written = memoryview(payload), 0
        try:
            while written < len(view):
                written += os.write(self._fd, view[written:])
        except OSError:
            self._undo()
            raise
        self.size += written

    def _undo(self) -> None:
        """A full disk takes a part of a line before it says no."""
        try:
            os.ftruncate(self._fd, self.size)
        except OSError:  # what is torn stays; readers skip it
            self.size = os.fstat(self._fd).st_size

    def is_gone(self) -> bool:
        """Whether somebody removed the file, so that nobody would find what is written to it."""
        try:
            return os.fstat(self._fd).st_nlink == 0
        except OSError:
            return True

    def touch(self) -> None:
        """Tell other hosts that the process is alive."""
        os.utime(self._fd)

    def close(self) -> None:
        """Give the file back to the system."""
        os.close(self._fd)
