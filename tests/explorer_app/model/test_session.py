"""Universe, visible, selected and active: what clicks, queries, history and undo make of them."""

from dataclasses import dataclass
from itertools import pairwise

import pytest

from explorer_app.model import questions
from explorer_app.model.carrying import carry
from explorer_app.model.chosen import NAMED, meant
from explorer_app.model.commands import COMMANDS
from explorer_app.model.questions import TOGETHER
from explorer_app.model.session import Session
from explorer_app.model.state import BASE, NONE, Place
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.runs import Execution, RunFacts
from hamilton_ol.graph.select.syntax import Name
from tests.support.samples import ANSWERS, FOREST, sample


@dataclass
class Desktop:
    """What commands act on; nothing here needs a window."""

    session: Session

    def call(self, command: str) -> None:
        raise AssertionError(command)

    def tell(self, text: str) -> None:
        raise AssertionError(text)


@pytest.fixture
def session() -> Session:
    return Session(sample())


def number(name: str) -> int:
    return sample().number(name)


def test_everything_is_visible_at_first(session: Session) -> None:
    assert len(session.visible) == len(session.graph)
    assert (session.selected, session.active) == (frozenset(), NONE)


@pytest.mark.parametrize(("query", "_words", "count"), ANSWERS)
def test_a_query_makes_its_answer_visible(
    session: Session, query: str, _words: object, count: int
) -> None:
    assert session.ask(query)
    assert len(session.visible) == count


def test_a_query_that_means_nothing_leaves_the_last_answer(session: Session) -> None:
    session.ask(f"+{FOREST}")
    assert not session.ask("+nobody")
    assert session.error is not None
    assert (session.error.start, len(session.visible)) == (1, 29)
    session.step_out()
    assert session.error is None
    assert session.state.query == f"+{FOREST}"


def test_from_a_question_that_has_no_answer_any_more_one_gets_out_too(session: Session) -> None:
    session.ask(f"+{FOREST}", active=number(FOREST))
    session.isolate(isolated=True)
    again = Session(LineageGraph([Node("a", "a")], []))
    carry(session, again)
    again.select([0])
    assert again.error is not None
    for _ in range(3):
        again.step_out()
    assert again.state == BASE
    assert again.error is None


def test_a_run_that_is_shown_stays_when_the_code_is_read_again() -> None:
    graph = LineageGraph([Node("a", "a"), Node("b", "b")], [Edge("a", "b")])
    before, again = Session(graph), Session(graph)
    before.show_run(RunFacts("1", "dag", "FAILED", 1, 2, {"b": Execution("FAILED", 0.5)}))
    carry(before, again)
    assert again.run is before.run
    assert again.graph["b"].status == "FAILED"
    other = Session(LineageGraph([Node("x", "x")], []))
    carry(before, other)
    assert other.run is None


def test_what_is_not_visible_any_more_is_not_selected(session: Session) -> None:
    session.select([number("age"), number("deck")])
    session.ask(f"+{FOREST}")
    assert session.selected == {number("age")}


def test_selecting_what_is_not_visible_widens_the_query(session: Session) -> None:
    session.ask(f"age..{FOREST}")
    session.select([number("deck")])
    assert session.state.query == f"age..{FOREST} or deck"
    assert session.selected == {number("deck")}
    assert len(session.visible) == 7


def test_going_back_restores_query_sets_and_place(session: Session) -> None:
    session.ask(f"+{FOREST}", active=number(FOREST))
    session.select([number("age")])
    session.leave(Place(1.0, 2.0, 0.5))
    left = session.state
    session.ask("titanic_data+")
    assert session.state.place is None
    session.back()
    assert session.state == left
    session.forward()
    assert session.state.query == "titanic_data+"


