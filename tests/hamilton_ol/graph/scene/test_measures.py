"""Cards have room for what is written on them."""

import numpy as np
import pytest

from hamilton_ol.graph.scene.cards import Tag
from hamilton_ol.graph.scene.measures import sizes
from tests.support.scenes import Flat, Row, cards_and_links


def size(row: Row, fields: tuple[str, ...] = (), **kwargs: object) -> tuple[float, float]:
    tags = kwargs.pop("tags", ())
    cards, _ = cards_and_links(
        (row,),
        {row[0]: fields} if fields else {},
        {row[0]: tags} if tags else {},  # type: ignore[dict-item]
    )
    wide, high = sizes(cards, Flat(), **kwargs)[0].tolist()  # type: ignore[arg-type]
    return wide, high


@pytest.mark.parametrize(
    ("row", "fields", "expected"),
    [
        (("cabin_t", "function", "Series", ""), (), (9 + 22 + 49 + 9, 44)),
        (("x", "function", "a_long_type", ""), (), (9 + 22 + 77 + 9, 44)),
        (("index_col", "input", "str", ""), (), (11 + 20 + 63 + 12, 26)),
        (("train_test_split_func", "function", "Dict", ""), (), (9 + 22 + 77 + 9, 59)),
        (("validation_size_fraction", "input", "x", ""), (), (11 + 20 + 91 + 12, 40)),
        (("t", "source", "T", ""), ("passenger", "age"), (63 + 58, 44 + 45)),
    ],
)
def test_a_card_is_as_large_as_its_kind_needs(
    row: Row, fields: tuple[str, ...], expected: tuple[float, float]
) -> None:
    assert size(row, fields) == expected


def test_labels_take_a_line_and_may_widen_a_card() -> None:
    row: Row = ("x", "function", "", "")
    assert size(row, tags=(Tag("sex", "pii"),)) == (9 + 9 + 21 + 16 + 13, 66)


def test_a_note_and_a_tick_have_room() -> None:
    row: Row = ("family", "function", "Series", "")
    assert size(row, with_status=True)[0] == 9 + 22 + 42 + 22 + 9
    assert size(row, notes=("412 ms",))[0] == 9 + 22 + 42 + 42 + 14 + 9


def test_there_may_be_nothing() -> None:
    cards, _ = cards_and_links(())
    assert sizes(cards, Flat()).shape == (0, 2)
    assert np.array_equal(cards.line_start, [0])
