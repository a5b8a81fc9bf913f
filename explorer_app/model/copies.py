"""Inputs that stand at each of their consumers: more cards of the same nodes."""

from dataclasses import replace

import numpy as np

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.rows import told
from hamilton_ol.graph.scene.arrays import Flags, Floats, Ints
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.looks import Looks

HIDDEN, REPEATED = "hidden", "repeated"


def input_cards(graph: LineageGraph, made: GraphCards) -> Flags:
    """The cards of what is given to each run, bool (n,)."""
    found: Flags = np.zeros(len(made.cards), bool)
    found[made.card[inputs(graph) & (made.row < 0)]] = True
    return found


def inputs(graph: LineageGraph) -> Flags:
    """What is given to each run, bool (nodes)."""
    found: Flags = told(graph.column("kind"), {"input", "config"}.__contains__, np.bool_)
    return found


def repeated(graph: LineageGraph, made: GraphCards) -> GraphCards:
    """The same with a card of each input at each of its consumers, one of them its own."""
    links, count = made.links, len(made.cards)
    moved = np.flatnonzero((input_cards(graph, made) & (made.cards.rows == 0))[links.origin])
    # packed, for numpy holds the interpreter's lock while it sorts rows
    packed = links.origin[moved] * np.int64(count) + links.target[moved]
    pairs, of_link = np.unique(packed, return_inverse=True)
    inputs = pairs // max(count, 1)
    is_first = np.diff(inputs, prepend=-1) != 0
    card = np.where(is_first, inputs, count + np.cumsum(~is_first) - 1)
    origin = links.origin.copy()
    origin[moved] = card[of_link]
    copies = inputs[~is_first]
    links = replace(links, origin=origin)
    return replace(made, cards=_with(made.cards, copies), links=links, copies=copies)


def _with(cards: Cards, copies: Ints) -> Cards:
    """Cards with more of the same at their end; none of these has rows."""
    numbers = copies.tolist()
    return Cards(
        (*cards.names, *(cards.names[n] for n in numbers)),
        np.concatenate([cards.kinds, cards.kinds[copies]]),
        (*cards.types, *(cards.types[n] for n in numbers)),
        np.concatenate([cards.row_start, np.full(len(copies), cards.row_start[-1])]),
        cards.row_names,
        cards.tags,
    )


def sizes_with(made: GraphCards, sizes: Floats) -> Floats:
    """Sizes of cards, (n, 2), with those of the copies."""
    return np.concatenate([sizes, sizes[made.copies]])


def original(made: GraphCards, card: int) -> int:
    """The card that a card is a copy of; itself if it is none."""
    first = len(made.cards) - len(made.copies)
    return card if card < first else int(made.copies[card - first])


def all_of(made: GraphCards, cards: Ints) -> Ints:
    """Some cards with their copies."""
    first = len(made.cards) - len(made.copies)
    return np.concatenate([cards, first + np.flatnonzero(np.isin(made.copies, cards))])


def keep_copies(made: GraphCards, kept: Flags) -> None:
    """Of inputs that are kept, keep the cards that stand at what is kept; one at least."""
    first = len(kept) - len(made.copies)
    origin, target = made.links.origin, made.links.target
    leads = np.zeros(len(kept), bool)
    leads[origin[kept[target]]] = True
    kept[first:] = kept[made.copies] & leads[first:]
    elsewhere = made.copies[kept[first:]]
    kept[elsewhere] &= leads[elsewhere]


def spread(made: GraphCards, looks: Looks) -> None:
    """A copy looks as what it is a copy of; where its only consumer steps back, it does too."""
    if not len(made.copies):
        return
    first = len(made.cards) - len(made.copies)
    for name in ("tone", "fill", "dim", "loud", "status", "mark", "heat", "category", "ends"):
        values = getattr(looks, name)
        values[first:] = values[made.copies]
    origin = made.links.origin
    both = np.union1d(made.copies, origin[origin >= first])
    lit = np.zeros(len(made.cards), bool)
    lit[origin[~looks.edge_dim]] = True
    steps_back = both[~lit[both] & (looks.tone[both] == 0)]
    looks.dim[steps_back] |= bool(looks.edge_dim.any())
