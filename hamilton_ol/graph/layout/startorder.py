"""A first order: places on a line, smooth along the edges, by smoothing on ever coarser graphs."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, is_first, order_by, sums
from hamilton_ol.graph.layout.sparse import components, multiplier

COARSEST, DENSEST, DEEPEST = 60, 120, 24
SMALLEST_GAIN = 0.95
SMOOTHINGS, RANK_EVERY = 12, 4
PULL = 0.65
MATCHINGS = 3
TINY, NOISE = 1e-9, 1e-3


class _Graph(NamedTuple):
    """A symmetric graph: each neighbour of each card once, sorted by card.

    Attributes:
        size: how many cards there are.
        row, column, weight: of the neighbours, (E,).
        degree: the weight of all neighbours of a card, (size,).
    """

    size: int
    row: Ints
    column: Ints
    weight: Floats
    degree: Floats


def _graph(size: int, row: Ints, column: Ints, weight: Floats) -> _Graph:
    """A graph of neighbours of which some may be the same."""
    pair, of = np.unique(row * size + column, return_inverse=True)
    total = sums(weight, of.reshape(-1), pair.size)
    row, column = np.divmod(pair, size)
    return _Graph(size, row, column, total, sums(total, row, size))


def smooth_order(
    cards: int,
    ends: tuple[Ints, Ints],
    weight: Floats,
    chance: np.random.Generator,
    check: Callable[[], None],
) -> Floats:
    """A place 0 .. 1 for each card, near to those of the cards that it has edges with."""
    one, other = ends
    both = np.concatenate((one, other)), np.concatenate((other, one))
    graph = _graph(cards, *both, np.concatenate((weight, weight)))
    finer: list[tuple[_Graph, Ints]] = []
    mass = [np.ones(cards)]
    while graph.size > COARSEST and len(finer) < DEEPEST:
        merged, count = _matched(graph, chance, check)
        if count > SMALLEST_GAIN * graph.size:
            break
        finer.append((graph, merged))
        graph = _merged(graph, merged, count)
        mass.append(sums(mass[-1], merged, count))
        check()
    place = _ranked(_coarsest(graph, chance), mass.pop())
    for (graph, merged), weights in zip(reversed(finer), reversed(mass), strict=True):
        place = _smoothed(graph, place[merged], weights, check)
    return np.asarray(place, np.float64)


def _merged(graph: _Graph, merged: Ints, count: int) -> _Graph:
    row, column = merged[graph.row], merged[graph.column]
    kept = row != column
    return _graph(count, row[kept], column[kept], graph.weight[kept])


def _matched(
    graph: _Graph, chance: np.random.Generator, check: Callable[[], None]
) -> tuple[Ints, int]:
    """Pairs of cards that choose each other become one."""
    size, row, column, degree = graph.size, graph.row, graph.column, graph.degree
    weight = graph.weight / np.minimum(degree[row], degree[column])
    match = np.full(size, -1, np.int64)
    for _ in range(MATCHINGS):
        check()
        free = (match[row] < 0) & (match[column] < 0) & (row != column)
        best = _best(size, row[free], column[free], weight[free], chance)
        chosen = np.flatnonzero(best >= 0)
        chosen = chosen[best[best[chosen]] == chosen]
        match[chosen] = best[chosen]
    own = np.arange(size)
    is_kept = (match < 0) | (own < match)
    number = np.cumsum(is_kept) - 1
    return number[np.where(is_kept, own, match)], int(number[-1]) + 1


def _best(size: int, row: Ints, column: Ints, weight: Floats, chance: np.random.Generator) -> Ints:
    """What each row is drawn to most, (size,); rows are sorted."""
    best = np.full(size, -1, np.int64)
    if row.size:
        weight = weight + chance.random(row.size) * NOISE
        begin = np.flatnonzero(is_first(row))
        most = np.repeat(np.maximum.reduceat(weight, begin), np.diff(np.append(begin, row.size)))
        found = weight == most
        best[row[found]] = column[found]
    return best


def _coarsest(graph: _Graph, chance: np.random.Generator) -> Floats:
    """By the second eigenvector of each connected part, one part after the other."""
    part = components(graph.size, graph.row, graph.column)
    place: Floats = part.astype(np.float64)
    if graph.size > DENSEST:
        return np.asarray(place + 0.9 * chance.random(part.size), np.float64)
    dense = np.zeros((graph.size, graph.size))
    dense[graph.row, graph.column] = graph.weight
    root = np.sqrt(graph.degree + TINY)
    scaled = np.eye(part.size) - dense / root[:, None] / root
    for number in np.unique(part):
        inside = np.flatnonzero(part == number)
        if inside.size > 2:  # noqa: PLR2004 - two have no order but their own
            vector = np.linalg.eigh(scaled[np.ix_(inside, inside)])[1][:, 1] / root[inside]
            vector = vector * np.sign(vector[int(np.abs(vector).argmax())])
            place[inside] = number + 0.9 * (vector - vector.min()) / (np.ptp(vector) + TINY)
    return place


def _ranked(place: Floats, mass: Floats) -> Floats:
    order = order_by(place)
    total = np.cumsum(mass[order])
    ranked = np.empty(place.size)
    ranked[order] = (total - mass[order] / 2) / total[-1]
    return ranked


def _smoothed(graph: _Graph, place: Floats, mass: Floats, check: Callable[[], None]) -> Floats:
    summed = multiplier(graph.size, graph.row, graph.column, graph.weight)
    degree, safe = graph.degree, np.maximum(graph.degree, TINY)
    for number in range(SMOOTHINGS):
        check()
        near = summed(place) / safe
        place = np.where(degree > 0, (1 - PULL) * place + PULL * near, place)
        if number % RANK_EVERY == RANK_EVERY - 1:
            place = _ranked(place, mass)
    return _ranked(place, mass)
