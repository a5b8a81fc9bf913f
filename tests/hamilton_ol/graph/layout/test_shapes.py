"""Shapes that dataflows have, and how they are to look."""

import numpy as np

from hamilton_ol.graph.layout import Edges, Sheet, arrange
from tests.support.fans import fan
from tests.support.sheets import drawn


def test_a_small_fan_is_one_column_in_the_order_of_names() -> None:
    layout = arrange(fan("both", 20))
    assert np.unique(layout.boxes[:20, 0]).size == 1
    assert (np.diff(layout.boxes[:20, 1]) > 0).all()


def test_the_trunk_of_a_hub_is_nearly_straight() -> None:
    layers, width = 12, 15
    cards = np.arange(1, 1 + layers * width)
    chain = cards[cards > width]
    edges = Edges(np.append(np.zeros(cards.size, np.int64), chain - width), np.append(cards, chain))
    layout = arrange(Sheet([f"n{n:03}" for n in range(cards.size + 1)], edges=edges))
    farthest = int(layout.edge_route[cards.size - 1])
    trunk = drawn(layout, farthest)[:-12, 1]
    assert np.ptp(trunk) < 0.25 * layout.bounds.height


def read_everywhere(seed: int, hubs: int = 1) -> tuple[Sheet, list[int]]:
    """Hubs that most cards of all layers read, and the last edge of each; the others read near ones."""
    chance, layers, width = np.random.default_rng(seed), 8, 9
    edges = set()
    for hub in range(hubs):
        reads = chance.permutation(layers * width)[: 60 if hubs == 1 else 40]
        edges |= {(hub, int(card)) for card in hubs + reads}
    for card in range(hubs + width, hubs + layers * width):
        row, before = (card - hubs) % width, hubs + ((card - hubs) // width - 1) * width
        near = {row, *(n for n in chance.choice(width, 2).tolist() if abs(n - row) < 4)}
        edges |= {(before + n, card) for n in near}
    source, target = np.array(sorted(edges)).T
    sheet = Sheet([f"n{n:03}" for n in range(hubs + layers * width)], edges=Edges(source, target))
    return sheet, [int(np.flatnonzero(source == hub)[-1]) for hub in range(hubs)]


def test_the_trunk_of_a_hub_in_a_tangle_does_not_zigzag() -> None:
    travels = []
    for seed in range(6):
        sheet, (last,) = read_everywhere(seed)
        layout = arrange(sheet)
        trunk = drawn(layout, int(layout.edge_route[last]))[:-12, 1]
        travels.append(np.abs(np.diff(trunk)).sum() / layout.bounds.height)
    assert np.mean(travels) < 0.32


def test_the_trunks_of_two_hubs_hardly_cross() -> None:
    flips = []
    for seed in range(8):
        sheet, last = read_everywhere(seed, hubs=2)
        layout = arrange(sheet)
        one, other = (drawn(layout, int(layout.edge_route[edge]))[:-12] for edge in last)
        along = np.linspace(200, min(one[-1, 0], other[-1, 0]), 400)
        apart = np.interp(along, *one.T) > np.interp(along, *other.T)
        flips.append(int(np.diff(apart).sum()))
    assert np.mean(flips) < 1


def test_edges_of_one_row_run_together_until_they_part() -> None:
    sheet = Sheet(
        ["table", "a", "b", "c", "d"],
        rows=[2, 0, 0, 0, 0],
        height=[89, 44, 44, 44, 44],
        edges=Edges([0, 1, 2, 0, 0], [1, 2, 3, 3, 4], row=[0, -1, -1, 1, 1]),
    )
    layout = arrange(sheet)
    one, other = (int(layout.edge_route[edge]) for edge in (3, 4))
    assert np.array_equal(layout.routes.tails[one], layout.routes.tails[other])


def passed() -> Sheet:
    """A chain of three from a table, two rows of which lead to its last card past the others."""
    return Sheet(
        ["t", "a", "b", "c", "d"],
        rows=[3, 0, 0, 0, 0],
        height=[109, 44, 44, 44, 44],
        edges=Edges([0, 0, 1, 2, 0, 0], [1, 4, 2, 3, 3, 3], row=[0, 0, -1, -1, 1, 2]),
    )


def test_an_edge_is_level_where_it_turns_on_both_sides_of_a_column() -> None:
    layout = arrange(passed())
    begin, end = layout.boxes[1, 0], layout.boxes[1, 0] + layout.boxes[1, 2]
    heights = []
    for edge in (4, 5):
        points = drawn(layout, int(layout.edge_route[edge]))
        beside = points[(points[:, 0] > begin) & (points[:, 0] < end)]
        assert np.ptp(beside[:, 1]) < 1e-6
        heights.append(beside[0, 1])
    assert abs(heights[1] - heights[0]) > 7.9


def test_a_chain_is_straight() -> None:
    layout = arrange(Sheet([f"n{n:02}" for n in range(30)], edges=Edges(range(29), range(1, 30))))
    assert np.ptp(layout.boxes[:, 1]) < 1e-6


def test_an_edge_to_itself_goes_around_its_card() -> None:
    layout = arrange(Sheet(["a"], edges=Edges([0], [0])))
    x, y, width, height = layout.boxes[0]
    assert layout.routes.is_back.tolist() == [True]
    points = drawn(layout, 0)
    inside = (points > [x + 1, y + 1]) & (points < [x + width - 1, y + height - 1])
    assert not inside.all(axis=1).any()


def test_rows_have_ports_of_their_own() -> None:
    sheet = Sheet(
        ["t", "a", "b"],
        rows=[2, 0, 0],
        height=[89, 44, 44],
        edges=Edges([0, 0], [1, 2], row=[0, 1]),
    )
    layout = arrange(sheet)
    places = layout.routes.tails[layout.edge_route, 1] - layout.boxes[0, 1]
    assert places.tolist() == [89 - 5 - 30, 89 - 5 - 10]
    assert layout.boxes[1, 1] < layout.boxes[2, 1]
