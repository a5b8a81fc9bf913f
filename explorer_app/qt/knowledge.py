"""What is learnt of a graph beside it, when it is wanted: other runs, and who changed what last."""

import time
from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from explorer_app.loading.messages import Changes, Failed, ReadChanges, ReadRuns, Recorded
from explorer_app.model.lenses import OF_A_RUN
from explorer_app.model.runs import RunRow, rows_of_facts
from explorer_app.model.session import Session
from explorer_app.model.words import sentences
from explorer_app.qt.reader import Reader
from explorer_app.qt.window import Window
from hamilton_ol.config import resolve
from hamilton_ol.errors import SettingError
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.runs import RunFacts, is_of

MOST = 12  # runs whose executions are read


class Knowledge(QObject):
    """Asks a process of its own, one thing after the other.

    Args:
        window: says what is going on.
        store: folder of recorded runs, empty for the project's.
    """

    otherPicked = Signal(str)  # id of a run of another dataflow
    failed = Signal(object)  # Failed

    def __init__(self, window: Window, store: str = "") -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._reader = Reader(self)
        self._session: Session | None = None
        self._asked: set[str] = set()
        self._wanted: list[ReadChanges | ReadRuns] = []
        self._reader.recorded.connect(self._recorded)
        self._reader.changed.connect(self._changed)
        self._reader.failed.connect(self._failed)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._reader.is_busy

    def start(self, session: Session, runs: Sequence[RunFacts] = ()) -> None:
        """Another graph is open; its source tells of these runs."""
        self._reader.stop()
        self._session, self._asked, self._wanted = session, set(), []
        with suppress(SettingError):
            session.sensitive_tags = resolve({}).sensitive_tags
        self._window.tables.set_runs(rows_of_facts(runs, time.time()), are_of_source=True)
        if runs:
            session.know_runs(runs)

    def close(self) -> None:
        """Give up."""
        self._reader.stop()

    def join(self) -> None:
        """Once it is closed: wait until no process is left."""
        self._reader.join()

    def follow(self) -> None:
        """The session has changed: its lens may need what nobody looked for yet."""
        session = self._session
        if session is not None and session.state.lens == "change" and "changes" not in self._asked:
            self._asked.add("changes")
            nodes = tuple(map(_bare, session.graph.nodes))
            self._ask(ReadChanges(nodes, session.folders))

    def runs_listed(self, rows: Sequence[RunRow]) -> None:
        """These runs are recorded; of some it is read what they did with the graph."""
        session = self._session
        if session is not None and session.run is not None and "runs" not in self._asked:
            self._asked.add("runs")
            job = session.run.job
            runs = tuple(row.run_id for row in rows if row.job == job)[:MOST]
            self._ask(ReadRuns(runs, self._store))

    def pick(self, run_id: str) -> bool:
        """A run was picked by its id; whether enough is known of it, so that it is shown."""
        runs = self._session.runs if self._session is not None else ()
        found = next((run for run in runs if run.run_id == run_id), None)
        if found is not None:
            self.picked(found)
        return found is not None

    def picked(self, run: RunFacts | None) -> None:
        """A run was picked: it is shown on the graph that is open, if it is of that."""
        session = self._session
        if run is None:
            self.failed.emit(Failed("The run could not be read", "Is it still in the store?"))
        elif session is not None and self._window.is_started and is_of(session.graph, run):
            session.show_run(run)
            if session.state.lens not in OF_A_RUN:
                session.look_through("duration")
        else:
            self.otherPicked.emit(run.run_id)

    def _ask(self, message: ReadChanges | ReadRuns) -> None:
        self._wanted.append(message)
        if not self._reader.is_busy:
            self._next()

    def _next(self) -> None:
        match self._wanted.pop(0) if self._wanted else None:
            case ReadChanges() as changes:
                self._window.progress.start("Asking git who changed what …")
                self._reader.read_changes(changes)
            case ReadRuns() as runs:
                self._reader.read_runs(runs)
            case None:
                self._reader.stop()

    def _failed(self, failed: Failed) -> None:
        """Nobody waits for it: it is enough to say it where one may look."""
        self._window.progress.stop()
        self._window.statusBar().showMessage(sentences(failed.message, failed.hint))
        self._next()

    def _recorded(self, found: Recorded) -> None:
        session = self._session
        if session is not None:
            session.know_runs([run for run in found.runs if is_of(session.graph, run)])
        self._next()

    def _changed(self, found: Changes) -> None:
        self._window.progress.stop()
        if self._session is not None:
            self._session.learn(found.found)
            if not found.found:
                text = "Git knows nothing of the files of this dataflow."
                self._window.statusBar().showMessage(text)
        self._next()


def _bare(node: Node) -> Node:
    """As much of a node as git needs to know."""
    return Node(
        node.id,
        node.name,
        module=node.module,
        function=node.function,
        file=node.file,
        line=node.line,
        tags={},
    )
