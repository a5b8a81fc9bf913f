"""What is sure to be asked of a large graph, found out before anybody waits for it."""

from explorer_app.model.commands import COMMANDS
from explorer_app.model.inspector import page_of
from explorer_app.model.navigator import VIEWS
from explorer_app.model.page import Page
from explorer_app.model.session import Session
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.select.ahead import look_up


def learn(session: Session, made: GraphCards, now: float, name: str = "") -> Page:
    """Find it out; it is kept by the session, and by its graph. May be done in any thread.

    Args:
        session: as it begins.
        made: its cards.
        now: seconds since the epoch.
        name: of what is open.

    Returns:
        What panels tell at first.
    """
    graph, traits = session.graph, session.traits
    for view in VIEWS:
        traits.branches(view, made)
    for command in COMMANDS:
        command.can(session)
    look_up(graph)
    for query in (session.state.query, "*", "+*", "*+"):
        session.judge(query)
    _ = traits.searched, traits.queries, traits.sources, traits.inputs, traits.personal
    _ = traits.columns, traits.modules, session.visible.depths
    return page_of(session, now, name)
