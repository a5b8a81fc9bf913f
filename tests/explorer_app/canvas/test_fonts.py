"""Many texts measured at once are as wide as Qt says of each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF

from explorer_app.canvas.fonts import Fonts
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widths import elided_name, text_width

texts = st.lists(st.text(max_size=20), max_size=8)


@pytest.fixture(scope="module")
def fonts(qapp: object) -> Fonts:
    return Fonts(Theme("light"))


@given(st.lists(st.text("abcXYZ_09 .fi-VAToä", max_size=30), max_size=8))
def test_widths_are_those_of_qt(fonts: Fonts, strings: list[str]) -> None:
    metrics = QFontMetricsF(Theme("light").font("name"))
    expected = [metrics.horizontalAdvance(text) for text in strings]
    found = fonts.widths("name", tuple(strings))
    joined = [text.count("ff") + text.count("fi") for text in strings]
    room = 0.35 + np.array(joined, float)  # what follows joined letters stands as the font likes
    assert (np.abs(found - expected) <= room).all()


@given(texts)
def test_any_text_can_be_measured(fonts: Fonts, strings: list[str]) -> None:
    found = fonts.texts("body", strings)
    assert found.strings == tuple(strings)
    assert len(found.codes) == sum(map(len, strings)) == len(found.pens)
    assert np.isfinite(found.widths).all()
    assert (found.widths >= -0.01).all()


def test_letters_begin_where_their_text_begins(fonts: Fonts) -> None:
    found = fonts.texts("name", ["ab", "", "b", "ab"])
    assert found.start.tolist() == [0, 2, 2, 3, 5]
    assert found.pens[[0, 2, 3]].tolist() == [0, 0, 0]
    assert found.pens[1] == found.pens[4] > 0
    assert found.widths[1] == 0


def test_texts_that_are_joined_are_marked(fonts: Fonts) -> None:
    assert fonts.texts("name", ["plain", "שלום"]).plain.tolist() == [True, False]


@pytest.mark.usefixtures("qapp")
def test_names_that_differ_at_their_ends_still_do_where_they_are_cut() -> None:
    font = Theme("light").font("body")
    names = [f"daily_unique_users_of_the_{place}" for place in ("north", "south")]
    cut = [elided_name(name, font, 120) for name in names]
    assert all("…" in text and text.startswith("daily") for text in cut)
    assert [text[-3:] for text in cut] == ["rth", "uth"]
    assert all(text_width(text, font) <= 120 for text in cut)
    checks = [f"age_mean_{what}_validator" for what in ("range", "data_type")]
    assert len({elided_name(name, font, 120) for name in checks}) == 2
    assert elided_name("some words that have no room", font, 60).endswith("…")
