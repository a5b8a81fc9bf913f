"""Colours and fonts."""

import pytest
from PySide6.QtGui import QColor

from explorer_app.canvas.theme import Theme, blend, contrast
from hamilton_ol.graph.scene.tokens import tokens
from hamilton_ol.graph.scene.words import FILLS, FIRST_KIND, KIND, KINDS, MARKS, STATUSES, TONES

TEXTS = ("text", "text2", "muted")


def keys(table: dict[str, object], prefix: str = "") -> set[str]:
    found = set()
    for name, value in table.items():
        found |= keys(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name}
    return found


def test_both_palettes_name_the_same_things() -> None:
    assert keys(tokens()["light"]) == keys(tokens()["dark"])


def test_every_word_has_its_colour(theme: Theme) -> None:
    names = [*TONES[1:], *FILLS[1:]]
    names += [f"kind.{kind}" for kind in KINDS]
    names += [f"status.{status}" for status in STATUSES[1:]]
    names += [f"diff.{mark}" for mark in MARKS[1:]]
    assert all(theme.color(name).isValid() for name in names)


@pytest.mark.parametrize("back", ["card", "canvas"])
def test_text_can_be_read_and_lines_can_be_seen(theme: Theme, back: str) -> None:
    for name in TEXTS:
        assert contrast(theme.color(name), theme.color(back)) >= 4.5, name
    for name in (*TONES[1:], "dim_text", *(f"status.{status}" for status in STATUSES[1:])):
        assert contrast(theme.color(name), theme.color(back)) >= 3.0, name


def test_small_text_on_its_soft_fill_can_be_read(theme: Theme) -> None:
    for name in ("upstream", "downstream", "path", "pii", "accent"):
        assert contrast(theme.color(name), theme.color(f"{name}_soft")) >= 4.5, name
    for fill in FILLS[1:]:
        assert contrast(theme.color("text"), theme.color(fill)) >= 4.5, fill


def test_names_can_be_read_on_every_heat(theme: Theme) -> None:
    for step in range(21):
        fill = theme.heat(step / 20)
        assert contrast(theme.ink_on(fill), fill) >= 4.5, step


def test_a_ninth_owner_shares_a_colour_with_the_tenth(theme: Theme) -> None:
    assert len({theme.category(number).name() for number in range(8)}) == 8
    assert theme.category(8) == theme.color("muted")


@pytest.mark.parametrize("kind", KINDS)
def test_the_categories_behind_those_have_the_colours_of_kinds(light: Theme, kind: str) -> None:
    assert light.category(FIRST_KIND + KIND[kind]) == light.color(f"kind.{kind}")


def test_a_mix_lies_between() -> None:
    black, white = QColor("#000000"), QColor("#FFFFFF")
    assert blend(black, white, 0.0) == black
    assert blend(black, white, 1.0) == white
    assert blend(black, white, 0.5).red() == 128


def test_the_first_font_that_is_there_is_taken(qapp: object) -> None:
    assert Theme("light", {"DejaVu Sans", "Inter"}).sans == "Inter"
    assert Theme("light", {"DejaVu Sans"}).sans == "DejaVu Sans"
    assert Theme("light", {"Comic Sans"}).sans == "Sans Serif"


def test_there_is_no_such_colour(light: Theme) -> None:
    with pytest.raises(KeyError):
        light.color("nonsense")
