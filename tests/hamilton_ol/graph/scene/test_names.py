"""Names are shown whole, as text, whatever is in them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.graph.scene import names


def test_a_usual_name_stays_as_it_is() -> None:
    assert names.shown("fit_random_forest") == "fit_random_forest"
    assert names.shown("größe_τ") == "größe_τ"


def test_what_cannot_be_seen_is_spelled_out() -> None:
    assert names.shown("a\x00b\n") == "a\\x00b\\x0a"
    assert names.shown("evil\u202eexe") == "evil\\u202eexe"
    assert names.shown("\u200bhidden") == "\\u200bhidden"


def test_that_a_name_is_empty_or_blank_is_told_where_it_must_be_seen() -> None:
    assert [names.named(name) for name in ("", "  ", "a b")] == ["(no name)", "(no name)", "a b"]
    assert names.shown("") == ""


@pytest.mark.parametrize(
    "name",
    [
        "👩\u200d🔬_reads",
        "🏳️\u200d🌈",
        "👩🏽\u200d❤️\u200d💋\u200d👨🏿",
        "می\u200cروم",  # Persian: the two letters are not joined
        "क्\u200dष",  # a half form
        "क्\u200cष",  # a whole form with its sign
        "ශ්\u200dරී",
        "അവന്\u200d",  # Malayalam, at the end of a word
    ],
)
def test_joiners_stay_where_emoji_or_a_script_need_them(name: str) -> None:
    assert names.shown(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "pay\u200dpal",
        "pay\u200cpal",
        "\u200d",
        "👩\u200d",
        "👩\u200da",
        "a\u200d👩",
        "👩\u200d\u200d🔬",
        "👩\u200c🔬",
        "👩\u200d\u0301🔬",
        "می\u200dروم",  # they are joined without it
        "ر\u200cد",  # they are not
        "می\u200ca",
        "क\u200dष",
        "क्\u200ca",
        "क्\u200c",
        "\u094d\u200dष",
    ],
)
def test_a_joiner_that_only_hides_is_spelled_out(name: str) -> None:
    spelled = names.shown(name)
    assert "\u200d" not in spelled
    assert "\u200c" not in spelled
    assert "\\u200" in spelled


def test_what_lies_beyond_four_digits_is_spelled_as_python_does() -> None:
    assert names.shown("\U000e0067") == "\\U000e0067"


def test_markup_is_text() -> None:
    assert names.shown("<b>x</b>&amp;") == "<b>x</b>&amp;"


def test_an_endless_name_is_capped_and_says_so() -> None:
    found = names.shown("x" * 10_000)
    assert found == "x" * 160 + " … 9,840 more letters"


@given(st.text(max_size=300))
def test_nothing_is_shown_that_has_no_picture(name: str) -> None:
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not {unicodedata.category(letter) for letter in names.shown(name)} & hidden


def test_a_short_name_takes_one_line() -> None:
    assert names.lines("training_set_v1") == ("training_set_v1",)


def test_a_long_one_breaks_once_at_the_underscore_nearest_its_middle() -> None:
    assert names.lines("validation_size_fraction") == ("validation_", "size_fraction")
    assert names.lines("train_test_split_func") == ("train_test_", "split_func")
    assert names.lines("features.spend.rolling_mean") == ("features.spend.", "rolling_mean")


@given(st.text(alphabet="ab_.", max_size=60))
def test_a_name_is_never_cut(name: str) -> None:
    found = names.lines(name)
    assert "".join(found) == name
    assert len(found) <= 2
    assert all(found) or name == ""


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("dict[str, int]", "dict[str, int]"),
        ("dict[str, DataFrame | Series]", "dict[…]"),
        ("HistGradientBoostingClassifier", "HistGradientBoostingC…"),
        ("DataFrame | Series | None", "DataFrame | Series | …"),
    ],
)
def test_a_long_type_makes_no_card_wider_than_a_name_does(type_: str, expected: str) -> None:
    assert names.brief(type_) == expected


def test_a_type_is_as_long_as_the_name_above_it_leaves_room_for() -> None:
    type_ = "dict[str, list[int | float]]"
    lines = names.lines("a_name_that_takes_much_room_because_it_says_everything")
    assert names.brief(type_, names.beside(lines)) == type_
    for short in (("x",), names.lines("embarked_category"), ()):
        assert names.brief(type_, names.beside(short)) == "dict[…]"


def test_letters_that_are_joined_or_go_left_are_set_as_a_whole() -> None:
    assert names.is_plain("Größe_1 (a.b)")
    for text in ("שלום", "नमस्ते", "漢字", "e\u0301", "👩\u200d🔬"):
        assert not names.is_plain(text)
