"""Has files made in a process of their own; the window never waits for it."""

import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from PySide6.QtCore import QObject, QProcess, Qt, Signal
from shiboken6 import isValid

from explorer_app.loading.frames import Frames, framed_aside
from explorer_app.loading.messages import Export, Failed

PROGRAM = "explorer_app.export"
GRACE = 300  # ms that each may take to end
Taken = Callable[[bytes], None]


class Exporter(QObject):
    """One file at a time; another one gives up the one before."""

    failed = Signal(object)  # Failed
    _framed = Signal(int, object)  # bytes, or why there are none

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._frames = Frames()
        self._take: Taken = _nobody
        self._number = 0
        self._ending: list[QProcess] = []
        self._threads: list[Thread] = []
        self._framed.connect(self._send, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being made."""
        return self._process is not None

    def make(self, export: Callable[[], Export], take: Taken) -> None:
        """Have a file made, and give its bytes to somebody; `failed` says if there are none.

        Args:
            export: says what file, on a thread of its own.
            take: gets the bytes.
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
        self._process, self._frames, self._take = process, Frames(), take
        # -P: modules of the current folder are no part of this program
        process.start(sys.executable, ["-P", "-m", PROGRAM])
        thread = Thread(target=self._frame, args=(self._number, export), name="export", daemon=True)
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
        process, self._process = self._process, None
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
        for message in self._frames.feed(bytes(self._process.readAllStandardOutput().data())):
            take = self._take
            self.stop()
            if isinstance(message, bytes):
                take(message)
            else:
                self.failed.emit(message)
            return

    def _ended(self) -> None:
        if self._process is not None:
            self.stop()
            self.failed.emit(Failed("The process that draws ended", "Try it again."))


def _nobody(_content: bytes) -> None:
    """Takes nothing."""