def test_undo_restores_what_was_before_and_redo_does_it_again(session: Session) -> None:
    session.ask(f"+{FOREST}")
    session.select([number("age")])
    session.isolate(isolated=True)
    session.undo()
    assert not session.state.is_isolated
    assert session.selected == {number("age")}
    session.undo()
    assert (session.selected, session.state.query) == (frozenset(), f"+{FOREST}")
    session.undo()
    assert session.state == BASE
    for _ in range(3):
        session.redo()
    assert session.state.is_isolated


def test_stepping_out_reaches_the_base(session: Session) -> None:
    session.ask(f"+{FOREST}", active=number(FOREST))
    session.isolate(isolated=True)
    session.select([number("age")])
    for _ in range(3):
        session.step_out()
    assert session.state == BASE
    assert len(session.visible) == len(session.graph)


def test_a_saved_query_can_be_asked_by_its_name() -> None:
    session = Session(sample(), {"model": f"+{FOREST}"})
    session.ask("$model")
    assert len(session.visible) == 29


def test_listeners_hear_of_every_change(session: Session) -> None:
    heard: list[str] = []
    session.subscribe(lambda: heard.append(session.state.query))
    session.ask("age+")
    session.ask("+nobody")
    assert heard == ["age+", "age+"]


@pytest.mark.parametrize(
    ("query", "up", "down", "expected"),
    [
        ("", 1, 0, "1+age"),
        ("1+age", 1, 0, "2+age"),
        ("2+age", -1, 0, "1+age"),
        ("1+age", -1, 0, "age"),
        ("age+1", 1, 0, "1+age+1"),
        ("+age", 1, 0, "+age"),
        ("1+age", questions.ALL, 0, "+age"),
        ("+age+", -questions.ALL, 0, "age+"),
        ("+deck", 0, 1, "age+1"),
        ("2+age", 1, 0, "2+age"),
        ("2+age+1", 1, 1, "2+age+2"),
    ],
)
def test_hops_are_written_into_the_query(query: str, up: int, down: int, expected: str) -> None:
    shown = sample().select(query or "*")
    assert questions.hops(shown, query, Name("age"), up, down) == expected


def test_a_path_is_found_whichever_end_comes_first() -> None:
    one, other = number("age"), number(FOREST)
    assert questions.paths(sample(), one, other) == f"age..{FOREST}"
    assert questions.paths(sample(), other, one) == f"age..{FOREST}"
    assert questions.paths(sample(), number("deck"), number("title")) == ""


def test_that_no_way_leads_from_one_to_the_other_is_an_answer_too(session: Session) -> None:
    session.select([number("age"), number("cabin")])
    command = next(one for one in COMMANDS if one.id == "paths")
    command.run(Desktop(session))
    assert (session.state.query, len(session.visible)) == ("age..cabin", 0)


def test_the_first_question_is_about_the_artifact_that_needs_most() -> None:
    assert questions.opening(sample()) == (f"+{FOREST}", number(FOREST))


@pytest.mark.parametrize(
    ("query", "title", "tone"),
    [
        (f"+{FOREST}", f"upstream of {FOREST}", "upstream"),
        ("2+age", "upstream of age, 2 steps", "upstream"),
        ("age+", "downstream of age", "downstream"),
        (f"age..{FOREST}", f"every path from age to {FOREST}", "path"),
        ("kind:input", "kind:input", "accent"),
    ],
)
def test_a_question_is_said_in_words(query: str, title: str, tone: str) -> None:
    found = questions.question(sample(), query)
    assert (found.title, found.tone) == (title, tone)


def test_what_is_hidden_is_said_by_the_query_and_one_undo_brings_it_back(session: Session) -> None:
    hide = next(command for command in COMMANDS if command.id == "hide")
    session.ask(f"age..{FOREST}")
    session.select([number("age")])
    hide.run(Desktop(session))
    assert session.state.query == f"age..{FOREST} and not age"
    assert session.state.is_isolated
    assert len(session.visible) == 5
    session.undo()
    assert session.state.query == f"age..{FOREST}"
    assert session.selected == {number("age")}
    assert not session.state.is_isolated


