"""What a person looks at, carried over to the graph as it is after it was read again."""

from dataclasses import replace

import numpy as np

from explorer_app.model.session import Session
from explorer_app.model.state import NONE, State
from hamilton_ol.graph.runs import is_of


def carry(before: Session, session: Session) -> None:
    """Let a session go on where another one was: question, sets, history and undo.

    Nodes are the same by their ids; one that is gone is not selected or active any more.

    Args:
        before: the session that ends.
        session: of the graph that was read again.
    """
    index = session.graph.index
    number = np.array([index.get(name, NONE) for name in before.graph.ids] + [NONE])

    def moved(state: State) -> State:
        there = {int(number[node]) for node in state.selected} - {NONE}
        return replace(state, selected=frozenset(there), active=int(number[state.active]))

    if session.run is None and before.run is not None and is_of(session.graph, before.run):
        session.show_run(before.run)
    session.take_over(before, moved)
