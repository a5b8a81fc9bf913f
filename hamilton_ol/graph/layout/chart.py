"""One run from cards and edges to places and curves."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, greatest, least
from hamilton_ol.graph.layout.columns import Columns, columns
from hamilton_ol.graph.layout.coordinates import Anchors, coordinates, settle
from hamilton_ol.graph.layout.corridors import corridors
from hamilton_ol.graph.layout.curves import Terrain, curves
from hamilton_ol.graph.layout.exchange import Exchange
from hamilton_ol.graph.layout.frame import SEED, Frame
from hamilton_ol.graph.layout.hubs import uncrossed
from hamilton_ol.graph.layout.keeping import kept_columns, kept_corners, trail_of
from hamilton_ol.graph.layout.memory import Trail
from hamilton_ol.graph.layout.net import Net, net_of, with_free_ports
from hamilton_ol.graph.layout.packing import packed
from hamilton_ol.graph.layout.parts import Layers, page_shape
from hamilton_ol.graph.layout.ranking import Ranking
from hamilton_ol.graph.layout.search import Found, orders
from hamilton_ol.graph.layout.settling import settled_ports
from hamilton_ol.graph.layout.stacking import Stacking
from hamilton_ol.graph.layout.strings import strings
from hamilton_ol.graph.layout.twins import order_in_turn, twins
from hamilton_ol.graph.layout.watch import Watch

KEPT_ROUNDS, KEPT_ROUNDS_MANY, MANY = 12, 4, 60_000
HOLD, LOOSE_HOLD = 1000.0, 3.0  # how strongly kept items hold on, by the weight of their links


@dataclass(frozen=True, eq=False)
class Chart:
    """Places of cards and the curves of edges, as u and v.

    Attributes:
        u, v: begin of each card along and across the edges, (n,).
        depth, breadth: its extent, (n,).
        layers: of the cards.
        start, points: the curves, (m + 1,) and (P, 2).
        back: which edges run back, (m,).
        route_card: the card that each edge leaves, (m,).
        extent: length and height of the parts, (parts,) each.
        found: the order.
        trail: what the next layout needs.
    """

    u: Floats
    v: Floats
    depth: Floats
    breadth: Floats
    layers: Layers
    start: Ints
    points: Floats
    back: Flags
    route_card: Ints
    extent: tuple[Floats, Floats]
    found: Found
    trail: Trail


def charts(frame: Frame, watch: Watch, *, is_packed: bool) -> Iterator[Chart]:
    """Charts, each with fewer crossings than the one before; one when places are kept.

    Args:
        frame: what is laid out, and how.
        watch: asked whether to go on.
        is_packed: whether parts are put beside each other, or all begin at 0.
    """
    net = net_of(frame.flow, frame.ports, frame.layers, frame.lanes, frame.back)
    watch.check()
    free = net if frame.style.keep_arguments else with_free_ports(net)
    if frame.trail is not None:
        yield _drawn(frame, _kept_order(frame, free, watch), watch, is_packed=is_packed)
        return
    twin = twins(frame.flow, frame.ports)
    watch.check()
    least = -1
    for one in orders(free, frame.place, np.random.default_rng(SEED), watch):
        found = uncrossed(free, frame.lanes, one, watch.check)
        if 0 <= least <= found.crossings:
            continue
        least = found.crossings
        watch.check()
        order = order_in_turn(found.order, frame.layers.of, twin)
        watch.check()
        yield _drawn(frame, replace(found, order=order), watch, is_packed=is_packed)


def _kept_order(frame: Frame, net: Net, watch: Watch) -> Found:
    """The order of before; what is new goes to the mean of its links, then to where it crosses least."""
    place = settle(net, frame.place, frame.is_kept)
    ranking = Ranking(net, place)
    rounds = KEPT_ROUNDS if net.items < MANY else KEPT_ROUNDS_MANY
    Exchange(ranking, watch.check, frame.is_kept).run(rounds)
    return Found(ranking.order, ranking.crossings(watch.check), 0)


def _drawn(frame: Frame, found: Found, watch: Watch, *, is_packed: bool) -> Chart:
    flow, layers = frame.flow, frame.layers
    ports = settled_ports(frame, found.order, watch.check)
    watch.check()
    net = net_of(flow, ports, layers, frame.lanes, frame.back)
    watch.check()
    stacking = Stacking(net, found.order, frame.spacing)
    watch.check()
    place = coordinates(net, stacking, watch.check, anchors_of(frame, net))
    watch.check()
    along, place, extent = _placed(frame, net, place, watch, is_packed=is_packed)
    watch.check()
    ranking = Ranking(net, np.zeros(net.items))
    ranking.restore(found.order)
    watch.check()
    rooms = corridors(net, ranking, place, frame.spacing)
    watch.check()
    taut = strings(net, along, rooms, place, watch.check)
    terrain = Terrain(flow, ports, frame.lanes, along, taut, layers.of, frame.back, place)
    start, points = curves(terrain, watch.check)
    watch.check()
    return Chart(
        along.card,
        place[: flow.cards] - flow.breadth / 2,
        along.depth,
        flow.breadth,
        layers,
        start,
        points,
        frame.back,
        flow.source,
        extent,
        found,
        trail_of(layers, frame.lanes, along, place),
    )


def anchors_of(frame: Frame, net: Net) -> Anchors | None:
    """Kept items hold on to their places, less so those that have links with something new."""
    if frame.trail is None:
        return None
    links = np.concatenate((net.tail.item, net.head.item))
    others = np.concatenate((net.head.item, net.tail.item))
    strange = np.bincount(links[~frame.is_kept[others]], minlength=net.items) > 0
    weight = np.where(strange, LOOSE_HOLD, HOLD) * frame.is_kept
    return Anchors(frame.place, np.asarray(weight, np.float64))


def _placed(
    frame: Frame, net: Net, place: Floats, watch: Watch, *, is_packed: bool
) -> tuple[Columns, Floats, tuple[Floats, Floats]]:
    """(columns, places, length and height of the parts) with all parts where they belong."""
    flow, style, spacing, layers = frame.flow, frame.style, frame.spacing, frame.layers
    if frame.trail is None:
        along = columns(flow, net, place, style, spacing)
    else:
        along = kept_columns(flow, net, place, style, spacing, frame.trail)
    watch.check()
    length, low, height = _extents(frame, net, along, place)
    begin = along.begin[layers.first]
    at_u, at_v = -begin, np.zeros(length.size)
    if is_packed and frame.trail is None:
        at_u, at_v = packed(length, height, page_shape(style), spacing.part)
    elif is_packed and frame.trail is not None:
        at_u, at_v = kept_corners(layers, frame.trail, along, (length, low, height), spacing.part)
    along = along.moved(layers, at_u)
    return along, place + (at_v - low)[layers.part[net.layer]], (length - begin, height)


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
