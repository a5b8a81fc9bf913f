"""A part of the cards laid out alone: all others are in the scene too, but nowhere."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.scene.arrays import Flags, Ints
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.curves import Curves
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.links import Links
from hamilton_ol.graph.scene.scene import Edges, Routes, Scene


class Part(NamedTuple):
    """Some cards and the links between them.

    Attributes:
        cards, links: as of a graph of their own.
        card: the card of the whole that each is, (p,).
        row: the same for rows, counted through all cards.
        link: the same for links.
    """

    cards: Cards
    links: Links
    card: Ints
    row: Ints
    link: Ints


def part_of(made: GraphCards, kept: Flags) -> Part:
    """The cards that are kept, bool (n,), and what leads from one to another."""
    cards, links = made.cards, made.links
    card = np.flatnonzero(kept)
    place = np.cumsum(kept) - 1
    link = np.flatnonzero(kept[links.origin] & kept[links.target])
    numbers = card.tolist()
    rows = [
        name
        for n in numbers
        for name in cards.row_names[int(cards.row_start[n]) : int(cards.row_start[n + 1])]
    ]
    few = Cards(
        tuple(cards.names[n] for n in numbers),
        cards.kinds[card],
        tuple(cards.types[n] for n in numbers),
        np.concatenate(([0], np.cumsum(cards.rows[card]))).astype(np.int64),
        tuple(rows),
        {int(place[n]): tags for n, tags in cards.tags.items() if kept[n]},
    )
    between = Links(
        place[links.origin[link]],
        place[links.target[link]],
        links.row[link],
        tuple(links.argument[n] for n in link.tolist()),
    )
    return Part(few, between, card, np.flatnonzero(kept[cards.row_card]), link)


def whole_of(made: GraphCards, part: Part, scene: Scene) -> Scene:
    """The scene of a part as one of all cards; what is not in the part has no place."""
    cards, links = made.cards, made.links
    boxes = np.full((len(cards), 4), np.nan)
    boxes[part.card] = scene.boxes
    route = np.full(len(links), -1)
    route[part.link] = scene.edges.route
    row = np.where(links.row >= 0, cards.row_start[links.origin] + links.row, -1)
    edges = Edges(links.origin, links.target, row, links.argument, route)
    of_node = np.full(len(cards), -1)
    if len(scene.groups):
        of_node[part.card] = scene.groups.of_node
    groups = replace(scene.groups, of_node=of_node)
    return Scene(cards, boxes, edges, scene.routes, groups)


def nowhere(made: GraphCards) -> Scene:
    """A scene of cards that have no places yet."""
    cards, links = made.cards, made.links
    route = np.full(len(links), -1)
    row = np.where(links.row >= 0, cards.row_start[links.origin] + links.row, -1)
    edges = Edges(links.origin, links.target, row, links.argument, route)
    none = np.zeros(0, np.int64)
    curves = Curves(np.zeros(1, np.int64), none, np.zeros((0, 8)))
    routes = Routes(curves, none, none.astype(bool))
    return Scene(cards, np.full((len(cards), 4), np.nan), edges, routes)
