"""How a graph gets into the window: asked for, trusted, read, arranged."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, Signal

from explorer_app.canvas.fonts import Fonts
from explorer_app.loading.messages import Arrange, Failed, Load, Progress, ReadRuns, Recorded
from explorer_app.loading.trust import SAMPLE, code_folders, untrusted
from explorer_app.model.isolation import Part, part_of, whole_of
from explorer_app.model.words import counted, module_name, seconds
from explorer_app.qt.reader import Reader
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style
from explorer_app.qt.window import Window
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import RunFacts
from hamilton_ol.graph.scene.arrays import Flags, Floats
from hamilton_ol.graph.scene.graphcards import GraphCards, cards_of, grouping_by
from hamilton_ol.graph.scene.links import Grouping
from hamilton_ol.graph.scene.measures import sizes
from hamilton_ol.graph.scene.scene import Scene

SAMPLE_NAME = "titanic"
GROUPED_FROM = 150  # cards; more of them are boxed by module


@dataclass(eq=False)
class Opened:
    """A graph that was read, on its cards.

    Attributes:
        graph, cards: what it is.
        sizes: width and height that each card needs, (n, 2).
        scene: all cards in their places.
        name: what is open.
        sources: as of `hamilton_ol.load`.
        seconds: that it took to read.
        run: what a run did with it; None where none is known.
    """

    graph: LineageGraph
    cards: GraphCards
    sizes: Floats
    scene: Scene
    name: str
    sources: tuple[str, ...]
    seconds: float
    run: RunFacts | None = None

    @property
    def is_run(self) -> bool:
        """Whether a run was asked for, and not only a dataflow."""
        return not self.sources or self.sources[0].startswith("run:")

    @property
    def problems(self) -> Sequence[str]:
        """What is missing; the text of the sample says all of it."""
        return () if self.sources == SAMPLE else self.graph.problems


class Opening(QObject):
    """Reads one thing after the other; what is open stays until the next is whole."""

    opened = Signal(object)  # Opened
    isolated = Signal(object)  # Scene
    failed = Signal(object)  # Failed
    recorded = Signal(object)  # RunFacts: that were asked for

    def __init__(self, window: Window, style: Style, settings: Settings, store: str = "") -> None:
        super().__init__(window)
        self._window, self._style, self._settings = window, style, settings
        self._store = store
        self._reader = Reader(self)
        self._clock = QElapsedTimer()
        self._sources: tuple[str, ...] = ()
        self._name = ""
        self._read: tuple[LineageGraph, GraphCards, Floats, float] | None = None
        self._part: tuple[GraphCards, Part] | None = None
        self._run: RunFacts | None = None
        self._grouping: Grouping | None = None
        self._reader.progressed.connect(self._progressed)
        self._reader.loaded.connect(self._loaded)
        self._reader.arranged.connect(self._arranged)
        self._reader.recorded.connect(self._recorded)
        self._reader.failed.connect(self._fail)

    @property
    def is_busy(self) -> bool:
        """Whether something is being read or arranged."""
        return self._reader.is_busy

    def open(self, sources: Sequence[str], name: str = "", *, trust: bool = False) -> None:
        """Read sources; code that nobody trusted yet is read from its text, and not run."""
        folders = untrusted(code_folders(sources, Path.cwd()), self._settings.trusted)
        # imported in a folder that nobody trusts, even the sample could find modules there
        executes = (trust or not folders) and tuple(sources) != SAMPLE
        self._window.question.hide()
        self._window.notice.hide()
        self._sources, self._name = tuple(sources), name
        self._clock.start()
        self._window.progress.start("Reading …")
        self._part = self._run = None
        self._reader.load(Load(self._sources, self._store, executes))
        if folders and not trust:
            self._ask(self._sources, name, folders)

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
        self._window.progress.stop()

    def arrange(self, cards: GraphCards, needed: Floats, kept: Flags | None) -> None:
        """Arrange cards anew; `isolated` says the scene.

        Args:
            cards: all of them.
            needed: their sizes, (n, 2).
            kept: those that have a place, bool (n,); None for all.
        """
        part = part_of(cards, np.ones(len(cards.cards), np.bool_) if kept is None else kept)
        self._part = cards, part
        self._window.progress.start(f"Arranging {counted(len(part.card), 'card')} …")
        grouping = self._grouping if kept is None else None
        self._reader.arrange(Arrange(part.cards, part.links, needed[part.card], grouping))

    # --- what the reader says --------------------------------------------------------------------

    def _progressed(self, progress: Progress) -> None:
        took = seconds(self._clock.elapsed() / 1000)
        of = f" {progress.done:,} of {progress.total:,}" if progress.total else ""
        self._window.progress.tell(f"{progress.stage}{of} …  {took}")

    def read_run(self, run: str) -> None:
        """Look what a recorded run did; `recorded` says it."""
        self._window.progress.start("Reading the run …")
        self._reader.read_runs(ReadRuns((run,), self._store))

    def _recorded(self, found: Recorded) -> None:
        self._run = found.runs[0] if found.runs else None
        if not self._reader.is_busy:
            self._window.progress.stop()
            self.recorded.emit(self._run)

    def _loaded(self, graph: LineageGraph) -> None:
        cards = cards_of(graph)
        self._grouping = None
        if len(cards.cards) >= GROUPED_FROM:
            self._grouping = grouping_by(graph, cards, lambda node: module_name(node.module))
        needed = sizes(cards.cards, Fonts(self._style.theme))
        self._read = graph, cards, needed, self._clock.elapsed() / 1000
        self._reader.arrange(Arrange(cards.cards, cards.links, needed, self._grouping))

    def _arranged(self, scene: Scene) -> None:
        self._window.progress.stop()
        if self._part is not None:
            cards, part = self._part
            self._part = None
            self.isolated.emit(whole_of(cards, part, scene))
        elif self._read is not None:
            graph, cards, needed, took = self._read
            name = self._name or _named(self._sources, graph)
            self._settings.opened(name, self._sources)
            self.opened.emit(
                Opened(graph, cards, needed, scene, name, self._sources, took, self._run)
            )

    def _fail(self, failed: Failed) -> None:
        self._window.progress.stop()
        self.failed.emit(failed)

    def close(self) -> None:
        """End the process that reads."""
        self._reader.stop()


def _named(sources: Sequence[str], graph: LineageGraph) -> str:
    """What is open, for the title: a folder or file by its name, else as the graph says."""
    if tuple(sources) == SAMPLE:
        return SAMPLE_NAME
    if len(sources) == 1 and ":" not in sources[0]:
        return Path(sources[0]).resolve().stem
    return module_name(graph.name) or "dataflow"
