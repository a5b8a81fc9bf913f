"""Joins a session with the window: what commands act on."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication

from explorer_app.loading.messages import Failed
from explorer_app.model import questions
from explorer_app.model.session import Session
from explorer_app.model.sources import source_of
from explorer_app.model.words import sentences
from explorer_app.qt.actions import Actions
from explorer_app.qt.alarm import Alarm
from explorer_app.qt.background import Background
from explorer_app.qt.bars import Bar
from explorer_app.qt.canvaslink import CanvasLink
from explorer_app.qt.editing import Editing
from explorer_app.qt.editorform import EditorForm
from explorer_app.qt.exportlink import ExportLink
from explorer_app.qt.gestures import Gestures
from explorer_app.qt.interpreter import Garbage
from explorer_app.qt.knowledge import Knowledge
from explorer_app.qt.opened import Opened
from explorer_app.qt.opening import Opening
from explorer_app.qt.openlink import OpenLink
from explorer_app.qt.palettelink import PaletteLink
from explorer_app.qt.panels import Panel
from explorer_app.qt.pinlink import PinLink
from explorer_app.qt.reader import Reader
from explorer_app.qt.reloading import Reloading
from explorer_app.qt.savedlink import SavedLink
from explorer_app.qt.scenes import Scenes
from explorer_app.qt.sessions import Sessions
from explorer_app.qt.settings import Settings
from explorer_app.qt.sheets import keys_sheet, language_sheet
from explorer_app.qt.showing import Showing
from explorer_app.qt.style import Style
from explorer_app.qt.topbar import TopBar
from explorer_app.qt.tour import Tour
from explorer_app.qt.turns import Turns
from explorer_app.qt.window import Window
from explorer_app.qt.windowcommands import WindowCommands


class Explorer(QObject):
    """The whole: window, session, commands.

    Args:
        style: the theme.
        settings: what is remembered.
        store: folder of recorded runs, empty for the project's.

    Attributes:
        window, actions, opening, link, garbage: its parts.
    """

    drafted = Signal()  # what the text of code says is shown; the rest follows
    ready = Signal()  # a graph is shown

    def __init__(self, style: Style, settings: Settings, store: str = "") -> None:
        super().__init__()
        self.style, self.settings = style, settings
        self.window = Window(style, settings)
        self.window.canvas.setReducedMotion(not settings.moves)
        self.actions = Actions(
            self, self.window, QApplication.focusWidget, self.window.canvas.cancel
        )
        self.top = TopBar(style, self.actions)
        self.window.set_top(self.top)
        self.alarm = Alarm(self.window)
        self.opening = Opening(self.window, style, settings, store)
        self.background = Background(self.window, style, store)
        self.link = CanvasLink(self.window.canvas, style, self.opening.aside)
        self.gestures = Gestures(self.window.canvas, self.link)
        self.scenes = Scenes(self.opening, self.link, style)
        self.pins = PinLink(settings)
        self.knowledge = Knowledge(self.window, store)
        self.editing = Editing(self.window, settings)
        self.editor = EditorForm(style, self.window, settings)
        self.palette = PaletteLink(self).panel
        self.exports = ExportLink(style, self.window, settings, self.link, self.scenes)
        self.saved = SavedLink(style, self.window, settings)
        self.sessions = Sessions(self.saved, self.pins, self.scenes)
        self.opening.assign, self.opening.learn = self.sessions.assign, self.sessions.learn
        self.tour = Tour(style, self.window, self.window.canvas, self.top.query)
        self.keys = keys_sheet(style, self.window)
        self.language = language_sheet(style, self.window)
        self.setParent(self.window)
        self.showing, self._turns = Showing(self), Turns(self)
        self.garbage = Garbage(self)
        self.forms, self.reloading = OpenLink(style, self), Reloading(self)
        self._commands = WindowCommands(self).calls()
        self._connect()
        self.actions.refresh()

    @property
    def session(self) -> Session | None:
        """The graph that is open."""
        return self.sessions.session if self.window.is_started else None

    def be_still(self) -> None:
        """The system wants little to move; a person who chose here knows better."""
        self.settings.is_still = True
        self.window.canvas.setReducedMotion(not self.settings.moves)

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be shown."""
        is_computed = self.window.tables.nodes.aside.is_busy
        return self.showing.is_busy or self._turns.is_busy or is_computed

    @property
    def opened(self) -> Opened | None:
        """What is open, as it was read."""
        return self.sessions.opened

    @property
    def name(self) -> str:
        """Of what is open."""
        return self.opened.name if self.opened is not None else ""

    def _connect(self) -> None:
        window, gestures = self.window, self.gestures
        self.opening.opened.connect(self._opened)
        self.opening.recorded.connect(self.knowledge.picked)
        self.knowledge.otherPicked.connect(lambda run: self.open((f"run:{run}",)))
        self.knowledge.failed.connect(self.tell_failure)
        for reader in window.findChildren(Reader):
            reader.failed.connect(self.alarm.know)
        self.exports.exporter.failed.connect(self.alarm.know)
        self.background.listed.connect(self.knowledge.runs_listed)
        self.opening.failed.connect(self.tell_failure)
        window.tables.nodes.aside.failed.connect(self.tell_failure)
        window.start.commanded.connect(self.call)
        window.start.recentChosen.connect(self.open)
        window.dropped.connect(lambda paths: self.open([source_of(path) for path in paths]))
        window.cancelled.connect(lambda: self.call("cancel"))
        window.closing.connect(self._close)
        window.navigator.nodeClicked.connect(gestures.choose)
        window.navigator.nodeActivated.connect(gestures.activate)
        window.navigator.menuRequested.connect(self._menu_of)
        window.tables.rowsSelected.connect(self._rows_selected)
        window.tables.nodeActivated.connect(gestures.activate)
        window.tables.menuRequested.connect(self._menu_of)
        window.tables.tabs.copied.connect(lambda kind: self.actions[f"copy-{kind}"].trigger())
        window.tables.tabs.left.connect(self._focus_canvas)
        window.tables.runActivated.connect(self.pick_run)
        window.inspector.nodeClicked.connect(gestures.choose)
        window.inspector.editorRequested.connect(lambda: self.call("editor"))
        window.inspector.addressChosen.connect(self.editing.offer)
        gestures.noticed.connect(window.statusBar().showMessage)
        window.canvas.nodeMoved.connect(self.scenes.put)
        gestures.menuRequested.connect(self._menu)
        self.top.query.asked.connect(self.ask)
        self.top.query.left.connect(self._focus_canvas)
        self.top.query.savedWanted.connect(self.actions["save-query"].trigger)
        self.saved.asked.connect(self.ask)
        for bar in window.findChildren(Bar):
            bar.answered.connect(self._focus_canvas)
        for panel in window.findChildren(Panel):
            panel.closed.connect(self._focus_canvas)
        self.tour.ended.connect(self._focus_canvas)
        self.style.changed.connect(self._restyle)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self.actions.refresh)

    def _close(self) -> None:
        """The window goes: nothing is read any more, and nobody looks at the focus."""
        self.showing.close()
        self._turns.stop()
        self.window.tables.nodes.aside.close()
        self.opening.close()
        self.background.close()
        self.knowledge.close()
        self.exports.stop()
        self.garbage.stop()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.disconnect(self.actions.refresh)

    def join(self) -> None:
        """Once the window is closed: wait until no process and no thread of it is left."""
        self.window.tables.nodes.aside.join()
        exporter = self.exports.exporter
        for part in (self.showing, self.opening, self.background, self.knowledge, exporter):
            part.join()

    # --- opening ---------------------------------------------------------------------------------

    def open(
        self,
        sources: Sequence[str],
        name: str = "",
        *,
        query: str = "",
        trust: bool = False,
        token: str = "",
    ) -> None:
        """Open sources, with a question if there is one."""
        self.sessions.query = query
        self.opening.open(sources, name, trust=trust, token=token)

    def _opened(self, found: Opened) -> None:
        is_again = self.sessions.is_again(found.sources)
        session, page = self.sessions.take(found)
        ready = partial(self._ready, found, is_again=is_again)
        self.showing.begin(session, found, page, ready, is_again=is_again)

    def _ready(self, found: Opened, *, is_again: bool) -> None:
        """It is shown."""
        self.forms.opened()
        if not is_again:
            self.window.canvas.setFocus()
        (self.drafted if found.is_draft else self.ready).emit()

    def tell_failure(self, failed: Failed) -> None:
        """Say what could not be done, and offer a way out."""
        if self.forms.tells(failed):
            return
        self.alarm.know(failed)
        again = self.opening.again
        bar, text = self.window.notice, sentences(failed.message, failed.hint)
        copy = [("Copy details", partial(self.alarm.copy, failed.fault))] if failed.fault else []
        bar.say(text, [("Read again", again), *copy, ("Close", bar.hide)])
        self.window.tables.set_failure(failed)

    def _restyle(self) -> None:
        size = len(self.session.graph) if self.session is not None else 0
        self._turns.run(size, self.window.restyled())
        if not self.window.is_started:
            self.background.draw_sample()

    def pick_run(self, run_id: str) -> None:
        """Show what a run did; it is read first if need be."""
        if not self.knowledge.pick(run_id):
            self.opening.read_run(run_id)

    # --- what a person does ----------------------------------------------------------------------

    def ask(self, query: str) -> None:
        """Ask a query that somebody wrote or chose; the node that it is about is told of then."""
        session = self.session
        if session is None:
            return
        about = questions.question(session.graph, query).of
        if about >= 0 and about not in session.selected:
            session.look_at(query.strip(), session.state.lens, about)
        else:
            session.ask(query, active=about if about >= 0 else None)

    def _rows_selected(self, nodes: Sequence[int]) -> None:
        if self.session is not None:
            self.session.select(nodes)
            if len(nodes) == 1:
                self.gestures.show_where(nodes[0])

    def _menu_of(self, node: int, at: QPoint) -> None:
        if self.session is not None:
            if node not in self.session.selected:
                self.session.select([node])
            self._menu(at)

    def _menu(self, at: QPoint) -> None:
        session = self.session
        if session is not None:
            menu = self.actions.context_menu(session, self.window)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(at)

    def _focus_canvas(self) -> None:
        if self.window.is_started:
            self.window.canvas.setFocus()

    def call(self, command: str) -> None:
        """Do what only the window can do."""
        self._commands[command]()

    def tell(self, text: str) -> None:
        """Say something at the bottom of the window."""
        self.window.statusBar().showMessage(text)

    def tell_settings(self) -> None:
        """Say once that nothing is remembered, where that is so."""
        bar, problem = self.window.notice, self.settings.problem
        if problem:
            bar.say(problem, [("Close", bar.hide)])
