"""Random sheets, and what can be seen in a layout of one."""

from itertools import combinations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from hamilton_ol.graph.layout import Edges, Groups, Layout, Sheet

Floats = NDArray[np.float64]
PIECES = 12  # lines that stand for a curve


@st.composite
def sheets(draw: st.DrawFn, *, most: int = 30, grouped: bool | None = None) -> Sheet:
    """Cards of all sizes, some with rows, and edges of all kinds: double, to itself, in cycles."""
    count = draw(st.integers(0, most))
    seed = draw(st.integers(0, 2**32 - 1))
    chance = np.random.default_rng(seed)
    edges = draw(st.integers(0, 3 * count)) if count else 0
    rows = np.where(chance.random(count) < 0.3, chance.integers(1, 8, count), 0)
    source, target = chance.integers(0, max(count, 1), (2, edges))
    if draw(st.booleans()):  # without cycles
        source, target = np.minimum(source, target), np.maximum(source, target)
        source, target = source[source < target], target[source < target]
    named = chance.random(source.size) < 0.7
    row = np.where(named & (rows[source] > 0), chance.integers(0, 8, source.size), -1)
    row = np.minimum(row, rows[source] - 1)
    return Sheet(
        [f"card_{number}" for number in chance.permutation(count)],
        width=chance.integers(20, 260, count).astype(float),
        height=chance.integers(20, 70, count) + rows * 20.0 + 5,
        rows=rows,
        edges=Edges(source, target, row=row, argument=chance.integers(0, 9, source.size)),
        groups=_groups(draw, chance, count) if draw(_wanted(grouped)) else None,
    )


def _wanted(grouped: bool | None) -> st.SearchStrategy[bool]:
    return st.booleans() if grouped is None else st.just(grouped)


def _groups(draw: st.DrawFn, chance: np.random.Generator, count: int) -> Groups:
    groups = draw(st.integers(0, 5))
    return Groups(
        [f"group_{number}" for number in range(groups)],
        chance.integers(-1, groups, count) if groups else np.full(count, -1),
        collapsed=chance.random(groups) < 0.4,
    )


def drawn(layout: Layout, route: int, pieces: int = PIECES) -> Floats:
    """Points on the curve of a route, (k, 2)."""
    points = layout.routes.points[layout.routes.start[route] : layout.routes.start[route + 1]]
    along = np.linspace(0, 1, pieces + 1)[:, None]
    found = [points[:1]]
    for at in range(0, len(points) - 1, 3):
        a, b, c, d = points[at : at + 4]
        back = 1 - along[1:]
        found.append(
            back**3 * a
            + 3 * back**2 * along[1:] * b
            + 3 * back * along[1:] ** 2 * c
            + along[1:] ** 3 * d
        )
    return np.concatenate(found)


def overlapping(boxes: Floats, room: float = 0.0) -> list[tuple[int, int]]:
    """Pairs of boxes that are closer than `room`."""
    shown = np.flatnonzero(np.isfinite(boxes[:, 0])).tolist()
    return [(one, other) for one, other in combinations(shown, 2) if _near(boxes, one, other, room)]


def _near(boxes: Floats, one: int, other: int, room: float) -> bool:
    a, b = boxes[one], boxes[other]
    apart = np.maximum(a[:2] - (b[:2] + b[2:]), b[:2] - (a[:2] + a[2:]))
    return bool(apart.max() < room - 1e-6)


def passing_through(layout: Layout, sheet: Sheet, room: float) -> list[tuple[int, int]]:
    """(edge, card) for each card that an edge passes nearer than `room` without belonging to it."""
    found = []
    for edge, route in enumerate(layout.edge_route.tolist()):
        if route >= 0:
            points = drawn(layout, route)
            own = {int(sheet.edges.source[edge]), int(sheet.edges.target[edge])}
            found += [(edge, card) for card in hits(layout.boxes, points, room) if card not in own]
    return found


def hits(boxes: Floats, points: Floats, room: float) -> list[int]:
    """The boxes that a curve passes nearer than `room`."""
    x, y, width, height = (column[:, None] for column in boxes.T)
    inside_x = (points[:, 0] > x - room) & (points[:, 0] < x + width + room)
    inside_y = (points[:, 1] > y - room) & (points[:, 1] < y + height + room)
    return [int(card) for card in np.flatnonzero((inside_x & inside_y).any(axis=1))]
