"""What is selected and what is visible, in queries."""

import pytest

from explorer_app.model.session import Session
from tests.support.lineages import graph

FLOW = graph("a>b>c>d", "x>c")


@pytest.fixture
def session() -> Session:
    return Session(FLOW)


@pytest.mark.parametrize(
    ("before", "selected", "query", "said", "answer"),
    [
        ("", "b", "sel()+", "b+", "bcd"),
        ("", "ab", "c and +sel()", "c and +(a or b)", ""),
        ("", "ax", "sel()..d", "(a or x)..d", "abcdx"),
        ("", "", "sel() or a", "not * or a", "a"),
        ("+c", "", "view() - x", "+c - x", "abc"),
        ("+c", "b", "sinks(view()) or not sel()", "sinks(+c) or not b", "acdx"),
        ("", "", "near(view(), 1)", "near(*, 1)", "abcdx"),
        ("+c", "", "view", "view", None),
        ("+c", "", "sel(", "sel(", None),
    ],
)
def test_sets_are_said_in_full_when_a_query_is_asked(
    session: Session, before: str, selected: str, query: str, said: str, answer: str | None
) -> None:
    session.ask(before)
    session.select([FLOW.index[node] for node in selected])
    judged = session.judge(query)
    assert judged.nodes == (None if answer is None else len(answer))
    assert session.ask(query) == (answer is not None)
    assert session.asked == said
    if answer is not None:
        assert session.visible == set(answer)


def test_coming_back_to_a_query_shows_the_same_whatever_is_selected(session: Session) -> None:
    session.select([FLOW.index["b"]])
    session.ask("sel()+")
    session.select([FLOW.index["d"]])
    session.ask("+sel()")
    session.back()
    assert session.visible == {"b", "c", "d"}


def test_what_is_typed_is_judged_anew_when_something_else_is_selected(session: Session) -> None:
    for node, count in (("a", 4), ("d", 1)):
        session.select([FLOW.index[node]])
        assert session.judge("sel()+").nodes == count
