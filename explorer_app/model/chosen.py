"""How a query says what is chosen, for commands that are about all of it."""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

import numpy as np

from explorer_app.model.ownsets import mask_of, masks
from explorer_app.model.questions import TOGETHER, any_of
from explorer_app.model.session import Session
from explorer_app.model.state import State
from hamilton_ol.errors import QueryError
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.select.formatting import text_of
from hamilton_ol.graph.select.parser import parse
from hamilton_ol.graph.select.syntax import EVERY, Glob, Query, Reach

NAMED = 300  # names in a query; it is evaluated while the window waits
_LAST: WeakKeyDictionary[Session, tuple[State, Query | None]] = WeakKeyDictionary()


def meant(session: Session) -> Query:
    """The nodes that a command is for: by their names, many of them as they were asked for."""
    nodes = sorted(session.selected) or [session.focus]
    asked = _asked(session) if len(nodes) > TOGETHER else None
    return asked or any_of(session.graph, nodes)


def refusal(session: Session) -> str:
    """Why no command can be about what is chosen; empty where one can."""
    count = len(session.selected)
    if count <= NAMED or _asked(session) is not None:
        return ""
    return (
        f"{count:,} nodes are selected, and a query names at most {NAMED}: "
        "ask for what they have in common, such as a module, and select that (Ctrl+A)."
    )


def _asked(session: Session) -> Query | None:
    """What says just what is selected; None where nothing that was asked does."""
    state, found = _LAST.get(session, (None, None))
    if state is not session.state:
        wanted = mask_of(session.graph, session.selected)
        found = next(
            (query for query, mask in _said(session) if np.array_equal(mask, wanted)), None
        )
        _LAST[session] = session.state, found
    return found


def _said(session: Session) -> Iterator[tuple[Query, Mask]]:
    """Everything, what is asked, and what that goes around: (it, what it means)."""
    yield Glob(EVERY), np.ones(len(session.graph), np.bool_)
    try:
        said = parse(session.state.query)
    except QueryError:
        return
    yield said, session.visible.mask
    if isinstance(said, Reach):
        text = text_of(said.of)
        yield said.of, session.graph.select(text, session.saved, masks(session)).mask
