"""What holds for every layout, whatever is laid out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.graph.layout import Direction, Edges, Layout, Sheet, Style, arrange
from tests.support.fans import fanned
from tests.support.sheets import overlapping, passing_through, sheets

STYLES = [
    Style(),
    Style(direction=Direction.DOWN),
    Style(keep_arguments=True),
    Style(share_width=False),
]
styles = st.sampled_from(STYLES)
any_sheet = sheets(grouped=False) | fanned()
NEAR = 2.0  # nearer than this no edge comes to a card that is not its own


def same(one: Layout, other: Layout) -> bool:
    """Whether two layouts are the same, byte for byte."""
    return (
        one.boxes.tobytes() == other.boxes.tobytes()
        and one.routes.points.tobytes() == other.routes.points.tobytes()
        and one.routes.start.tobytes() == other.routes.start.tobytes()
    )


@settings(deadline=None, max_examples=40)
@given(sheet=any_sheet, style=styles)
def test_no_two_cards_overlap(sheet: Sheet, style: Style) -> None:
    layout = arrange(sheet, style)
    assert overlapping(layout.boxes, style.spacing.card - 0.01) == []


@settings(deadline=None, max_examples=40)
@given(sheet=any_sheet, style=styles)
def test_no_edge_passes_a_card_that_is_not_its_own(sheet: Sheet, style: Style) -> None:
    assert passing_through(arrange(sheet, style), sheet, NEAR) == []


@settings(deadline=None, max_examples=40)
@given(sheet=any_sheet, style=styles)
def test_an_edge_begins_and_ends_at_its_cards(sheet: Sheet, style: Style) -> None:
    layout = arrange(sheet, style)
    along = 0 if style.is_right else 1
    begin, end = layout.boxes[sheet.edges.source], layout.boxes[sheet.edges.target]
    tails, heads = layout.routes.tails[layout.edge_route], layout.routes.heads[layout.edge_route]
    assert np.allclose(tails[:, along], begin[:, along] + begin[:, along + 2])
    assert np.allclose(heads[:, along], end[:, along])
    for box, points in ((begin, tails), (end, heads)):
        place = points[:, 1 - along] - box[:, 1 - along]
        assert ((place > -1e-6) & (place < box[:, 3 - along] + 1e-6)).all()


@settings(deadline=None, max_examples=40)
@given(sheet=any_sheet, style=styles, seed=st.integers(0, 1000))
def test_the_order_of_the_input_does_not_matter(sheet: Sheet, style: Style, seed: int) -> None:
    chance = np.random.default_rng(seed)
    cards, edges = chance.permutation(len(sheet)), chance.permutation(len(sheet.edges))
    number = np.argsort(cards)
    shuffled = Sheet(
        [sheet.names[card] for card in cards],
        width=sheet.width[cards],
        height=sheet.height[cards],
        rows=sheet.rows[cards],
        edges=Edges(
            number[sheet.edges.source[edges]],
            number[sheet.edges.target[edges]],
            row=sheet.edges.row[edges],
            argument=sheet.edges.argument[edges],
        ),
    )
    one, other = arrange(sheet, style), arrange(shuffled, style)
    assert one.boxes[cards].tobytes() == other.boxes.tobytes()
    for new, old in enumerate(edges):
        a, b = one.edge_route[old], other.edge_route[new]
        assert np.array_equal(one.routes.tails[a], other.routes.tails[b])


@settings(deadline=None, max_examples=20)
@given(sheet=any_sheet, style=styles)
def test_a_layout_is_the_same_each_time(sheet: Sheet, style: Style) -> None:
    assert same(arrange(sheet, style), arrange(sheet, style))


@settings(deadline=None, max_examples=40)
@given(sheet=any_sheet, style=styles)
def test_everything_is_inside_the_bounds(sheet: Sheet, style: Style) -> None:
    layout = arrange(sheet, style)
    x, y, width, height = layout.bounds
    points = np.concatenate((layout.boxes[:, :2], layout.boxes[:, :2] + layout.boxes[:, 2:]))
    assert (points >= [x - 1e-6, y - 1e-6]).all()
    assert (points <= [x + width + 1e-6, y + height + 1e-6]).all()


@pytest.mark.parametrize("style", STYLES, ids=["right", "down", "fixed", "own widths"])
@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_card_are_layouts(count: int, style: Style) -> None:
    layout = arrange(Sheet(["only"] * count), style)
    assert layout.boxes.shape == (count, 4)
    assert len(layout.routes) == 0
