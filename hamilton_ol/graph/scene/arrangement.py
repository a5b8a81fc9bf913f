"""Gives cards their places: from what is written and what leads where to a scene."""

from collections.abc import Callable
from dataclasses import replace
from math import sqrt

import numpy as np

from hamilton_ol.graph.layout import Layout, Sheet, Style, arrange
from hamilton_ol.graph.layout.memory import Memory
from hamilton_ol.graph.layout.result import EMPTY_LAYOUT
from hamilton_ol.graph.layout.sheet import Edges as SheetEdges
from hamilton_ol.graph.layout.sheet import Groups as SheetGroups
from hamilton_ol.graph.layout.watch import Budget
from hamilton_ol.graph.scene.arrays import Flags, Floats
from hamilton_ol.graph.scene.cards import Cards
from hamilton_ol.graph.scene.curves import cut
from hamilton_ol.graph.scene.links import Grouping, Links
from hamilton_ol.graph.scene.measures import INPUT
from hamilton_ol.graph.scene.places import Places, placed
from hamilton_ol.graph.scene.scene import Scene

PAGE = 600_000.0  # px^2 of a view that shows everything
COLLAPSED, LETTER = 84.0, 11.0  # width of a group's card: for its count, for a letter of its name
OPEN, OPEN_LETTER = 90.0, 12.0  # the same of its heading, px of the page, most of which panes take
LONGEST = 60  # letters of a name that are written
BOX = 20_000.0  # px^2 of a group's card and the room around it
EMPTY = 3.2  # how much larger a page is than what is on it
READ = 24  # groups; of more, some are read at once
CROWD = 10  # cards in no group for each group
HEADING = 44.0  # px of the screen that the heading of a group takes there
BUNDLE, BUNDLES = 26.0, 416.0  # px of the screen between two bundles, of all bundles of a group


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
    """A scene of cards in layers. Arguments and errors are those of `laid_out`."""
    layout = laid_out(
        cards, links, sizes, grouping, style=style, budget=budget, is_cancelled=is_cancelled
    )
    return placed(cards, links, places_of(layout), grouping)


def laid_out(
    cards: Cards,
    links: Links,
    sizes: Floats,
    grouping: Grouping | None = None,
    *,
    style: Style | None = None,
    memory: Memory | None = None,
    budget: Budget | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Layout:
    """Where cards stand, in layers.

    Args:
        cards: of which names, kinds, and how many rows they have, are used.
        links: what leads where.
        sizes: width and height that each card needs, (n, 2).
        grouping: what is boxed together.
        style: room between things; made for the size of the scene without it.
        memory: of an earlier layout; what was there stays where it was as far as it can.
        budget: time for making it better; all that is worth it without one.
        is_cancelled: asked often whether it is still wanted.

    Raises:
        LayoutCancelledError: it was not.
    """
    scale = _scale(sizes, grouping)
    return arrange(
        _sheet(cards, links, sizes, grouping, scale),
        style or _style(grouping, scale),
        previous=None if memory is None else replace(EMPTY_LAYOUT, memory=memory),
        budget=budget,
        is_cancelled=is_cancelled,
    )


def _sheet(
    cards: Cards, links: Links, sizes: Floats, grouping: Grouping | None, scale: float
) -> Sheet:
    edges = SheetEdges(links.origin, links.target, row=links.row)
    groups = None
    if grouping is not None and len(grouping.names):
        groups = SheetGroups(
            grouping.names,
            grouping.of_card,
            collapsed=[number in grouping.collapsed for number in range(len(grouping.names))],
            width=_widths(grouping, scale),
        )
    width, height = sizes.T
    return Sheet(
        cards.names,
        width=width,
        height=height,
        rows=cards.rows,
        shares_width=cards.kinds != INPUT,
        edges=edges,
        groups=groups,
    )


def _widths(grouping: Grouping, scale: float) -> Floats:
    """What the name and the count of each group take, (groups,)."""
    letters = np.minimum([len(name) for name in grouping.names], LONGEST)
    widths = scale * (OPEN + OPEN_LETTER * letters)
    closed = list(grouping.collapsed)
    widths[closed] = COLLAPSED + LETTER * letters[closed]
    return np.asarray(widths, np.float64)


def _is_hidden(grouping: Grouping) -> Flags:
    """Which cards are inside a collapsed group, (n,)."""
    closed = np.zeros(len(grouping.names) + 1, np.bool_)
    closed[list(grouping.collapsed)] = True
    return np.asarray(closed[grouping.of_card], np.bool_)


def _scale(sizes: Floats, grouping: Grouping | None) -> float:
    """Units of a scene that a px of the screen is where all groups, or `READ` of them, are seen."""
    if grouping is None or not len(grouping.names):
        return 1.0
    shown = sizes[~_is_hidden(grouping)]
    boxes = len(grouping.collapsed) * BOX
    area = (float((shown[:, 0] + 60).dot(shown[:, 1] + 20)) + boxes) * EMPTY
    return max(sqrt(area / PAGE * min(1.0, READ / len(grouping.names))), 1.0)


def _style(grouping: Grouping | None, scale: float) -> Style:
    """Room for headings, counts and bundles that can be read at that scale."""
    usual = Style()
    if grouping is None or not len(grouping.names):
        return usual
    alone = int((grouping.of_card < 0).sum())
    apart = min(1.0, CROWD * len(grouping.names) / max(alone, 1))  # many in no group are close
    spacing, wider, higher = usual.group_spacing, scale**0.8, scale ** (0.8 * apart)
    clear = higher ** min(1.0, READ / len(grouping.names))  # of many, bundles would take all room
    return replace(
        usual,
        heading=HEADING * scale,
        inset=usual.inset * scale**0.6,
        group_pitch=BUNDLE * scale,
        group_ports_most=BUNDLES * scale,
        group_spacing=replace(
            spacing,
            column=spacing.column * wider,
            column_most=spacing.column_most * wider,
            card=spacing.card * higher,
            lane=spacing.lane * clear,
            clear=spacing.clear * clear,
        ),
    )


def places_of(layout: Layout) -> Places:
    """What a layout says of places."""
    routes = layout.routes
    return Places(
        layout.boxes,
        layout.group_boxes,
        cut(routes.start, routes.points),
        routes.count,
        layout.edge_route,
    )
