"""Scenes to look at: a dataflow that learns from a passenger list, a company, and random ones."""

import random
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from hamilton_ol.graph.layout.watch import Budget
from hamilton_ol.graph.scene.arrangement import arranged
from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.cards import Cards, Tag
from hamilton_ol.graph.scene.curves import cut
from hamilton_ol.graph.scene.links import Grouping, Links
from hamilton_ol.graph.scene.measures import Widths, sizes
from hamilton_ol.graph.scene.scene import Edges, Routes, Scene
from hamilton_ol.graph.scene.words import KIND

COLUMNS = (
    "passengerid",
    "survived",
    "pclass",
    "name",
    "sex",
    "age",
    "sibsp",
    "parch",
    "ticket",
    "fare",
    "cabin",
    "embarked",
)
FIELDS = {
    "titanic_data": COLUMNS,
    "train_test_split_func": ("X_train", "X_test", "y_train", "y_test"),
}
TITANIC = (  # name, kind, type, arguments
    ("index_col", "input", "str", ""),
    ("location", "input", "str", ""),
    ("target_col", "input", "str", ""),
    ("validation_size_fraction", "input", "float", ""),
    ("random_state", "input", "int", ""),
    ("max_depth", "input", "int | None", ""),
    ("titanic_data", "source", "DataFrame", "index_col location"),
    ("target", "function", "Series", "titanic_data target_col"),
    ("sex_encoder", "function", "LabelEncoder", "sex"),
    ("cabin_encoder", "function", "LabelEncoder", "cabin"),
    ("embarked_encoder", "function", "LabelEncoder", "embarked"),
    ("cabin_t", "function", "Series", "cabin"),
    ("ticket_t", "function", "Series", "ticket"),
    ("family", "function", "Series", "sibsp parch"),
    ("sex_category", "function", "Series", "sex sex_encoder"),
    ("cabin_category", "function", "Series", "cabin cabin_encoder"),
    ("embarked_category", "function", "Series", "embarked embarked_encoder"),
    ("encoders", "artifact", "dict", "sex_encoder cabin_encoder embarked_encoder"),
    (
        *("training_set_v1", "artifact", "DataFrame"),
        "pclass age fare cabin_category sex_category embarked_category family",
    ),
    (
        *("train_test_split_func", "function", "Dict"),
        "training_set_v1 target validation_size_fraction random_state",
    ),
    ("prefit_random_forest", "function", "Classifier", "random_state max_depth"),
    ("fit_random_forest", "artifact", "Classifier", "prefit_random_forest X_train y_train"),
)
Row = tuple[str, str, str, str]


class Flat:
    """Widths by the number of letters: no font is needed."""

    def widths(self, role: str, texts: tuple[str, ...], weight: int | None = None) -> Floats:
        """Seven px for each letter."""
        return np.array([7.0 * len(text) for text in texts])


def cards_and_links(
    rows: Sequence[Row],
    fields: Mapping[str, tuple[str, ...]] = FIELDS,
    tags: Mapping[str, tuple[Tag, ...]] | None = None,
) -> tuple[Cards, Links]:
    """What is written and what leads where, from a table."""
    names = [row[0] for row in rows]
    number = {name: place for place, name in enumerate(names)}
    owner = {
        field: (name, place) for name, all_ in fields.items() for place, field in enumerate(all_)
    }
    counts = [len(fields.get(name, ())) for name in names]
    cards = Cards(
        tuple(names),
        np.array([KIND[row[1]] for row in rows], np.uint8),
        tuple(row[2] for row in rows),
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        tuple(field for name in names for field in fields.get(name, ())),
        {number[name]: found for name, found in (tags or {}).items()},
    )
    ends = [(argument, row[0]) for row in rows for argument in row[3].split()]
    origin = [number[owner[a][0] if a in owner else a] for a, _ in ends]
    row = [owner[a][1] if a in owner else -1 for a, _ in ends]
    target = [number[name] for _, name in ends]
    links = Links(
        np.array(origin, np.int64),
        np.array(target, np.int64),
        np.array(row, np.int64),
        tuple(argument for argument, _ in ends),
    )
    return cards, links


def titanic(
    fonts: Widths | None = None,
    extra: Sequence[Row] = (),
    tags: Mapping[str, tuple[Tag, ...]] | None = None,
    notes: Mapping[str, str] | None = None,
) -> Scene:
    """38 nodes, 16 of them rows, and 36 edges; a row of `extra` may add arguments to one of them."""
    added = {row[0]: row[3] for row in extra}
    rows = [(*row[:3], f"{row[3]} {added.pop(row[0], '')}") for row in TITANIC]
    rows += [row for row in extra if row[0] in added]
    cards, links = cards_and_links(rows, tags=tags)
    written = tuple((notes or {}).get(name, "") for name in cards.names) if notes else ()
    needed = sizes(cards, fonts or Flat(), written, with_status=bool(notes))
    return arranged(cards, links, needed, budget=None if fonts else NONE)


@cache
def plain_titanic() -> Scene:
    """The same, measured without fonts."""
    return titanic()


