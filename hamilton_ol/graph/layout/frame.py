"""Everything that stays the same while orders are tried."""

from dataclasses import dataclass, replace

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats
from hamilton_ol.graph.layout.cycles import back_edges
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.folding import aside, folded
from hamilton_ol.graph.layout.keeping import kept_lanes, kept_parts, kept_places
from hamilton_ol.graph.layout.lanes import Lanes, lane_places, lanes_of
from hamilton_ol.graph.layout.layers import Links, kept_layers, layers_of
from hamilton_ol.graph.layout.memory import Trail
from hamilton_ol.graph.layout.parts import Layers, connected, layers_from, loose, place_loose
from hamilton_ol.graph.layout.ports import Ports, ports_of
from hamilton_ol.graph.layout.startorder import smooth_order
from hamilton_ol.graph.layout.style import Spacing, Style
from hamilton_ol.graph.layout.twins import in_turn, twins
from hamilton_ol.graph.layout.watch import Watch

SEED = 1


@dataclass(frozen=True, eq=False)
class Frame:
    """Layers, lanes and a first order.

    Attributes:
        flow: what is laid out, cards as broad as their ports need.
        style, spacing: how.
        ports: of the edges.
        layers: of the cards.
        back: which edges run back, (m,).
        lanes: of the edges.
        place: a first place of each item across the edges, cards and then lanes, (N,).
        trail: where things were, None when nothing is known of them.
        is_kept: which items were there, (N,).
    """

    flow: Flow
    style: Style
    spacing: Spacing
    ports: Ports
    layers: Layers
    back: Flags
    lanes: Lanes
    place: Floats
    trail: Trail | None
    is_kept: Flags


def framed(
    flow: Flow, style: Style, spacing: Spacing, watch: Watch, trail: Trail | None = None
) -> Frame:
    """The frame of a flow, which keeps what it can of a trail."""
    ports = ports_of(flow, style)
    watch.check()
    back = back_edges(flow.cards, flow.source, flow.target, flow.weight, watch.check)
    layers = _layered(flow, style, ports, back, watch, trail)
    if trail is None:
        place = _start(flow, ports, layers, watch)
        layers = folded(flow, style, layers, place)
    else:
        place = kept_places(flow, trail)
    watch.check()
    back &= layers.of[flow.source] >= layers.of[flow.target]  # else it runs forward after all
    watch.check()
    lanes = lanes_of(flow, ports, layers, back)
    watch.check()
    ports = ports_of(joined(flow, lanes), style)
    flow = replace(flow, breadth=ports.breadth)
    watch.check()
    between = aside(lane_places(flow, lanes, place), lanes, layers)
    place = np.concatenate((place, between))
    is_kept = np.zeros(place.size, np.bool_)
    if trail is not None:
        kept = kept_lanes(lanes, layers, trail)
        is_kept = np.concatenate((trail.is_known, np.isfinite(kept)))
        place[flow.cards :] = np.where(np.isfinite(kept), kept, place[flow.cards :])
    return Frame(flow, style, spacing, ports, layers, back, lanes, place, trail, is_kept)


def joined(flow: Flow, lanes: Lanes) -> Flow:
    """The same with one port for all edges that come by one trunk into their target."""
    into = np.flatnonzero(lanes.is_into)
    first = np.full(flow.cards, np.iinfo(np.int64).max)
    np.minimum.at(first, flow.target[into], flow.argument[into])
    argument = flow.argument.copy()
    argument[into] = first[flow.target[into]]
    return replace(flow, argument=argument)


def _layered(
    flow: Flow, style: Style, ports: Ports, back: Flags, watch: Watch, trail: Trail | None
) -> Layers:
    links = Links(flow.cards, flow.source[~back], flow.target[~back])
    count = np.bincount(ports.card, minlength=flow.cards)
    alone = loose(flow)
    part = connected(flow, alone)
    if trail is None:
        level = layers_of(links, count, watch.check)
        return layers_from(part, place_loose(flow, style, part, level, alone))
    if flow.part is None:
        part = kept_parts(part, alone, trail)
    level = kept_layers(links, trail.layer, watch.check)
    fresh = alone & ~trail.is_known
    return layers_from(part, place_loose(flow, style, part, level, fresh))


def _start(flow: Flow, ports: Ports, layers: Layers, watch: Watch) -> Floats:
    """The start order; it has no up and down of its own, so rows and arguments decide."""
    span = np.maximum(np.abs(layers.of[flow.target] - layers.of[flow.source]), 1)
    if not flow.edges:
        return np.arange(flow.cards) / max(flow.cards, 1)
    ends = (flow.source, flow.target)
    chance = np.random.default_rng(SEED)
    place = smooth_order(flow.cards, ends, 1.0 / span, chance, watch.check)
    watch.check()
    twin = twins(flow, ports)
    watch.check()
    place = in_turn(place, twin)
    apart = place[flow.source] - place[flow.target]
    into = ports.into / np.maximum(flow.breadth[flow.target], 1)
    out = ports.out[ports.of] / np.maximum(flow.breadth[flow.source], 1)
    if float(((into - out) * apart).sum()) < 0:
        place = in_turn(1 - place, twin)
    return place