def test_what_is_hidden_is_not_told_of_any_more(session: Session) -> None:
    hide = next(command for command in COMMANDS if command.id == "hide")
    session.ask("", active=number("age"))
    session.select([number("deck")])
    hide.run(Desktop(session))
    assert session.active == number("age")
    session.select([number("age")])
    hide.run(Desktop(session))
    assert session.active == NONE


def test_one_of_several_nodes_of_a_name_is_called_by_its_id() -> None:
    nodes = [Node("shop:total", "total"), Node("web:total", "total"), Node("a", "a")]
    graph = LineageGraph(nodes, [Edge("a", "shop:total"), Edge("a", "web:total")])
    assert len(graph.select("total")) == 2
    for node in range(3):
        query = questions.upstream(questions.named(graph, node))
        assert graph.ids[node] in graph.select(query)
        assert len(graph.select(query)) == (1 if node == 2 else 2)


def test_it_opens_with_as_many_steps_as_can_be_read() -> None:
    names = [f"n{number}" for number in range(200)]
    edges = [Edge(one, other) for one, other in pairwise(names)]
    graph = LineageGraph([Node(name, name) for name in names], edges)
    query, node = questions.opening(graph)
    assert (query, node) == (f"{questions.DEEP}+n199", 199)
    assert len(graph.select(query)) == questions.DEEP + 1


@pytest.mark.parametrize(("leaves", "steps"), [(20, 2), (40, 1), (90, 1)])
def test_it_opens_with_as_many_nodes_as_can_be_read(leaves: int, steps: int) -> None:
    into = [Edge(f"a{n:02}", "b") for n in range(leaves)]
    into += [Edge(f"c{n:02}", f"a{n:02}") for n in range(leaves)]
    names = ["b", *(edge.origin for edge in into)]
    graph = LineageGraph([Node(name, name) for name in names], into)
    query, node = questions.opening(graph)
    assert graph.ids[node] == "b"
    assert query == ("+b" if steps > 1 else "1+b")


def test_a_question_about_several_nodes_names_them_all() -> None:
    session = Session(sample())
    session.select([number("age"), number("sex")])
    for command, query in (
        ("upstream", "+(sex or age)"),
        ("downstream", "(sex or age)+"),
        ("around", "1+(sex or age)+1"),
        ("more-upstream", "1+(sex or age)"),
    ):
        (found,) = (c for c in COMMANDS if c.id == command)
        assert found.can(session)
        assert found.query is not None
        assert found.query(session) == query
    session.ask("1+(sex or age)")
    assert questions.hops(session.visible, session.state.query, meant(session), 1, 0) == (
        "2+(sex or age)"
    )


@dataclass
class Told(Desktop):
    """A desktop that keeps what it is told."""

    told: tuple[str, ...] = ()

    def tell(self, text: str) -> None:
        self.told += (text,)


def large() -> Session:
    """A line of nodes of two modules."""
    names = [f"n{number}" for number in range(4 * NAMED)]
    nodes = [Node(name, name, module="ab"[place % 2]) for place, name in enumerate(names)]
    return Session(LineageGraph(nodes, [Edge(*ends) for ends in pairwise(names)]))


def did(session: Session, *commands: str) -> tuple[str, ...]:
    """What is told where these commands are done."""
    desk = Told(session)
    for wanted in commands:
        next(c for c in COMMANDS if c.id == wanted).run(desk)
    return desk.told


