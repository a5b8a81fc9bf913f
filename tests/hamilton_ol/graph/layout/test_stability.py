"""A graph that changes a bit stays where it was."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hamilton_ol.graph.layout import Direction, Edges, Layout, Sheet, Style, arrange
from tests.support.fans import fanned
from tests.support.sheets import overlapping, passing_through, sheets

Floats = NDArray[np.float64]
styles = st.sampled_from([Style(), Style(direction=Direction.DOWN)])


def pipeline(cards: int = 120) -> Sheet:
    """A graph of several layers in which near cards are linked."""
    chance = np.random.default_rng(11)
    target = np.repeat(np.arange(10, cards), 2)
    source = np.maximum(target - chance.integers(1, 15, target.size), 0)
    return Sheet([f"n{n:03}" for n in range(cards)], edges=Edges(source, target))


def without(sheet: Sheet, gone: set[int]) -> tuple[Sheet, list[int]]:
    """The sheet without some cards and with as many new ones; and the cards that stay."""
    stays = [card for card in range(len(sheet)) if card not in gone]
    number = np.full(len(sheet), -1)
    number[stays] = np.arange(len(stays))
    edges = sheet.edges
    kept = (number[edges.source] >= 0) & (number[edges.target] >= 0)
    new = np.arange(len(stays), len(stays) + len(gone))
    names = [sheet.names[card] for card in stays] + [f"new{n}" for n in range(len(gone))]
    rows = np.append(sheet.rows[stays], np.zeros(len(gone), np.int64))
    begins = np.linspace(0, max(len(stays) - 1, 0), len(gone)).astype(int)
    return Sheet(
        names,
        width=np.append(sheet.width[stays], np.full(len(gone), 120.0)),
        height=np.append(sheet.height[stays], np.full(len(gone), 44.0)),
        rows=rows,
        edges=Edges(
            np.append(number[edges.source[kept]], begins if stays else []),
            np.append(number[edges.target[kept]], new if stays else []),
            row=np.append(edges.row[kept], np.full(len(gone) if stays else 0, -1)),
        ),
    ), stays


def moved(before: Layout, after: Layout, stays: list[int]) -> Floats:
    """How far cards moved, when the whole picture's move is not counted."""
    by = after.boxes[: len(stays), :2] - before.boxes[stays, :2]
    distances: Floats = np.hypot(*(by - np.median(by, axis=0)).T)
    return distances


def test_an_unchanged_graph_does_not_move() -> None:
    before = arrange(pipeline())
    after = arrange(pipeline(), previous=before)
    assert moved(before, after, list(range(120))).max() < 0.5
    assert np.array_equal(before.layer, after.layer)


def test_after_a_small_change_most_cards_stay_where_they_were() -> None:
    before = arrange(pipeline())
    changed, stays = without(pipeline(), {17, 44, 73, 90, 101, 113})
    kept = moved(before, arrange(changed, previous=before), stays)
    anew = moved(before, arrange(changed), stays)
    assert np.median(kept) < 5
    assert kept.mean() < anew.mean() / 4


def test_what_stays_in_a_column_stays_in_its_order() -> None:
    before = arrange(pipeline())
    changed, stays = without(pipeline(), {17, 44, 73, 90, 101, 113})
    after = arrange(changed, previous=before)
    old, new = before.boxes[stays], after.boxes[: len(stays)]
    together = before.layer[stays][:, None] == before.layer[stays]
    together &= after.layer[: len(stays)][:, None] == after.layer[: len(stays)]
    above = old[:, 1][:, None] < old[:, 1]
    assert (new[:, 1][:, None] < new[:, 1])[together & above].all()


def test_another_direction_is_a_new_picture() -> None:
    before, style = arrange(pipeline()), Style(direction=Direction.DOWN)
    after = arrange(pipeline(), style, previous=before)
    assert after.boxes.tobytes() == arrange(pipeline(), style).boxes.tobytes()


@settings(deadline=None, max_examples=40)
@given(sheet=sheets() | fanned() | fanned(grouped=True), style=styles, data=st.data())
def test_a_kept_layout_is_a_good_one(sheet: Sheet, style: Style, data: st.DataObject) -> None:
    before = arrange(sheet, style)
    gone = data.draw(st.sets(st.integers(0, max(len(sheet) - 1, 0)), max_size=len(sheet)))
    changed, _ = without(sheet, gone)
    after = arrange(changed, style, previous=before)
    assert overlapping(after.boxes, 1.0) == []
    assert passing_through(after, changed, 1.0) == []
