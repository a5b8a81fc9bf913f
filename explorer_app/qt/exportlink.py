"""Joins the panel that asks what to save to the graph, the files and the clipboard."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QIODevice, QObject, QSaveFile, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage

from explorer_app.canvas.figure import Figure
from explorer_app.loading.messages import Export, Failed
from explorer_app.model.copies import original
from explorer_app.model.exports import problem_of
from explorer_app.model.isolation import Part, part_of
from explorer_app.model.plan import plan_of, shown_cards
from explorer_app.model.session import Session
from explorer_app.model.words import counted, sentences
from explorer_app.qt.bars import LATE
from explorer_app.qt.canvaslink import CanvasLink
from explorer_app.qt.exporter import Exporter
from explorer_app.qt.exportpanel import Asked, ExportPanel
from explorer_app.qt.lenslegend import legend_for
from explorer_app.qt.scenes import Scenes
from explorer_app.qt.settings import Settings
from explorer_app.qt.style import Style
from explorer_app.qt.window import Window
from hamilton_ol.graph.export.picture import hint
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.arrays import Flags
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.links import Grouping

SMALLER = "Save it, or choose fewer px."


class ExportLink(QObject):
    """Saves and copies what is visible.

    Args:
        style: fonts and colours.
        window: tells what became of it.
        settings: remember the folder.
        link: knows how the cards look.
        scenes: know the cards, and what is written on them.
    """

    done = Signal(str)  # what was done

    def __init__(
        self, style: Style, window: Window, settings: Settings, link: CanvasLink, scenes: Scenes
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._link, self._scenes = window, settings, link, scenes
        self._session: Session | None = None
        self._is_told = False
        self.panel = ExportPanel(style, window)
        self.exporter = Exporter(self)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE)
        self._late.timeout.connect(self._tell_progress)
        self.panel.wanted.connect(self.save)
        self.exporter.failed.connect(self._failed)

    def ask(self, session: Session | None, name: str) -> None:
        """Ask what is to be saved."""
        if session is not None:
            self._session = session
            counts = len(session.visible), len(session.graph)
            self.panel.ask(name, self._settings.export_folder, counts)

    def copy(self, session: Session | None) -> None:
        """Put a picture of what is visible on the clipboard."""
        if session is None:
            return
        self._session, usual = session, self.panel.usual
        problem = problem_of(usual.form, len(session.visible), usual.wide)
        if problem:
            self._window.statusBar().showMessage(problem)
        else:
            self.save(usual)

    def save(self, asked: Asked) -> None:
        """Do what was asked for."""
        session = self._session
        if session is None:
            return
        mask = np.ones(len(session.graph), np.bool_) if asked.is_whole else session.visible.mask
        graph, trail = session.graph, tuple(self._link.trail(session))
        figure = self._figure(session, mask) if asked.form.is_drawn else None

        def export() -> Export:
            shown = graph.restricted(mask) if figure is None else figure()
            return Export(asked.form.id, asked.theme, trail, shown, asked.wide)

        self._late.start()
        take, tell = (_decoded, self._copied) if asked.path is None else (_written, self._told)
        self.exporter.make(export, partial(take, asked), partial(tell, asked))

    def _figure(self, session: Session, mask: np.ndarray) -> Callable[[], Figure]:
        """What makes it, on any thread: the session may go on meanwhile."""
        (made, needed, _), graph = self._scenes.dress, session.graph
        kept, whole = shown_cards(session, made, mask), self._link.looks(session)
        between = kept[made.links.origin] & kept[made.links.target]
        has_rest = bool(whole.dim[kept].any() or whole.edge_dim[between].any())
        lens, kinds = self._link.lens(session), made.cards.kinds[kept]
        legend = legend_for(session, lens, kinds, has_rest=has_rest)
        grouping = self._grouping(session, made, kept)

        def figure() -> Figure:
            part = part_of(made, kept)
            looks, texts = whole.of_part(part.card, part.row, part.link), _hints(graph, made, part)
            return Figure(part.cards, part.links, needed[kept], looks, texts, legend, grouping)

        return figure

    def _grouping(self, session: Session, made: GraphCards, kept: Flags) -> Grouping | None:
        """The boxes that are shown, all of them open."""
        key = plan_of(session).grouped
        if not key:
            return None
        families = session.traits.families(key)
        return families.grouping(families.of_cards(made)[kept], frozenset())

    # --- what came of it -------------------------------------------------------------------------

    def _copied(self, asked: Asked, found: QImage | str) -> None:
        self._hide_progress()
        board = QGuiApplication.clipboard()
        if isinstance(found, str):
            board.setText(found)
            self._say(f"Copied as {asked.form.title}.")
        elif found.isNull():  # Qt takes none that needs more than 256 MB
            self._failed(Failed("The picture is too large to be copied", SMALLER))
        else:
            board.setImage(found)
            self._say(f"Copied a picture of {found.width():,} x {found.height():,} px.")

    def _told(self, asked: Asked, found: tuple[int, str]) -> None:
        self._hide_progress()
        (size, why), path = found, asked.path
        if path is None or why:
            self._failed(Failed(f"{path} could not be written: {why}", "Choose another file."))
        else:
            self._settings.export_folder = path.parent
            self._say(f"Saved {path}, {counted(max(size // 1000, 1), 'kB').rstrip('s')}.")

    def _say(self, text: str) -> None:
        self._window.statusBar().showMessage(text, 8000)
        self.done.emit(text)

    def _failed(self, failed: Failed) -> None:
        self._hide_progress()
        notice = self._window.notice

        def again() -> None:
            notice.hide()
            self.panel.open()

        text = sentences(failed.message, failed.hint)
        notice.say(text, [("Try again", again), ("Close", notice.hide)])

    def _tell_progress(self) -> None:
        self._is_told = True
        self._window.notice.say("Drawing …", [("Stop", self.stop)])

    def _hide_progress(self) -> None:
        self._late.stop()
        if self._is_told:
            self._window.notice.hide()
        self._is_told = False

    def stop(self) -> None:
        """Give up."""
        if self.exporter.is_busy:
            self.exporter.stop()
            self._hide_progress()


def _hints(graph: LineageGraph, made: GraphCards, part: Part) -> tuple[str, ...]:
    """What is said of each card on request."""
    own = np.flatnonzero(made.row < 0)
    hints = {int(made.card[node]): hint(graph.nodes[node]) for node in own.tolist()}
    return tuple(hints[original(made, card)] for card in part.card.tolist())


def _decoded(asked: Asked, content: bytes) -> QImage | str:
    """What is to be copied; no picture where it is too large for one."""
    return QImage.fromData(content) if asked.form.id == "png" else content.decode()


def _written(asked: Asked, content: bytes) -> tuple[int, str]:
    """All of the file, or nothing: how many bytes, and why it could not be."""
    file = QSaveFile(str(asked.path))
    is_open = file.open(QIODevice.OpenModeFlag.WriteOnly)
    is_done = is_open and file.write(content) == len(content) and file.commit()
    return len(content), "" if is_done else file.errorString()
