"""A thousand cards with the same neighbours are a grid, and the rest hardly notices."""

import numpy as np
import pytest

from hamilton_ol.graph.layout import Direction, Edges, Layout, Sheet, Style, arrange
from hamilton_ol.graph.layout.grids import FEW
from tests.support.fans import KINDS, fan, strand_edges
from tests.support.sheets import drawn

DIRECTIONS = [Style(), Style(direction=Direction.DOWN)]


def lines(layout: Layout, cards: slice, axis: int) -> int:
    """How many columns (axis 0) or rows (1) some cards stand in."""
    return int(np.unique(layout.boxes[cards, axis]).size)


def flow(fans: int) -> Sheet:
    """A flow of 15 columns with fans of 1,000 cards in the middle of it."""
    chance, wide = np.random.default_rng(5), 8
    cards = 15 * wide
    target = np.repeat(np.arange(wide, cards), 2)
    source = (target // wide - 1) * wide + chance.integers(0, wide, target.size)
    pairs = [(source, target)]
    for number in range(fans):
        hub = (4 + number) * wide + number
        ends = ([hub], [hub + 3 * wide])
        pairs.append(strand_edges(KINDS[number], cards + 1000 * number, (1000, 1), ends))
    source, target = (np.concatenate(side) for side in zip(*pairs, strict=True))
    names = [f"n{number:05}" for number in range(cards + 1000 * fans)]
    return Sheet(names, edges=Edges(source, target))


@pytest.mark.parametrize("style", DIRECTIONS, ids=["right", "down"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_fan_of_a_thousand_is_a_grid_read_line_by_line(kind: str, style: Style) -> None:
    layout = arrange(fan(kind), style)
    assert 0.5 < layout.bounds.width / layout.bounds.height < 2.5
    assert layout.statistics.crossings == 0
    assert min(lines(layout, slice(1000), axis) for axis in (0, 1)) > 10
    x, y = layout.boxes[:1000, :2].T.round()
    assert np.lexsort((x, y)).tolist() == list(range(1000))


@pytest.mark.parametrize("kind", KINDS)
def test_the_trunk_of_a_fan_runs_straight_into_the_middle_of_its_grid(kind: str) -> None:
    layout = arrange(fan(kind))
    top, bottom = layout.boxes[:1000, 1].min(), (layout.boxes[:1000, 1] + 44).max()
    for card in range(1000, len(layout.boxes)):
        middle = layout.boxes[card, 1] + layout.boxes[card, 3] / 2
        assert abs(middle - (top + bottom) / 2) < 60


@pytest.mark.parametrize("style", DIRECTIONS, ids=["right", "down"])
def test_chains_of_a_fan_stay_together(style: Style) -> None:
    layout = arrange(fan("both", 300, 3), style)
    across = 1 if style.is_right else 0
    middle = layout.boxes[:900, across] + layout.boxes[:900, across + 2] / 2
    assert np.ptp(middle.reshape(300, 3), axis=1).max() < 1e-6
    assert 0.5 < layout.bounds.width / layout.bounds.height < 2.5
    assert layout.statistics.crossings == 0


def test_a_thousand_edges_enter_a_card_that_stays_of_a_size() -> None:
    layout = arrange(fan("both"))
    assert layout.boxes[1000:, 3].max() <= 44


@pytest.mark.parametrize("fans", [1, 3])
def test_fans_in_a_flow_take_room_as_grids(fans: int) -> None:
    layout = arrange(flow(fans))
    area = layout.bounds.width * layout.bounds.height
    assert 0.5 < layout.bounds.width / layout.bounds.height < 2.5
    assert area < 5 * (150 + 40) * (44 + 14) * len(layout.boxes)
    for number in range(fans):
        own = slice(120 + 1000 * number, 1120 + 1000 * number)
        assert lines(layout, own, 0) * lines(layout, own, 1) < 1100


def test_edges_of_a_grid_run_together_until_they_part() -> None:
    layout = arrange(fan("out"))
    points = [drawn(layout, int(layout.edge_route[edge])) for edge in (0, 999)]
    same = [near for near in points[0] if np.abs(points[1] - near).sum(axis=1).min() < 1e-6]
    assert len(same) >= 10


def without(sheet: Sheet, gone: set[int], more: int = 0) -> tuple[Sheet, list[int]]:
    """A fan without some of its cards and with some new ones; and the cards that stay."""
    stays = [card for card in range(len(sheet)) if card not in gone]
    number = np.full(len(sheet), -1)
    number[stays] = np.arange(len(stays))
    source, target = number[sheet.edges.source], number[sheet.edges.target]
    kept = (source >= 0) & (target >= 0)
    new = np.arange(len(stays), len(stays) + more)
    hub, sink = int(number[-2]), int(number[-1])
    names = [sheet.names[card] for card in stays] + [f"a{card}" for card in range(more)]
    source = np.concatenate((source[kept], np.full(more, hub), new))
    target = np.concatenate((target[kept], new, np.full(more, sink)))
    return Sheet(names, edges=Edges(source, target)), stays


@pytest.mark.parametrize("style", DIRECTIONS, ids=["right", "down"])
def test_cards_of_a_grid_keep_their_cells(style: Style) -> None:
    sheet = fan("both", 500)
    before = arrange(sheet, style)
    fewer, stays = without(sheet, set(range(3, 500, 50)), more=5)
    after = arrange(fewer, style, previous=before)
    moved = after.boxes[: len(stays), :2] - before.boxes[stays, :2]
    assert np.abs(moved - np.median(moved, axis=0)).max() < 1
    free = before.boxes[sorted(set(range(3, 500, 50))), :2] + np.median(moved, axis=0)
    for box in after.boxes[len(stays) :, :2]:
        assert np.abs(free - box).sum(axis=1).min() < 1


def test_a_grid_stays_one_and_a_column_stays_one_when_a_card_comes_or_goes() -> None:
    for count, gone, more, is_grid in ((FEW + 2, {3, 5, 7, 9}, 0, True), (FEW, set(), 3, False)):
        sheet = fan("both", count)
        before = arrange(sheet)
        changed, _ = without(sheet, gone, more)
        after = arrange(changed, previous=before)
        for layout, cards in ((before, count), (after, len(changed) - 2)):
            assert (lines(layout, slice(3, cards - 3), 0) > 1) == is_grid


def test_a_grid_with_few_cards_left_is_filled_anew() -> None:
    sheet = fan("both", 500)
    fewer, _ = without(sheet, set(range(100, 500)))
    layout = arrange(fewer, previous=arrange(sheet))
    assert lines(layout, slice(100), 0) * lines(layout, slice(100), 1) < 120


def test_what_too_many_ports_feed_is_no_grid() -> None:
    source, target = np.divmod(np.arange(9 * 200), 200)
    names = [f"n{number:03}" for number in range(209)]
    layout = arrange(Sheet(names, edges=Edges(source, 9 + target)))
    assert np.unique(layout.layer).size >= 2
    layout = arrange(Sheet(names[:208], edges=Edges(source[:1600], 8 + target[:1600])))
    assert lines(layout, slice(8, 208), 0) * lines(layout, slice(8, 208), 1) < 240
