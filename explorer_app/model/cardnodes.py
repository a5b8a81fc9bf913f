"""From what is clicked on a canvas to the node that it is."""

import numpy as np

from explorer_app.model.copies import original
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.graphcards import GraphCards


def node_of_card(made: GraphCards, card: int) -> int:
    """The node that a card is of."""
    card = original(made, card)
    return int(np.flatnonzero((made.card == card) & (made.row < 0))[0])


def nodes_of_cards(made: GraphCards, cards: Ints) -> Ints:
    """The nodes that some cards are of."""
    own = np.flatnonzero(made.row < 0)
    node: Ints = np.zeros(len(made.cards), np.int64)
    node[made.card[own]] = own
    first = len(node) - len(made.copies)
    node[first:] = node[made.copies]
    return np.unique(node[cards])


def node_of_row(made: GraphCards, row: int) -> int:
    """The node that is a row, counted through all cards."""
    card = int(made.cards.row_card[row])
    inside = row - int(made.cards.row_start[card])
    return int(np.flatnonzero((made.card == card) & (made.row == inside))[0])


def is_on(made: GraphCards | None, card: int, node: int) -> bool:
    """Whether a node is the card, or a row of it."""
    return made is not None and node >= 0 and int(made.card[node]) == original(made, card)
