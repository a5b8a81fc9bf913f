"""Grids: many strands that are alike stand in rows and columns, instead of in one tall column.

To the rest of the layout a grid is one card, with one port for each port that feeds it and one for
all that reads it.
"""

from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, sums
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.memory import Trail
from hamilton_ol.graph.layout.parts import connected, loose, page_shape
from hamilton_ol.graph.layout.strands import alike
from hamilton_ol.graph.layout.style import Spacing, Style

FEW = 24  # strands that are read best as one column
TALL = 2.0  # times the height of a page that holds all cards of the part
FEEDS = 8  # ports that feed a grid at most: each has a lane of its own in it
SPARSE = 2  # times the strands of a grid; with more cells it is filled anew


@dataclass(frozen=True, eq=False)
class Grid:
    """Strands in cells.

    Attributes:
        cards: of each strand from its first to its last, (S, length).
        slot: the cell of each strand, (S,), counted line by line as people read them.
        line: how many cells a line has.
        column, row: of each strand's cell, along and across the edges, (S,).
    """

    cards: Ints
    slot: Ints
    line: int
    column: Ints
    row: Ints


def grids_of(flow: Flow, style: Style, spacing: Spacing, trail: Trail | None) -> list[Grid]:
    """The grids of a flow. Where strands already were in a grid, or were not, that stays so."""
    sets = alike(flow, FEW if trail is None else FEW // 2)
    if not sets:
        return []
    breadth, page = flow.breadth + spacing.card, _pages(flow, style, spacing)
    columns = [
        _columns(float(breadth[cards].max(axis=1).sum()), float(page[cards[0, 0]]), cards, trail)
        for cards in sets
    ]
    wanted = [(cards, count) for cards, count in zip(sets, columns, strict=True) if count]
    while True:
        feeds = feeding(flow, [cards for cards, _ in wanted])
        kept = [one for one, count in zip(wanted, feeds, strict=True) if count <= FEEDS]
        if len(kept) == len(wanted):
            break
        wanted = kept
    return [_grid(cards, count, trail, is_right=style.is_right) for cards, count in wanted]


def _pages(flow: Flow, style: Style, spacing: Spacing) -> Floats:
    """Height of a page that holds all cards of a card's part, (n,)."""
    part = connected(flow, loose(flow))
    area = (flow.breadth + spacing.card) * (flow.depth + spacing.column)
    whole = sums(area, part, int(part.max()) + 1)
    return np.asarray(np.sqrt(whole / page_shape(style))[part], np.float64)


def _columns(height: float, page: float, cards: Ints, trail: Trail | None) -> int:
    """How many columns a grid of some strands has, 0 when they are better not in one."""
    count = max(int(np.ceil(height / page)), 1)
    if trail is not None:
        known = trail.is_known[cards[:, 0]]
        if 2 * int(known.sum()) >= known.size:
            was = int((trail.slot[cards[:, 0]] >= 0).sum())
            return count if 2 * was >= int(known.sum()) else 0
    return count if len(cards) > FEW and height > TALL * page else 0


def numbered(flow: Flow, sets: list[Ints]) -> tuple[Ints, int]:
    """(a number for each card, (n,), one for all that are in a set; the first one of a set)."""
    number = np.zeros(flow.cards, np.int64)
    for cards in sets:
        number[cards] = -1
    single = number == 0
    first = int(single.sum())
    number[single] = np.arange(first)
    for at, cards in enumerate(sets):
        number[cards] = first + at
    return number, first


def feeding(flow: Flow, sets: list[Ints]) -> list[int]:
    """How many ports feed each set; what is in another set has one."""
    number, first = numbered(flow, sets)
    heads = np.array([cards[0, 0] for cards in sets], np.int64)
    into = np.isin(flow.target, heads)
    source = number[flow.source[into]]
    row = np.where(source >= first, -1, flow.row[into])
    ports = np.unique(np.stack((flow.target[into], source, row), 1), axis=0)
    found: list[int] = np.bincount(ports[:, 0], minlength=flow.cards)[heads].tolist()
    return found


def _grid(cards: Ints, columns: int, trail: Trail | None, *, is_right: bool) -> Grid:
    line = columns if is_right else -(-len(cards) // columns)
    slot = np.arange(len(cards))
    kept = None if trail is None else _kept(cards[:, 0], trail)
    if kept is not None:
        slot, line = kept
    across, along = np.divmod(slot, line)
    if not is_right:
        across, along = along, across
    return Grid(cards, slot, line, along, across)


def _kept(heads: Ints, trail: Trail) -> tuple[Ints, int] | None:
    """(cells, cells of a line) as they were, new strands in those that are free; None for no such."""
    slot = trail.slot[heads].copy()
    known = slot >= 0
    lines = np.unique(trail.line[heads[known]])
    if lines.size != 1 or np.unique(slot[known]).size < known.sum():
        return None
    free = np.setdiff1d(np.arange(slot.max() + heads.size + 1), slot[known])
    slot[~known] = free[: int((~known).sum())]
    return (slot, int(lines[0])) if slot.max() < SPARSE * heads.size else None
