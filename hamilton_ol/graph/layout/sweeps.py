"""Orders by barycenters: items go to the mean place of what they have links with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

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
    """The items of one step of all parts, and their links to one side."""

    items: Ints
    layer: Ints
    near: Ints
    weight: Floats
    shift: Floats
    scale: Floats
    begin: Ints
    end: Ints
    has: Flags
    slot: Floats
    at: Ints
    is_one_layer: bool

    def mean(self, places: Floats) -> Floats:
        total = np.zeros(self.near.size + 1)
        np.cumsum(places[self.near] * self.weight, out=total[1:])
        return np.asarray((total[self.end] - total[self.begin] + self.shift) * self.scale)


class Sweeps:
    """Sweeps over the layers of a ranking. The same step of all parts is one vector operation."""

    def __init__(self, ranking: Ranking, check: Callable[[], None]) -> None:
        self._ranking, self._check = ranking, check
        net = ranking.net
        self.steps = int(net.layers.step.max(initial=0)) + 1
        self._step = net.layers.step[net.layer]
        felt_tail, felt_head = pulls(net, trunk=TRUNK, branch=BRANCH, branches=BRANCHES)
        size = np.maximum(net.breadth, 1.0)
        tail = net.tail.offset / size[net.tail.item] * ranking.share[net.tail.item]
        head = net.head.offset / size[net.head.item] * ranking.share[net.head.item]
        self._sides = (
            _side(net, net.head.item, net.tail.item, felt_head, tail - head),
            _side(net, net.tail.item, net.head.item, felt_tail, head - tail),
        )
        self._tables: tuple[list[_Step], list[_Step]] | None = None
        self._matrices: tuple[Any, Any] | None = None

    def sweep(self, *, forward: bool, other: float, reverse_ties: bool) -> None:
        """Order layer by layer, by the side that was ordered before, mixed with the other one."""
        if self._tables is None:
            self._tables = self._all_steps()
        places = self._ranking.places
        here, there = self._tables if forward else self._tables[::-1]
        for number in range(self.steps) if forward else range(self.steps - 1, -1, -1):
            self._check()
            step = here[number]
            items = _ordered(places, step, there[number], other, reverse_ties=reverse_ties)
            places[items] = step.slot
            self._ranking.put(step.at, items)

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
        if self._matrices is None:
            shape = (places.size, places.size)
            before, after = (
                csr_matrix((side.weight, side.near, side.start), shape=shape)
                for side in self._sides
            )
            self._matrices = (before, after)
        before, after = (
            np.asarray((matrix @ places + side.shift) / np.maximum(side.total, TINY))
            for matrix, side in zip(self._matrices, self._sides, strict=True)
        )
        return before, after

    def _all_steps(self) -> tuple[list[_Step], list[_Step]]:
        layer = self._ranking.net.layer
        sorted_items = np.lexsort((layer, self._step))
        bounds = np.searchsorted(self._step[sorted_items], np.arange(self.steps + 1))
        pieces = np.split(sorted_items, bounds[1:-1])
        before, after = ([self._one_step(side, items) for items in pieces] for side in self._sides)
        return before, after

    def _one_step(self, side: _Side, items: Ints) -> _Step:
        self._check()
        return _step(self._ranking, side, items)


def _side(net: Net, own: Ints, near: Ints, weight: Floats, shift: Floats) -> _Side:
    order = order_by(own)
    total = sums(weight, own, net.items)
    shifted = sums(weight * shift, own, net.items)
    return _Side(starts(own, net.items), near[order], weight[order], total, shifted)


def _step(ranking: Ranking, side: _Side, items: Ints) -> _Step:
    layer = ranking.net.layer[items]
    links, sizes = members(side.start, items)
    end = np.cumsum(sizes)
    begins = np.flatnonzero(is_first(layer))
    base = np.repeat(begins, np.diff(np.append(begins, items.size)))
    return _Step(
        items,
        layer,
        side.near[links],
        side.weight[links],
        side.shift[items],
        1 / np.maximum(side.total[items], TINY),
        end - sizes,
        end,
        sizes > 0,
        (np.arange(items.size) - base + 0.5) * ranking.share[items],
        ranking.first[layer] + np.arange(items.size) - base,
        begins.size <= 1,
    )


def _ordered(
    places: Floats, here: _Step, there: _Step, other: float, *, reverse_ties: bool
) -> Ints:
    if here.items.size <= 1:
        return here.items
    current = places[here.items]
    mean = here.mean(places)
    opposite = np.where(there.has, there.mean(places), current)
    mean = np.where(here.has, mean + (opposite - mean) * (other * there.has), opposite)
    ties = -current if reverse_ties else current
    keys = (ties, mean) if here.is_one_layer else (ties, mean, here.layer)
    return here.items[np.lexsort(keys)]
