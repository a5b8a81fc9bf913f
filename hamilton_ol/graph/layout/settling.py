"""Ports whose order is free get one, once the items have theirs."""

from collections.abc import Callable

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, distinct, least, rank_within
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.frame import Frame
from hamilton_ol.graph.layout.ports import Ports, open_ports

LAST = 1e9


def settled_ports(frame: Frame, order: Ints, check: Callable[[], None]) -> Ports:
    """Ports of arguments in the order of what enters, those of open cards of what they lead to."""
    flow, lanes = frame.flow, frame.lanes
    place = _places(frame, order)
    is_long = lanes.first >= 0
    near, far = (np.where(is_long, flow.cards + lane, 0) for lane in (lanes.first, lanes.last))
    leads = np.where(is_long, place[near], place[flow.target])
    check()
    ports = open_ports(flow, frame.ports, frame.style, leads)
    check()
    if frame.style.keep_arguments or not flow.edges:
        return ports
    comes = np.where(is_long, place[far], place[flow.source])
    is_above = place[near] < place[flow.target]
    comes = np.where(frame.back, np.where(is_above, -1.0, LAST), comes)
    out = ports.out[ports.of] / np.maximum(flow.breadth[flow.source], 1)
    return ports.with_slots(_slots(flow, ports, comes, out), flow.target)


def _places(frame: Frame, order: Ints) -> Floats:
    """The place of each item in its layer, (N,)."""
    layer = np.concatenate((frame.layers.of, frame.lanes.layer))
    place = np.empty(layer.size)
    place[order] = np.arange(layer.size)
    return np.asarray(place - np.searchsorted(layer[order], layer), np.float64)


def _slots(flow: Flow, ports: Ports, *by: Floats) -> Ints:
    """Ports of arguments in a new order; edges that share a port go on sharing it."""
    most = int(ports.slot.max(initial=0)) + 1
    port, _, of = distinct(flow.target * most + ports.slot)
    first = [least(values, of, port.size, np.inf) for values in by]
    return rank_within(port // most, *reversed(first))[of]
