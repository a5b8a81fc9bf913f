"""A process's own file of lines in a folder that many processes read; only ever added to.

The file is locked while its process lives, so that others know when they may clear it away: the
system gives a lock back whatever becomes of a process.
"""

import contextlib
import errno
import os
import secrets
import time
from pathlib import Path

from hamilton_ol.delivery.documents import lock

SUFFIX = ".ndjson"
LARGEST = 4 << 20  # bytes; then another file begins, and others may clear this one away
TRIES = 20


class LogFile:
    """The lines of one process.

    Args:
        folder: where the file is made, with the first line.

    Attributes:
        names: of the files that this process has made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self.names = folder, set[str]()
        self._descriptor, self._pid, self._identity, self._size = -1, os.getpid(), (0, 0), 0
        self._unwritten = b""

    def open(self) -> None:
        """Make the file unless there is one, and write what could not be written before.

        Raises:
            OSError: it cannot be written.
        """
        self._leave_to_parent()
        if self._size > LARGEST:
            self.close()
        if self._is_gone():
            self._descriptor = self._made()
            status = os.fstat(self._descriptor)
            self._size = 0
            self._identity = status.st_dev, status.st_ino
        if self._unwritten:
            self._write(self._unwritten)
            self._unwritten = b""

    def add(self, data: bytes) -> None:
        """Add whole lines; those that cannot be written are, with the next ones.

        Raises:
            OSError: they cannot be written now.
        """
        self._leave_to_parent()
        self._unwritten += data
        self.open()

    def close(self) -> None:
        """Give the file back to the system, and to whoever clears away."""
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                if self._is_ours(os.fstat(self._descriptor)):
                    os.close(self._descriptor)
        self._descriptor = -1

    def _leave_to_parent(self) -> None:
        """After a fork: the file, its lock and what was not written are the parent's."""
        if self._pid != os.getpid():
            self.close()
            self._pid, self._unwritten, self.names = os.getpid(), b"", set()

    def _is_gone(self) -> bool:
        """Whether nobody would find what is written now: removed, or closed by somebody."""
        if self._descriptor < 0:
            return True
        try:
            status = os.fstat(self._descriptor)
        except OSError:
            return True
        if status.st_nlink == 0:
            self.close()
        return status.st_nlink == 0 or not self._is_ours(status)

    def _is_ours(self, status: os.stat_result) -> bool:
        """Whether the descriptor still means our file: programs that become daemons close all."""
        return (status.st_dev, status.st_ino) == self._identity

    def _made(self) -> int:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        for _ in range(TRIES):
            name = new_name()
            descriptor = os.open(self._folder / name, flags, 0o600)
            if lock(descriptor, shared=True):  # else somebody clears it away, empty as it is
                self.names.add(name)
                return descriptor
            os.close(descriptor)
        raise OSError(errno.EAGAIN, "somebody else keeps locking new files")

    def _write(self, data: bytes) -> None:
        """Write it all, or nothing: a full disk takes a part before it says no."""
        written = os.write(self._descriptor, data)
        self._size += written
        if written < len(data):
            self.close()  # what is torn is the end of this file
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def new_name() -> str:
    """What a file of this process may be called: nobody else's is."""
    start = time.strftime("%Y%m%d%H%M%S", time.gmtime())
    return f"{start}-{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
