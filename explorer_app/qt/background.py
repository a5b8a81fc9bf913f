"""What is looked for beside the work: recorded runs, and a picture of the sample."""

import time
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from explorer_app.canvas.drawing import SceneDrawing
from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.kit import Kits
from explorer_app.canvas.overlay import OverlayState
from explorer_app.canvas.picture import draw_picture
from explorer_app.canvas.prepared import PreparedScene
from explorer_app.loading.frames import framed
from explorer_app.loading.messages import (
    Arrange,
    Arranged,
    FindKeyring,
    FindReferences,
    ForgetToken,
    ListRuns,
    Load,
    Runs,
)
from explorer_app.loading.trust import SAMPLE
from explorer_app.model.looks import looks_of
from explorer_app.model.questions import opening
from explorer_app.model.runs import run_rows
from explorer_app.model.session import Session
from explorer_app.qt.reader import Reader
from explorer_app.qt.style import Style
from explorer_app.qt.window import Window
from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.graphcards import cards_of
from hamilton_ol.graph.scene.measures import sizes
from hamilton_ol.graph.scene.places import placed
from hamilton_ol.graph.scene.scene import Scene

PICTURE = (432, 158)  # px
FOOT = 30  # px below it, where the zoom is written


class Background(QObject):
    """Asks a process of its own; nothing waits for it, and a failure shows nothing."""

    finished = Signal()
    listed = Signal(object)  # rows of recorded runs
    foundKeyring = Signal(object)  # Keyring
    foundReferences = Signal(object)  # References

    def __init__(self, window: Window, style: Style, store: str = "") -> None:
        super().__init__(window)
        self._window, self._style, self._store = window, style, store
        self._reader, self._asker = Reader(self), Reader(self)
        self._graph = LineageGraph((), ())
        self._reader.loaded.connect(self._loaded)
        self._reader.arranged.connect(self._arranged)
        self._reader.failed.connect(self._end)
        self._asker.listed.connect(self._listed)
        for told, tell in (
            (self._asker.keyringFound, self.foundKeyring),
            (self._asker.referencesFound, self.foundReferences),
        ):
            told.connect(tell)
            told.connect(self._end)
        self._asker.failed.connect(self._end)

    def draw_sample(self) -> None:
        """Put a picture of the sample on the start page."""
        self._reader.load(Load(SAMPLE, executes=False))

    def list_runs(self) -> None:
        """List recorded runs in their table."""
        self._asker.list_runs(ListRuns(self._store))

    def find_keyring(self, address: str) -> None:
        """Look where tokens are kept, and whether there is one for an address."""
        self._asker.ask_keyring(FindKeyring(address))

    def forget_token(self, address: str) -> None:
        """Delete the token that is kept for an address."""
        self._asker.ask_keyring(ForgetToken(address))

    def find_references(self, path: str) -> None:
        """Look which revisions of a file or folder there are."""
        self._asker.find_references(FindReferences(path))

    def close(self) -> None:
        """Give up."""
        self._reader.stop()
        self._asker.stop()

    def join(self) -> None:
        """Once it is closed: wait until no process is left."""
        self._reader.join()
        self._asker.join()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._reader.is_busy or self._asker.is_busy

    def _loaded(self, graph: LineageGraph) -> None:
        self._graph = graph
        cards = cards_of(graph)
        needed = sizes(cards.cards, Fonts(self._style.theme))
        self._reader.arrange(framed(Arrange(cards.cards, cards.links, needed)))

    def _arranged(self, found: Arranged) -> None:
        cards = cards_of(self._graph)
        scene = placed(cards.cards, cards.links, found.places, None)
        self._window.start.sample.set_picture(self._small(scene))
        self._end()

    def _end(self, _failed: object = None) -> None:
        for reader in (self._reader, self._asker):
            if not reader.is_busy:
                reader.stop()
        self.finished.emit()

    def _small(self, scene: Scene) -> QImage:
        """The scene without anything over it."""
        theme, session = self._style.theme, Session(self._graph)
        query, about = opening(self._graph)
        session.ask(query, active=about)
        looks = looks_of(session, cards_of(self._graph))
        blank = replace(scene, cards=_unwritten(scene.cards))
        drawing = SceneDrawing(PreparedScene(blank, theme), looks, theme, Kits(theme))
        ratio = self._window.devicePixelRatioF() * 2  # it is shown smaller on small windows
        wide, high = PICTURE
        view = Viewport(wide, high + FOOT, ratio=ratio).fitted(scene.bounds, (2, 2, 2, FOOT), 1.0)
        image = draw_picture(drawing, view, OverlayState(with_minimap=False))
        return image.copy(0, 0, image.width(), round(high * ratio))

    def _listed(self, runs: Runs) -> None:
        rows = run_rows(runs.rows, time.time())
        self._window.tables.set_runs(rows)
        self.listed.emit(rows)
        self._end()


def _unwritten(cards: Cards) -> Cards:
    """The same cards without a word: too small to be read."""
    nothing, rows = ("",) * len(cards), ("",) * len(cards.row_names)
    return replace(cards, names=nothing, types=nothing, row_names=rows)
