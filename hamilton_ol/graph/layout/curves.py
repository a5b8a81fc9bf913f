"""Routes as cubic Bezier curves: from port to port, through the lanes between."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, counting
from hamilton_ol.graph.layout.columns import Columns
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.lanes import Lanes
from hamilton_ol.graph.layout.ports import Ports
from hamilton_ol.graph.layout.strings import Strings

IN_GAP, IN_COLUMN = 1 / 2, 1 / 3  # where the control points are; with less in gaps a corner is seen
NEAR = 0.5  # a port this near to the side of its column is on it
TURN = 0.6  # how much of the gap a turn takes


@dataclass(frozen=True, eq=False)
class Knots:
    """Where the curves of all edges meet, edge by edge.

    Attributes:
        start: where the knots of each edge begin, (m + 1,).
        u, v: place, (K,).
        slope: v by u, (K,).
        bulge: how far the curve from here to the next knot turns along u, (K,), 0 for no turn.
        in_column: whether it lies in a column, (K,).
    """

    start: Ints
    u: Floats
    v: Floats
    slope: Floats
    bulge: Floats
    in_column: Flags


@dataclass(frozen=True, eq=False)
class Terrain:
    """All that curves run through."""

    flow: Flow
    ports: Ports
    lanes: Lanes
    columns: Columns
    strings: Strings
    layer: Ints
    back: Flags
    place: Floats


def curves(terrain: Terrain, check: Callable[[], None]) -> tuple[Ints, Floats]:
    """(where the points of each edge begin, (m + 1,); the points, (P, 2), as u and v)."""
    knots = _knots(terrain, check)
    check()
    run = np.diff(knots.u, append=0.0)  # of the last knot of an edge it is not used
    reach = np.where(knots.in_column, IN_COLUMN, IN_GAP) * run
    start = 3 * knots.start - 2 * np.arange(knots.start.size)
    at = 3 * np.arange(knots.u.size) - np.repeat(
        2 * np.arange(start.size - 1), np.diff(knots.start)
    )
    # What the last knot of an edge leads to is nothing: the next edge's first points go over it.
    points = np.empty((int(start[-1]) + 2, 2))
    points[at[:-1] + 2, 0] = knots.u[1:] - reach[:-1] + knots.bulge[:-1]
    check()
    points[at[:-1] + 2, 1] = knots.v[1:] - reach[:-1] * knots.slope[1:]
    check()
    points[at + 1, 0] = knots.u + reach + knots.bulge
    check()
    points[at + 1, 1] = knots.v + reach * knots.slope
    check()
    points[at, 0], points[at, 1] = knots.u, knots.v
    return start, points[:-2]


def _knots(terrain: Terrain, check: Callable[[], None]) -> Knots:
    flow, columns, lanes = terrain.flow, terrain.columns, terrain.lanes
    layer, back = terrain.layer, terrain.back
    leaves = columns.card[flow.source] + columns.depth[flow.source]
    enters = columns.card[flow.target]
    passed = np.where(lanes.first >= 0, lanes.last - lanes.first + 1, 0)
    out_lead = columns.end[layer[flow.source]] - leaves > NEAR
    in_lead = enters - columns.begin[layer[flow.target]] > NEAR
    start = np.zeros(flow.edges + 1, np.int64)
    np.cumsum(2 + 2 * passed + out_lead + in_lead, out=start[1:])
    knots = _empty(start)
    out = terrain.place[flow.source] + terrain.ports.out[terrain.ports.of]
    into = terrain.place[flow.target] + terrain.ports.into
    begin, end = start[:-1], start[1:] - 1
    knots.u[begin], knots.v[begin], knots.u[end], knots.v[end] = leaves, out, enters, into
    led = np.flatnonzero(out_lead)
    knots.u[begin[led] + 1], knots.v[begin[led] + 1] = (
        columns.end[layer[flow.source[led]]],
        out[led],
    )
    knots.in_column[begin[led]] = True
    led = np.flatnonzero(in_lead)
    knots.u[end[led] - 1], knots.v[end[led] - 1] = columns.begin[layer[flow.target[led]]], into[led]
    knots.in_column[end[led] - 1] = True
    check()
    _pass_lanes(terrain, knots, begin + 1 + out_lead, passed)
    turning = np.flatnonzero(back)
    knots.bulge[begin[turning] + out_lead[turning]] = (
        TURN * columns.gap[layer[flow.source[turning]]]
    )
    before = np.maximum(layer[flow.target[turning]] - 1, 0)
    knots.bulge[end[turning] - in_lead[turning] - 1] = -TURN * columns.gap[before]
    return knots


def _empty(start: Ints) -> Knots:
    size = int(start[-1])
    u, v, slope, bulge = (np.zeros(size) for _ in range(4))
    return Knots(start, u, v, slope, bulge, np.zeros(size, np.bool_))


def _pass_lanes(terrain: Terrain, knots: Knots, begin: Ints, passed: Ints) -> None:
    """Two knots for each lane, in the order in which the edge passes them."""
    columns, strings = terrain.columns, terrain.strings
    edge = np.repeat(np.arange(passed.size), passed)
    number = counting(passed)
    back = terrain.back[edge]
    lane = np.where(back, terrain.lanes.last[edge] - number, terrain.lanes.first[edge] + number)
    layer = terrain.lanes.layer[lane]
    at = begin[edge] + 2 * number
    left, right = at + back, at + ~back
    knots.u[left], knots.v[left] = columns.begin[layer], strings.left[lane]
    knots.u[right], knots.v[right] = columns.end[layer], strings.right[lane]
    knots.slope[left], knots.slope[right] = strings.left_slope[lane], strings.right_slope[lane]
    knots.in_column[at] = True
