"""The room of a grid: where its cards stand in it, and where the edges to them have their lanes."""

from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, greatest
from hamilton_ol.graph.layout.grids import Grid
from hamilton_ol.graph.layout.style import Spacing, Style

STUB = 16.0  # from a spine to the cards of a column
APART = 10.0  # between the spines of what feeds a column and of what reads the one before
STEP = 6.0  # between spines of different ports


@dataclass(frozen=True, eq=False)
class Room:
    """The room of a grid; all places are from its corner.

    In each gap a spine for each port that feeds the grid leads to the cards of the column after it,
    and one from all cards of the column before it. Lanes join the spines: through the middle, where
    edges run on one side only, else those that feed above all cards, and that from them below all.

    Attributes:
        depth, breadth: of the grid along and across the edges.
        u, v: begin along and middle across of each card, (S, length).
        depths: of each card, (S, length).
        begin, end: of the columns, (C,).
        feeds: how many ports feed it.
        in_middle: whether lanes run through the middle.
    """

    depth: float
    breadth: float
    u: Floats
    v: Floats
    depths: Floats
    begin: Floats
    end: Floats
    feeds: int
    in_middle: bool


def room_of(
    grid: Grid,
    cards: tuple[Floats, Floats, Flags],
    ends: tuple[int, bool],
    style: Style,
    spacing: Spacing,
) -> Room:
    """The room of a grid.

    Args:
        grid: what is in it.
        cards: depth, breadth, and whether it becomes as deep as its column, of each card in it,
            (S, length).
        ends: how many ports feed it, and whether anything reads it.
        style: how.
        spacing: how.
    """
    depth, breadth, grows = cards
    feeds, is_read = ends
    in_middle = not (feeds and is_read)
    shared = depth.max(axis=0)
    depth = np.where(grows, shared, depth)
    begin, end, place = _columns(grid, shared, ends, spacing)
    u = begin[grid.column][:, None] + place + (shared - depth if style.is_right else 0.0)
    high = greatest(breadth.max(axis=1), grid.row, int(grid.row.max()) + 1, 0.0)
    rows, whole = _halves(high, feeds, style, spacing) if in_middle else _rows(high, feeds, spacing)
    v = np.repeat(rows[grid.row][:, None], depth.shape[1], axis=1)
    length = float(end[-1]) + (2 * STUB if is_read else 0.0)
    return Room(length, whole, u, v, depth, begin, end, feeds, in_middle)


def _columns(
    grid: Grid, depth: Floats, ends: tuple[int, bool], spacing: Spacing
) -> tuple[Floats, Floats, Floats]:
    """(begin and end of the columns; where each card of a strand begins in its column, (length,))."""
    feeds, is_read = ends
    place: Floats = np.cumsum(depth + spacing.column) - depth - spacing.column
    whole = float(place[-1] + depth[-1])
    before = 2 * STUB + (feeds - 1) * STEP if feeds else 0.0
    gap = before + APART if is_read and feeds else max(before, 2 * STUB)
    begin = np.asarray(before + np.arange(int(grid.column.max()) + 1) * (whole + gap), np.float64)
    return begin, begin + whole, place


def _rows(high: Floats, feeds: int, spacing: Spacing) -> tuple[Floats, float]:
    """(the middles of rows of these heights with lanes above and below, the height of all)."""
    top = 2 * spacing.clear + (feeds - 1) * spacing.lane
    end = top + np.cumsum(high + spacing.card) - spacing.card
    return end - high / 2, float(end[-1]) + 2 * spacing.clear


def _halves(high: Floats, feeds: int, style: Style, spacing: Spacing) -> tuple[Floats, float]:
    """(the middles of rows of these heights with lanes between both halves, the height of all)."""
    half = (high.size + 1) // 2
    free = spacing.clear + max(feeds - 1, 0) * style.pitch / 2
    up = free + np.cumsum(high[:half][::-1] + spacing.card) - spacing.card
    down = free + np.cumsum(high[half:] + spacing.card) - spacing.card
    middle = max(float(up[-1]), float(down[-1]) if down.size else 0.0) + spacing.clear
    rows = np.append((high[:half][::-1] / 2 - up)[::-1], down - high[half:] / 2)
    return middle + rows, 2 * middle
