"""Shows what a session has come to: what that takes is found out first, then pane after pane."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer_app.canvas.accessible import announce
from explorer_app.model.inspector import page_of
from explorer_app.model.page import Page
from explorer_app.model.plan import plan_of
from explorer_app.model.session import Session
from explorer_app.model.state import State
from explorer_app.model.status import answer_of, facts_of, origin_of
from explorer_app.model.words import counted
from explorer_app.qt.aside import Aside, Task
from explorer_app.qt.opened import Opened
from explorer_app.qt.turns import Turns

if TYPE_CHECKING:
    from explorer_app.qt.explorer import Explorer

Parts = Iterator[Callable[[], object]]


class Showing(QObject):
    """Of a large graph nothing of it keeps the window from answering.

    Args:
        explorer: has the panes.
    """

    def __init__(self, explorer: "Explorer") -> None:
        super().__init__(explorer)
        self._explorer, self._window = explorer, explorer.window
        self._aside = Aside(self)
        self._beginning, self._turns = Turns(self), Turns(self)
        self._aside.failed.connect(explorer.tell_failure)
        self._task: Task | None = None
        self._visits = 0
        self._told: Sequence[str] = ("", "", "")

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be shown."""
        return self._aside.is_busy or self._beginning.is_busy or self._turns.is_busy

    def begin(
        self,
        session: Session,
        opened: Opened,
        page: Page,
        ready: Callable[[], object],
        *,
        is_again: bool,
    ) -> None:
        """Show another graph, whole, and the window only then.

        Args:
            session: of it.
            opened: it.
            page: of the inspector.
            ready: is called in the end.
            is_again: whether it was read again.
        """
        self._forget()
        self._visits = session.visits
        if not is_again:
            self._told = ("", "", "")
        *panes, facts = self._panes(session, opened, page)
        begun = partial(self._begun, session, opened, session.state)
        first = self._first(session, opened, is_again=is_again)
        parts: Sequence[Callable[[], object]] = (*first, *panes, *self._window.appearing(), facts)
        self._beginning.run(len(session.graph), (*parts, begun, ready))

    def _first(self, session: Session, opened: Opened, *, is_again: bool) -> Parts:
        explorer, window = self._explorer, self._window
        problems = [(problem, "") for problem in opened.problems]
        yield partial(explorer.knowledge.start, session, opened.runs)
        yield partial(window.navigator.set_session, session, opened.cards)
        yield partial(window.tables.set_session, session)
        yield partial(window.tables.set_problems, problems)
        yield partial(explorer.top.query.set_session, session)
        yield partial(explorer.top.set_name, opened.name)
        yield partial(window.setWindowTitle, f"{opened.name} - hamilton-explorer")
        yield partial(explorer.scenes.begin, session, opened, is_again=is_again)

    def _begun(self, session: Session, opened: Opened, begun: State) -> None:
        """Follow the session from now on; it may have changed meanwhile."""
        session.subscribe(partial(self._changed, session, opened))
        if replace(session.state, place=begun.place) != begun:
            self._changed(session, opened)

    def _changed(self, session: Session, opened: Opened) -> None:
        if self._explorer.opened is opened:
            self._forget()
            self._task = Task(
                partial(self._find_out, session, opened),
                lambda page: self._turns.run(
                    len(session.graph), self._panes(session, opened, page)
                ),
            )
            self._aside.run(len(session.graph), self._task)

    def _find_out(self, session: Session, opened: Opened) -> Page:
        """What takes long; it is kept, but for the page of the inspector."""
        self._explorer.scenes.learn(session, opened)
        self._explorer.link.looks(session)
        plan_of(session)  # the groups are kept
        session.judge(session.state.query)
        _ = session.visible.depths
        return page_of(session, time.time(), opened.name)

    def _panes(self, session: Session, opened: Opened, page: Page) -> Parts:
        window = self._window
        yield partial(self._scene, session, opened)
        yield window.navigator.refresh
        yield window.tables.refresh
        yield partial(window.inspector.make_page, page)
        yield window.inspector.put_page
        yield partial(self._facts, session, opened, page)

    def _scene(self, session: Session, opened: Opened) -> None:
        explorer, link = self._explorer, self._explorer.link
        is_visit, self._visits = session.visits != self._visits, session.visits
        if is_visit:  # before another scene moves the view, which the state then keeps
            link.aim_at(session.state.place)
        explorer.scenes.follow(session, opened)
        explorer.pins.follow(session, opened)
        link.refresh()
        explorer.knowledge.follow()
        if not (explorer.opening.is_arranging or link.is_waiting):
            link.go_to_place() if is_visit else link.aim_at(None)

    def _facts(self, session: Session, opened: Opened, page: Page) -> None:
        """In the lines at top and bottom."""
        explorer, window, facts = self._explorer, self._window, facts_of(session, opened.problems)
        explorer.top.query.refresh()
        explorer.top.set_lens(session.state.lens)
        window.statusBar().clearMessage()
        window.facts.setText(facts)
        window.origin.setText(origin_of(opened.sources, opened.seconds, opened.problems))
        self._announce(session, opened, page)
        explorer.actions.refresh()

    def _announce(self, session: Session, opened: Opened, page: Page) -> None:
        """Whoever hears and does not see is told what is new of an answer, a node, the problems."""
        problems = len(opened.problems)
        told, before = (answer_of(session), page.summary, counted(problems, "problem")), self._told
        self._told = told if problems else (*told[:2], "")
        new = [text for text, old in zip(self._told, before, strict=True) if text not in {"", old}]
        if new:
            announce(self._window.canvas, ". ".join(new))

    def _forget(self) -> None:
        """What was to be shown is of before."""
        if self._task is not None:
            self._task.drop()
        self._turns.stop()

    def close(self) -> None:
        """Show nothing any more."""
        self._forget()
        self._beginning.stop()
        self._aside.close()

    def join(self) -> None:
        """Once it is closed: wait for what was being found out."""
        self._aside.join()
