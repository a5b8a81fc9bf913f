"""Which layer a card is in: ends early, everything else late, and nothing far from what it uses."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.layout.arrays import Ints, is_first, members, order_by, spans, starts

NARROW = 24  # a front of fewer cards is faster in plain Python
NARROW_FRONTS = 200
ROUNDS = 3
FAR = 1 << 40


@dataclass(frozen=True, eq=False)
class Links:
    """Forward edges between n cards: none lies on a cycle."""

    cards: int
    source: Ints
    target: Ints


def layers_of(links: Links, ports: Ints, check: Callable[[], None]) -> Ints:
    """The layer of each card, from 0, every edge leading to a later layer.

    Args:
        links: the forward edges.
        ports: by how many ports a card leaves, the price of a longer way to what uses it.
        check: called often.
    """
    early = levels(links, check)
    if not links.source.size:
        return early
    late = _late(links, early, check)
    return _tightened(links, late, ports, check)


def kept_layers(links: Links, known: Ints, check: Callable[[], None]) -> Ints:
    """Layers as they were where that still holds, new cards late.

    Args:
        links: the forward edges.
        known: the former layer of each card, -1 for a new one.
        check: called often.
    """
    early = levels(links, check)
    layer = np.where(known >= 0, known, 0)
    order = order_by(early[links.target])
    source, target = links.source[order], links.target[order]
    for begin, end in _groups(early[target]):
        np.maximum.at(layer, target[begin:end], layer[source[begin:end]] + 1)
    check()
    for _ in range(ROUNDS):
        latest = _latest(links, layer)
        layer = np.where((known < 0) & (latest < FAR) & (latest > layer), latest, layer)
    return layer


def levels(links: Links, check: Callable[[], None]) -> Ints:
    """The longest way to each card from a card without edges into it."""
    start, order = starts(links.source, links.cards), order_by(links.source)
    after = links.target[order]
    left = np.bincount(links.target, minlength=links.cards)
    level = np.zeros(links.cards, np.int64)
    front, number, narrow = np.flatnonzero(left == 0), 0, 0
    while front.size:
        check()
        narrow += front.size < NARROW
        level[front] = number
        if narrow > NARROW_FRONTS:
            return _levels_one_by_one(start, after, left, level, front, check)
        reached = after[members(start, front)[0]]
        left -= np.bincount(reached, minlength=links.cards)
        front = np.unique(reached[left[reached] == 0])
        number += 1
    return level


def _levels_one_by_one(
    start: Ints, after: Ints, left: Ints, level: Ints, front: Ints, check: Callable[[], None]
) -> Ints:
    starts_, near, waiting, found = start.tolist(), after.tolist(), left.tolist(), level.tolist()
    todo = front.tolist()
    while todo:
        check()
        following = []
        for card in todo:
            for other in near[starts_[card] : starts_[card + 1]]:
                found[other] = max(found[other], found[card] + 1)
                waiting[other] -= 1
                if not waiting[other]:
                    following.append(other)
        todo = following
    return np.array(found, np.int64)


def _groups(sorted_keys: Ints) -> list[tuple[int, int]]:
    bounds = np.append(np.flatnonzero(is_first(sorted_keys)), sorted_keys.size)
    return spans(bounds)


def _late(links: Links, early: Ints, check: Callable[[], None]) -> Ints:
    """As late as what uses a card allows; cards that nothing uses stay early."""
    late = early.copy()
    order = order_by(-early[links.source])
    source, target = links.source[order], links.target[order]
    groups = _groups(early[source])
    if len(groups) > NARROW_FRONTS and source.size < NARROW * len(groups):
        return _late_one_by_one(source, target, late)
    for begin, end in groups:
        check()
        late[source[begin:end]] = FAR
        np.minimum.at(late, source[begin:end], late[target[begin:end]] - 1)
    return late


def _late_one_by_one(source: Ints, target: Ints, late: Ints) -> Ints:
    found, is_done = late.tolist(), [False] * late.size
    for one, other in zip(source.tolist(), target.tolist(), strict=True):
        before = found[other] - 1
        found[one] = min(found[one], before) if is_done[one] else before
        is_done[one] = True
    return np.array(found, np.int64)


def _earliest(links: Links, layer: Ints) -> Ints:
    found = np.full(links.cards, -1, np.int64)
    np.maximum.at(found, links.target, layer[links.source])
    return found + 1


def _latest(links: Links, layer: Ints) -> Ints:
    found = np.full(links.cards, FAR, np.int64)
    np.minimum.at(found, links.source, layer[links.target])
    return np.where(found < FAR, found - 1, FAR)


def _tightened(links: Links, layer: Ints, ports: Ints, check: Callable[[], None]) -> Ints:
    """Cards with more lanes in than out go early again: that saves lanes."""
    ins = np.bincount(links.target, minlength=links.cards)
    outs = np.bincount(links.source, minlength=links.cards)
    for _ in range(ROUNDS):
        check()
        before = layer
        early = _earliest(links, layer)
        layer = np.where((ins > ports) & (outs > 0) & (early < layer), early, layer)
        late = _latest(links, layer)
        layer = np.where((outs > 0) & (ports >= ins) & (late > layer), late, layer)
        if np.array_equal(before, layer):
            break
    return np.asarray(layer - layer.min(initial=0), np.int64)
