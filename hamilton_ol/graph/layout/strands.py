"""Strands: a card, or a chain of cards, of which each has edges with its neighbours in it alone.

Strands of one length are alike when the same ports feed them and the same cards read them.
"""

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Ints
from hamilton_ol.graph.layout.flow import Flow

LONGEST = 12  # cards
SEED = 7


def alike(flow: Flow, few: int) -> list[Ints]:
    """The cards of strands that are alike, (strands, length) for each set of more than `few`.

    Strands that have no edge with anything else are in none.
    """
    if flow.cards <= few:
        return []
    following, is_begin = _chains(flow)
    fed, read = _neighbours(flow)
    found, strands = [], np.flatnonzero(is_begin)[:, None]
    while strands.size and strands.shape[1] <= LONGEST:
        after = following[strands[:, -1]]
        ends = strands[after < 0]
        found += _sets(ends, fed[ends[:, 0]] + read[ends[:, -1]], few)
        goes_on = after >= 0
        strands = np.column_stack((strands[goes_on], after[goes_on]))
    return sorted(found, key=lambda cards: int(cards[0, 0]))


def _chains(flow: Flow) -> tuple[Ints, Flags]:
    """(the card after each in its strand, -1 for none, (n,); whether a strand begins with it, (n,))."""
    outs = np.bincount(flow.source, minlength=flow.cards)
    ins = np.bincount(flow.target, minlength=flow.cards)
    is_single = ~flow.is_open
    is_single[flow.source[flow.source == flow.target]] = False
    link = (outs[flow.source] == 1) & (ins[flow.target] == 1)
    link &= is_single[flow.source] & is_single[flow.target]
    following = np.full(flow.cards, -1, np.int64)
    following[flow.source[link]] = flow.target[link]
    is_begin = is_single
    is_begin[flow.target[link]] = False
    return following, is_begin


def _neighbours(flow: Flow) -> tuple[Ints, Ints]:
    """Numbers, (n,) and (n,), equal for what the same ports feed, and for what the same cards read.

    They are sums of random numbers modulo 2**64, 0 where there is nothing.
    """
    chance, top = np.random.default_rng(SEED), np.iinfo(np.int64).max
    source, target = chance.integers(0, top, (2, flow.cards))
    row = chance.integers(0, top, int(flow.row.max(initial=-1)) + 2) | 1
    fed, read = np.zeros((2, flow.cards), np.int64)
    np.add.at(fed, flow.target, source[flow.source] * row[flow.row + 1])
    np.add.at(read, flow.source, target[flow.target])
    return fed, read


def _sets(strands: Ints, number: Ints, few: int) -> list[Ints]:
    _, of, count = np.unique(number, return_inverse=True, return_counts=True)
    many = np.flatnonzero((count > few) & (np.unique(number) != 0))
    return [strands[of.reshape(-1) == one] for one in many.tolist()]
