"""Gives cards their places: from what is written and what leads where to a scene."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from hamilton_ol.graph.layout import Layout, Sheet, Style, arrange
from hamilton_ol.graph.layout.sheet import Edges as SheetEdges
from hamilton_ol.graph.layout.sheet import Groups as SheetGroups
from hamilton_ol.graph.layout.watch import Budget
from hamilton_ol.graph.scene.arrays import Floats
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.links import Grouping, Links
from hamilton_ol.graph.scene.scene import Edges, Groups, Routes, Scene

PAGE = 1_400_000.0  # px^2 of a view that shows everything
COLLAPSED, LETTER = 70.0, 8.0  # width of a group's card: for its count, for a letter of its name
EMPTY = 3.2  # how much larger a page is than what is on it
HEADING = 44.0  # px of the screen that the heading of a group takes there
BUNDLE = 26.0  # px of the screen between two bundles


def arranged(
    cards: Cards,
    links: Links,
    sizes: Floats,
    grouping: Grouping | None = None,
    *,
    style: Style | None = None,
    budget: Budget | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Scene:
    """A scene of cards in layers.

    Args:
        cards: what is written.
        links: what leads where.
        sizes: width and height that each card needs, (n, 2).
        grouping: what is boxed together.
        style: room between things; made for the size of the scene without it.
        budget: time for making it better; all that is worth it without one.
        is_cancelled: asked often whether it is still wanted.

    Raises:
        LayoutCancelledError: it was not.
    """
    sheet = _sheet(cards, links, sizes, grouping)
    layout = arrange(
        sheet, style or _style(sizes, grouping), budget=budget, is_cancelled=is_cancelled
    )
    return scene_of(cards, links, layout, grouping)


def _sheet(cards: Cards, links: Links, sizes: Floats, grouping: Grouping | None) -> Sheet:
    edges = SheetEdges(links.origin, links.target, row=links.row)
    groups = None
    if grouping is not None and len(grouping.names):
        groups = SheetGroups(
            grouping.names,
            grouping.of_card,
            collapsed=[number in grouping.collapsed for number in range(len(grouping.names))],
            width=[COLLAPSED + LETTER * min(len(name), 60) for name in grouping.names],
        )
    width, height = sizes.T
    return Sheet(
        cards.names, width=width, height=height, rows=cards.rows, edges=edges, groups=groups
    )


def _style(sizes: Floats, grouping: Grouping | None) -> Style:
    """Room for headings that can be read where all groups are seen at once."""
    if grouping is None or not len(grouping.names):
        return Style()
    area = float((sizes[:, 0] + 60).dot(sizes[:, 1] + 20)) * EMPTY
    shrunk = max((area / PAGE) ** 0.5, 1.0)
    usual = Style()
    between = replace(
        usual.group_spacing,
        column=usual.group_spacing.column * shrunk**0.8,
        column_most=usual.group_spacing.column_most * shrunk**0.8,
        card=usual.group_spacing.card * shrunk**0.8,
    )
    return replace(
        usual,
        heading=HEADING * shrunk,
        inset=usual.inset * shrunk**0.6,
        group_pitch=BUNDLE * shrunk,
        group_spacing=between,
    )


def scene_of(cards: Cards, links: Links, layout: Layout, grouping: Grouping | None) -> Scene:
    """A scene from a layout that was made of the same cards and links."""
    groups = Groups()
    of_card = np.full(len(cards), -1)
    if grouping is not None and len(grouping.names):
        of_card = grouping.of_card
        counts = np.bincount(of_card[of_card >= 0], minlength=len(grouping.names))
        groups = Groups(tuple(grouping.names), layout.group_boxes, of_card, counts)
    row = np.where(links.row >= 0, cards.row_start[links.origin] + links.row, -1)
    routed = layout.edge_route >= 0
    is_bundle = np.zeros(len(layout.routes), bool)
    across = of_card[links.origin] != of_card[links.target]
    is_bundle[layout.edge_route[routed & across]] = True
    routes = Routes(layout.routes.start, layout.routes.points, layout.routes.count, is_bundle)
    edges = Edges(links.origin, links.target, row, links.argument, layout.edge_route)
    return Scene(cards, layout.boxes, edges, routes, groups)
