"""What a graph is shown with: a question first, or what a person looked at before it was read again."""

from explorer_app.model import questions
from explorer_app.model.carrying import carry
from explorer_app.model.session import Session

FEW = 300  # nodes: of more, only the answer to the first question is shown


def begin(
    session: Session, query: str = "", *, before: Session | None = None, is_run: bool = False
) -> None:
    """Let a session begin with something to see.

    Args:
        session: that nobody has seen yet.
        query: the question to begin with, if a person has one.
        before: the session of the same dataflow, before it was read again.
        is_run: whether a run is what was asked for.
    """
    if before is not None:
        carry(before, session)
    if query:
        session.ask(query, active=questions.question(session.graph, query).of)
    elif before is None:
        _ask_first(session, is_run=is_run)
    if before is None:
        session.isolate(isolated=len(session.visible) <= FEW < len(session.graph))


def _ask_first(session: Session, *, is_run: bool) -> None:
    """The question it opens with; a run that failed is one."""
    if session.run is not None and (is_run or session.run.status == "FAILED"):
        first = questions.of_run(session.graph) if len(session.graph) > FEW else ""
        session.look_at(first, "duration")
    else:
        first, about = questions.opening(session.graph)
        session.ask(first, active=about)
