"""Curves that are cut into cubics are the same curves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.curves import Curves, cut, only


def curves(lengths: list[int], seed: int) -> tuple[Ints, Floats]:
    """Curves of so many cubics, on a few points, so that some are the same."""
    chance = np.random.default_rng(seed)
    sizes = np.array([3 * length + 1 for length in lengths], np.int64)
    return np.append(0, np.cumsum(sizes)), chance.integers(0, 2, (int(sizes.sum()), 2)) / 3


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 99))
def test_each_has_its_points(lengths: list[int], seed: int) -> None:
    start, points = curves(lengths, seed)
    found = cut(start, points)
    assert len(found) == len(lengths)
    for curve, length in enumerate(lengths):
        wanted = points[start[curve] : start[curve + 1]] if length else np.zeros((0, 2))
        assert np.array_equal(found.points(curve), wanted)
    assert set(found.number.tolist()) == set(range(len(found.cubics)))


def test_what_they_share_is_there_once() -> None:
    found = cut(*curves([5] * 400, 1))
    assert len(np.unique(found.cubics, axis=0)) == len(found.cubics) < len(found.number)


def test_parts_are_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cut(*curves([4] * 20, 2))
    monkeypatch.setattr("hamilton_ol.graph.scene.curves.PART", 7)
    parts = cut(*curves([4] * 20, 2))
    assert np.array_equal(parts.number, whole.number)
    assert np.array_equal(parts.cubics, whole.cubics)


def test_ends_are_the_first_and_the_last_points() -> None:
    start, points = curves([1, 3, 2], 3)
    wanted = np.hstack([points[start[:-1]], points[start[1:] - 1]])
    assert np.array_equal(cut(start, points).ends, wanted)


def test_cubics_of_no_curve_are_left_out() -> None:
    cubics = np.arange(32.0).reshape(4, 8)
    found = only(Curves(np.array([0, 2, 3]), np.array([3, 1, 3]), cubics))
    assert found.number.tolist() == [1, 0, 1]
    assert np.array_equal(found.cubics, cubics[[1, 3]])


def test_different_ones_with_one_key_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamilton_ol.graph.scene.curves._FACTORS", np.zeros(4, np.uint64))
    start, points = curves([5] * 40, 4)
    found = cut(start, points)
    for curve in range(40):
        assert np.array_equal(found.points(curve), points[start[curve] : start[curve + 1]])
