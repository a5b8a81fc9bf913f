"""Has files made in a process of their own; the window never waits for it."""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, QProcess, Qt, Signal
from shiboken6 import isValid

from explorer_app.loading.frames import Content, Frames, framed_aside, opened_aside
from explorer_app.loading.messages import Export, Failed

PROGRAM = "explorer_app.export"
GRACE = 300  # ms that each may take to end
Taken = Callable[[bytes], object]
Told = Callable[[Any], object]


def _nobody(_found: object) -> None:
    """Takes nothing."""


class Exporter(QObject):
    """One file at a time; another one gives up the one before."""

    failed = Signal(object)  # Failed
    _framed = Signal(int, object)  # bytes, or why there are none
    _taken = Signal(int, object)  # what is to be called

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._frames = Frames()
        self._take: Taken = _nobody
        self._tell: Told = _nobody
        self._number, self._is_taking = 0, False
        self._ending: list[QProcess] = []
        self._threads: list[Thread] = []
        self._framed.connect(self._send, Qt.ConnectionType.QueuedConnection)
        self._taken.connect(self._told, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being made."""
        return self._process is not None or self._is_taking

    def make(self, export: Callable[[], Export], take: Taken, tell: Told = _nobody) -> None:
        """Have a file made, and give its bytes to somebody; `failed` says if there are none.

        Args:
            export: says what file, on a thread of its own.
            take: gets the bytes, on a thread of its own.
            tell: gets what came of that, on the window's.
        """
        self.stop()
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        environment = process.processEnvironment()
        environment = environment.systemEnvironment()
        environment.insert("QT_QPA_PLATFORM", "offscreen")
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        self._process, self._frames, self._take, self._tell = process, Frames(), take, tell
        # -P: modules of the current folder are no part of this program
        process.start(sys.executable, ["-P", "-m", PROGRAM])
        self._start(self._frame, self._number, export)

    def _start(self, work: Callable[..., None], *given: object) -> None:
        thread = Thread(target=work, args=given, name="export", daemon=True)
        self._threads = [*filter(Thread.is_alive, self._threads), thread]
        thread.start()

    def _frame(self, number: int, export: Callable[[], Export]) -> None:
        try:
            message: bytes | Failed = framed_aside(export(), lambda: number == self._number)
        except Exception as error:  # such as that there is no memory for it
            message = Failed.of(error)
        if message and number == self._number:
            with suppress(RuntimeError):  # the window is gone
                self._framed.emit(number, message)

    def _send(self, number: int, message: bytes | Failed) -> None:
        if self._process is None or number != self._number:
            return
        if isinstance(message, Failed):
            self.stop()
            self.failed.emit(message)
        else:
            self._process.write(message)

    def stop(self) -> None:
        """Give up; nobody waits for what ends."""
        process, self._process, self._is_taking = self._process, None, False
        self._number += 1
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._read)
            process.finished.disconnect(self._ended)
            process.finished.connect(process.deleteLater)
            self._ending = [*filter(isValid, self._ending), process]
            process.kill()

    def join(self) -> None:
        """Once it is given up: wait until no process and no thread is left."""
        for process in filter(isValid, self._ending):
            process.waitForFinished(GRACE)
        for thread in self._threads:
            thread.join(GRACE / 1000)

    def _read(self) -> None:
        if self._process is None:
            return
        piece = bytes(self._process.readAllStandardOutput().data())
        for content in self._frames.contents(piece):
            self.stop()
            self._is_taking = True
            self._start(self._open, self._number, content, self._take, self._tell)
            return

    def _open(self, number: int, content: Content, take: Taken, tell: Told) -> None:
        """Read, decode and write it where nobody waits for that."""
        say: Told = self.failed.emit
        try:
            message = opened_aside(content)
            if isinstance(message, bytes) and number == self._number:
                message, say = take(message), tell
        except Exception as error:  # as above
            message = Failed.of(error)
        with suppress(RuntimeError):  # the window is gone
            self._taken.emit(number, partial(say, message))

    def _told(self, number: int, say: Callable[[], object]) -> None:
        if number == self._number:
            self._is_taking = False
            say()

    def _ended(self) -> None:
        if self._process is not None:
            self.stop()
            self.failed.emit(Failed("The process that draws ended", "Try it again."))
