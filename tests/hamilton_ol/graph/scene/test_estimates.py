"""How wide texts are where no font is at hand."""

import pytest

from hamilton_ol.graph.export.lettering import line
from hamilton_ol.graph.scene.estimates import advance, is_sure


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("größe", "große"),
        ("été", "ete"),
        ("e\u0301te\u0301", "ete"),
        ("a\u0303\u0323\u0302b", "ab"),
        ("สวัสดี", "สวสด"),  # what is written above takes no room
        ("👩\u200d🔬", "👩🔬"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_marks_and_joiners_take_no_room(text: str, same: str) -> None:
    assert advance(text) == pytest.approx(advance(same))


def test_letters_of_squares_fill_them() -> None:
    assert advance("顧客の履歴") == pytest.approx(5.0)
    assert advance("ﾊﾝｶｸ") == pytest.approx(2.0)


@pytest.mark.parametrize("text", ["ЩЖШЮ", "ΩΨΦ", "ŒÆ", "🎉🎉"])
def test_what_is_broader_than_usual_has_room(text: str) -> None:
    """By the broadest of the fonts that were looked at, DejaVu Sans and Noto Color Emoji."""
    broadest = {"Щ": 1.09, "Ж": 1.08, "Ш": 1.07, "Ю": 1.08, "Ω": 0.79, "Ψ": 0.8, "Φ": 0.8}
    assert advance(text) >= sum({**broadest, "Œ": 1.07, "Æ": 0.98, "🎉": 1.25}[c] for c in text)


@pytest.mark.parametrize(
    ("text", "is_fitted"),
    [
        ("plain_name", True),
        ("grün_été", True),
        ("e\u0301te\u0301", True),
        ("顧客の履歴_v2", True),
        ("고객", True),
        ("ﾊﾝｶｸ", True),
        ("顧客…", True),
        ("База", False),
        ("नमस्ते", False),
        ("สวัสดี", False),
        ("مرحبا", False),
        ("顧客🎉", False),
    ],
)
def test_a_text_is_set_to_its_width_where_fonts_hardly_differ(text: str, is_fitted: bool) -> None:
    assert is_sure(text.replace("…", "")) == is_fitted
    assert ("textLength" in line("name", text, (0, 0), "#000")) == is_fitted
