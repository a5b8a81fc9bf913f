"""One run from cards and edges to places and curves."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, greatest, least
from hamilton_ol.graph.layout.columns import Columns, columns
from hamilton_ol.graph.layout.coordinates import coordinates
from hamilton_ol.graph.layout.corridors import corridors
from hamilton_ol.graph.layout.curves import Terrain, curves
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.frame import SEED, Frame, framed
from hamilton_ol.graph.layout.lanes import Lanes, lane_places
from hamilton_ol.graph.layout.net import Net, net_of, with_free_ports
from hamilton_ol.graph.layout.packing import packed
from hamilton_ol.graph.layout.parts import Layers, page_shape
from hamilton_ol.graph.layout.ranking import Ranking
from hamilton_ol.graph.layout.search import Found, orders
from hamilton_ol.graph.layout.settling import settled_ports
from hamilton_ol.graph.layout.stacking import Stacking
from hamilton_ol.graph.layout.strings import strings
from hamilton_ol.graph.layout.style import Spacing, Style
from hamilton_ol.graph.layout.watch import Watch


@dataclass(frozen=True, eq=False)
class Chart:
    """Places of cards and the curves of edges, as u and v.

    Attributes:
        u, v: begin of each card along and across the edges, (n,).
        depth, breadth: its extent, (n,).
        layers: of the cards.
        lanes: of the edges.
        lane_v: places of the lanes, (D,).
        start, points: the curves, (m + 1,) and (P, 2).
        back: which edges run back, (m,).
        length, height: of the parts, (parts,).
        found: the order.
    """

    u: Floats
    v: Floats
    depth: Floats
    breadth: Floats
    layers: Layers
    lanes: Lanes
    lane_v: Floats
    start: Ints
    points: Floats
    back: Flags
    length: Floats
    height: Floats
    found: Found


def charts(
    flow: Flow, style: Style, spacing: Spacing, watch: Watch, *, is_packed: bool
) -> Iterator[Chart]:
    """Charts, each with fewer crossings than the one before.

    Args:
        flow: what is laid out.
        style: how.
        spacing: with which room.
        watch: asked whether to go on.
        is_packed: whether parts are put beside each other, or all begin at 0.
    """
    frame = framed(flow, style, spacing, watch)
    net = net_of(flow, frame.ports, frame.layers, frame.lanes, frame.back)
    place = np.concatenate((frame.place, lane_places(flow, frame.lanes, frame.place)))
    watch.check()
    free = net if style.keep_arguments else with_free_ports(net)
    for found in orders(free, place, np.random.default_rng(SEED), watch):
        yield _drawn(frame, found, watch, is_packed=is_packed)


def _drawn(frame: Frame, found: Found, watch: Watch, *, is_packed: bool) -> Chart:
    flow = frame.flow
    ports = settled_ports(frame, found.order)
    net = net_of(flow, ports, frame.layers, frame.lanes, frame.back)
    place = coordinates(net, Stacking(net, found.order, frame.spacing), watch.check)
    along = columns(flow, net, place, frame.style, frame.spacing)
    length, low, height = _extents(frame, net, along, place)
    at_u, at_v = np.zeros(length.size), np.zeros(length.size)
    if is_packed:
        shape = page_shape(frame.style)
        at_u, at_v = packed(length, height, shape, frame.spacing.part)
    along = along.moved(frame.layers, at_u)
    place = place + (at_v - low)[frame.layers.part[net.layer]]
    watch.check()
    ranking = Ranking(net, np.zeros(net.items))
    ranking.restore(found.order)
    rooms = corridors(net, ranking, place, frame.spacing)
    taut = strings(net, along, rooms, place, watch.check)
    layer = frame.layers.of
    start, points = curves(Terrain(flow, ports, frame.lanes, along, taut, layer, frame.back, place))
    return Chart(
        along.card,
        place[: flow.cards] - flow.breadth / 2,
        along.depth,
        flow.breadth,
        frame.layers,
        frame.lanes,
        place[flow.cards :],
        start,
        points,
        frame.back,
        length,
        height,
        found,
    )


def _extents(
    frame: Frame, net: Net, along: Columns, place: Floats
) -> tuple[Floats, Floats, Floats]:
    """(length, first place and height of each part)."""
    layers, parts = frame.layers, frame.layers.first.size
    part = layers.part[net.layer]
    half = np.where(net.is_lane, frame.spacing.clear, net.breadth / 2)
    low = least(place - half, part, parts, np.inf)
    high = greatest(place + half, part, parts, -np.inf)
    return along.end[layers.last], low, high - low
