"""A flow in which each grid is one card."""

from dataclasses import dataclass, replace

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Ints, least, sums
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.gridrooms import Room, room_of
from hamilton_ol.graph.layout.grids import Grid, feeding, grids_of, numbered
from hamilton_ol.graph.layout.memory import NEW, Trail
from hamilton_ol.graph.layout.ports import Ports, ports_of
from hamilton_ol.graph.layout.style import Spacing, Style


@dataclass(frozen=True, eq=False)
class Contraction:
    """What is laid out instead of a flow.

    Attributes:
        whole: that flow.
        ports: of its edges.
        flow, trail: what is laid out, its grids being the last cards, and where things were.
        grids, rooms: the grids and what is in them.
        number: the card that stands for each of the whole flow, (n,).
        edge: the edge that stands for each of the whole flow, (m,), -1 for one inside a grid.
    """

    whole: Flow
    ports: Ports
    flow: Flow
    trail: Trail | None
    grids: list[Grid]
    rooms: list[Room]
    number: Ints
    edge: Ints

    @property
    def first(self) -> int:
        """The card that is the first grid."""
        return self.flow.cards - len(self.grids)


def contracted(
    flow: Flow, style: Style, spacing: Spacing, trail: Trail | None
) -> Contraction | None:
    """The flow with its grids as cards; None when it has none."""
    grids = grids_of(flow, style, spacing, trail)
    if not grids:
        return None
    ports = ports_of(flow, style)
    sets = [grid.cards for grid in grids]
    number, first = numbered(flow, sets)
    is_read = np.bincount(flow.source, minlength=flow.cards) > 0
    grows = flow.shares_width & style.share_width & style.is_right
    rooms = [
        room_of(
            grid,
            (flow.depth[grid.cards], ports.breadth[grid.cards], grows[grid.cards]),
            (feeds, bool(is_read[grid.cards[0, -1]])),
            style,
            spacing,
        )
        for grid, feeds in zip(grids, feeding(flow, sets), strict=True)
    ]
    is_single = number < first
    small, edge = _smaller(flow, rooms, number, is_single)
    small_trail = None if trail is None else _trail(trail, grids, rooms, number, is_single)
    return Contraction(flow, ports, small, small_trail, grids, rooms, number, edge)


def _smaller(flow: Flow, rooms: list[Room], number: Ints, is_single: Flags) -> tuple[Flow, Ints]:
    """(the flow with each set as a card, the edge of it that each edge becomes)."""
    from_set, to_set = ~is_single[flow.source], ~is_single[flow.target]
    source, target = number[flow.source], number[flow.target]
    row = np.where(from_set, -1, flow.row)
    edge, first = _together(source, row, target, from_set | to_set)
    port = source * (int(row.max(initial=-1)) + 2) + row + 1
    argument = np.where(to_set, port, flow.argument).astype(np.float64)
    inside = edge < 0
    argument = least(argument[~inside], edge[~inside], first.size, np.inf)
    grids = np.zeros(len(rooms))
    part = None
    if flow.part is not None:
        part = np.zeros(int(is_single.sum()) + len(rooms), np.int64)
        part[number] = flow.part
    return Flow(
        np.append(flow.depth[is_single], [room.depth for room in rooms]),
        np.append(flow.breadth[is_single], [room.breadth for room in rooms]),
        np.append(flow.rows[is_single], grids.astype(np.int64)),
        np.append(flow.shares_width[is_single], grids > 0),
        np.append(flow.is_open[is_single], grids > 0),
        source[first],
        row[first],
        target[first],
        argument.astype(np.int64),
        sums(flow.weight[~inside], edge[~inside], first.size),
        part,
    ), edge


def _together(source: Ints, row: Ints, target: Ints, joins: Flags) -> tuple[Ints, Ints]:
    """(number of each edge when those that join are one, -1 inside a set; the first edge of each)."""
    edge = np.full(source.size, -1, np.int64)
    alone = np.flatnonzero(~joins)
    joined = np.flatnonzero(joins & (source != target))
    keys = np.stack((source, row, target), 1)[joined]
    _, one, of = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    first = np.concatenate((alone, joined[one]))
    order = np.argsort(first)
    rank = np.empty(order.size, np.int64)
    rank[order] = np.arange(order.size)
    edge[alone] = rank[: alone.size]
    edge[joined] = rank[alone.size :][of.reshape(-1)]
    return edge, first[order]


def _trail(
    trail: Trail, grids: list[Grid], rooms: list[Room], number: Ints, is_single: Flags
) -> Trail:
    """The same with grids where their cards were."""
    found = [_place(trail, *one) for one in zip(grids, rooms, strict=True)]
    column, middle = (np.array([one[at] for one in found]) for at in (0, 1))
    layer, part = (np.array([one[at] for one in found], np.int64) for at in (2, 3))
    return replace(
        trail,
        column=np.append(trail.column[is_single], column),
        middle=np.append(trail.middle[is_single], middle),
        layer=np.append(trail.layer[is_single], layer),
        part=np.append(trail.part[is_single], part),
        lane_card=number[trail.lane_card],
    )


def _place(trail: Trail, grid: Grid, room: Room) -> tuple[float, float, int, int]:
    """(column, middle, layer, part) of a grid, as most of its cards had it."""
    known = np.flatnonzero(trail.slot[grid.cards[:, 0]] >= 0)
    if not known.size:
        return np.nan, np.nan, NEW, NEW
    heads = grid.cards[known, 0]
    middle = trail.middle[heads] - room.v[known, 0] + room.breadth / 2
    places = float(np.median(trail.column[heads])), float(np.median(middle))
    return *places, int(np.median(trail.layer[heads])), int(np.median(trail.part[heads]))
