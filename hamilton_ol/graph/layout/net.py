"""Items in layers, cards first and then lanes, and the links between neighbouring layers."""

from dataclasses import dataclass, replace

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, distinct, means
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.lanes import Lanes
from hamilton_ol.graph.layout.parts import Layers
from hamilton_ol.graph.layout.ports import Ports


@dataclass(frozen=True, eq=False)
class Ends:
    """One end of each link.

    Attributes:
        item: a card or, from the number of cards on, a lane, (S,).
        offset: of the port from the item's middle, (S,).
        rank: of the port among those of its side, (S,).
    """

    item: Ints
    offset: Floats
    rank: Ints


@dataclass(frozen=True, eq=False)
class Net:
    """What is put in order.

    Attributes:
        cards: how many of the items are cards.
        layer: of each item, (N,).
        breadth: of each item, (N,), 0 for lanes.
        layers: of the cards.
        tail, head: the ends of each link in the lower and in the higher layer, (S,).
        turn_card, turn_lane, turn_offset: where an edge that runs back meets its card: items of the
            same layer, and the offset of the port, (B,).
    """

    cards: int
    layer: Ints
    breadth: Floats
    layers: Layers
    tail: Ends
    head: Ends
    turn_card: Ints
    turn_lane: Ints
    turn_offset: Floats

    @property
    def items(self) -> int:
        """How many items there are."""
        return self.layer.size

    @property
    def is_lane(self) -> Flags:
        """Which items are lanes, (N,)."""
        return np.arange(self.items) >= self.cards


@dataclass(frozen=True, eq=False)
class _Sides:
    tail: Ints
    tail_port: Ints
    head: Ints
    head_offset: Floats
    head_rank: Floats


def net_of(flow: Flow, ports: Ports, layers: Layers, lanes: Lanes, back: Flags) -> Net:
    """The net of all edges. Links that several edges share are there once."""
    groups = [
        _short(flow, ports, lanes, back),
        _inner(flow, lanes),
        _entering(flow, ports, lanes, back),
        *_leaving(flow, ports, lanes, back),
    ]
    tail, port, head = (
        np.concatenate([getattr(group, name) for group in groups])
        for name in ("tail", "tail_port", "head")
    )
    has_port = port >= 0
    used = np.maximum(port, 0)
    out, rank = (np.append(values, 0) for values in (ports.out, ports.rank))
    head_offset = np.concatenate([group.head_offset for group in groups])
    head_rank = np.concatenate([group.head_rank for group in groups])
    return Net(
        flow.cards,
        np.concatenate((layers.of, lanes.layer)),
        np.concatenate((ports.breadth, np.zeros(lanes.count))),
        layers,
        Ends(tail, np.where(has_port, out[used], 0.0), np.where(has_port, rank[used], 0)),
        Ends(head, head_offset, head_rank.astype(np.int64)),
        *_turns(flow, ports, lanes, back),
    )


def _short(flow: Flow, ports: Ports, lanes: Lanes, back: Flags) -> _Sides:
    edge = np.flatnonzero((lanes.first < 0) & ~back)
    slot = ports.slot[edge].astype(np.float64)
    return _Sides(flow.source[edge], ports.of[edge], flow.target[edge], ports.into[edge], slot)


def _inner(flow: Flow, lanes: Lanes) -> _Sides:
    lower = np.flatnonzero(lanes.trunk[1:] == lanes.trunk[:-1])
    zero = np.zeros(lower.size)
    none = np.full(lower.size, -1, np.int64)
    return _Sides(flow.cards + lower, none, flow.cards + lower + 1, zero, zero)


def _entering(flow: Flow, ports: Ports, lanes: Lanes, back: Flags) -> _Sides:
    """From a port into the first lane of an edge."""
    edge = np.flatnonzero((lanes.first >= 0) & ~back)
    key = ports.of[edge] * lanes.count + lanes.first[edge]
    edge = edge[distinct(key)[1]]
    zero = np.zeros(edge.size)
    head = flow.cards + lanes.first[edge]
    return _Sides(flow.source[edge], ports.of[edge], head, zero, zero)


def _leaving(flow: Flow, ports: Ports, lanes: Lanes, back: Flags) -> list[_Sides]:
    """From the last lane of an edge into its target."""
    long = (lanes.first >= 0) & ~back
    alone = np.flatnonzero(long & ~lanes.is_into)
    key = (lanes.last[alone] * flow.cards + flow.target[alone]) * (ports.slot.max(initial=0) + 1)
    alone = alone[distinct(key + ports.slot[alone])[1]]
    joined = np.flatnonzero(long & lanes.is_into)
    last, one, of = distinct(lanes.last[joined])
    offset = means(ports.into[joined], of, last.size)
    slot = means(ports.slot[joined].astype(np.float64), of, last.size)
    slots = ports.slot[alone].astype(np.float64)
    sides = (
        (lanes.last[alone], flow.target[alone], ports.into[alone], slots),
        (last, flow.target[joined[one]], offset, slot),
    )
    return [
        _Sides(flow.cards + lane, np.full(lane.size, -1, np.int64), card, place, rank)
        for lane, card, place, rank in sides
    ]


def _turns(flow: Flow, ports: Ports, lanes: Lanes, back: Flags) -> tuple[Ints, Ints, Floats]:
    edge = np.flatnonzero(back)
    card = np.concatenate((flow.source[edge], flow.target[edge]))
    lane = flow.cards + np.concatenate((lanes.last[edge], lanes.first[edge]))
    return card, lane, np.concatenate((ports.out[ports.of[edge]], ports.into[edge]))


def with_free_ports(net: Net) -> Net:
    """The same with ports of arguments in no order yet, for putting items in order."""
    zero = np.zeros(net.head.item.size)
    return replace(net, head=Ends(net.head.item, zero, zero.astype(np.int64)))
