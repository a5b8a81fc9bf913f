"""The processes that read and arrange: some are started early, so that they are ready when asked."""

import os
import subprocess
from contextlib import suppress
from threading import Thread
from typing import IO

from PySide6.QtCore import QByteArray, QObject, QProcess, QSocketNotifier, Signal

from explorer_app.loading.early import Early, words_of

PIECE = 1 << 20  # bytes that are taken at once


def started(purpose: str, parent: QObject | None = None) -> QProcess:
    """A process that waits for messages; it has loaded what it is for when the first one comes."""
    process = QProcess(parent)
    process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
    process.setStandardErrorFile(QProcess.nullDevice())
    program, *words = words_of(purpose)
    process.start(program, words)
    return process


class EarlyProcess(QObject):
    """A process that was started before Qt was there, with as much of a `QProcess` as is used.

    Args:
        process: whose standard streams are pipes.
    """

    readyReadStandardOutput = Signal()
    finished = Signal()

    def __init__(self, process: Early) -> None:
        super().__init__()
        self._process, self._told = process, bytearray()
        stdout = process.stdout.fileno() if process.stdout is not None else -1
        self._notifier = QSocketNotifier(stdout, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._ready)

    def _ready(self) -> None:
        piece = os.read(int(self._notifier.socket()), PIECE)
        if piece:
            self._told += piece
            self.readyReadStandardOutput.emit()
        else:
            self._end()

    def _end(self) -> None:
        """It has closed its output, which is the last that it does."""
        if self._notifier.isEnabled():
            self._notifier.setEnabled(False)
            with suppress(OSError), self._process:
                pass  # its pipes are closed, and it is waited for
            self.finished.emit()

    def readAllStandardOutput(self) -> QByteArray:
        """What it has said since the last time."""
        told, self._told = bytes(self._told), bytearray()
        return QByteArray(told)

    def write(self, content: bytes) -> None:
        """Tell it something; nobody waits until it listens."""
        stdin = self._process.stdin
        if stdin is not None:
            Thread(target=_write, args=(stdin, content), name="write", daemon=True).start()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it."""
        self._process.kill()

    def waitForFinished(self, milliseconds: int) -> bool:
        """Wait until it has ended; whether it has."""
        try:
            self._process.wait(milliseconds / 1000)
        except subprocess.TimeoutExpired:
            return False
        self._end()
        return True


def _write(stdin: IO[bytes], content: bytes) -> None:
    with suppress(OSError, ValueError):  # it is gone, which `finished` says
        stdin.write(content)
        stdin.flush()
