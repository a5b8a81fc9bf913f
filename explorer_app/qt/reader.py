"""Reads sources in a child process, and has them arranged there; the window never waits for it."""

from contextlib import suppress
from threading import Thread

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from shiboken6 import isValid

from explorer_app.loading.early import READING
from explorer_app.loading.frames import Content, Frames, framed, opened, opened_aside
from explorer_app.loading.messages import (
    Arranged,
    Changes,
    Draft,
    Failed,
    FindKeyring,
    FindReferences,
    ForgetToken,
    Keyring,
    ListRuns,
    Load,
    Progress,
    ReadChanges,
    ReadRuns,
    Recorded,
    References,
    Runs,
    TokenTaken,
    Watched,
)
from explorer_app.qt.childprocess import EarlyProcess, started
from hamilton_ol.graph.lineage import LineageGraph

Question = Load | ListRuns | ReadRuns | ReadChanges | FindKeyring | ForgetToken | FindReferences
LARGE = 1_000_000  # bytes of a message; it takes longer to read than a window may wait
GRACE = 300  # ms that the child has to end what it started


class Reader(QObject):
    """One child process at a time; a new question to it gives up the one before.

    Args:
        parent: owns it.
        purpose: what it is for most.
    """

    progressed = Signal(object)  # Progress
    drafted = Signal(object)  # Draft; the graph of the code follows
    loaded = Signal(object)  # LineageGraph
    arranged = Signal(object)  # Arranged
    listed = Signal(object)  # Runs
    keyringFound = Signal(object)  # Keyring
    referencesFound = Signal(object)  # References
    watched = Signal(object)  # Watched
    tokenTaken = Signal(object)  # TokenTaken
    recorded = Signal(object)  # Recorded: beside a graph, before it, or what was asked for
    changed = Signal(object)  # Changes
    failed = Signal(object)  # Failed
    _read_beside = Signal(object, object)  # the process that told it, the message

    def __init__(self, parent: QObject | None = None, purpose: str = READING) -> None:
        super().__init__(parent)
        self._purpose = purpose
        self._process: QProcess | EarlyProcess | None = None
        self._ending: list[QProcess | EarlyProcess] = []
        self._frames = Frames()
        self._is_busy = self._is_loading = False
        self._is_new = True  # nothing was asked of the process
        self._read_beside.connect(self._take_from)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._is_busy

    def load(self, asked: Load) -> None:
        """Read sources; `loaded` or `failed` says what came of it.

        Only a process that has read nothing before sees all files as they are now.
        """
        if not self._is_new:
            self.stop()
        self._ask(asked)

    def arrange(self, asked: bytes) -> None:
        """Give cards their places, by a framed `Arrange`; `arranged` or `failed` says them."""
        if self._is_busy:
            self.stop()
        self._send(asked)

    def list_runs(self, asked: ListRuns) -> None:
        """Look which runs are recorded; `listed` says what came of it."""
        self.stop()
        self._ask(asked)

    def ask_keyring(self, asked: FindKeyring | ForgetToken) -> None:
        """Look where tokens are kept, or delete one; `keyringFound` says what came of it."""
        self.stop()
        self._ask(asked)

    def find_references(self, asked: FindReferences) -> None:
        """Look which revisions there are; `referencesFound` says it."""
        self.stop()
        self._ask(asked)

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

    def _ask(self, message: Question) -> None:
        self._send(framed(message), is_loading=isinstance(message, Load))

    def _send(self, message: bytes, *, is_loading: bool = False) -> None:
        if self._process is None:
            self.adopt(started(self._purpose))
        self._is_busy, self._is_loading = True, is_loading
        self._is_new = False
        if self._process is not None:
            self._process.write(message)

    def adopt(self, process: QProcess | EarlyProcess) -> None:
        """Ask this process from now on, which was started before."""
        process.setParent(self)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        self._frames, self._process, self._is_new = Frames(), process, True

    def stop(self) -> None:
        """Give up; the process, and what it started, end, and nobody waits for it."""
        process, self._process, self._is_busy = self._process, None, False
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.finished.disconnect(self._ended)
        process.finished.connect(process.deleteLater)
        self._ending = [*filter(isValid, self._ending), process]
        process.terminate()
        QTimer.singleShot(GRACE, process, process.kill)

    def join(self) -> None:
        """Once it is given up: wait until no process is left."""
        for process in filter(isValid, self._ending):
            if not process.waitForFinished(GRACE):
                process.kill()
                process.waitForFinished(GRACE)

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        for content in self._frames.contents(bytes(process.readAllStandardOutput().data())):
            if sum(map(len, content)) > LARGE:
                Thread(target=self._open, args=(process, content), daemon=True).start()
            else:
                self._take_from(process, opened(content))

    def _open(self, process: QProcess | EarlyProcess, content: Content) -> None:
        """Read a large message on a thread of its own: the window goes on meanwhile."""
        try:
            message = opened_aside(content)
        except Exception as error:  # such as that there is no memory for it
            message = Failed.of(error)
        with suppress(RuntimeError):  # the window is gone
            self._read_beside.emit(process, message)

    def _take_from(self, process: QProcess | EarlyProcess, message: object) -> None:
        if process is self._process:  # nothing else was asked meanwhile
            self._take(message)

    def _take(self, message: object) -> None:
        """Tell it; most of what is told is the end of an answer."""
        if isinstance(message, Recorded):
            self._is_busy = self._is_loading
        elif not isinstance(message, Progress | Draft | TokenTaken | Watched):
            self._is_busy = False
        self._tell(message)

    def _tell(self, message: object) -> None:
        told = {
            Progress: self.progressed,
            Draft: self.drafted,
            LineageGraph: self.loaded,
            Recorded: self.recorded,
            Arranged: self.arranged,
            Changes: self.changed,
            Keyring: self.keyringFound,
            References: self.referencesFound,
            TokenTaken: self.tokenTaken,
            Runs: self.listed,
            Watched: self.watched,
            Failed: self.failed,
        }
        told[type(message)].emit(message)

    def _ended(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        if self._is_busy:
            self._is_busy = False
            self.failed.emit(Failed(f"The process for {self._purpose} ended", "Try it again."))
