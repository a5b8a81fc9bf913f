"""An edge is an argument: which, of what type, and where it stands."""

import numpy as np
import pytest

from explorer_app.model.edgepage import argument_of, edge_between, edge_sentence
from explorer_app.model.inspector import page_of
from explorer_app.model.looks import looks_of
from explorer_app.model.page import Code
from explorer_app.model.session import Session
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.scene.graphcards import cards_of
from tests.support.samples import FOREST, sample

TEXT = """
    @tag(owner="me")
    def f(
        age: pd.Series,
        *,
        depth: int = 3,
    ) -> int:
        return age
"""


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("age", (3, "pd.Series", "")),
        ("depth", (5, "int", "3")),
        ("other", None),
        ("", None),
    ],
)
def test_an_argument_is_found_in_the_text(name: str, found: object) -> None:
    assert argument_of(TEXT, name) == found


@pytest.mark.parametrize("text", ["", "def f(", "x = 1", "(" * 10_000, "\0"])
def test_a_text_that_is_no_function_has_no_arguments(text: str) -> None:
    assert argument_of(text, "x") is None


def test_two_nodes_with_an_edge_are_told_about_as_that(qapp: object) -> None:
    session, graph = Session(sample()), sample()
    one, other = graph.number("prefit_random_forest"), graph.number(FOREST)
    assert edge_between(graph, other, one) == edge_between(graph, one, other) >= 0
    session.ask(f"+{FOREST}", active=graph.number(FOREST))
    session.select([one, other])
    page = page_of(session)
    assert page.title == "prefit_random_forest"
    assert page.second == f"argument of {FOREST}"
    code = next(line for part in page.sections for line in part.lines if isinstance(line, Code))
    marked = code.text.split("\n")[code.marked]
    assert marked.strip().startswith("prefit_random_forest: ClassifierMixin")
    assert code.word == "prefit_random_forest"
    session.select([graph.number("age"), graph.number("deck")])
    assert page_of(session).title == FOREST


def test_an_edge_says_hostile_names_as_text() -> None:
    graph = LineageGraph(
        [Node("a", "\u202e" + "a" * 9_000), Node("b", "b\x07")],
        [Edge("a", "b", argument="\u202ex")],
    )
    said = edge_sentence(graph, 0, 2)
    assert "\u202e" not in said
    assert "\x07" not in said
    assert len(said) < 1_000
    assert said.endswith("2 more run here.")


def test_an_edge_that_is_asked_about_is_lit_alone() -> None:
    graph = sample()
    session, made = Session(graph), cards_of(graph)
    ends = [graph.number("training_set_v1"), graph.number("train_test_split_func")]
    session.select(ends)
    looks = looks_of(session, made)
    assert sorted(np.flatnonzero(~looks.dim).tolist()) == sorted(made.card[ends].tolist())
    lit = np.flatnonzero(~looks.edge_dim)
    origin, target = graph.edges[int(made.edge[lit[0]])][:2]
    assert (len(lit), origin, target) == (1, "training_set_v1", "train_test_split_func")
