"""Where unconnected parts stand beside each other."""

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats

FEW = 400  # parts that are fitted into gaps; more are put in rows


def packed(length: Floats, height: Floats, shape: float, room: float) -> tuple[Floats, Floats]:
    """The corner of each part: the largest first, no two closer than `room`.

    Args:
        length: of the parts, (parts,).
        height: of the parts, (parts,).
        shape: wanted length of all by their height.
        room: between two parts.
    """
    order = np.lexsort((-length * height,))
    area = float(((length + room) * (height + room)).sum())
    widest = max(float(length.max(initial=0)), float(np.sqrt(area * shape)))
    place = _fitted if length.size <= FEW else _in_rows
    return place(length, height, order.tolist(), widest, room)


def _in_rows(
    length: Floats, height: Floats, order: list[int], widest: float, room: float
) -> tuple[Floats, Floats]:
    x, y = np.zeros(length.size), np.zeros(length.size)
    along = down = tallest = 0.0
    for part in order:
        if along > 0 and along + length[part] > widest:
            along, down, tallest = 0.0, down + tallest + room, 0.0
        x[part], y[part] = along, down
        along += float(length[part]) + room
        tallest = max(tallest, float(height[part]))
    return x, y


def _fitted(
    length: Floats, height: Floats, order: list[int], widest: float, room: float
) -> tuple[Floats, Floats]:
    """Each part goes as far up as it can, then as far to the left."""
    x, y = np.zeros(length.size), np.zeros(length.size)
    skyline = [(0.0, 0.0)]  # (where a step begins, how far down it is taken)
    for part in order:
        across = float(length[part])
        at, level = _lowest(skyline, across, widest, room)
        x[part], y[part] = at, level
        skyline = _raised(skyline, at, at + across + room, level + float(height[part]) + room)
    return x, y


def _lowest(
    skyline: list[tuple[float, float]], across: float, widest: float, room: float
) -> tuple[float, float]:
    """Where a part of some length goes least far down: (along, down)."""
    best = (float("inf"), 0.0)
    for at, _ in skyline:
        if at == 0 or at + across <= widest:
            level = max(
                down
                for (begin, down), end in zip(skyline, _ends(skyline), strict=True)
                if begin < at + across + room and end > at
            )
            best = min(best, (level, at))
    return best[1], best[0]


def _ends(skyline: list[tuple[float, float]]) -> list[float]:
    return [begin for begin, _ in skyline[1:]] + [float("inf")]


def _raised(
    skyline: list[tuple[float, float]], begin: float, end: float, level: float
) -> list[tuple[float, float]]:
    ends = _ends(skyline)
    under = max(down for (at, down), stop in zip(skyline, ends, strict=True) if at <= end < stop)
    kept = [step for step in skyline if step[0] < begin or step[0] > end]
    return sorted([*kept, (begin, level), (end, under)])
