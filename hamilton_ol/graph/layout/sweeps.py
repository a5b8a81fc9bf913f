"""Orders by barycenters: items go to the mean place of what they have links with."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import (
    Flags,
    Floats,
    Ints,
    is_first,
    members,
    order_by,
    starts,
    sums,
)
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.pulls import pulls
from hamilton_ol.graph.layout.ranking import Ranking
from hamilton_ol.graph.layout.sparse import multiplier

TRUNK, BRANCH, BRANCHES = 4.0, 1.0, 4.0
LEAST_OTHER = 0.25  # of the other side's weight when many layers move at once
TINY = 1e-9


@dataclass(frozen=True, eq=False)
class _Side:
    """Links of all items to one side, sorted by item."""

    start: Ints
    near: Ints
    weight: Floats
    total: Floats
    shift: Floats  # what the ports' places inside their items add to the sum


@dataclass(frozen=True, eq=False)
class _Step:
    """The items of one step of all parts, and their links before it and after all those the ones after it.

    Attributes:
        items, layer: (k,).
        near, weight: of the links, (l,).
        begin, end: where the links of each item are, (2k,).
        shift, scale: what is added to the sum of each item's links, and what it is multiplied by, (2k,).
        has: whether it has links, (2, k).
        slot: the places of the order, (k,).
        at: and where these are in the ranking, (k,).
        is_one_layer: whether there is one part only.
    """

    items: Ints
    layer: Ints
    near: Ints
    weight: Floats
    begin: Ints
    end: Ints
    shift: Floats
    scale: Floats
    has: Flags
    slot: Floats
    at: Ints
    is_one_layer: bool

    def means(self, places: Floats) -> Floats:
        """The mean place of each item's links before and after it, (2, k)."""
        total = np.zeros(self.near.size + 1)
        (places[self.near] * self.weight).cumsum(out=total[1:])
        means = (total[self.end] - total[self.begin] + self.shift) * self.scale
        return np.asarray(means.reshape(2, -1), np.float64)


class Sweeps:
    """Sweeps over the layers of a ranking. The same step of all parts is one vector operation."""

    def __init__(self, ranking: Ranking, check: Callable[[], None]) -> None:
        self._ranking, self._check = ranking, check
        net = ranking.net
        self.steps = int(net.layers.step.max(initial=0)) + 1
        self._step = net.layers.step[net.layer]
        check()
        felt_tail, felt_head = pulls(net, trunk=TRUNK, branch=BRANCH, branches=BRANCHES)
        check()
        size = np.maximum(net.breadth, 1.0)
        tail = net.tail.offset / size[net.tail.item] * ranking.share[net.tail.item]
        head = net.head.offset / size[net.head.item] * ranking.share[net.head.item]
        before = _side(net, net.head.item, net.tail.item, felt_head, tail - head)
        check()
        self._sides = before, _side(net, net.tail.item, net.head.item, felt_tail, head - tail)
        self._inside = np.zeros(
            net.items, np.int64
        )  # the place of each item among those of its step
        self._steps: list[_Step] | None = None
        self._summed: list[Callable[[Floats], Floats]] = []

    def sweep(self, *, forward: bool, other: float, reverse_ties: bool) -> None:
        """Order layer by layer, by the side that was ordered before, mixed with the other one."""
        if self._steps is None:
            self._steps = self._all_steps()
        places, order = self._ranking.places, self._ranking.order
        side = 0 if forward else 1
        for step in self._steps if forward else reversed(self._steps):
            self._check()
            now = self._inside[order[step.at]]
            ties = now[::-1] if reverse_ties else now
            items = _ordered(places, step, side, other, ties)
            places[items] = step.slot
            order[step.at] = items
        self._ranking.restore(order)

    def alternate(self, *, forward: bool, other: float) -> None:
        """Order every second layer at once, then the rest: for many narrow layers."""
        other = max(other, LEAST_OTHER)
        for parity in (int(not forward), int(forward)):
            places = self._ranking.places
            before, after = self._means(places)
            has_before, has_after = (np.diff(side.start) > 0 for side in self._sides)
            if not forward:
                before, after, has_before, has_after = after, before, has_after, has_before
            both = np.where(has_after, before * (1 - other) + after * other, before)
            mean = np.where(has_before, both, np.where(has_after, after, places))
            moves = (self._step & 1) == parity
            self._ranking.sort(np.where(moves, mean, places))

    def _means(self, places: Floats) -> tuple[Floats, Floats]:
        if not self._summed:
            rows = [np.repeat(np.arange(places.size), np.diff(side.start)) for side in self._sides]
            self._summed = [
                multiplier(places.size, row, side.near, side.weight)
                for row, side in zip(rows, self._sides, strict=True)
            ]
        before, after = (
            (summed(places) + side.shift) / np.maximum(side.total, TINY)
            for summed, side in zip(self._summed, self._sides, strict=True)
        )
        return before, after

    def _all_steps(self) -> list[_Step]:
        layer = self._ranking.net.layer
        sorted_items = np.lexsort((layer, self._step))
        bounds = np.searchsorted(self._step[sorted_items], np.arange(self.steps + 1))
        return [self._one_step(items) for items in np.split(sorted_items, bounds[1:-1])]

    def _one_step(self, items: Ints) -> _Step:
        self._check()
        self._inside[items] = np.arange(items.size)
        return _step(self._ranking, self._sides, items)


def _side(net: Net, own: Ints, near: Ints, weight: Floats, shift: Floats) -> _Side:
    order = order_by(own)
    total = sums(weight, own, net.items)
    shifted = sums(weight * shift, own, net.items)
    return _Side(starts(own, net.items), near[order], weight[order], total, shifted)


def _step(ranking: Ranking, sides: tuple[_Side, _Side], items: Ints) -> _Step:
    layer = ranking.net.layer[items]
    links, sizes = zip(*(members(side.start, items) for side in sides), strict=True)
    size = np.concatenate(sizes)
    end = np.cumsum(size)
    begins = np.flatnonzero(is_first(layer))
    rank = np.arange(items.size) - np.repeat(begins, np.diff(np.append(begins, items.size)))
    total = np.concatenate([side.total[items] for side in sides])
    return _Step(
        items,
        layer,
        np.concatenate([side.near[own] for side, own in zip(sides, links, strict=True)]),
        np.concatenate([side.weight[own] for side, own in zip(sides, links, strict=True)]),
        end - size,
        end,
        np.concatenate([side.shift[items] for side in sides]),
        1 / np.maximum(total, TINY),
        (size > 0).reshape(2, -1),
        (rank + 0.5) * ranking.share[items],
        ranking.first[layer] + rank,
        begins.size <= 1,
    )


def _ordered(places: Floats, step: _Step, side: int, other: float, ties: Ints) -> Ints:
    """The items by their links on one side, mixed with those on the other one.

    Args:
        places: of all items, (N,).
        step: whose items they are.
        side: the one that counts.
        other: how much the other one does.
        ties: the order of items that are drawn to the same place, (k,).
    """
    if step.items.size <= 1:
        return step.items
    current, means = places[step.items], step.means(places)
    has, has_other = step.has[side], step.has[1 - side]
    mean, opposite = means[side], np.where(has_other, means[1 - side], current)
    mean = np.where(has, mean + (opposite - mean) * (other * has_other), opposite)
    if step.is_one_layer:
        return step.items[ties[np.argsort(mean[ties], kind="stable")]]
    return step.items[ties[np.lexsort((mean[ties], step.layer[ties]))]]
