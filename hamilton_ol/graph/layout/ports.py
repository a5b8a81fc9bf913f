"""Where edges leave and enter their cards."""

from dataclasses import dataclass, replace

import numpy as np

from hamilton_ol.graph.layout.arrays import (
    Floats,
    Ints,
    dense_rank_within,
    distinct,
    greatest,
    rank_within,
)
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.style import Style

SPREAD = 0.6  # the part of an open card's side that its ports take at most


@dataclass(frozen=True, eq=False)
class Ports:
    """Ports of edges. All offsets are from the middle of the card, along v.

    Attributes:
        breadth: of the cards, which grow where arguments find no room, (n,).
        of: the number of the port by which an edge leaves, (m,). Edges of one port are one value.
        card: the card of each such port, (P,).
        row: its row, (P,).
        out: its offset, (P,).
        rank: its place among the ports of its card, (P,).
        into: offset of the port by which an edge enters, (m,).
        slot: its place among those of its card, (m,).
        first, pitch: offset of the first such port of a card, and the step to the next, (n,).
    """

    breadth: Floats
    of: Ints
    card: Ints
    row: Ints
    out: Floats
    rank: Ints
    into: Floats
    slot: Ints
    first: Floats
    pitch: Floats

    def with_slots(self, slot: Ints, target: Ints) -> "Ports":
        """The same with the ports of arguments in another order."""
        return replace(self, slot=slot, into=self.first[target] + slot * self.pitch[target])


def ports_of(flow: Flow, style: Style) -> Ports:
    """The ports of all edges, arguments in their order."""
    slot = dense_rank_within(flow.target, flow.argument)
    count = greatest(np.asarray(slot + 1.0), flow.target, flow.cards, 0.0)
    room = np.maximum(count - 1, 0)
    usual = np.where(flow.is_open, style.group_pitch, style.pitch)
    most = np.where(
        flow.is_open, np.maximum(style.group_ports_most, flow.breadth), style.ports_most
    )
    pitch = np.minimum(usual, most / np.maximum(room, 1))
    length = room * pitch + 2 * style.port_pad
    breadth = np.where(count > 1, np.maximum(flow.breadth, length), flow.breadth)
    first = _first(flow, style, breadth, room * pitch, length)
    of, card, row, out = _outgoing(flow, style, breadth)
    into = first[flow.target] + slot * pitch[flow.target]
    rank = rank_within(card, out)
    return Ports(breadth, of, card, row, out, rank, into, slot, first, pitch)


def _first(flow: Flow, style: Style, breadth: Floats, room: Floats, length: Floats) -> Floats:
    """Ports stand beside the head, or along the whole side when the head is too short."""
    if not style.is_right:
        return -room / 2
    head = breadth - np.where(flow.rows > 0, flow.rows * style.row + style.foot, 0)
    beside = np.where(length <= head, head / 2 - room / 2, style.port_pad)
    return beside - breadth / 2


def _outgoing(flow: Flow, style: Style, breadth: Floats) -> tuple[Ints, Ints, Ints, Floats]:
    """(port of each edge, card, row and offset of each port)."""
    most = int(flow.row.max(initial=0)) + 2
    key = flow.source * most + flow.row + 1
    alone = flow.is_open[flow.source]
    key = np.where(alone, flow.cards * most + np.arange(flow.edges), key)
    _, one, of = distinct(key)
    card, row = flow.source[one], flow.row[one]
    offset = _across(flow, breadth, card, row) if not style.is_right else None
    if offset is None:
        offset = _beside(flow, style, breadth, card, row)
    return of, card, row, np.where(flow.is_open[card], 0.0, offset)


def _beside(flow: Flow, style: Style, breadth: Floats, card: Ints, row: Ints) -> Floats:
    rows = flow.rows[card]
    below = np.where(rows > 0, style.foot + rows * style.row, 0)
    head = (breadth[card] - below) / 2
    offset = np.where(row < 0, head, breadth[card] - below + (row + 0.5) * style.row)
    return np.asarray(offset - breadth[card] / 2, np.float64)


def _across(flow: Flow, breadth: Floats, card: Ints, row: Ints) -> Floats:
    rows = np.maximum(flow.rows[card], 1)
    share = np.where(row < 0, 0.5, (row + 0.5) / rows)
    return np.asarray((share - 0.5) * breadth[card], np.float64)


def open_ports(flow: Flow, ports: Ports, style: Style, key: Floats) -> Ports:
    """The same with the outgoing ports of open cards in the order of `key`, (m,)."""
    edges = np.flatnonzero(flow.is_open[flow.source])
    if not edges.size:
        return ports
    card = flow.source[edges]
    count = np.bincount(card, minlength=flow.cards)[card]
    step = np.minimum(SPREAD * ports.breadth[card] / np.maximum(count - 1, 1), style.group_pitch)
    place = rank_within(card, key[edges])
    out = ports.out.copy()
    out[ports.of[edges]] = (place - (count - 1) / 2) * step
    return replace(ports, out=out, rank=rank_within(ports.card, out))
