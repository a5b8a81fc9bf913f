"""How a graph gets into the window: asked for, trusted, read, arranged."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from explorer_app.canvas.prepared import PreparedScene
from explorer_app.loading.early import ARRANGING, Early
from explorer_app.loading.messages import (
    Arranged,
    Failed,
    Load,
    Progress,
    ReadRuns,
    Recorded,
    TokenTaken,
)
from explorer_app.loading.trust import SAMPLE, code_folders, has_text, untrusted
from explorer_app.model.knowntokens import KnownTokens
from explorer_app.model.places import here
from explorer_app.model.plan import Assignment, plan_of
from explorer_app.model.session import Session
from explorer_app.model.sources import remembered
from explorer_app.model.words import counted
from explorer_app.qt.aside import LARGE, Aside, Task
from explorer_app.qt.childprocess import EarlyProcess
from explorer_app.qt.opened import SAMPLE_NAME, Assign, Opened, named, on_cards, question_of
from explorer_app.qt.reader import Reader
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style
from explorer_app.qt.window import Window
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import RunFacts

TOLD = 8000  # ms


class Opening(QObject):
    """Reads one thing after the other; what is open stays until the next can be shown.

    Code is shown as soon as its text is read, and again, without a jump, once it is imported.

    Attributes:
        aside: does what takes long.
        assign: given sources and a graph, what says what of it is arranged first, and what a layout
            remembers of it; the former is asked in the window's thread, the latter in any.
        learn: finds out what will be asked of what was read, in any thread.
        tokens: those that were typed.
        drafts: whether what the text says is shown while the code is being imported.
    """

    opened = Signal(object)  # Opened
    failed = Signal(object)  # Failed
    recorded = Signal(object)  # RunFacts: that were asked for
    watched = Signal(object)  # Watched: the files of what is being read

    def __init__(self, window: Window, style: Style, settings: Settings, store: str = "") -> None:
        super().__init__(window)
        self._window, self._style, self._settings, self._store = window, style, settings, store
        self.drafts = True
        self.aside = Aside(self)
        self._reader, self._arranger = Reader(self), Reader(self, ARRANGING)
        self._clock, self._name = QElapsedTimer(), ""
        self._asked = self._shown = Load((), executes=False)
        self._take: Callable[[Arranged], None] = lambda _found: None
        self.assign: Callable[[Sequence[str], LineageGraph], Assign] = lambda *_: _everything
        self.learn: Callable[[Opened], None] = lambda _read: None
        self._task = Task()
        self._task.drop()
        self._run: RunFacts | None = None
        self._runs: tuple[RunFacts, ...] = ()
        self._is_placing = False
        self._next: LineageGraph | None = None
        self.tokens = KnownTokens()
        self._reader.tokenTaken.connect(self._told_token)
        self._reader.drafted.connect(lambda draft: self._place(draft.graph, is_draft=True))
        self._reader.loaded.connect(self._loaded)
        self._reader.watched.connect(self.watched)
        self._arranger.arranged.connect(self._arranged)
        self._reader.recorded.connect(self._recorded)
        for reader in (self._reader, self._arranger):
            reader.progressed.connect(self._progressed)
        for working in (self._reader, self._arranger, self.aside):
            working.failed.connect(self._fail)

    @property
    def is_busy(self) -> bool:
        """Whether something is being read or arranged."""
        return self._reader.is_busy or self.is_arranging

    @property
    def is_arranging(self) -> bool:
        """Whether cards are being arranged."""
        return self._task.is_wanted or self._arranger.is_busy

    def adopt(self, reading: Early, arranging: Early) -> None:
        """Use processes that were started before."""
        self._reader.adopt(EarlyProcess(reading))
        self._arranger.adopt(EarlyProcess(arranging))

    def open(
        self, sources: Sequence[str], name: str = "", *, trust: bool = False, token: str = ""
    ) -> None:
        """Read sources; code that nobody trusted yet is read from its text, and not run."""
        folders = untrusted(code_folders(sources, here()), self._settings.trusted)
        # imported in a folder that nobody trusts, even the sample could find modules there
        executes = (trust or not folders) and tuple(sources) != SAMPLE
        self._window.question.hide()
        token, drafts = self.tokens.given(sources, token), self.drafts and has_text(sources)
        self._read(Load(tuple(sources), self._store, executes, token, drafts), name)
        if folders and not trust:
            self._ask(self._asked.sources, name, folders)

    def reload(self, opened: Opened) -> None:
        """Read what is open again, as it was read: nobody is asked anything."""
        asked = self._shown
        if asked.sources != opened.sources:
            asked = Load(opened.sources, self._store, executes=False)
        again = replace(asked, drafts=opened.is_draft, before=tuple(opened.graph.problems))
        self._read(again, opened.name)

    def again(self) -> None:
        """Read what was asked for last, as it was."""
        self._read(self._asked, self._name)

    def _read(self, asked: Load, name: str) -> None:
        self._window.notice.hide()
        self._asked, self._name = asked, name
        self._clock.start()
        self._window.progress.start("Reading …")
        self._give_up()
        self._run, self._runs = None, ()
        self._reader.load(asked)

    def _told_token(self, taken: TokenTaken) -> None:
        kept = f"kept in {taken.keyring}" if taken.keyring else "known until this window is closed"
        self._window.statusBar().showMessage(f"The server took the token. It is {kept}.", TOLD)

    def open_sample(self) -> None:
        """The dataflow that comes with the package."""
        self.open(SAMPLE, SAMPLE_NAME)

    def _ask(self, sources: tuple[str, ...], name: str, folders: Sequence[Path]) -> None:
        shown = " and ".join(str(folder) for folder in folders)
        text = (
            f"Read from its text, so some of it may be missing. To be exact its modules have to be "
            f"imported, which runs the code in {shown}."
        )

        def trust() -> None:
            self._settings.trust(folders)
            self.open(sources, name)

        choices = [("Trust it and run it", trust), ("Keep it so", self._window.question.hide)]
        self._window.question.say(text, choices)

    def cancel(self) -> None:
        """Stop; what is open stays."""
        self._reader.stop()
        self._arranger.stop()
        self._give_up()
        self._window.progress.stop()

    def _give_up(self) -> None:
        self._task.drop()
        self._next, self._is_placing = None, False

    def arrange(
        self,
        size: int,
        assign: Callable[[], Assignment],
        memory: bytes,
        take: Callable[[Assignment, Arranged], None],
    ) -> None:
        """Arrange so many nodes as `assign` says, on any thread; `take` is given the answer."""

        def ask() -> tuple[Assignment, bytes]:
            wanted = assign()
            return wanted, question_of(wanted, memory, lambda: task.is_wanted)

        def asked(found: tuple[Assignment, bytes]) -> None:
            wanted, question = found
            self._take = partial(take, wanted)
            self._window.progress.go_on(f"Arranging {counted(len(wanted.cards), 'card')} …")
            self._arranger.arrange(question)

        self._task.drop()
        self._task = task = Task(ask, asked)
        self.aside.run(size, task)

    # --- what the reader says --------------------------------------------------------------------

    def _progressed(self, progress: Progress) -> None:
        of = f" {progress.done:,} of {progress.total:,}" if progress.total else ""
        self._window.progress.tell(f"{progress.stage}{of} …")

    def read_run(self, run: str) -> None:
        """Look what a recorded run did; `recorded` says it."""
        self._window.progress.start("Reading the run …")
        self._reader.read_runs(ReadRuns((run,), self._store))

    def _recorded(self, found: Recorded) -> None:
        self._run = found.runs[0] if found.runs and found.is_shown else None
        self._runs = () if found.is_shown else found.runs
        if not self._reader.is_busy:
            self._window.progress.stop()
            self.recorded.emit(self._run)

    def _loaded(self, graph: LineageGraph) -> None:
        if self._is_placing:  # the draft is shown first
            self._next = graph
        else:
            self._place(graph, is_draft=False)

    def _place(self, graph: LineageGraph, *, is_draft: bool) -> None:
        """Arrange what will be seen of it first."""
        self._is_placing = True
        assign = self.assign(self._asked.sources, graph)
        name, took = self._name or named(self._asked.sources, graph), self._clock.elapsed() / 1000
        of = {"name": name, "sources": self._asked.sources, "seconds": took, "run": self._run}

        def ask() -> tuple[Opened, Assignment, bytes]:
            read = on_cards(graph, self._style.theme, **of, is_draft=is_draft)
            wanted, memory = assign(read)
            return read, wanted, question_of(wanted, memory, lambda: task.is_wanted)

        self._task.drop()
        self._task = task = Task(ask, lambda found: self._ask_first(*found))
        self.aside.run(len(graph), task)

    def _ask_first(self, read: Opened, wanted: Assignment, question: bytes) -> None:
        """Ask for places; meanwhile it is found out what will be asked of it next."""
        self._take = partial(self._first, read, wanted)
        self._arranger.arrange(question)
        if len(read.graph) >= LARGE:
            self.aside.run(len(read.graph), Task(partial(self.learn, read), lambda _found: None))

    def _arranged(self, found: Arranged) -> None:
        self._window.progress.stop()
        self._take(found)

    def _first(self, read: Opened, wanted: Assignment, found: Arranged) -> None:
        """What was read has its first places."""
        theme, is_large = self._style.theme, len(read.graph) >= LARGE
        before = self._window.canvas.prepared  # read again, most has the same names

        def place() -> Opened:
            scene = wanted.scene(found.places)
            prepared = PreparedScene(scene, theme, before) if is_large else None
            return replace(
                read, scene=scene, plan=wanted.plan, memory=found.memory, prepared=prepared
            )

        self._task = task = Task(place, self._placed)
        self.aside.run(len(read.graph), task)

    def _placed(self, read: Opened) -> None:
        following, self._shown = self._next, self._asked
        self._next, self._is_placing = None, False
        if read.is_draft:
            self._window.progress.go_on("Importing …")
        else:
            self._settings.opened(read.name, tuple(map(remembered, read.sources)))
        self.opened.emit(replace(read, runs=self._runs))
        if following is not None:
            self._place(following, is_draft=False)

    def _fail(self, failed: Failed) -> None:
        self._next, self._is_placing = None, False
        self._window.progress.stop()
        if self._asked.sources != self._shown.sources:  # there is nothing of it to be trusted
            self._window.question.hide()
        self.failed.emit(failed)

    def close(self) -> None:
        """Give up for good; nobody waits for what ends."""
        self.aside.close()
        self.cancel()

    def join(self) -> None:
        """Once it is closed: wait until nothing of it is left."""
        for working in (self.aside, self._arranger, self._reader):
            working.join()


def _everything(read: Opened) -> tuple[Assignment, bytes]:
    session = Session(read.graph)
    return Assignment(plan_of(session), session, read.cards, read.sizes), b""
