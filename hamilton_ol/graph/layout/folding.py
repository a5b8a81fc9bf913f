"""Columns that are much taller than the page are folded into several."""

from dataclasses import replace

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, greatest, is_first, rank_within, sums
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.lanes import INTO, Lanes
from hamilton_ol.graph.layout.parts import Layers, layers_from, page_shape, per_part
from hamilton_ol.graph.layout.style import Style

TALL = 5.0  # times the height of a page that holds all cards of the part
MANY = 40  # cards in a column; fewer are easier to read as one
GROUPS_TALL, GROUPS_MANY = 1.5, 12  # the same of groups: they are wide, and read by their headings
COLUMNS, PASSED = 32, 3_000_000  # made of one at most; every edge may have to pass them all
PAGE = 1.5  # height of the new columns, by that of the page


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
    found = layers_from(layers.part[layers.of], before[layers.of] + turn)
    origin = np.repeat(np.arange(layers.count), pieces)
    return replace(found, folded=~is_first(origin))


def _pieces(flow: Flow, style: Style, layers: Layers) -> Ints:
    """Into how many columns each layer is divided, (L,)."""
    of, count = layers.of, layers.count
    height = sums(flow.breadth + style.spacing.card, of, count)
    width = greatest(flow.depth, of, count, 0.0) + style.spacing.column
    page = np.sqrt(per_part(height * width, layers) / page_shape(style))[layers.part]
    has_groups = np.bincount(of, flow.is_open, count) > 0
    tall, many = np.where(has_groups, GROUPS_TALL, TALL), np.where(has_groups, GROUPS_MANY, MANY)
    is_tall = (height > tall * page) & (np.bincount(of, minlength=count) > many)
    most = min(COLUMNS, max(PASSED // max(flow.edges, 1), 1))
    wanted = np.minimum(np.ceil(height / np.maximum(PAGE * page, 1.0)), most)
    return np.where(is_tall, wanted, 1).astype(np.int64)


def aside(place: Floats, lanes: Lanes, layers: Layers) -> Floats:
    """First places of lanes, those in folded columns above all cards, or below when they join.

    So the trunk that feeds a grid of cards and the trunk that collects from it do not meet in it.
    """
    is_folded = layers.folded.copy()
    is_folded[:-1] |= layers.folded[1:]
    return np.where(
        is_folded[lanes.layer], np.where(lanes.row[lanes.trunk] == INTO, 2.0, -1.0), place
    )
