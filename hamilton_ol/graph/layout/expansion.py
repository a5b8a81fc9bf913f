"""The chart of a contracted flow with the cards and edges of its grids."""

from dataclasses import replace

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, members, order_by, starts
from hamilton_ol.graph.layout.chart import Chart
from hamilton_ol.graph.layout.combs import Ways, feeding, reading
from hamilton_ol.graph.layout.contraction import Contraction
from hamilton_ol.graph.layout.memory import NEW, Trail
from hamilton_ol.graph.layout.style import Spacing

HANDLE = 1 / 2  # of an edge between two cards of a strand, by its length


def expanded(small: Contraction, chart: Chart, spacing: Spacing) -> Chart:
    """The chart of the whole flow."""
    number = small.number
    u, v, depth, breadth = (
        values[number] for values in (chart.u, chart.v, chart.depth, chart.breadth)
    )
    corner = np.stack((chart.u, chart.v), 1)[small.first :]
    for grid, room, at in zip(small.grids, small.rooms, corner.tolist(), strict=True):
        cards = grid.cards
        breadth[cards], depth[cards] = small.ports.breadth[cards], room.depths
        u[cards], v[cards] = at[0] + room.u, at[1] + room.v - breadth[cards] / 2
    whole = replace(chart, u=u, v=v, depth=depth, breadth=breadth)
    start, points = _Routes(small, whole, corner, spacing).joined()
    return replace(
        whole,
        start=start,
        points=points,
        back=chart.back[small.edge] & (small.edge >= 0),
        route_card=small.whole.source,
        trail=_trail(small, chart.trail, v + breadth / 2),
    )


def _trail(small: Contraction, trail: Trail, middle: Floats) -> Trail:
    """What the next layout needs, of all cards."""
    number = small.number
    slot, line = np.full((2, number.size), NEW, np.int64)
    for grid in small.grids:
        slot[grid.cards], line[grid.cards] = grid.slot[:, None], grid.line
    one = np.zeros(small.flow.cards, np.int64)
    one[number[::-1]] = np.arange(number.size)[::-1]  # the first card of each
    return replace(
        trail,
        column=trail.column[number],
        middle=np.where(slot >= 0, middle, trail.middle[number]),
        layer=trail.layer[number],
        part=trail.part[number],
        lane_card=one[trail.lane_card],
        slot=slot,
        line=line,
    )


class _Routes:
    """The routes of all edges, those of the contracted flow going on in its grids.

    Args:
        small: the contracted flow.
        chart: with all cards, and with the routes of that flow.
        corner: of each grid, (G, 2).
        spacing: how.
    """

    def __init__(self, small: Contraction, chart: Chart, corner: Floats, spacing: Spacing) -> None:
        self._small, self._chart, self._corner, self._spacing = small, chart, corner, spacing
        flow, ports = small.whole, small.ports
        middle = chart.v + chart.breadth / 2
        leave = chart.u[flow.source] + chart.depth[flow.source]
        self._leaves = np.stack((leave, middle[flow.source] + ports.out[ports.of]), 1)
        self._enters = np.stack((chart.u[flow.target], middle[flow.target] + ports.into), 1)
        self._column = np.zeros(flow.cards, np.int64)
        for grid in small.grids:
            self._column[grid.cards] = grid.column[:, None]

    def joined(self) -> tuple[Ints, Floats]:
        """(where the points of each edge begin, (m + 1,); the points, (P, 2))."""
        edge, chart = self._small.edge, self._chart
        before = [_between(np.flatnonzero(edge < 0), self._leaves, self._enters)]
        after: Ways = []
        flow = self._small.whole
        out, into = self._ending(flow.source), self._ending(flow.target)
        for grid, edges in enumerate(zip(out, into, strict=True)):
            before += self._reading(grid, edges[0])
            after += self._feeding(grid, edges[1])
        return _joined(before, (chart.start, chart.points, edge), after)

    def _reading(self, grid: int, edges: Ints) -> Ways:
        """The ways from cards to the side of their grid, but for its last point."""
        small, chart, corner = self._small, self._chart, self._corner[grid]
        column = self._column[small.whole.source[edges]]
        leave = chart.points[chart.start[small.edge[edges]], 1] - corner[1]
        begin = self._leaves[edges] - corner
        ways = reading(small.rooms[grid], self._spacing, column, begin, leave)
        return [(edges[own], points[:, :-1] + corner) for own, points in ways]

    def _feeding(self, grid: int, edges: Ints) -> Ways:
        """The ways from the side of a grid to its cards, but for its first point."""
        small, chart, corner = self._small, self._chart, self._corner[grid]
        column = self._column[small.whole.target[edges]]
        enter = chart.points[chart.start[small.edge[edges] + 1] - 1, 1] - corner[1]
        rank = np.unique(enter, return_inverse=True)[1].reshape(-1)
        end = self._enters[edges] - corner
        ways = feeding(small.rooms[grid], self._spacing, column, rank, enter, end)
        return [(edges[own], points[:, 1:] + corner) for own, points in ways]

    def _ending(self, ends: Ints) -> list[Ints]:
        """The edges between each grid and what is not in it, given by their ends there."""
        small = self._small
        edges = np.flatnonzero((small.number[ends] >= small.first) & (small.edge >= 0))
        grid = small.number[ends[edges]] - small.first
        return np.split(edges[order_by(grid)], starts(grid, len(small.grids))[1:-1])


def _between(edges: Ints, leaves: Floats, enters: Floats) -> tuple[Ints, Floats]:
    """Edges from a card to the next one of its strand."""
    begin, end = leaves[edges], enters[edges]
    reach = (end - begin) * (HANDLE, 0.0)
    return edges, np.stack((begin, begin + reach, end - reach, end), 1)


def _joined(before: Ways, outside: tuple[Ints, Floats, Ints], after: Ways) -> tuple[Ints, Floats]:
    """What an edge passes inside a grid, outside, and inside another one, one after the other."""
    begins, points, edge = outside
    sizes = np.zeros((3, edge.size), np.int64)
    for ways, size in ((before, sizes[0]), (after, sizes[2])):
        for edges, own in ways:
            size[edges] = own.shape[1]
    runs = np.flatnonzero(edge >= 0)
    at, sizes[1, runs] = members(begins, edge[runs])
    start = np.append(0, np.cumsum(sizes.sum(axis=0)))
    found = np.empty((int(start[-1]), 2))
    for ways, begin in ((before, start[:-1]), (after, start[1:] - sizes[2])):
        for edges, own in ways:
            found[begin[edges][:, None] + np.arange(own.shape[1])] = own
    count = sizes[1, runs]
    shift = start[runs] + sizes[0, runs] - (np.cumsum(count) - count)
    found[np.repeat(shift, count) + np.arange(at.size)] = points[at]
    return start, found
