"""Sparse matrices without scipy are those of scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from hamilton_ol.graph.layout import cycles, sparse
from hamilton_ol.graph.layout.arrays import Ints
from hamilton_ol.graph.layout.cycles import back_edges
from hamilton_ol.graph.layout.sparse import components, multiplier

SIZE = 30
ends = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=80)


def arrays(pairs: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


@pytest.mark.parametrize("large", [0, 1000], ids=["by scipy", "by numpy"])
@given(pairs=ends, seed=st.integers(0, 9))
def test_a_product_is_that_of_the_whole_matrix(
    large: int, pairs: list[tuple[int, int]], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    (row, column), vector = arrays(pairs), chance.normal(size=SIZE)
    value = chance.normal(size=row.size)
    whole = np.zeros((SIZE, SIZE))
    np.add.at(whole, (row, column), value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sparse, "LARGE", large)
        product = multiplier(SIZE, row, column, value)(vector)
    np.testing.assert_allclose(product, whole @ vector, atol=1e-9)


@given(pairs=ends)
def test_parts_are_what_is_connected(pairs: list[tuple[int, int]]) -> None:
    one, other = arrays(pairs)
    graph = coo_matrix((np.ones(one.size), (one, other)), shape=(SIZE, SIZE))
    wanted = connected_components(graph, directed=False)[1]
    assert components(SIZE, one, other).tolist() == wanted.tolist()


def test_a_long_chain_in_any_order_is_one_part() -> None:
    order = np.random.default_rng(3).permutation(5_000)
    assert not components(order.size, order[1:], order[:-1]).any()


@given(pairs=ends)
def test_the_same_edges_run_back_in_small_and_in_large_graphs(pairs: list[tuple[int, int]]) -> None:
    source, target = arrays(pairs)
    weight = np.ones(source.size)
    small = back_edges(SIZE, source, target, weight, lambda: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cycles, "LARGE", -1)
        large = back_edges(SIZE, source, target, weight, lambda: None)
    assert small.tolist() == large.tolist()
