"""Where cards are, as it goes from the process that arranges them to the one that shows them."""

from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.curves import Curves
from hamilton_ol.graph.scene.links import Grouping, Links
from hamilton_ol.graph.scene.scene import Edges, Groups, Routes, Scene


@dataclass(frozen=True, eq=False)
class Places:
    """Of n cards and m links, without what is written on them.

    Attributes:
        boxes: left, top, width, height of the cards, (n, 4); NaN inside collapsed groups.
        group_boxes: of the groups, (G, 4).
        curves, count: as of `Routes`.
        route: the curve of each link, -1 for none, (m,).
    """

    boxes: Floats
    group_boxes: Floats
    curves: Curves
    count: Ints
    route: Ints


def placed(cards: Cards, links: Links, places: Places, grouping: Grouping | None) -> Scene:
    """A scene of the cards and links that the places are of."""
    groups = Groups()
    of_card = np.full(len(cards), -1)
    if grouping is not None and len(grouping.names):
        of_card = grouping.of_card
        counts = np.bincount(of_card[of_card >= 0], minlength=len(grouping.names))
        groups = Groups(tuple(grouping.names), places.group_boxes, of_card, counts)
    row = np.where(links.row >= 0, cards.row_start[links.origin] + links.row, -1)
    is_bundle = np.zeros(len(places.count), bool)
    across = of_card[links.origin] != of_card[links.target]
    is_bundle[places.route[(places.route >= 0) & across]] = True
    routes = Routes(places.curves, places.count, is_bundle)
    edges = Edges(links.origin, links.target, row, links.argument, places.route)
    return Scene(cards, places.boxes, edges, routes, groups)
