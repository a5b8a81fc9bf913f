"""Cards and edges as dataflows have them: near in depth and beside each other, with a few hubs."""

import numpy as np

from hamilton_ol.graph.layout import Edges, Sheet


def sheet(cards: int, seed: int = 7) -> Sheet:
    """A dataflow of some functions; a quarter of the cards have columns as rows.

    60, 18 and 10 % of the edges span 1, 2 and 3 layers of the generator, the rest more; functions
    read near ones; sqrt(cards) / 20 hubs are read by up to 400.
    """
    chance = np.random.default_rng(seed + cards)
    deep = max(6, round(2.5 * cards ** (1 / 3)))
    depth = np.sort(1 + (chance.beta(1.6, 1.8, cards) * (deep - 1)).astype(int))
    inputs = chance.permutation(cards)[: max(2, cards // 20)]
    depth[inputs] = np.where(chance.random(inputs.size) < 0.65, 0, depth[inputs] - 1)
    aside = chance.random(cards)
    source, target = _near(chance, depth, aside, inputs)
    hubs = _hubs(chance, depth, inputs)
    source, target = np.concatenate((source, hubs[0])), np.concatenate((target, hubs[1]))
    pairs = np.unique(np.stack((source, target), 1)[depth[source] < depth[target]], axis=0)
    return _carded(chance, cards, pairs[:, 0], pairs[:, 1])


def _near(
    chance: np.random.Generator, depth: np.ndarray, aside: np.ndarray, inputs: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    readers = np.setdiff1d(np.arange(depth.size), inputs)
    target = np.repeat(readers, 1 + chance.poisson(1.55, readers.size))
    part = chance.random(target.size)
    far = 4 + chance.geometric(0.25, target.size)
    span = np.select([part < 0.60, part < 0.78, part < 0.88], [1, 2, 3], far)
    wanted = np.clip(depth[target] - span, 0, None)
    order = np.lexsort((aside, depth))
    key = depth[order] + aside[order] * 0.999
    width = 1.2 / np.maximum(np.bincount(depth, minlength=wanted.max() + 1)[wanted], 1)
    beside = aside[target] + chance.normal(0, 1, target.size) * width
    beside = np.where(chance.random(target.size) < 0.03, chance.random(target.size), beside)
    at = np.searchsorted(key, wanted + np.clip(beside, 0, 1) * 0.999)
    return order[np.minimum(at, depth.size - 1)], target


def _hubs(
    chance: np.random.Generator, depth: np.ndarray, inputs: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    count, readers = max(1, round(depth.size**0.5 / 20)), min(400, max(8, depth.size // 15))
    hubs = chance.choice(np.flatnonzero(depth < depth.max() // 3 + 1), count)
    others = np.setdiff1d(np.arange(depth.size), inputs)
    return np.repeat(hubs, readers), chance.choice(others, count * readers)


def _carded(
    chance: np.random.Generator, cards: int, source: np.ndarray, target: np.ndarray
) -> Sheet:
    rows = np.where(chance.random(cards) < 0.25, chance.integers(1, 13, cards), 0)
    height = 44 + 15 * (chance.random(cards) < 0.3) + np.where(rows > 0, rows * 20 + 5, 0)
    row = np.where(chance.random(source.size) < 0.85, chance.integers(0, 13, source.size), -1)
    return Sheet(
        [f"function_{number}" for number in chance.permutation(cards)],
        width=chance.integers(90, 190, cards),
        height=height,
        rows=rows,
        edges=Edges(
            source,
            target,
            row=np.minimum(row, rows[source] - 1),
            argument=chance.permutation(source.size),
        ),
    )
