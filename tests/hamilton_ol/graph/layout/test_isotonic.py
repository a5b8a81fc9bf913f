"""Values that do not fall, as near as can be to those that are wanted."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from hamilton_ol.graph.layout import isotonic


@given(values=st.lists(st.floats(-1e6, 1e6), max_size=200), seed=st.integers(0, 2**32 - 1))
def test_what_does_not_fall_is_what_scipy_finds(values: list[float], seed: int) -> None:
    wanted = np.array(values)
    weight = np.exp(np.random.default_rng(seed).normal(0, 3, wanted.size))
    theirs = isotonic_regression(wanted, weights=weight).x if values else wanted
    assert isotonic.isotonic(wanted, weight).tolist() == theirs.tolist()
    assert wanted.tolist() == values


@pytest.mark.parametrize(
    "text", ["", "pava = None", "def pava(*_): return [[0.0]]", "import absent"]
)
def test_a_scipy_that_is_not_as_it_is_known_is_imported_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    monkeypatch.setattr(isotonic, "PARTS", [str(tmp_path)])
    (tmp_path / f"{isotonic.COMPILED}.py").write_text(text, encoding="utf-8")
    regression = isotonic.found()
    assert regression(np.array([2.0, 1.0]), np.array([1.0, 3.0])).tolist() == [1.25, 1.25]
