"""The session on what is open; where that is read again, it goes on where it was."""

from dataclasses import replace

from explorer_app.model.beginning import begin
from explorer_app.model.plan import Assignment
from explorer_app.model.session import Session
from explorer_app.model.state import State
from explorer_app.qt.opened import Opened
from explorer_app.qt.pinlink import PinLink
from explorer_app.qt.savedlink import SavedLink
from explorer_app.qt.scenes import Scenes
from hamilton_ol.graph.runs import is_of


class Sessions:
    """Makes sessions, one after the other.

    Args:
        saved, pins: know what is remembered of a source.
        scenes: know what is arranged first.

    Attributes:
        session, opened: what is shown; None while nothing is.
        query: the question to open with, once the whole is read.
    """

    def __init__(self, saved: SavedLink, pins: PinLink, scenes: Scenes) -> None:
        self._saved, self._pins, self._scenes = saved, pins, scenes
        self.session: Session | None = None
        self.opened: Opened | None = None
        self.query = ""
        self._next: tuple[Opened, Session] | None = None
        self._untouched: State | None = None

    def is_again(self, read: Opened) -> bool:
        """Whether it is what is open, read again."""
        return self.opened is not None and self.opened.sources == read.sources

    def _before(self, read: Opened) -> Session | None:
        """The session that goes on; a draft that nobody did anything with is not worth it."""
        session = self.session if self.is_again(read) else None
        if session is None or replace(session.state, place=None) == self._untouched:
            return None
        return session

    def assign(self, read: Opened) -> tuple[Assignment, bytes]:
        """The session of what was read, with its first question; what of it is arranged first."""
        before = self._before(read)
        first = self._pins.first(before, read)
        session = Session(read.graph, self._saved.queries_of(read), first)
        self._next = read, session
        if read.run is not None and is_of(read.graph, read.run):
            session.show_run(read.run)
        begin(session, self.query if before is None else "", before=before, is_run=read.is_run)
        return self._scenes.first(session, read, is_again=self.is_again(read))

    def take(self, found: Opened) -> Session:
        """Go on to what was read, now that it has its first places."""
        if self._next is None or self._next[0].graph is not found.graph:
            self.assign(found)
        session = self._next[1] if self._next else Session(found.graph)
        self.session, self.opened, self._next = session, found, None
        self._untouched = replace(session.state, place=None) if found.is_draft else None
        if not found.is_draft:
            self.query = ""
        return session
