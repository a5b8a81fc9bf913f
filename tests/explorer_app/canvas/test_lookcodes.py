"""Looks as numbers and back."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer_app.canvas.appearance import look_of
from explorer_app.canvas.lookcodes import HEATS, codes_of, look_of_code
from hamilton_ol.graph.scene.words import FILLS, MARKS, TONES
from tests.support.scenes import plain_titanic


@given(
    st.integers(0, len(TONES) - 1),
    st.integers(0, len(FILLS) - 1),
    st.booleans(),
    st.integers(0, len(MARKS) - 1),
    st.one_of(st.just(float("nan")), st.floats(0, 1)),
    st.integers(-1, 17),
)
def test_a_body_looks_as_its_number_says(
    tone: int, fill: int, loud: bool, mark: int, heat: float, category: int
) -> None:
    scene = plain_titanic()
    looks = scene.plain_looks()
    looks.tone[3], looks.fill[3], looks.loud[3], looks.mark[3] = tone, fill, loud, mark
    looks.heat[3], looks.category[3] = heat, category
    look, found = look_of(scene, looks, 3), look_of_code(int(codes_of(looks)[3]))
    assert (found.tone, found.fill, found.loud) == (look.tone, look.fill, look.loud)
    assert bool(found.mark) == bool(look.mark)
    assert found.category == look.category
    if look.heat is None:
        assert found.heat is None
    else:
        assert abs(look.heat - (found.heat or 0.0)) <= 0.5 / HEATS + 1e-6


def test_all_that_step_back_have_one_number() -> None:
    looks = plain_titanic().plain_looks()
    looks.tone[:5] = 3
    looks.dim[:] = True
    codes = codes_of(looks)
    assert len(np.unique(codes)) == 1
    assert look_of_code(int(codes[0])).dim
