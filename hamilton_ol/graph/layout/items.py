"""Groups as cards: what stands beside each other at the top, and what stands inside open groups."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, order_by, sums
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.sheet import Groups, Sheet
from hamilton_ol.graph.layout.style import Style

CARD, GROUP = "card", "group"


@dataclass(frozen=True, eq=False)
class Items:
    """Cards in no group, and groups, in an order that does not depend on how they came.

    Attributes:
        keys: (kind, name) of each item, (I,).
        of: the item of each card, (n,).
        card: the card that is an item, (I,), -1 for a group.
        group: the group that is an item, (I,), -1 for a card.
        inside: the members of open groups, in their order, (k,).
        number: the place of each card in `inside`, (n,), -1 for others.
        is_open: which items are open groups, (I,).
    """

    keys: list[tuple[str, str]]
    of: Ints
    card: Ints
    group: Ints
    inside: Ints
    number: Ints
    is_open: Flags


def items_of(sheet: Sheet) -> Items:
    """The items of a sheet."""
    groups = sheet.groups or Groups([], np.full(len(sheet), -1))
    free = np.flatnonzero(groups.of < 0)
    names = [*map(sheet.names.__getitem__, free.tolist()), *groups.names]
    order = sorted(range(len(names)), key=names.__getitem__)  # a card before a group of its name
    origin = np.array(order, np.int64)
    is_card = origin < free.size
    card, group = np.full((2, origin.size), -1, np.int64)
    card[is_card], group[~is_card] = free[origin[is_card]], origin[~is_card] - free.size
    place = np.zeros(len(groups), np.int64)
    place[group[group >= 0]] = np.flatnonzero(group >= 0)
    of = np.zeros(len(sheet), np.int64)
    of[card[card >= 0]] = np.flatnonzero(card >= 0)
    of = np.where(groups.of >= 0, place[groups.of] if len(groups) else 0, of)
    is_open = np.zeros(origin.size, np.bool_)
    is_open[place] = ~groups.collapsed
    members = np.flatnonzero((groups.of >= 0) & is_open[of]).tolist()
    inside = np.array(sorted(members, key=sheet.names.__getitem__), np.int64)
    number = np.full(len(sheet), -1, np.int64)
    number[inside] = np.arange(inside.size)
    keys = [(CARD if at < free.size else GROUP, names[at]) for at in order]
    return Items(keys, of, card, group, inside, number, is_open)


@dataclass(frozen=True, eq=False)
class Bundles:
    """Edges between items; those between the same ports are one.

    Attributes:
        source, row, target, argument: of each bundle, (B,), row -1 and argument 0 at a group.
        count: how many edges it stands for, (B,).
        of: the bundle of each edge, (m,), -1 for an edge inside a group.
    """

    source: Ints
    row: Ints
    target: Ints
    argument: Ints
    count: Ints
    of: Ints


def bundles_of(sheet: Sheet, items: Items, check: Callable[[], None]) -> Bundles:
    """The bundles of a sheet, in an order that does not depend on that of the edges."""
    edges = sheet.edges
    source, target = items.of[edges.source], items.of[edges.target]
    is_group = items.group >= 0
    crosses = (source != target) | ~is_group[source]
    row = np.where(is_group[source], -1, edges.row)
    argument = np.where(is_group[target], 0, edges.argument)
    alone = ~(is_group[source] | is_group[target])
    own = np.flatnonzero(crosses)
    order = own[order_by(argument[own], target[own], row[own], source[own])]
    check()
    keys = np.stack((source, row, target, argument), 1)[order]
    new = np.ones(order.size, np.bool_)
    new[1:] = (keys[1:] != keys[:-1]).any(axis=1) | alone[order][1:]
    number = np.cumsum(new) - 1
    of = np.full(len(edges), -1, np.int64)
    of[order] = number
    kept = keys[new]
    count = np.bincount(number, minlength=kept.shape[0])
    return Bundles(kept[:, 0], kept[:, 1], kept[:, 2], kept[:, 3], count, of)


def outer_flow(
    sheet: Sheet, items: Items, bundles: Bundles, style: Style, inner: tuple[Floats, Floats]
) -> Flow:
    """What stands at the top.

    Args:
        sheet: what is laid out.
        items: at the top.
        bundles: between them.
        style: how.
        inner: length and height of what is inside each open group, in the order of the items.
    """
    is_card = items.card >= 0
    width, height, rows = _sizes(sheet, items)
    depth, breadth = (width, height) if style.is_right else (height, width)
    pads = (2 * style.inset, style.inset + style.heading)
    along, across = pads if style.is_right else pads[::-1]
    depth[items.is_open] = np.maximum(inner[0] + along, depth[items.is_open])
    breadth[items.is_open] = inner[1] + across
    argument = np.where(is_card[bundles.target], bundles.argument, bundles.source)
    return Flow(
        depth,
        breadth,
        rows,
        is_card & sheet.shares_width[items.card],
        ~is_card,
        bundles.source,
        bundles.row,
        bundles.target,
        argument,
        bundles.count.astype(np.float64),
    )


def _sizes(sheet: Sheet, items: Items) -> tuple[Floats, Floats, Ints]:
    """(width, height, rows) of the items; open groups are larger once it is known what is inside."""
    width, height = np.zeros(items.card.size), np.zeros(items.card.size)
    rows = np.zeros(items.card.size, np.int64)
    own = np.flatnonzero(items.card >= 0)
    card = items.card[own]
    width[own], height[own], rows[own] = sheet.width[card], sheet.height[card], sheet.rows[card]
    if sheet.groups is not None:
        closed = np.flatnonzero(items.group >= 0)
        group = items.group[closed]
        width[closed], height[closed] = sheet.groups.width[group], sheet.groups.height[group]
    return width, height, rows


def inner_flow(sheet: Sheet, items: Items, style: Style) -> tuple[Flow, Ints]:
    """(what stands inside open groups, its edges in the order of the flow). A group is a part."""
    edges, cards = sheet.edges, items.inside
    source, target = items.number[edges.source], items.number[edges.target]
    own = np.flatnonzero((source >= 0) & (items.of[edges.source] == items.of[edges.target]))
    order = own[order_by(edges.argument[own], target[own], edges.row[own], source[own])]
    width, height = sheet.width[cards], sheet.height[cards]
    depth, breadth = (width, height) if style.is_right else (height, width)
    part = np.unique(items.of[cards], return_inverse=True)[1].reshape(-1)
    flow = Flow(
        depth,
        breadth,
        sheet.rows[cards],
        sheet.shares_width[cards],
        np.zeros(cards.size, np.bool_),
        source[order],
        edges.row[order],
        target[order],
        edges.argument[order],
        np.ones(order.size),
        part.astype(np.int64),
    )
    return flow, order


def box_extents(items: Items, extent: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Length and height of what is inside each open group; 0 for one without members."""
    filled = np.unique(items.of[items.inside])
    number = np.flatnonzero(items.is_open)
    at = np.searchsorted(number, filled)
    length, height = (sums(values, at, number.size) for values in extent)
    return length, height
