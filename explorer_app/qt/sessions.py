"""The session on what is open; where that is read again, it goes on where it was."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from explorer_app.loading.trust import code_folders
from explorer_app.model.beginning import begin
from explorer_app.model.inspector import page_of
from explorer_app.model.learning import learn
from explorer_app.model.page import Page
from explorer_app.model.places import here
from explorer_app.model.plan import Assignment
from explorer_app.model.session import Session
from explorer_app.model.state import State
from explorer_app.qt.opened import Assign, Opened
from explorer_app.qt.pinlink import PinLink
from explorer_app.qt.savedlink import SavedLink
from explorer_app.qt.scenes import Scenes
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import is_of


class _Next(NamedTuple):
    graph: LineageGraph
    session: Session
    page: Page | None = None


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
        self._next: _Next | None = None
        self._untouched: State | None = None

    def is_again(self, sources: Sequence[str]) -> bool:
        """Whether these are the sources of what is open, read again."""
        return self.opened is not None and self.opened.sources == tuple(sources)

    def _before(self, sources: Sequence[str]) -> Session | None:
        """The session that goes on; a draft that nobody did anything with is not worth it."""
        session = self.session if self.is_again(sources) else None
        if session is None or replace(session.state, place=None) == self._untouched:
            return None
        return session

    def assign(self, sources: Sequence[str], graph: LineageGraph) -> Assign:
        """What says, in any thread, what of a graph is arranged first, as its session begins."""
        before, is_again = self._before(sources), self.is_again(sources)
        first = self._pins.first(before, sources, graph)
        saved = self._saved.queries_of(sources, graph)
        query = self.query if before is None else ""
        shown = self.session
        if shown is not None:
            shown.rest()  # else all that is worked out of both is held at once

        def assign(read: Opened) -> tuple[Assignment, bytes]:
            if shown is not None and is_again:
                graph.share(shown.graph)
            session = Session(graph, saved, first)
            session.runs = read.runs
            if read.run is not None and is_of(graph, read.run):
                session.show_run(read.run)
            begin(session, query, before=before, is_run=read.is_run)
            self._next = _Next(graph, session)
            return self._scenes.first(session, read, is_again=is_again)

        return assign

    def learn(self, read: Opened) -> None:
        """In any thread: what will be asked of what was read, while it is being arranged."""
        found = self._next
        if found is not None and found.graph is read.graph:
            page = learn(found.session, read.cards, time.time(), read.name)
            if read.looking is not None:
                read.looking.looks(found.session)
            self._next = found._replace(page=page)

    def take(self, found: Opened) -> tuple[Session, Page]:
        """Go on to what was read, now that it has its first places; what panels tell of it."""
        if self._next is None or self._next.graph is not found.graph:
            self.assign(found.sources, found.graph)(found)
        _, session, page = self._next or _Next(found.graph, Session(found.graph))
        session.folders = tuple(code_folders(found.sources, here()))
        if self.session is not None:
            self.session.end()
        self.session, self.opened, self._next = session, found, None
        self._untouched = replace(session.state, place=None) if found.is_draft else None
        if not found.is_draft:
            self.query = ""
        return session, page or page_of(session, time.time(), found.name)
