"""A disk that refuses, fills up or hangs, as far as one folder is concerned."""

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BY_PATH = ("open", "mkdir", "replace", "link", "utime", "unlink")


class Disk:
    """Stands between the package and a folder.

    Args:
        folder: what lies in it, and itself, is on this disk.
        monkeypatch: puts the system's own calls back.

    Attributes:
        refuses: {call: number of the error}, of `BY_PATH`, `write`, `ftruncate`.
        room: bytes that can still be written; None is no limit.
        is_ready: cleared while every write hangs.
        hanging: set by a write that hangs.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._files = str(folder), set[int]()
        self.refuses: dict[str, int] = {}
        self.room: int | None = None
        self.is_ready, self.hanging = threading.Event(), threading.Event()
        self.is_ready.set()
        for name in BY_PATH:
            monkeypatch.setattr(os, name, self._by_path(name, getattr(os, name)))
        for name, call in (
            ("write", self._write),
            ("ftruncate", self._ftruncate),
            ("close", self._close),
            ("fdopen", self._fdopen),
        ):
            monkeypatch.setattr(os, name, _around(call, getattr(os, name)))

    def recover(self) -> None:
        """From now on all is well."""
        self.refuses, self.room = {}, None
        self.is_ready.set()

    def _refuse(self, name: str) -> None:
        if name in self.refuses:
            raise OSError(self.refuses[name], os.strerror(self.refuses[name]))

    def _refuse_write(self) -> None:
        self._refuse("write")
        if self.room == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _by_path(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *arguments: Any, **keywords: Any) -> Any:
            is_ours = str(path).startswith(self._folder)
            if is_ours:
                self._refuse(name)
            done = real(path, *arguments, **keywords)
            if name == "open" and is_ours:
                self._files.add(done)
            return done

        return call

    def _write(self, real: Callable[..., int], file: int, data: memoryview) -> int:
        if file not in self._files:
            return real(file, data)
        if not self.is_ready.is_set():
            self.hanging.set()
            self.is_ready.wait()
        self._refuse_write()
        if self.room is None:
            return real(file, data)
        written = real(file, data[: self.room])
        self.room -= written
        return written

    def _ftruncate(self, real: Callable[..., None], file: int, size: int) -> None:
        if file in self._files:
            self._refuse("ftruncate")
        real(file, size)

    def _close(self, real: Callable[..., None], file: int) -> None:
        self._files.discard(file)
        real(file)

    def _fdopen(self, real: Callable[..., Any], file: int, *arguments: Any) -> Any:
        """A file of Python's: what is written to it is not seen here."""
        if file not in self._files:
            return real(file, *arguments)
        try:
            self._refuse_write()
        except OSError:
            os.close(file)
            raise
        self._files.discard(file)
        return real(file, *arguments)


def _around(call: Callable[..., Any], real: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *arguments: call(real, *arguments)
