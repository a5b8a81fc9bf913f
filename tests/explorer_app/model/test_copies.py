"""Inputs at each of their consumers, and left out."""

import numpy as np

from explorer_app.model.copies import all_of, original, repeated, sizes_with
from explorer_app.model.looks import Looking
from explorer_app.model.plan import Assignment, plan_of
from explorer_app.model.session import Session
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.scene.graphcards import cards_of
from tests.support.samples import sample

GRAPH = LineageGraph(
    [Node("x", "x", "input"), Node("a", "a"), Node("b", "b"), Node("c", "c")],
    [Edge("x", "a"), Edge("x", "b"), Edge("x", "b", "argument", "y"), Edge("x", "c")],
)


def test_an_input_has_a_card_at_each_consumer() -> None:
    made = repeated(GRAPH, cards_of(GRAPH))
    assert made.cards.names == ("x", "a", "b", "c", "x", "x")
    pairs = set(zip(made.links.origin.tolist(), made.links.target.tolist(), strict=True))
    assert pairs == {(0, 1), (4, 2), (5, 3)}
    assert [original(made, card) for card in range(6)] == [0, 1, 2, 3, 0, 0]
    assert all_of(made, np.array([0])).tolist() == [0, 4, 5]
    sizes = np.arange(8.0).reshape(4, 2)
    assert sizes_with(made, sizes)[4:].tolist() == [[0, 1], [0, 1]]


def test_nothing_is_lost_of_the_sample() -> None:
    made, before = repeated(sample(), cards_of(sample())), cards_of(sample())
    assert made.links.target.tolist() == before.links.target.tolist()
    origins = [original(made, card) for card in made.links.origin.tolist()]
    assert origins == before.links.origin.tolist()
    assert len(made.copies) == 1  # random_state has two consumers, all others have one


def test_a_copy_looks_as_the_first_and_steps_back_with_its_consumer() -> None:
    made, session = repeated(GRAPH, cards_of(GRAPH)), Session(GRAPH)
    looking = Looking(GRAPH, made)
    session.look_through("kind")
    looks = looking.looks(session)
    assert looks.category[4] == looks.category[0] >= 0
    assert not looks.dim.any()
    session.ask("+b")
    dim = looking.looks(session).dim.tolist()
    assert dim == [False, True, False, True, False, False]


def test_what_is_hidden_has_no_place() -> None:
    session, made = Session(GRAPH), cards_of(GRAPH)
    session.show_inputs("hidden")
    wanted = Assignment(plan_of(session), session, made, np.full((4, 2), 50.0))
    assert wanted.cards.names == ("a", "b", "c")
    session.show_inputs("hidden")
    assert session.state.inputs == ""


def test_inputs_are_arranged_as_inputs() -> None:
    session, made = Session(GRAPH), cards_of(GRAPH)
    wanted = Assignment(plan_of(session), session, made, np.full((4, 2), 50.0))
    assert wanted.cards.kinds.tolist() == made.cards.kinds.tolist()
    assert any(wanted.cards.kinds)


def test_of_an_answer_alone_only_copies_at_its_nodes_are_there() -> None:
    session, made = Session(GRAPH), repeated(GRAPH, cards_of(GRAPH))
    session.show_inputs("repeated")
    session.ask("+b", active=1)
    session.isolate(isolated=True)
    plan = plan_of(session)
    wanted = Assignment(plan, session, made, np.full((6, 2), 50.0))
    assert wanted.cards.names == ("b", "x")
