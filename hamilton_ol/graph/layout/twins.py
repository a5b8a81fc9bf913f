"""Cards that have all their edges in common with others."""

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, order_by
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.ports import Ports

SEED = 7


def twins(flow: Flow, ports: Ports) -> Ints:
    """A number for each card, (n,), equal where cards have edges with the same ports and cards.

    It is the sum of random numbers, one for each port and target, modulo 2**64.
    """
    chance = np.random.default_rng(SEED)
    top = np.iinfo(np.int64).max
    port, target = (chance.integers(0, top, size) for size in (ports.card.size, flow.cards))
    number = np.zeros(flow.cards, np.int64)
    np.add.at(number, flow.target, port[ports.of])
    np.add.at(number, flow.source, target[flow.target])
    return number


def order_in_turn(order: Ints, layer: Ints, twin: Ints) -> Ints:
    """The same order of items, twins of one layer in the order of their cards.

    Args:
        order: cards and lanes layer by layer, (N,).
        layer: of each card, (n,).
        twin: as from `twins`, (n,).
    """
    found = order.copy()
    slots = np.flatnonzero(order < twin.size)
    card = order[slots]
    by_slot = order_by(slots, twin[card], layer[card])
    by_card = order_by(card, twin[card], layer[card])
    found[slots[by_slot]] = card[by_card]
    return found


def in_turn(place: Floats, twin: Ints) -> Floats:
    """The same places, those of twins in the order of their cards."""
    found = np.empty(place.size)
    found[order_by(twin)] = place[order_by(place, twin)]
    return found
