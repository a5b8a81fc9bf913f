"""What is upstream, downstream and between, held against networkx."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.errors import AmbiguousNodeError, GraphError, UnknownNodeError
from hamilton_ol.graph import reachability
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from tests.support.lineages import graph, lineage, node, pairs

Pairs = tuple[int, list[tuple[int, int]]]


def oracle(found: Pairs) -> "nx.DiGraph[str]":
    """The same graph, made by networkx."""
    count, edges = found
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_nodes_from(f"n{n}" for n in range(count))
    made.add_edges_from((f"n{a}", f"n{b}") for a, b in edges)
    return made


@given(pairs())
def test_upstream_and_downstream_are_networkxs_with_the_node_itself(found: Pairs) -> None:
    ours, theirs = lineage(*found), oracle(found)
    for one in ours:
        assert ours.upstream(one) == nx.ancestors(theirs, one) | {one}
        assert ours.downstream(one) == nx.descendants(theirs, one) | {one}


@given(pairs(), st.integers(0, 4))
def test_a_depth_is_a_number_of_edges(found: Pairs, depth: int) -> None:
    ours, theirs = lineage(*found), oracle(found)
    expected = nx.single_source_shortest_path_length(theirs, "n0", cutoff=depth)
    below = ours.downstream("n0", depth=depth)
    assert {one: below.depth(one) for one in below} == dict(expected)
    roots = np.array([0], np.int32)
    assert set(np.flatnonzero(reachability.within(ours.down, roots, depth))) == {
        ours.index[one] for one in expected
    }


@given(pairs())
def test_between_is_what_lies_on_a_path(found: Pairs) -> None:
    ours, theirs = lineage(*found), oracle(found)
    last = f"n{len(ours) - 1}"
    below = nx.descendants(theirs, "n0") | {"n0"}
    assert ours.between("n0", last) == below & (nx.ancestors(theirs, last) | {last})


@given(pairs(), st.sets(st.integers(0, 8), max_size=4))
def test_scipy_and_plain_python_reach_the_same(found: Pairs, roots: set[int]) -> None:
    ours = lineage(*found)
    begin = np.array(sorted(root for root in roots if root < len(ours)), np.int32)
    for edges in (ours.down, ours.up):
        plain = reachability.plain(edges, begin)
        assert np.array_equal(reachability.compiled(edges, begin), plain)
        assert np.array_equal(reachability.reached(edges, begin), plain)


@given(pairs())
def test_a_shortest_path_is_one_and_none_is_shorter(found: Pairs) -> None:
    ours, theirs = lineage(*found), oracle(found)
    begin, end = np.array([0], np.int32), np.array([len(ours) - 1], np.int32)
    path = [ours.ids[n] for n in reachability.shortest(ours.down, ours.up, begin, end)]
    if not nx.has_path(theirs, "n0", ours.ids[-1]):
        assert path == []
    else:
        assert nx.is_path(theirs, path)
        assert len(path) - 1 == nx.shortest_path_length(theirs, "n0", ours.ids[-1])


@given(pairs())
def test_cycles_are_reported_and_what_is_in_none_is_in_order(found: Pairs) -> None:
    ours, theirs = lineage(*found), oracle(found)
    knots = nx.strongly_connected_components(theirs)
    expected = {frozenset(k) for k in knots if len(k) > 1 or theirs.has_edge(*(2 * tuple(k)))}
    assert {frozenset(knot) for knot in ours.cycles} == expected
    assert sorted(ours.order) == list(range(len(ours)))
    place = {number: position for position, number in enumerate(ours.order)}
    in_order = [place[ours.index[e.origin]] < place[ours.index[e.target]] for e in ours.edges]
    assert expected or all(in_order)


def test_a_chain_of_100000_is_no_deeper_than_one_of_two() -> None:
    count = 100_000
    chain = lineage(count, [(n, n + 1) for n in range(count - 1)])
    last = f"n{count - 1}"
    assert len(chain.upstream(last)) == len(chain.between("n0", last)) == count
    assert len(chain.downstream("n5", depth=1000)) == 1001
    roots = np.array([0], np.int32)
    assert reachability.within(chain.down, roots, 90_000).sum() == 90_001
    assert chain.order[-1] == count - 1
    assert chain.cycles == ()
    edges, roots = chain.down, np.array([7], np.int32)
    assert np.array_equal(reachability.compiled(edges, roots), reachability.plain(edges, roots))


def test_a_small_graph_does_not_wait_for_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reachability, "_SCIPY", "not.loaded")
    monkeypatch.delattr(reachability, "compiled")
    small = graph("a>b>c", "x>c")
    assert small.between("a", "c") == {"a", "b", "c"}


def test_what_was_made_ready_is_used_whatever_the_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reachability, "_SCIPY", "not.loaded")
    small = graph("a>b>c", "x>c")
    assert small.up.sweep is not None
    monkeypatch.delattr(reachability, "plain")
    assert reachability.reached(small.up, np.array([1], np.int32)).sum() == 2


# --- what a graph is -----------------------------------------------------------------------------


def test_a_graph_never_changes() -> None:
    small = graph("a>b")
    with pytest.raises(ValueError, match="read-only"):
        small.down.targets[0] = 0
    with pytest.raises(AttributeError):
        small.nodes[0].name = "other"  # type: ignore[misc]


def test_a_node_is_found_by_its_id_and_by_a_name_that_is_its_own() -> None:
    same = LineageGraph([node("1", name="x"), node("2", name="x"), node("3", name="y")], [])
    assert same["y"].id == same["3"].id == "3"
    with pytest.raises(AmbiguousNodeError, match="2 nodes are called 'x'") as found:
        same["x"]
    assert found.value.candidates == ("1", "2")


def test_a_node_that_there_is_not_is_an_error_that_proposes_the_nearest() -> None:
    with pytest.raises(UnknownNodeError, match="no node 'incoder'") as found:
        graph("encoder>model").upstream("incoder")
    assert found.value.hint == "Is 'encoder' meant?"


def test_an_id_that_occurs_twice_and_an_edge_to_nowhere_are_errors() -> None:
    with pytest.raises(GraphError, match="Two nodes have the id 'a'"):
        LineageGraph([node("a"), node("b"), node("a")], [])
    with pytest.raises(GraphError, match="An edge names 'b'"):
        LineageGraph([node("a")], [Edge("a", "b")])


def test_of_several_edges_between_two_nodes_the_first_is_kept() -> None:
    edges = [Edge("a", "b", argument="first"), Edge("a", "b", argument="second")]
    assert LineageGraph([node("a"), node("b")], edges).edges == (edges[0],)


def test_nothing_is_a_graph_too() -> None:
    empty = LineageGraph([], [])
    assert (len(empty), empty.order, empty.cycles) == (0, (), ())
    assert empty.upstream() == set()


def test_a_selection_is_a_set_that_knows_its_nodes_and_edges() -> None:
    small = graph("a>b>c", "a>c", b={"kind": "check"})
    below = small.downstream("b")
    assert below == {"b", "c"}
    assert list(below) == ["b", "c"]
    assert [one.kind for one in below.nodes] == ["check", "function"]
    assert below.edges == (Edge("b", "c"),)
    assert (below.depth("c"), below.depth("a")) == (1, None)
    assert below & {"c", "x"} == {"c"}
    assert "a" not in below
    assert repr(below) == "<Selection of 2 of 3 nodes>"
    assert repr(below.graph()) == "<LineageGraph: 2 nodes, 1 edges>"


def test_every_field_of_a_node_is_explained() -> None:
    for kind in (Node, Edge):
        assert all(name in (kind.__doc__ or "") for name in kind._fields)
