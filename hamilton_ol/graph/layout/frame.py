"""Everything that stays the same while orders are tried."""

from dataclasses import dataclass, replace

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats
from hamilton_ol.graph.layout.cycles import back_edges
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.folding import folded
from hamilton_ol.graph.layout.lanes import Lanes, lanes_of
from hamilton_ol.graph.layout.layers import Links, layers_of
from hamilton_ol.graph.layout.parts import Layers, connected, layers_from, loose, place_loose
from hamilton_ol.graph.layout.ports import Ports, ports_of
from hamilton_ol.graph.layout.startorder import smooth_order
from hamilton_ol.graph.layout.style import Spacing, Style
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
        place: a first place of each card across the edges, (n,).
    """

    flow: Flow
    style: Style
    spacing: Spacing
    ports: Ports
    layers: Layers
    back: Flags
    lanes: Lanes
    place: Floats


def framed(flow: Flow, style: Style, spacing: Spacing, watch: Watch) -> Frame:
    """The frame of a flow."""
    ports = ports_of(flow, style)
    flow = replace(flow, breadth=ports.breadth)
    back = back_edges(flow.cards, flow.source, flow.target, flow.weight, watch.check)
    links = Links(flow.cards, flow.source[~back], flow.target[~back])
    count = np.bincount(ports.card, minlength=flow.cards)
    level = layers_of(links, count, watch.check)
    alone = loose(flow)
    part = connected(flow, alone)
    layers = layers_from(part, place_loose(flow, style, part, level, alone))
    place = _start(flow, ports, layers, watch)
    watch.check()
    layers = folded(flow, style, layers, place)
    back &= layers.of[flow.source] >= layers.of[flow.target]  # else it runs forward after all
    lanes = lanes_of(flow, ports, layers, back)
    return Frame(flow, style, spacing, ports, layers, back, lanes, place)


def _start(flow: Flow, ports: Ports, layers: Layers, watch: Watch) -> Floats:
    """The start order; it has no up and down of its own, so rows and arguments decide."""
    span = np.maximum(np.abs(layers.of[flow.target] - layers.of[flow.source]), 1)
    if not flow.edges:
        return np.arange(flow.cards) / max(flow.cards, 1)
    ends = (flow.source, flow.target)
    chance = np.random.default_rng(SEED)
    place = smooth_order(flow.cards, ends, 1.0 / span, chance, watch.check)
    apart = place[flow.source] - place[flow.target]
    into = ports.into / np.maximum(flow.breadth[flow.target], 1)
    out = ports.out[ports.of] / np.maximum(flow.breadth[flow.source], 1)
    return 1 - place if float(((into - out) * apart).sum()) < 0 else place
