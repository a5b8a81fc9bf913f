"""The steps of a layout, each by itself."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hamilton_ol.graph.layout import Sheet, Spacing, Style, crossings
from hamilton_ol.graph.layout.arrays import (
    Floats,
    Ints,
    dense_rank_within,
    distinct,
    members,
    order_by,
    rank_within,
    starts,
)
from hamilton_ol.graph.layout.copies import copied
from hamilton_ol.graph.layout.cycles import back_edges
from hamilton_ol.graph.layout.exchange import Exchange
from hamilton_ol.graph.layout.frame import framed
from hamilton_ol.graph.layout.inversions import inversions
from hamilton_ol.graph.layout.items import bundles_of, items_of, outer_flow
from hamilton_ol.graph.layout.layers import Links, layers_of, levels
from hamilton_ol.graph.layout.net import Net, net_of
from hamilton_ol.graph.layout.packing import packed
from hamilton_ol.graph.layout.ranking import Ranking
from hamilton_ol.graph.layout.stacking import Stacking
from hamilton_ol.graph.layout.sweeps import Sweeps
from hamilton_ol.graph.layout.watch import Watch
from tests.support.sheets import overlapping, sheets

numbers = st.lists(st.integers(0, 50), max_size=300)


def go_on() -> None:
    """Nobody cancels."""


def net(sheet: Sheet) -> Net:
    items = items_of(sheet)
    nothing = (np.zeros(0), np.zeros(0))
    flow = outer_flow(sheet, items, bundles_of(sheet, items, go_on), Style(), nothing)
    frame = framed(flow, Style(), Spacing(), Watch())
    return net_of(frame.flow, frame.ports, frame.layers, frame.lanes, frame.back)


def ints(values: list[int]) -> Ints:
    return np.array(values, np.int64)


@given(keys=numbers)
def test_the_members_of_runs_are_those_of_their_keys(keys: list[int]) -> None:
    start, order = starts(ints(keys), 51), np.argsort(ints(keys), kind="stable")
    at, sizes = members(start, ints([3, 7]))
    wanted = [i for key in (3, 7) for i, found in enumerate(keys) if found == key]
    assert order[at].tolist() == wanted
    assert sizes.tolist() == [keys.count(3), keys.count(7)]


@given(keys=numbers, seed=st.integers(0, 9))
def test_ranks_count_from_nought_inside_each_key(keys: list[int], seed: int) -> None:
    by = np.random.default_rng(seed).integers(0, 5, len(keys))
    rank, dense = rank_within(ints(keys), by), dense_rank_within(ints(keys), by)
    for key in set(keys):
        own = np.flatnonzero(ints(keys) == key)
        assert sorted(rank[own]) == list(range(own.size))
        assert dense[own].tolist() == np.unique(by[own], return_inverse=True)[1].tolist()


@given(values=numbers)
def test_inversions_are_pairs_in_the_wrong_order(values: list[int]) -> None:
    pairs = sum(a > b for i, a in enumerate(values) for b in values[i + 1 :])
    assert inversions(ints(values), go_on) == pairs


@given(sheet=sheets(grouped=False))
def test_without_back_edges_there_is_no_cycle_and_layers_rise(sheet: Sheet) -> None:
    source, target = sheet.edges.source, sheet.edges.target
    back = back_edges(len(sheet), source, target, np.ones(source.size), go_on)
    links = Links(len(sheet), source[~back], target[~back])
    ports = np.bincount(source, minlength=len(sheet))
    for layer in (levels(links, go_on), layers_of(links, ports, go_on)):
        assert (layer[links.source] < layer[links.target]).all()


def test_the_lighter_edge_of_a_cycle_runs_back() -> None:
    back = back_edges(2, ints([0, 1]), ints([1, 0]), np.array([1.0, 5.0]), go_on)
    assert back.tolist() == [True, False]


def test_a_long_chain_has_a_layer_for_each_card() -> None:
    links = Links(5000, np.arange(4999), np.arange(1, 5000))
    assert levels(links, go_on).tolist() == list(range(5000))
    assert layers_of(links, np.ones(5000, np.int64), go_on).tolist() == list(range(5000))


def test_what_nothing_feeds_stands_beside_what_uses_it() -> None:
    links = Links(5, ints([0, 1, 2, 4]), ints([1, 2, 3, 3]))
    assert layers_of(links, np.ones(5, np.int64), go_on).tolist() == [0, 1, 2, 3, 2]


@settings(deadline=None)
@given(sheet=sheets(grouped=False), seed=st.integers(0, 9))
def test_an_exchange_takes_away_as_many_crossings_as_it_says(sheet: Sheet, seed: int) -> None:
    found = net(sheet)
    ranking = Ranking(found, np.random.default_rng(seed).random(found.items))
    before = ranking.crossings(go_on)
    gained = Exchange(ranking, go_on).run(5)
    assert ranking.crossings(go_on) == before - gained
    assert gained >= 0


@pytest.mark.parametrize("most_pairs", [0, 4_000_000])
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheet=sheets(grouped=False), seed=st.integers(0, 9))
def test_copies_are_put_in_order_as_what_they_are_copies_of(
    monkeypatch: pytest.MonkeyPatch, most_pairs: int, sheet: Sheet, seed: int
) -> None:
    monkeypatch.setattr(crossings, "MOST_PAIRS", most_pairs)
    found = net(sheet)
    places = np.random.default_rng(seed).random((3, found.items))
    copies = copied(found, 3)
    ranking = Ranking(copies.net, copies.places(places))
    alone = [Ranking(found, place) for place in places]
    assert copies.orders(ranking.order).tolist() == [one.order.tolist() for one in alone]
    counted = crossings.Crossings(ranking, 3, go_on).count()
    assert counted.tolist() == [one.crossings(go_on) for one in alone]


@settings(deadline=None)
@given(sheet=sheets(grouped=False), forward=st.booleans())
def test_a_sweep_keeps_all_items_in_their_layers(sheet: Sheet, forward: bool) -> None:
    found = net(sheet)
    ranking = Ranking(found, np.zeros(found.items))
    Sweeps(ranking, go_on).sweep(forward=forward, other=0.25, reverse_ties=True)
    assert sorted(ranking.order) == list(range(found.items))
    assert (np.diff(found.layer[ranking.order]) >= 0).all()
    assert np.array_equal(
        ranking.order[ranking.first[found.layer] + ranking.position], np.arange(found.items)
    )


@settings(deadline=None)
@given(sheet=sheets(grouped=False), seed=st.integers(0, 9))
def test_the_nearest_places_keep_order_and_distance(sheet: Sheet, seed: int) -> None:
    assume(len(sheet))
    found, chance = net(sheet), np.random.default_rng(seed)
    ranking = Ranking(found, chance.random(found.items))
    stacking = Stacking(found, ranking.order, Spacing())
    place = stacking.nearest(chance.normal(0, 400, found.items), np.ones(found.items))
    order = ranking.order
    upper, lower = order[:-1], order[1:]
    together = found.layer[upper] == found.layer[lower]
    room = place[lower] - place[upper] - (found.breadth[lower] + found.breadth[upper]) / 2
    assert (room[together] > 9 - 1e-6).all()
    assert np.allclose(stacking.nearest(place, np.ones(found.items)), place)


@given(sizes=st.lists(st.tuples(st.floats(1, 500), st.floats(1, 500)), min_size=1, max_size=60))
def test_packed_parts_keep_their_room(sizes: list[tuple[float, float]]) -> None:
    length, height = np.array(sizes).T
    x, y = packed(length, height, 1.6, 10.0)
    assert overlapping(np.stack((x, y, length, height), 1), 10.0) == []


@given(
    columns=st.lists(
        st.lists(st.one_of(st.integers(-3, 3), st.just(2**60)), min_size=20, max_size=20),
        min_size=1,
        max_size=4,
    ),
    seed=st.integers(0, 9),
)
def test_keys_are_sorted_as_numpy_sorts_them(columns: list[list[int]], seed: int) -> None:
    chance = np.random.default_rng(seed)
    keys: list[Ints | Floats] = [ints(column) for column in columns]
    keys = [key if chance.random() < 0.5 else key / 8 for key in keys]
    assert order_by(*keys).tolist() == np.lexsort(keys).tolist()
    values, first, of = distinct(ints(columns[0]))
    wanted = np.unique(columns[0], return_index=True, return_inverse=True)
    for found, own in zip((values, first, of), wanted, strict=True):
        assert found.tolist() == own.tolist()
