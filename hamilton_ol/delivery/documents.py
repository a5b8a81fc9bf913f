"""Small documents that several processes change in turn."""

import contextlib
import errno
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

try:
    import fcntl
except ImportError:  # Windows: two processes may then change a document at once, as if torn
    fcntl = None  # type: ignore[assignment]

LARGEST = 1 << 16  # bytes
TRIES, PAUSE = 200, 0.005  # of somebody who waits for another to change a document; seconds

Document = dict[str, Any]


class SharedDocument:
    """A document in a file, locked while somebody changes it.

    Args:
        path: of the file; its folder is made with it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Document | None:
        """The document; None when there is none, or it makes no sense."""
        try:
            return _parsed(self._path.read_bytes()[:LARGEST])
        except OSError:
            return None

    @property
    def is_absent(self) -> bool:
        """Whether there is none; not so while somebody writes it, which `read` may see half done."""
        try:
            return self._path.stat().st_size == 0
        except OSError:
            return True

    def change(self, how: Callable[[Document | None], Document | None]) -> bool:
        """Change it, while nobody else does.

        Args:
            how: makes the new document of the old one; what makes no sense is None, and so is a
                document that is to be removed.

        Returns:
            False when others kept it from us for a second.

        Raises:
            OSError: it cannot be written.
        """
        with self._locked() as descriptor:
            if descriptor is None:
                return False
            old = _parsed(os.read(descriptor, LARGEST))
            new = how(old)
            if new is None:
                os.ftruncate(descriptor, 0)  # Windows removes no file that is open
                with contextlib.suppress(PermissionError):
                    self._path.unlink(missing_ok=True)
            elif new != old:
                _write(descriptor, json.dumps(new).encode())
        return True

    @contextlib.contextmanager
    def _locked(self) -> Iterator[int | None]:
        """The open file, which nobody removes meanwhile; None when it cannot be had."""
        for _ in range(TRIES):
            descriptor = self._open()
            try:
                if lock(descriptor) and os.fstat(descriptor).st_nlink:
                    yield descriptor
                    return
            finally:
                os.close(descriptor)
            Event().wait(PAUSE)
        yield None

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        try:
            return os.open(self._path, flags, 0o600)
        except FileNotFoundError:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.open(self._path, flags, 0o600)


def lock(descriptor: int, *, shared: bool = False, is_sure: bool = False) -> bool:
    """Lock a file until it is closed; False when somebody else has it.

    Args:
        descriptor: of the file.
        shared: whether others may lock it so, too.
        is_sure: what to say where the system knows no locks: by default that we have it, because
            what they prevent is rare.
    """
    if fcntl is None:
        return not is_sure
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return not is_sure
    return True


def _write(descriptor: int, data: bytes) -> None:
    """Write over what was there; a full disk leaves nothing, which reads as no document."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        written = os.write(descriptor, data)
        os.ftruncate(descriptor, written)
    except OSError:
        written = -1
    if written < len(data):
        os.ftruncate(descriptor, 0)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _parsed(data: bytes) -> Document | None:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None
