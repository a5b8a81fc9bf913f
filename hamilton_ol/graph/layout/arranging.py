"""Layouts of a sheet: a first one at once, better ones while there is time."""

from collections.abc import Callable, Iterator

import numpy as np

from hamilton_ol.graph.layout.arrays import Ints
from hamilton_ol.graph.layout.chart import Chart, charts
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.memory import EMPTY
from hamilton_ol.graph.layout.result import EMPTY_LAYOUT, Layout, Routes, Statistics, bounds_of
from hamilton_ol.graph.layout.sheet import Sheet
from hamilton_ol.graph.layout.style import Style
from hamilton_ol.graph.layout.watch import Budget, Watch


def arrange(
    sheet: Sheet,
    style: Style | None = None,
    *,
    budget: Budget | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Layout:
    """The best layout that the budget allows. Arguments and errors are those of `layouts`."""
    found = layouts(sheet, style, budget=budget, is_cancelled=is_cancelled)
    last = next(found)
    for better in found:
        last = better
    return last


def layouts(
    sheet: Sheet,
    style: Style | None = None,
    *,
    budget: Budget | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Iterator[Layout]:
    """A first layout at once, then better ones, each with fewer crossings.

    Args:
        sheet: what is laid out.
        style: how.
        budget: time for further layouts, the first one taking what it takes. None is for all that
            are worth trying; only then is the last layout always the same.
        is_cancelled: asked often whether the layout is still wanted.

    Yields:
        Layouts.

    Raises:
        LayoutCancelledError: when it is not wanted any more.
    """
    watch = Watch(is_cancelled, budget)
    style = style or Style()
    if not len(sheet):
        yield EMPTY_LAYOUT
        return
    cards, edges = _canonical(sheet)
    flow = _flow(sheet, style, cards, edges)
    for chart in charts(flow, style, style.spacing, watch, is_packed=True):
        yield _layout(style, chart, cards, edges)


def _canonical(sheet: Sheet) -> tuple[Ints, Ints]:
    """(order of cards, order of edges) that do not depend on the order in which they came."""
    names = sheet.names
    cards = np.array(sorted(range(len(names)), key=names.__getitem__), np.int64)
    rank = np.empty(cards.size, np.int64)
    rank[cards] = np.arange(cards.size)
    ends = sheet.edges
    keys = (ends.argument, rank[ends.target], ends.row, rank[ends.source])
    return cards, np.lexsort(keys)


def _flow(sheet: Sheet, style: Style, cards: Ints, edges: Ints) -> Flow:
    rank = np.empty(cards.size, np.int64)
    rank[cards] = np.arange(cards.size)
    width, height = sheet.width[cards], sheet.height[cards]
    depth, breadth = (width, height) if style.is_right else (height, width)
    return Flow(
        depth,
        breadth,
        sheet.rows[cards],
        np.zeros(cards.size, np.bool_),
        rank[sheet.edges.source[edges]],
        sheet.edges.row[edges],
        rank[sheet.edges.target[edges]],
        sheet.edges.argument[edges],
        np.ones(edges.size),
    )


def _layout(style: Style, chart: Chart, cards: Ints, edges: Ints) -> Layout:
    boxes = np.empty((cards.size, 4))
    layer = np.empty(cards.size, np.int64)
    right = style.is_right
    parts = (chart.u, chart.v, chart.depth, chart.breadth)
    if not right:
        parts = (chart.v, chart.u, chart.breadth, chart.depth)
    boxes[cards] = np.stack(parts, 1)
    layer[cards] = chart.layers.step[chart.layers.of]
    route = np.empty(edges.size, np.int64)
    route[edges] = np.arange(edges.size)
    points = chart.points if right else chart.points[:, ::-1]
    routes = Routes(chart.start, points, np.ones(edges.size, np.int64), chart.back)
    stats = Statistics(
        chart.layers.count,
        chart.lanes.count,
        chart.length.size,
        chart.found.crossings,
        chart.found.starts,
    )
    return Layout(
        boxes, np.zeros((0, 4)), layer, routes, route, bounds_of(boxes, points), stats, EMPTY
    )
