"""Large scenes: layered dataflows with tables, labels and names as people give them."""

import numpy as np

from hamilton_ol.graph.layout.watch import Budget
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.cards import Cards, Tag
from hamilton_ol.graph.scene.links import Links
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.measures import Widths, sizes
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import KIND, TONE

_FIRST = (
    *("customer", "order", "product", "session", "ledger", "churn", "ranking", "demand"),
    *("price", "margin", "basket", "visit", "region", "campaign", "score"),
)
_SECOND = (
    *("mean", "count", "share", "ratio", "encoded", "scaled", "filled", "lagged"),
    *("total", "category", "rank", "sum", "train", "test", "weekly"),
)
_TYPES = ("Series", "Series", "Series", "DataFrame", "float", "LabelEncoder", "int | None")
_KINDS = ("function", "config", "source", "saver", "artifact", "validator", "column", "unknown")
_SHARES = (0.74, 0.03, 0.03, 0.02, 0.06, 0.05, 0.05, 0.02)


def layered(count: int, fonts: Widths, seed: int = 7) -> Scene:
    """A scene of so many nodes and about twice as many edges, in the first layout there is."""
    chance = np.random.default_rng(seed)
    links = _links(count, chance)
    cards = _cards(count, np.bincount(links.target, minlength=count), chance)
    rows = cards.rows[links.origin]
    row = np.where(rows > 0, (chance.random(len(links)) * rows).astype(np.int64), -1)
    links = Links(links.origin, links.target, row, links.argument)
    return arranged(cards, links, sizes(cards, fonts), budget=Budget(0.0, lambda: 0.0))


def _links(count: int, chance: np.random.Generator) -> Links:
    """About two arguments a node, most from one layer before and from near, some from far."""
    depth = int(np.clip(3 * np.log2(count), 6, 60))
    layer = np.sort((chance.beta(1.3, 1.7, count) * depth).astype(np.int64))
    place = chance.random(count)
    order = np.lexsort((place, layer))
    place = place[order]
    starts = np.searchsorted(layer, np.arange(depth + 1))
    target = np.repeat(np.arange(count), np.where(layer > 0, chance.integers(1, 4, count), 0))
    back = np.where(chance.random(target.size) < 0.8, 1, chance.geometric(0.4, target.size))
    source_layer = np.maximum(layer[target] - back, 0)
    first, last = starts[source_layer], starts[source_layer + 1]
    wide = np.where(chance.random(target.size) < 0.95, 0.004, 0.3)
    wanted = np.clip(place[target] + chance.normal(0, 1, target.size) * wide, 0, 1)
    origin = first + (wanted * np.maximum(last - first - 1, 0)).astype(np.int64)
    pairs = np.unique(np.stack([origin, target], axis=1)[last > first], axis=0)
    return Links(pairs[:, 0], pairs[:, 1], np.full(len(pairs), -1), ("",) * len(pairs))


def _cards(count: int, arguments: np.ndarray, chance: np.random.Generator) -> Cards:
    kinds = np.array([KIND[kind] for kind in _KINDS])[chance.choice(len(_KINDS), count, p=_SHARES)]
    kinds = np.where((arguments == 0) & (chance.random(count) < 0.8), KIND["input"], kinds)
    first, second = chance.integers(0, 15, (2, count)).tolist()
    names = tuple(
        f"{_FIRST[a]}_{_SECOND[b]}_{number % 997}"
        for number, (a, b) in enumerate(zip(first, second, strict=True))
    )
    types = tuple(_TYPES[number] for number in chance.integers(0, len(_TYPES), count).tolist())
    tables = np.flatnonzero(kinds == KIND["source"])[: count // 40]
    rows = np.zeros(count, np.int64)
    rows[tables] = 3 + tables % 10
    fields = tuple(f"{_FIRST[number % 15]}_{number % 7}" for number in range(int(rows.sum())))
    tagged = np.flatnonzero((chance.random(count) < 0.03) & (kinds != KIND["input"]))
    tags = dict.fromkeys(tagged.tolist(), (Tag("PII", "pii"),))
    start = np.concatenate(([0], np.cumsum(rows)))
    return Cards(names, kinds.astype(np.uint8), types, start, fields, tags)


def lit(scene: Scene, share: float, seed: int) -> Looks:
    """Looks in which a part of the nodes, and the edges between them, stand out."""
    chosen = np.random.default_rng(seed).random(len(scene)) < share
    looks = scene.plain_looks()
    looks.tone[chosen] = TONE["upstream"]
    looks.dim[:] = ~chosen
    inside = chosen[scene.edges.origin] & chosen[scene.edges.target]
    looks.edge_tone[inside] = TONE["upstream"]
    looks.edge_dim[:] = ~inside
    return looks
