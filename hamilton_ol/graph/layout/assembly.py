"""Puts a layout together from the chart at the top and the chart inside open groups."""

from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints
from hamilton_ol.graph.layout.chart import Chart
from hamilton_ol.graph.layout.items import Bundles, Items
from hamilton_ol.graph.layout.memory import Memory, Named
from hamilton_ol.graph.layout.result import Layout, Routes, Statistics, bounds_of
from hamilton_ol.graph.layout.sheet import Sheet
from hamilton_ol.graph.layout.style import Style


@dataclass(frozen=True, eq=False)
class Assembly:
    """What all layouts of a sheet have in common.

    Attributes:
        sheet: what is laid out.
        style: how.
        items: at the top.
        bundles: between them.
        inner_edges: the edges inside open groups, in the order of their chart.
    """

    sheet: Sheet
    style: Style
    items: Items
    bundles: Bundles
    inner_edges: Ints

    def layout(self, outer: Chart, inner: Chart | None) -> Layout:
        """The layout of two charts."""
        boxes, group_boxes = self._boxes(outer, inner)
        routes = self._routes(outer, inner)
        return Layout(
            boxes,
            group_boxes,
            self._layer(outer, inner),
            routes,
            self._edge_route(),
            bounds_of(np.concatenate((boxes, group_boxes)), routes.points),
            _statistics(outer, inner),
            self._memory(outer, inner),
        )

    def _turned(self, along: Floats, across: Floats) -> Floats:
        """(x, y) of places along and across the edges."""
        return np.stack((along, across) if self.style.is_right else (across, along), 1)

    def _rectangles(self, chart: Chart) -> Floats:
        corner = self._turned(chart.u, chart.v)
        return np.concatenate((corner, self._turned(chart.depth, chart.breadth)), 1)

    def _boxes(self, outer: Chart, inner: Chart | None) -> tuple[Floats, Floats]:
        items = self.items
        boxes = np.full((len(self.sheet), 4), np.nan)
        groups = 0 if self.sheet.groups is None else len(self.sheet.groups)
        group_boxes = np.full((groups, 4), np.nan)
        found = self._rectangles(outer)
        is_card = items.card >= 0
        boxes[items.card[is_card]] = found[is_card]
        group_boxes[items.group[~is_card]] = found[~is_card]
        if inner is not None:
            inside = self._rectangles(inner)
            inside[:, :2] += self._corners(outer, inner)[items.of[items.inside]]
            boxes[items.inside] = inside
        return boxes, group_boxes

    def _corners(self, outer: Chart, inner: Chart) -> Floats:
        """Where the inside of each item begins, (I, 2): in the middle of its room."""
        style = self.style
        corner = self._turned(outer.u, outer.v) + np.array([style.inset, style.heading])
        room = self._turned(outer.depth, outer.breadth)
        room = room - np.array([2 * style.inset, style.inset + style.heading])
        filled = np.unique(self.items.of[self.items.inside])
        corner[filled] += (room[filled] - self._turned(*inner.extent)) / 2
        return np.asarray(corner, np.float64)

    def _routes(self, outer: Chart, inner: Chart | None) -> Routes:
        own = Routes(outer.start, self._points(outer), self.bundles.count, outer.back)
        if inner is None:
            return own
        card = self.items.inside[np.repeat(inner.route_card, np.diff(inner.start))]
        points = self._points(inner) + self._corners(outer, inner)[self.items.of[card]]
        return Routes(
            np.concatenate((own.start, inner.start[1:] + own.start[-1])),
            np.concatenate((own.points, points)),
            np.concatenate((own.count, np.ones(inner.back.size, np.int64))),
            np.concatenate((own.is_back, inner.back)),
        )

    def _points(self, chart: Chart) -> Floats:
        return chart.points if self.style.is_right else chart.points[:, ::-1]

    def _edge_route(self) -> Ints:
        route = self.bundles.of.copy()
        route[self.inner_edges] = self.bundles.count.size + np.arange(self.inner_edges.size)
        return route

    def _layer(self, outer: Chart, inner: Chart | None) -> Ints:
        layer = np.full(len(self.sheet), -1, np.int64)
        is_card = self.items.card >= 0
        layer[self.items.card[is_card]] = outer.trail.layer[is_card]
        if inner is not None:
            layer[self.items.inside] = inner.trail.layer
        return layer

    def _memory(self, outer: Chart, inner: Chart | None) -> Memory:
        names = [self.sheet.names[card] for card in self.items.inside.tolist()]
        return Memory(
            Named(self.items.keys, outer.trail),
            None if inner is None else Named(names, inner.trail),
            self.style.direction,
        )


def _statistics(outer: Chart, inner: Chart | None) -> Statistics:
    found = [chart for chart in (outer, inner) if chart is not None]
    crossings = [chart.found.crossings for chart in found]
    return Statistics(
        sum(chart.layers.count for chart in found),
        sum(chart.trail.lane_card.size for chart in found),
        outer.layers.first.size,
        -1 if min(crossings) < 0 else sum(crossings),
        outer.found.starts,
    )
