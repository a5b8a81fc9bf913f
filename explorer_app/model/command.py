"""What a command is: something that a person can do, however they reach it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from explorer_app.model.session import Session


class Desk(Protocol):
    """What commands need of a window."""

    @property
    def session(self) -> Session | None:
        """The graph that is open."""

    def call(self, command: str) -> None:
        """Do what only the window can do, by the id of a command."""

    def tell(self, text: str) -> None:
        """Say something that needs no answer."""


Enabled = Callable[[Session], bool]
Asks = Callable[[Session], str]


@dataclass(frozen=True)
class Command:
    """Something that a person can do.

    Attributes:
        id: its name in settings and tests.
        title: in menus and in the palette.
        menu: the menu that it is in.
        keys: shortcuts, as Qt writes them; the first is shown.
        enabled: when it can be done; always, where it needs no graph.
        query: the query that it writes, if it does; an empty one for none.
        does: what it does with the session, if it does not only ask its query.
        refuses: why it is not done with what is chosen, empty if it is; that takes longer to say
            than whether it is enabled.
        needs_graph: whether a graph has to be open.
        is_plain_key: whether its keys are for the canvas and lists, not while text is typed.
        in_context: whether the menu of a node has it.
    """

    id: str
    title: str
    menu: str
    keys: tuple[str, ...] = ()
    enabled: Enabled = lambda _session: True
    query: Asks | None = None
    does: Callable[[Session], None] | None = None
    refuses: Callable[[Session], str] = lambda _session: ""
    needs_graph: bool = True
    is_plain_key: bool = False
    in_context: bool = False

    def can(self, session: Session | None) -> bool:
        """Whether it can be done now."""
        if session is None:
            return not self.needs_graph
        return self.enabled(session)

    def run(self, desk: Desk) -> None:
        """Do it, or tell why it is not done; nothing happens where it is not enabled."""
        session = desk.session
        if not self.can(session):
            return
        if session is None or (self.query is None and self.does is None):
            desk.call(self.id)
        elif why := self.refuses(session):
            desk.tell(why)
        elif self.does is not None:
            self.does(session)
        elif self.query is not None:
            session.ask(self.query(session), active=session.focus)
