"""One process's own file of lines, only ever appended to."""

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path

from hamilton_ol.store.location import SEGMENTS

ROTATE_AT = 64 << 20


class Segment:
    """An open segment.

    Args:
        root: the store.
        payload: its first lines.

    Attributes:
        path: the file.
        size: bytes in it.

    Raises:
        OSError: it could not be made, or the first lines could not be written; then it is gone.
    """

    def __init__(self, root: Path, payload: bytes) -> None:
        now = time.gmtime()
        folder = root / SEGMENTS / time.strftime("%Y-%m-%d", now)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        start = time.strftime("%H%M%S", now)
        self.path = folder / f"{start}-{os.getpid()}-{secrets.token_hex(4)}.ndjson"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        self._fd = os.open(self.path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
        self._identity = _identity(os.fstat(self._fd))
        self.size, self._is_torn = 0, False
        try:
            self.append(payload)
        except BaseException:
            self._abandon()
            raise

    def append(self, payload: bytes) -> None:
        """Append whole lines, all of them or none.

        Raises:
            OSError: they could not be written.
        """
        view, written = memoryview(b"\n" + payload if self._is_torn else payload), 0
        try:
            while written < len(view):
                written += self._write(view[written:])
        except BaseException:
            self._undo(written)
            raise
        self.size += written
        self._is_torn = False

    def _write(self, part: memoryview) -> int:
        written = os.write(self._fd, part)
        if written == 0:  # no file system should, but trying for ever would hang the process
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return written

    def _undo(self, written: int) -> None:
        """A full disk takes a part of a line before it says no."""
        if written:
            try:
                os.ftruncate(self._fd, self.size)
            except OSError:  # what is torn stays; readers skip it, and the next line starts anew
                self._is_torn = True
                self.size += written

    def is_gone(self) -> bool:
        """Whether nobody would find what is written now.

        Somebody removed the file; or closed the descriptor, as programs do that become daemons,
        and what has its number now is not ours.
        """
        try:
            status = os.fstat(self._fd)
        except OSError:
            return True
        return status.st_nlink == 0 or _identity(status) != self._identity

    def touch(self) -> None:
        """Tell other hosts that the process is alive."""
        os.utime(self._fd)

    def close(self) -> None:
        """Give the file back to the system."""
        if _identity(os.fstat(self._fd)) == self._identity:
            os.close(self._fd)

    def _abandon(self) -> None:
        """Leave neither an open file nor an empty one."""
        with contextlib.suppress(OSError):
            self.close()
        with contextlib.suppress(OSError):
            self.path.unlink()


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
