"""A first order: places on a line, smooth along the edges, by smoothing on ever coarser graphs."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from hamilton_ol.graph.layout.arrays import Floats, Ints, is_first, sums

COARSEST, DENSEST, DEEPEST = 60, 120, 24
SMALLEST_GAIN = 0.95
SMOOTHINGS, RANK_EVERY = 12, 4
PULL = 0.65
MATCHINGS = 3
TINY, NOISE = 1e-9, 1e-3


def smooth_order(
    cards: int,
    ends: tuple[Ints, Ints],
    weight: Floats,
    chance: np.random.Generator,
    check: Callable[[], None],
) -> Floats:
    """A place 0 .. 1 for each card, near to those of the cards that it has edges with."""
    one, other = ends
    both = (np.concatenate((one, other)), np.concatenate((other, one)))
    graph: Any = coo_matrix((np.concatenate((weight, weight)), both), shape=(cards, cards)).tocsr()
    finer: list[tuple[Any, Ints]] = []
    mass = [np.ones(cards)]
    while graph.shape[0] > COARSEST and len(finer) < DEEPEST:
        merged, count = _matched(graph, chance, check)
        if count > SMALLEST_GAIN * graph.shape[0]:
            break
        finer.append((graph, merged))
        graph = _merged(graph, merged, count)
        mass.append(sums(mass[-1], merged, count))
        check()
    place = _ranked(_coarsest(graph, chance), mass.pop())
    for (graph, merged), weights in zip(reversed(finer), reversed(mass), strict=True):
        place = _smoothed(graph, place[merged], weights, check)
    return np.asarray(place, np.float64)


def _merged(graph: Any, merged: Ints, count: int) -> Any:
    size = graph.shape[0]
    into = csr_matrix((np.ones(size), (np.arange(size), merged)), shape=(size, count))
    coarse = (into.T @ graph @ into).tocsr()
    coarse.setdiag(0)
    coarse.eliminate_zeros()
    return coarse


def _matched(
    graph: Any, chance: np.random.Generator, check: Callable[[], None]
) -> tuple[Ints, int]:
    """Pairs of cards that choose each other become one."""
    size = graph.shape[0]
    edges = graph.tocoo()
    row, column = edges.row.astype(np.int64), edges.col.astype(np.int64)
    degree = np.asarray(graph.sum(1)).ravel()
    weight = edges.data / np.minimum(degree[row], degree[column])
    match = np.full(size, -1, np.int64)
    for _ in range(MATCHINGS):
        check()
        free = (match[row] < 0) & (match[column] < 0) & (row != column)
        best = _best(size, row[free], column[free], weight[free], chance)
        chosen = np.flatnonzero(best >= 0)
        chosen = chosen[best[best[chosen]] == chosen]
        match[chosen] = best[chosen]
    own = np.arange(size)
    kept, merged = np.unique(np.where(match >= 0, np.minimum(own, match), own), return_inverse=True)
    return merged.reshape(-1), kept.size


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


def _coarsest(graph: Any, chance: np.random.Generator) -> Floats:
    """By the second eigenvector of each connected part, one part after the other."""
    part = connected_components(graph, directed=False)[1]
    place: Floats = part.astype(np.float64)
    if graph.shape[0] > DENSEST:
        return np.asarray(place + 0.9 * chance.random(part.size), np.float64)
    dense = graph.toarray()
    root = np.sqrt(dense.sum(1) + TINY)
    scaled = np.eye(part.size) - dense / root[:, None] / root
    for number in np.unique(part):
        inside = np.flatnonzero(part == number)
        if inside.size > 2:  # noqa: PLR2004 - two have no order but their own
            vector = np.linalg.eigh(scaled[np.ix_(inside, inside)])[1][:, 1] / root[inside]
            vector = vector * np.sign(vector[int(np.abs(vector).argmax())])
            place[inside] = number + 0.9 * (vector - vector.min()) / (np.ptp(vector) + TINY)
    return place


def _ranked(place: Floats, mass: Floats) -> Floats:
    order = np.argsort(place, kind="stable")
    total = np.cumsum(mass[order])
    ranked = np.empty(place.size)
    ranked[order] = (total - mass[order] / 2) / total[-1]
    return ranked


def _smoothed(graph: Any, place: Floats, mass: Floats, check: Callable[[], None]) -> Floats:
    degree = np.asarray(graph.sum(1)).ravel()
    safe = np.maximum(degree, TINY)
    for number in range(SMOOTHINGS):
        check()
        near = (graph @ place) / safe
        place = np.where(degree > 0, (1 - PULL) * place + PULL * near, place)
        if number % RANK_EVERY == RANK_EVERY - 1:
            place = _ranked(place, mass)
    return _ranked(place, mass)
