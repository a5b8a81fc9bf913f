"""Edges inside a grid: along lanes and spines, with round corners, to each card and from each."""

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints
from hamilton_ol.graph.layout.gridrooms import STEP, STUB, Room
from hamilton_ol.graph.layout.style import Spacing

ROUND = 12.0  # radius of a corner
ARC = 0.5523  # handles of a cubic that is a quarter of a circle, by its radius

Ways = list[
    tuple[Ints, Floats]
]  # (which edges, their points as cubics, (k, points, 2)) of one form


def feeding(room: Room, spacing: Spacing, column: Ints, rank: Ints, v: Floats, end: Floats) -> Ways:
    """The ways from the side of a grid to its cards.

    Args:
        room: of the grid.
        spacing: how.
        column: that a way leads to, (k,).
        rank: of its port among those that feed the grid, (k,).
        v: where it enters the grid across the edges, (k,).
        end: where it ends, along and across, (k, 2).
    """
    back = STUB + (room.feeds - 1 - rank) * STEP
    lane = np.asarray(spacing.clear + rank * spacing.lane, np.float64)
    near = np.full(column.size, room.in_middle) | (column == 0)
    first, own = room.begin[0] - back, room.begin[column] - back
    return _ways(near, np.stack((np.zeros(column.size), v), 1), first, lane, own, end)


def reading(room: Room, spacing: Spacing, column: Ints, begin: Floats, v: Floats) -> Ways:
    """The ways from the cards of a grid to its other side.

    Args:
        room: of the grid.
        spacing: how.
        column: that a way begins in, (k,).
        begin: where, along and across, (k, 2).
        v: where it leaves the grid across the edges, (k,).
    """
    last, own = np.full(column.size, room.end[-1] + STUB), room.end[column] + STUB
    lane = np.full(column.size, room.breadth - spacing.clear)
    near = np.full(column.size, room.in_middle) | (column == room.end.size - 1)
    outside = np.stack((np.full(column.size, room.depth), v), 1)
    found = _ways(near, outside, last, lane, own, begin)
    return [(edges, points[:, ::-1]) for edges, points in found]


def _ways(
    near: Flags, outside: Floats, first: Floats, lane: Floats, own: Floats, inside: Floats
) -> Ways:
    """From the side along the own spine to the card, or along the first spine, lane and own spine."""
    v, y = outside[:, 1], inside[:, 1]
    turns = [(own, v), (own, y)], [(first, v), (first, lane), (own, lane), (own, y)]
    found = []
    for edges, way in zip((np.flatnonzero(near), np.flatnonzero(~near)), turns, strict=True):
        corners = [outside, *(np.stack(turn, 1) for turn in way), inside]
        found.append((edges, rounded(np.stack(corners, 1)[edges])))
    return found


def rounded(lines: Floats) -> Floats:
    """Lines with corners as cubics with round ones.

    Args:
        lines: their corners, each a right angle, (k, q, 2).

    Returns:
        The points, (k, 6 q - 8, 2).
    """
    step = np.diff(lines, axis=1)
    length = np.abs(step).sum(axis=2)
    way = step / np.maximum(length, 1e-9)[:, :, None]
    room = length / 2
    room[:, 0], room[:, -1] = length[:, 0], length[:, -1]
    radius = np.minimum(ROUND, np.minimum(room[:, :-1], room[:, 1:]))[:, :, None]
    before, after = lines[:, 1:-1] - radius * way[:, :-1], lines[:, 1:-1] + radius * way[:, 1:]
    begin = np.concatenate((lines[:, :1], after), 1)
    end = np.concatenate((before, lines[:, -1:]), 1)
    found = np.empty((len(lines), 6 * lines.shape[1] - 8, 2))
    found[:, 0] = lines[:, 0]
    found[:, 1::6], found[:, 2::6], found[:, 3::6] = (
        begin + (end - begin) / 3,
        end - (end - begin) / 3,
        end,
    )
    found[:, 4::6], found[:, 5::6], found[:, 6::6] = (
        before + ARC * radius * way[:, :-1],
        after - ARC * radius * way[:, 1:],
        after,
    )
    return found
