"""One look at every node finds what searches find."""

import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.graph import reachability
from hamilton_ol.graph import sweep as sweeps
from hamilton_ol.graph.sweep import sweep
from tests.support.lineages import graph, layered, lineage, pairs

Pairs = tuple[int, list[tuple[int, int]]]


def without_cycles(found: Pairs) -> Pairs:
    """The same edges, all in one direction."""
    count, edges = found
    return count, [(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]]


@given(pairs(30).map(without_cycles), st.sets(st.integers(0, 29), min_size=1))
def test_a_sweep_reaches_what_a_search_does(found: Pairs, roots: set[int]) -> None:
    ours = lineage(*found)
    begin = np.array([root % found[0] for root in roots], np.int32)
    for edges in (ours.down, ours.up):
        assert edges.sweep is not None
        assert np.array_equal(edges.sweep.reached(begin), reachability.plain(edges, begin))


@given(pairs())
def test_there_is_a_sweep_just_where_there_is_no_cycle(found: Pairs) -> None:
    ours = lineage(*found)
    is_acyclic = nx.is_directed_acyclic_graph(ours.to_networkx())
    assert (sweep(ours.down) is not None) == is_acyclic


def test_many_nodes_in_any_order_are_swept() -> None:
    made = layered(3000)
    edges = made.up
    assert edges.sweep is not None
    for root in (0, 7, 1500, 2999):
        begin = np.array([root], np.int32)
        assert np.array_equal(edges.sweep.reached(begin), reachability.plain(edges, begin))


def test_of_very_long_ways_there_is_no_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "DEEPEST", 3)
    assert sweep(graph("a>b>c>d").down) is None
    monkeypatch.setattr(sweeps, "DEEPEST", 4)
    assert sweep(graph("a>b>c>d").down) is not None


def test_a_scipy_without_the_product_in_place_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.sparse._sparsetools", None)
    made = layered(20_000)
    assert made.down.sweep is None
    begin = np.array([9], np.int32)
    assert np.array_equal(
        reachability.reached(made.down, begin), reachability.plain(made.down, begin)
    )


@given(pairs(12))
def test_the_longest_way_is_the_same_however_it_is_found(found: Pairs) -> None:
    ours, other = lineage(*found), lineage(*found)
    quick = reachability.longest(ours.down, ours.up)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeps, "levels_of", lambda _: None)
        assert np.array_equal(reachability.longest(other.down, other.up), quick)
        assert other.down.levels is None
    theirs = ours.to_networkx()
    if nx.is_directed_acyclic_graph(theirs):
        layers = [ours.index[n] for layer in nx.topological_generations(theirs) for n in layer]
        assert sorted(quick[layers].tolist()) == quick[layers].tolist()
