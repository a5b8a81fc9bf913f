"""From what is clicked on a canvas to the node that it is."""

import numpy as np

from explorer_app.model.copies import original
from hamilton_ol.graph.scene.graphcards import GraphCards


def node_of_card(made: GraphCards, card: int) -> int:
    """The node that a card is of."""
    card = original(made, card)
    return int(np.flatnonzero((made.card == card) & (made.row < 0))[0])


def node_of_row(made: GraphCards, row: int) -> int:
    """The node that is a row, counted through all cards."""
    card = int(made.cards.row_card[row])
    inside = row - int(made.cards.row_start[card])
    return int(np.flatnonzero((made.card == card) & (made.row == inside))[0])


def is_on(made: GraphCards | None, card: int, node: int) -> bool:
    """Whether a node is the card, or a row of it."""
    return made is not None and node >= 0 and int(made.card[node]) == original(made, card)
