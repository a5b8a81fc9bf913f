"""A graph that was read, on its way into the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.canvas.theme import Theme
from explorer_app.loading.frames import framed_aside
from explorer_app.loading.messages import Arrange
from explorer_app.loading.trust import SAMPLE
from explorer_app.model.isolation import nowhere
from explorer_app.model.looks import Looking
from explorer_app.model.places import here, real
from explorer_app.model.plan import EVERYTHING, Assignment, Plan
from explorer_app.model.words import module_name
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import RunFacts
from hamilton_ol.graph.scene.arrays import Floats
from hamilton_ol.graph.scene.graphcards import GraphCards, cards_of
from hamilton_ol.graph.scene.measures import sizes
from hamilton_ol.graph.scene.scene import Scene

SAMPLE_NAME = "titanic"


@dataclass(eq=False)
class Opened:
    """A graph that was read, on its cards.

    Attributes:
        graph, cards: what it is.
        sizes: width and height that each card needs, (n, 2).
        scene: cards in their places.
        name: what is open.
        sources: as of `hamilton_ol.load`.
        seconds: that it took to read.
        run: what a run did with it; None where none is known.
        is_draft: the text of the code says it; what its import says follows.
        plan: what the scene is of.
        runs: that the source tells of beside it.
        memory: what the next layout needs to change as little as it can.
        prepared: the scene, ready to be drawn, where that takes long.
        looking: knows how the cards look.
    """

    graph: LineageGraph
    cards: GraphCards
    sizes: Floats
    scene: Scene
    name: str
    sources: tuple[str, ...]
    seconds: float
    run: RunFacts | None = None
    is_draft: bool = False
    plan: Plan = EVERYTHING
    memory: bytes = b""
    runs: tuple[RunFacts, ...] = ()
    prepared: PreparedScene | None = None
    looking: Looking | None = None

    @property
    def is_run(self) -> bool:
        """Whether a run was asked for, and not only a dataflow."""
        return not self.sources or self.sources[0].startswith("run:")

    @property
    def problems(self) -> Sequence[str]:
        """What is missing; the text of the sample says all of it."""
        return () if self.sources == SAMPLE else self.graph.problems


def on_cards(graph: LineageGraph, theme: Theme, **told: Any) -> Opened:
    """A graph on cards that have no places yet, and what else is told of it."""
    cards = cards_of(graph)
    needed = sizes(cards.cards, Fonts(theme))
    return Opened(graph, cards, needed, nowhere(cards), looking=Looking(graph, cards), **told)


def question_of(wanted: Assignment, memory: bytes, is_wanted: Callable[[], bool]) -> bytes:
    """The question for places, as it goes to the process that arranges; empty if it is given up."""
    asked = Arrange(wanted.cards, wanted.links, wanted.sizes, wanted.grouping, memory)
    return framed_aside(asked, is_wanted)


def named(sources: Sequence[str], graph: LineageGraph) -> str:
    """What is open, for the title: a folder, a file or the folder of some, else as the graph says."""
    if tuple(sources) == SAMPLE:
        return SAMPLE_NAME
    is_files = not any(":" in source for source in sources)
    paths = [real(source, here()) or Path(source) for source in sources] if is_files else []
    if len(paths) == 1:
        return paths[0].stem
    if len({path.parent for path in paths}) == 1 and paths[0].parent.name:
        return paths[0].parent.name
    return module_name(graph.name) or "dataflow"


#: Says what of something is arranged first, and what a layout remembers of it.
Assign = Callable[[Opened], tuple[Assignment, bytes]]
