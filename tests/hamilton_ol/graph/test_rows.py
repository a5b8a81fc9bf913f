"""Nodes and edges as columns say what a tuple of them says."""

import pickle

import numpy as np
from hypothesis import given, settings

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.rows import Rows, different, told
from hamilton_ol.graph.scene.kinds import kind_of, kinds_of
from hamilton_ol.graph.scene.words import KINDS
from tests.support.lineages import rich


@given(rich())
@settings(max_examples=30)
def test_rows_are_equal_to_a_tuple(made: LineageGraph) -> None:
    again = pickle.loads(pickle.dumps(made))
    assert isinstance(again.nodes, Rows)
    assert again.nodes == made.nodes == again.nodes
    assert tuple(again.edges) == tuple(made.edges)
    assert again.nodes[1:] == tuple(made.nodes[1:])
    assert [again.nodes[n] for n in range(len(made))] == list(made.nodes)
    assert again.column("tags") == made.column("tags") == tuple(n.tags for n in made.nodes)


def test_other_rows_are_not_equal() -> None:
    rows = Rows(Node, 2, {"id": ("a", "b"), "name": ("a", "b")})
    assert rows != (Node("a", "a"),)
    assert rows != (Node("a", "a"), Node("b", "c"))
    assert rows != [Node("a", "a"), Node("b", "b")]


def test_a_row_is_made_anew_and_not_kept() -> None:
    rows = Rows(Node, 1, {"id": ("a",), "name": ("a",)})
    assert rows[0] == rows[0]
    assert rows[0] is not rows[0]


def test_what_recurs_is_looked_at_once() -> None:
    asked: list[str] = []

    def say(text: str) -> int:
        asked.append(text)
        return len(text)

    one, other = "one", "other"
    assert told((one, other, one, one), say, np.int64).tolist() == [3, 5, 3, 3]
    assert asked == [one, other]
    assert told((), say, np.int64).tolist() == []
    assert different((other, other))[1].tolist() == [0, 0]


@given(rich())
@settings(max_examples=30)
def test_kinds_of_all_are_those_of_each(made: LineageGraph) -> None:
    assert [KINDS[kind] for kind in kinds_of(made).tolist()] == [kind_of(n) for n in made.nodes]


def test_what_other_rows_have_is_theirs() -> None:
    text, names = "what it is", {"id": ("a", "b"), "name": ("a", "b")}
    one = Rows(Node, 2, {**names, "doc": (text[:4] + text[4:], "new"), "line": (700, 900 - 1)})
    other = Rows(Node, 2, {**names, "doc": ("", text), "line": (700, 900 - 1)})
    before = list(one)
    assert one.column("doc")[0] is not text
    one.share(other, ("doc",))
    assert list(one) == before
    assert one.column("doc")[0] is text
    assert one.column("line") is other.column("line")
