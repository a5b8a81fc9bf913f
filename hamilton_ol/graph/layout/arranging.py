"""Layouts of a sheet: a first one at once, better ones while there is time."""

from collections.abc import Callable, Hashable, Iterator, Sequence

import numpy as np

from hamilton_ol.graph.layout.assembly import Assembly
from hamilton_ol.graph.layout.chart import Chart, charts
from hamilton_ol.graph.layout.contraction import contracted
from hamilton_ol.graph.layout.expansion import expanded
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.frame import framed
from hamilton_ol.graph.layout.items import box_extents, bundles_of, inner_flow, items_of, outer_flow
from hamilton_ol.graph.layout.memory import EMPTY, Memory, Named
from hamilton_ol.graph.layout.result import EMPTY_LAYOUT, Layout
from hamilton_ol.graph.layout.sheet import Sheet
from hamilton_ol.graph.layout.style import Spacing, Style
from hamilton_ol.graph.layout.watch import Budget, Watch


def arrange(
    sheet: Sheet,
    style: Style | None = None,
    *,
    previous: Layout | None = None,
    budget: Budget | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Layout:
    """The best layout that the budget allows. Arguments and errors are those of `layouts`."""
    found = layouts(sheet, style, previous=previous, budget=budget, is_cancelled=is_cancelled)
    last = next(found)
    for better in found:
        last = better
    return last


def layouts(
    sheet: Sheet,
    style: Style | None = None,
    *,
    previous: Layout | None = None,
    budget: Budget | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Iterator[Layout]:
    """A first layout at once, then better ones, each with fewer crossings.

    Args:
        sheet: what is laid out.
        style: how.
        previous: an earlier layout. What is there by name stays where it was as far as it can, and
            only one layout is made.
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
    memory = EMPTY if previous is None else previous.memory
    if memory.direction != style.direction:
        memory = EMPTY
    yield from _Arrangement(sheet, style, memory, watch).layouts()


class _Arrangement:
    """Charts at the top and inside open groups, until both are as good as they get."""

    def __init__(self, sheet: Sheet, style: Style, memory: Memory, watch: Watch) -> None:
        self._sheet, self._style, self._memory, self._watch = sheet, style, memory, watch
        self._items = items_of(sheet)
        watch.check()
        self._bundles = bundles_of(sheet, self._items, watch.check)
        watch.check()
        self._inner, edges = inner_flow(sheet, self._items, style)
        self._assembly = Assembly(sheet, style, self._items, self._bundles, edges)

    def layouts(self) -> Iterator[Layout]:
        if not self._items.inside.size:
            for chart in self._outer(None):
                yield self._assembly.layout(chart, None)
            return
        names = [self._sheet.names[card] for card in self._items.inside.tolist()]
        inner: Chart | None = None
        outer: Iterator[Chart] = iter(())
        for inner in self._charts(self._inner, self._style.spacing, self._memory.inner, names):
            outer = self._outer(inner)
            yield self._assembly.layout(next(outer), inner)
        for chart in outer:
            yield self._assembly.layout(chart, inner)

    def _outer(self, inner: Chart | None) -> Iterator[Chart]:
        nothing = (np.zeros(0), np.zeros(0))
        extents = box_extents(self._items, nothing if inner is None else inner.extent)
        self._watch.check()
        flow = outer_flow(self._sheet, self._items, self._bundles, self._style, extents)
        has_groups = self._sheet.groups is not None and len(self._sheet.groups) > 0
        spacing = self._style.group_spacing if has_groups else self._style.spacing
        return self._charts(flow, spacing, self._memory.outer, self._items.keys)

    def _charts(
        self, flow: Flow, spacing: Spacing, named: Named | None, names: Sequence[Hashable]
    ) -> Iterator[Chart]:
        trail = None if named is None else named.recalled(names)
        style, watch, is_packed = self._style, self._watch, flow.part is None
        small = contracted(flow, style, spacing, trail)
        watch.check()
        if small is None:
            yield from charts(
                framed(flow, style, spacing, watch, trail), watch, is_packed=is_packed
            )
            return
        frame = framed(small.flow, style, spacing, watch, small.trail)
        for chart in charts(frame, watch, is_packed=is_packed):
            yield expanded(small, chart, spacing)
