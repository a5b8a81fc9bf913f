"""Joins the panel that asks what to save to the graph, the files and the clipboard."""

from pathlib import Path

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
            shown = graph.restricted(mask) if figure is None else figure
            return Export(asked.form.id, asked.theme, trail, shown, asked.wide)

        self._late.start()
        self.exporter.make(export, lambda content: self._take(asked, content))

    def _figure(self, session: Session, mask: np.ndarray) -> Figure:
        made, needed = self._scenes.dress[:2]
        kept = shown_cards(session, made, mask)
        part = part_of(made, kept)
        looks = self._link.looks(session).of_part(part.card, part.row, part.link)
        own = np.flatnonzero(made.row < 0)
        hints = {int(made.card[node]): hint(session.graph.nodes[node]) for node in own.tolist()}
        texts = tuple(hints[original(made, card)] for card in part.card.tolist())
        lens, kinds = self._link.lens(session), part.cards.kinds
        legend = legend_for(session, lens, kinds, has_rest=looks.is_dimmed)
        grouping = self._grouping(session, made, part)
        return Figure(part.cards, part.links, needed[part.card], looks, texts, legend, grouping)

    def _grouping(self, session: Session, made: GraphCards, part: Part) -> Grouping | None:
        """The boxes that are shown, all of them open."""
        key = plan_of(session).grouped
        if not key:
            return None
        families = session.traits.families(key)
        return families.grouping(families.of_cards(made)[part.card], frozenset())

    # --- what came of it -------------------------------------------------------------------------

    def _take(self, asked: Asked, content: bytes) -> None:
        self._hide_progress()
        if asked.path is None:
            self._copy(asked, content)
        else:
            self._write(asked.path, content)

    def _copy(self, asked: Asked, content: bytes) -> None:
        board = QGuiApplication.clipboard()
        if asked.form.id == "png":
            image = QImage.fromData(content)
            if image.isNull():  # Qt takes none that needs more than 256 MB
                self._failed(Failed("The picture is too large to be copied", SMALLER))
                return
            board.setImage(image)
            self._say(f"Copied a picture of {image.width():,} x {image.height():,} px.")
        else:
            board.setText(content.decode())
            self._say(f"Copied as {asked.form.title}.")

    def _write(self, path: Path, content: bytes) -> None:
        """All of the file, or nothing."""
        file = QSaveFile(str(path))
        is_open = file.open(QIODevice.OpenModeFlag.WriteOnly)
        if is_open and file.write(content) == len(content) and file.commit():
            self._settings.export_folder = path.parent
            self._say(f"Saved {path}, {counted(max(len(content) // 1000, 1), 'kB').rstrip('s')}.")
        else:
            why = file.errorString()
            self._failed(Failed(f"{path} could not be written: {why}", "Choose another file."))

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
