"""Cards of every kind and look, as lists of what is painted; golden/cards.json holds them.

`GOLDEN=write pytest ...` writes them anew; look at the pictures before it is kept.
"""

import json
import math
import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF

from explorer_app.canvas.appearance import Card, Look
from explorer_app.canvas.cardpainter import CardPainter
from explorer_app.canvas.theme import Theme
from explorer_app.canvas.widths import text_width
from hamilton_ol.graph.scene.cards import Tag
from hamilton_ol.graph.scene.measures import ICON, INSETS, TICK
from hamilton_ol.graph.scene.words import KIND, KINDS, MARKS, STATUSES
from tests.support.painting import NotingPainter

GOLDEN = Path(__file__).parent / "golden" / "cards.json"
TABLE = Card("source", ("titanic_data",), "DataFrame", 140, 109, ("sex", "age", "fare"))
PLAIN = Card("function", ("family",), "Series", 117, 44)
LOOKS = {
    **{f"status {status}": Look(status=status, note="12 ms") for status in STATUSES[1:]},
    **{f"mark {mark}": Look(mark=mark, tone=f"diff.{mark}") for mark in MARKS[1:]},
    "dim": Look(dim=True, note="12 ms"),
    "active": Look(active=True, tone="accent"),
    "upstream": Look(tone="upstream"),
    "loud": Look(tone="path", loud=True, letter="B"),
    "hot": Look(heat=1.0, status="ok", note="412 ms"),
    "owner": Look(category=2),
    "end": Look(tone="pii", ends=True, fill="pii_soft"),
    "barrier": Look(tone="barrier", barrier=True),
}


def painted(theme: Theme, card: Card, look: Look) -> list[list[Any]]:
    painter = NotingPainter()
    CardPainter(theme).card(painter, card, look, QPointF(10, 20))  # type: ignore[arg-type]
    return painter.list


def everything(theme: Theme) -> dict[str, list[list[Any]]]:
    found = {
        f"kind {kind}": painted(theme, Card(kind, ("a_name",), "Series", 120, 44), Look())
        for kind in KINDS
    }
    found |= {name: painted(theme, PLAIN, look) for name, look in LOOKS.items()}
    two = Card("artifact", ("train_test_", "split_func"), "Dict", 130, 81)
    found["two lines"] = painted(theme, two, Look())
    rows = Look(
        tone="pii",
        row_tones=("pii", "", ""),
        row_dims=(False, True, False),
        row_ends=(True, False, False),
        letter="A",
        letter_row=0,
    )
    found["row failed"] = painted(theme, TABLE, Look(row_tones=("", "status.failed", "")))
    return found | {"table": painted(theme, TABLE, rows)}


def test_cards_are_painted_as_they_were(qapp: object) -> None:
    found = {name: everything(Theme(name)) for name in ("light", "dark")}
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        lines = json.dumps(found, ensure_ascii=False).replace("]], ", "]],\n")
        GOLDEN.write_text(lines + "\n", encoding="utf-8")
    expected = json.loads(GOLDEN.read_text("utf-8"))
    for palette, cards in expected.items():
        for name, drawn in cards.items():
            assert json.loads(json.dumps(found[palette][name])) == drawn, (palette, name)


@pytest.mark.parametrize("status", ["", "ok"])
def test_the_active_name_is_heavier_where_it_has_room(light: Theme, status: str) -> None:
    name = "fit_random_forest"
    font = light.font("name", weight=600)
    heavy = math.ceil(text_width(name, font))
    around = INSETS[KIND["artifact"]].sum().item() + ICON + (TICK if status else 0.0)
    look = Look(active=True, status=status)
    for width, expected in ((around + heavy - 3, 600), (around + heavy - 6, 500)):
        card = Card("artifact", (name,), "", width, 44)
        fonts = [entry[-2] for entry in painted(light, card, look) if entry[:2] == ["text", name]]
        assert [weight for _, weight in fonts] == [expected]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_silhouette_of_its_own(light: Theme, kind: str) -> None:
    from explorer_app.canvas.shapes import inner, outline, small

    rect = QRectF(0, 0, 120, 44)
    own = (outline(kind, rect), inner(kind, rect), small(kind, 6))
    for other in KINDS:
        if other != kind and {kind, other} != {"function", "unknown"}:  # that one is dashed
            assert own != (outline(other, rect), inner(other, rect), small(other, 6))


@pytest.mark.parametrize(
    "name", ["<b>bold</b>&lt;", "שלום עולם", "a\\x00b", "x" * 160 + " … 9,840 more letters"]
)
def test_hostile_names_are_text(light: Theme, name: str) -> None:
    card = Card("function", (name,), "<i>type</i>", 200, 44, ("<u>row</u>",), (Tag("<tag>"),))
    texts = [entry[1] for entry in painted(light, card, Look()) if entry[0] == "text"]
    assert texts == [name, "<i>type</i>", "<tag>", "<u>row</u>"]


def test_what_steps_back_shows_no_colour_of_its_own(light: Theme) -> None:
    inks = {str(entry[-1]) for entry in painted(light, PLAIN, Look(dim=True)) if entry[0] == "text"}
    assert inks == {light.color("dim_text").name().replace("#", "#ff")}
