"""Columns that are much taller than the page are folded into several."""

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, greatest, rank_within, sums
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.parts import Layers, layers_from, page_shape, per_part
from hamilton_ol.graph.layout.style import Style

TALL = 3.0  # times the height of a page that holds all cards of the part
MANY = 80  # cards in a column; fewer are easier to read as one


def folded(flow: Flow, style: Style, layers: Layers, place: Floats) -> Layers:
    """Layers of which none is tall. Cards of one layer have no edges with each other.

    The cards go to the new columns in turn, in the order of `place`: so each stays near to what it
    has edges with, and cards that have all in common are read row by row.
    """
    pieces = _pieces(flow, style, layers)
    if pieces.max(initial=1) == 1:
        return layers
    turn = rank_within(layers.of, place) % pieces[layers.of]
    before = np.cumsum(pieces) - pieces
    return layers_from(layers.part[layers.of], before[layers.of] + turn)


def _pieces(flow: Flow, style: Style, layers: Layers) -> Ints:
    """Into how many columns each layer is divided, (L,)."""
    of, count = layers.of, layers.count
    height = sums(flow.breadth + style.spacing.card, of, count)
    width = greatest(flow.depth, of, count, 0.0) + style.spacing.column
    page = np.sqrt(per_part(height * width, layers) / page_shape(style))[layers.part]
    is_tall = (height > TALL * page) & (np.bincount(of, minlength=count) > MANY)
    return np.where(is_tall, np.ceil(height / np.maximum(page, 1.0)), 1).astype(np.int64)