@pytest.mark.parametrize(
    ("asked", "commands", "query"),
    [
        ("", ("upstream",), "+*"),
        ("module:a", ("upstream",), "+module:a"),
        ("module:a", ("downstream",), "module:a+"),
        ("module:a", ("around",), "1+module:a+1"),
        ("module:a", ("hide",), "module:a and not module:a"),
        ("module:a", ("more-upstream", "more-downstream"), "1+module:a+1"),
        ("n900 or n800", ("more-upstream", "more-upstream", "less-upstream"), "1+(n800 or n900)"),
        ("n3+", ("more-upstream", "more-upstream", "less-upstream"), "1+(n3+)"),
        ("module:a", ("around", "less-upstream"), "module:a+1"),
        ("$some", ("around", "more-upstream"), "2+$some+1"),
    ],
)
def test_what_was_asked_for_is_named_as_it_was_however_much_it_is(
    asked: str, commands: tuple[str, ...], query: str
) -> None:
    session = Session(large().graph, {"some": "40+n900"})
    session.ask(asked)
    assert did(session, "select-visible", *commands) == ()
    assert session.state.query == query


def test_of_a_part_of_what_was_asked_for_as_many_nodes_as_can_be_are_named() -> None:
    session = large()
    session.ask("module:a")
    session.select(range(0, 2 * NAMED, 2))
    assert did(session, "upstream") == ()
    assert session.visible == {f"n{number}" for number in range(2 * NAMED - 1)}
    assert questions.question(session.graph, session.state.query)[:2] == (
        f"upstream of {NAMED} nodes",
        "upstream",
    )


@pytest.mark.parametrize(
    "command", ["upstream", "downstream", "around", "more-upstream", "more-downstream", "hide"]
)
def test_more_than_a_query_can_name_is_told_and_not_done(command: str) -> None:
    session = large()
    session.select(range(NAMED + 1))
    (told,) = did(session, command)
    assert told.startswith("301 nodes are selected, and a query names at most 300: ")
    assert session.state.query == ""
    session.select([5])
    assert did(session, command) == ()
    assert session.state.query != ""


@pytest.mark.parametrize(
    ("count", "query"), [(TOGETHER, "upstream of 30 nodes"), (TOGETHER + 1, "+module:a")]
)
def test_few_nodes_are_named_also_where_all_that_was_asked_for_is_selected(
    count: int, query: str
) -> None:
    nodes = [Node(f"n{number}", f"n{number}", module="ab"[number >= count]) for number in range(99)]
    session = Session(LineageGraph(nodes, []))
    session.ask("module:a")
    assert did(session, "select-visible", "upstream") == ()
    asked = session.state.query
    assert query in {asked, questions.question(session.graph, asked).title}


def test_without_a_graph_only_what_needs_none_can_be_done() -> None:
    known = {command.id: command.can(None) for command in COMMANDS}
    assert known["open-folder"]
    assert known["theme"]
    assert not known["undo"]
    assert not known["upstream"]


def test_whether_more_steps_lead_to_something_is_seen_in_the_answer_that_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = large().graph
    answers = {query: graph.select(query) for query in ("2+n900", "2+n900+1", "5+n2+900", "2+n2+9")}
    monkeypatch.setattr(LineageGraph, "select", None)
    of = {query: Name(query.split("+")[1]) for query in answers}
    assert [questions.hops(answers[query], query, of[query], 1, 0) for query in answers] == [
        "3+n900",
        "3+n900+1",
        "5+n2+900",
        "2+n2+9",
    ]


def test_less_is_for_what_a_query_goes_around() -> None:
    session = large()
    session.select(range(NAMED + 1))
    (less,) = (c for c in COMMANDS if c.id == "less-upstream")
    assert not less.can(session)
    session.ask("1+n5")
    session.select(session.visible.numbers.tolist())
    assert not less.can(session)


def test_steps_go_back_as_far_as_they_went() -> None:
    session = Session(sample())
    more, less, other = (
        next(c for c in COMMANDS if c.id == name)
        for name in ("more-upstream", "less-upstream", "less-downstream")
    )
    session.select([number("title")])
    assert not less.can(session)
    for command, query in ((more, "1+title"), (more, "2+title"), (less, "1+title")):
        assert command.can(session)
        assert command.query is not None
        assert command.query(session) == query
        session.ask(query)
    assert less.can(session)
    assert not other.can(session)
    session.ask("+title")
    assert not less.can(session)