GROUPS = (  # name, owner, nodes, what it reads
    ("crm.customers", 0, 64, ""),
    ("shop.orders", 0, 78, ""),
    ("shop.catalogue", 0, 46, ""),
    ("web.sessions", 1, 72, ""),
    ("erp.ledger", 2, 52, ""),
    ("features.customer", 3, 92, "crm.customers shop.orders web.sessions"),
    ("features.product", 3, 70, "shop.orders shop.catalogue"),
    ("features.behaviour", 3, 84, "web.sessions shop.catalogue"),
    ("finance.margin", 2, 58, "erp.ledger shop.orders"),
    ("models.churn", 4, 66, "features.customer features.behaviour"),
    ("models.ranking", 4, 74, "features.product features.behaviour"),
    ("models.demand", 4, 62, "features.product finance.margin"),
    ("reports.board", 2, 48, "finance.margin models.demand"),
    ("reports.campaign", 5, 54, "models.churn models.ranking"),
    ("serving.scores", 4, 44, "models.churn models.ranking models.demand"),
    ("exports.partners", 5, 36, "models.ranking features.customer"),
)
COUNTS = (6, 9, 14, 18, 27, 41, 63)
NONE = Budget(0.0, lambda: 0.0)  # the first layout will do
OWNERS = ("platform", "web", "finance", "data-science", "ml-serving", "marketing")


def company(fonts: Widths | None = None, seed: int = 5) -> Scene:
    """1,000 nodes in 16 groups."""
    chance = random.Random(seed)
    size = {row[0]: row[2] for row in GROUPS}
    first = dict(zip(size, np.cumsum([0, *size.values()]).tolist(), strict=False))
    edges = [
        (first[name] + one, first[name] + other)
        for name in size
        for one, other in _inner(chance, size[name])
    ]
    for name, _, _, reads in GROUPS:
        for read in reads.split():
            edges += [  # any nodes of the two
                (first[read] + number % size[read], first[name] + number % size[name])
                for number in range(chance.choice(COUNTS))
            ]
    names = [f"{name.split('.')[1]}_{number:03}" for name in size for number in range(size[name])]
    cards, links = plain_cards(tuple(names)), plain_links(np.array(edges, np.int64))
    grouping = Grouping(list(size), np.repeat(np.arange(len(size)), list(size.values())))
    return arranged(cards, links, sizes(cards, fonts or Flat()), grouping, budget=NONE)


def _inner(chance: random.Random, size: int) -> list[tuple[int, int]]:
    depth = max(4, round(size**0.5 * 1.35))
    layer = sorted(min(depth - 1, int(chance.betavariate(1.4, 1.6) * depth)) for _ in range(size))
    at = [chance.random() for _ in range(size)]
    found: set[tuple[int, int]] = set()
    for i in range(size):
        back = [j for j in range(size) if layer[j] < layer[i] <= layer[j] + 2]
        back.sort(key=lambda j: abs(at[i] - at[j]) + 0.25 * (layer[i] - layer[j]))
        found |= {(j, i) for j in back[: 1 + (chance.random() < 0.55)]}
    return sorted(found)


def plain_cards(names: tuple[str, ...], kinds: Ints | None = None) -> Cards:
    """Functions that make series."""
    count = len(names)
    codes = np.zeros(count, np.uint8) if kinds is None else kinds.astype(np.uint8)
    return Cards(names, codes, ("Series",) * count, np.zeros(count + 1, np.int64))


def plain_links(ends: Ints) -> Links:
    """Edges from the heads of cards, (m, 2)."""
    ends = ends.reshape(-1, 2)
    return Links(ends[:, 0], ends[:, 1], np.full(len(ends), -1), ("",) * len(ends))


def small(names: tuple[str, ...] = ("rows", "age", "sex", "model", "report")) -> Scene:
    """Five cards in three columns, placed by hand: one leads to two, these to one, beside an end."""
    rows = tuple(
        (name, kind, "Series", "")
        for name, kind in zip(
            names, ("source", "function", "input", "artifact", "saver"), strict=True
        )
    )
    cards, _ = cards_and_links(rows, {names[0]: ("first", "second")})
    boxes = np.array(
        [
            [0, 20, 130, 89],
            [190, 0, 120, 44],
            [200, 80, 110, 26],
            [370, 30, 120, 44],
            [370, 110, 120, 44],
        ],
        float,
    )
    ends = [(0, 1, 0), (0, 2, 1), (1, 3, -1), (2, 3, -1), (2, 4, -1)]
    points = [_hand_drawn(boxes, *end) for end in ends]
    return Scene(
        cards,
        boxes,
        Edges(
            np.array([end[0] for end in ends]),
            np.array([end[1] for end in ends]),
            np.array([end[2] for end in ends]),
            ("",) * len(ends),
            np.arange(len(ends)),
        ),
        Routes(cut(np.arange(0, 21, 4), np.vstack(points)), np.ones(5, int), np.zeros(5, bool)),
    )


def _hand_drawn(boxes: Floats, origin: int, target: int, row: int) -> Floats:
    x, y = boxes[origin, 0] + boxes[origin, 2], boxes[origin, 1] + 22
    y += 22 + 20 * row + 10 if row >= 0 else 0
    end, low = boxes[target, 0], boxes[target, 1] + min(boxes[target, 3], 44) / 2
    bend = (end - x) / 2
    return np.array([[x, y], [x + bend, y], [end - bend, low], [end, low]])
