"""Reads sources in a child process, and has them arranged there; the window never waits for it."""

import sys

from PySide6.QtCore import QObject, QProcess, Signal

from explorer_app.loading.messages import (
    Arrange,
    Arranged,
    Changes,
    Failed,
    FindKeyring,
    Frames,
    Keyring,
    ListRuns,
    Load,
    Progress,
    ReadChanges,
    ReadRuns,
    Recorded,
    Runs,
    TokenTaken,
    framed,
)
from hamilton_ol.graph.lineage import LineageGraph

PROGRAM = "explorer_app.loading.child"
GRACE = 300  # ms that the child has to end what it started


class Reader(QObject):
    """One child process at a time; a new question to it gives up the one before."""

    progressed = Signal(object)  # Progress
    loaded = Signal(object)  # LineageGraph
    arranged = Signal(object)  # Arranged
    listed = Signal(object)  # Runs
    keyringFound = Signal(object)  # Keyring
    tokenTaken = Signal(object)  # TokenTaken
    recorded = Signal(object)  # Recorded: beside a graph, before it, or what was asked for
    changed = Signal(object)  # Changes
    failed = Signal(object)  # Failed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._frames = Frames()
        self._is_busy = self._is_loading = False

    @property
    def is_busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._is_busy

    def load(self, asked: Load) -> None:
        """Read sources; `loaded` or `failed` says what came of it."""
        self.stop()
        self._ask(asked)

    def arrange(self, asked: Arrange) -> None:
        """Give cards their places; `arranged` or `failed` says what came of it."""
        if self._is_busy:
            self.stop()
        self._ask(asked)

    def list_runs(self, asked: ListRuns) -> None:
        """Look which runs are recorded; `listed` says what came of it."""
        self.stop()
        self._ask(asked)

    def find_keyring(self) -> None:
        """Look where tokens are kept; `keyringFound` says what came of it."""
        self.stop()
        self._ask(FindKeyring())

    def read_runs(self, asked: ReadRuns) -> None:
        """Look what runs did; `recorded` says it."""
        if self._is_busy:
            self.stop()
        self._ask(asked)

    def read_changes(self, asked: ReadChanges) -> None:
        """Look who changed what last; `changed` says it."""
        if self._is_busy:
            self.stop()
        self._ask(asked)

    def _ask(
        self, message: Load | Arrange | ListRuns | ReadRuns | ReadChanges | FindKeyring
    ) -> None:
        if self._process is None:
            self._process = self._started()
        self._is_busy, self._is_loading = True, isinstance(message, Load)
        self._process.write(framed(message))

    def _started(self) -> QProcess:
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        self._frames = Frames()
        # -P: modules of the current folder are no part of this program
        process.start(sys.executable, ["-P", "-m", PROGRAM])
        return process

    def stop(self) -> None:
        """Give up; the process, and what it started, end."""
        process, self._process, self._is_busy = self._process, None, False
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.finished.disconnect(self._ended)
        process.terminate()
        if not process.waitForFinished(GRACE):
            process.kill()
            process.waitForFinished(GRACE)
        process.deleteLater()

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        for message in self._frames.feed(bytes(process.readAllStandardOutput().data())):
            if process is not self._process:  # something else was asked meanwhile
                return
            self._take(message)

    def _take(self, message: object) -> None:
        match message:
            case Progress():
                self.progressed.emit(message)
                return
            case LineageGraph():
                self._is_busy = False
                self.loaded.emit(message)
            case Recorded():
                self._is_busy = self._is_loading
                self.recorded.emit(message)
            case Arranged():
                self._is_busy = False
                self.arranged.emit(message)
            case Changes():
                self._is_busy = False
                self.changed.emit(message)
            case Keyring():
                self._is_busy = False
                self.keyringFound.emit(message)
            case TokenTaken():
                self.tokenTaken.emit(message)
            case Runs():
                self._is_busy = False
                self.listed.emit(message)
            case Failed():
                self._is_busy = False
                self.failed.emit(message)

    def _ended(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        if self._is_busy:
            self._is_busy = False
            self.failed.emit(Failed("The process that reads ended", "Read again: F5."))
