"""Scenes to look at: a dataflow that learns from a passenger list, a company, and random ones."""

import random
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from hamilton_ol.graph.layout import Style
from hamilton_ol.graph.layout.style import Spacing
from hamilton_ol.graph.layout.watch import Budget
from hamilton_ol.graph.scene.arrangement import Links, arranged
from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.cards import Cards, Tag
from hamilton_ol.graph.scene.measures import Widths, sizes
from hamilton_ol.graph.scene.scene import Edges, Groups, Routes, Scene
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
INSET, HEADING = 90.0, 330.0  # as large as can be read when all of it is seen
OWNERS = ("platform", "web", "finance", "data-science", "ml-serving", "marketing")


def company(fonts: Widths | None = None, seed: int = 5) -> Scene:
    """1,000 nodes in 16 groups, which are laid out first inside and then side by side."""
    chance = random.Random(seed)
    inside = [_group(row[0], row[2], chance, fonts or Flat()) for row in GROUPS]
    reads = {(a, row[0]): chance.choice(COUNTS) for row in GROUPS for a in row[3].split()}
    return _side_by_side(inside, reads)


def _group(name: str, size: int, chance: random.Random, fonts: Widths) -> Scene:
    cards = plain_cards(tuple(f"{name.split('.')[1]}_{i:03}" for i in range(size)))
    links = plain_links(np.array(_inner(chance, size), np.int64))
    return arranged(cards, links, sizes(cards, fonts), style=Style(aspect=2.2), budget=NONE)


def _side_by_side(inside: list[Scene], reads: dict[tuple[str, str], int]) -> Scene:
    """One scene of several, with a bundle for each pair that reads."""
    names = [row[0] for row in GROUPS]
    number = {name: place for place, name in enumerate(names)}
    ends = plain_links(np.array([[number[a], number[b]] for a, b in reads], np.int64))
    extent = np.array([scene.bounds for scene in inside])
    boxes = extent[:, 2:] - extent[:, :2] + np.array([2 * INSET, HEADING + INSET])
    first = np.setdiff1d(np.arange(len(names)), ends.target)
    boxes[first, 0] = boxes[first, 0].max()
    spacing = Spacing(column=560, column_most=900, card=190, lane=120, clear=80, part=200)
    frames = arranged(
        plain_cards(tuple(names)),
        ends,
        boxes,
        style=Style(spacing=spacing, pitch=130, port_pad=120, ports_most=1e9),
    )
    corners = frames.boxes[:, :2] + np.array([INSET, HEADING]) - extent[:, :2]
    corners[:, 0] += (frames.boxes[:, 2] - (extent[:, 2] - extent[:, 0])) / 2 - INSET
    return _joined(inside, corners, frames, list(reads.values()))


def _joined(inside: list[Scene], corners: Floats, frames: Scene, counts: list[int]) -> Scene:
    sizes_, first = [len(scene) for scene in inside], 0
    starts = np.concatenate(([0], np.cumsum(sizes_)))
    of_card = np.repeat(np.arange(len(inside)), sizes_)
    points = [scene.routes.points + corner for scene, corner in zip(inside, corners, strict=True)]
    points.append(frames.routes.points)
    lengths = [np.diff(scene.routes.start) for scene in [*inside, frames]]
    routes = Routes(
        np.concatenate([[0], np.cumsum(np.concatenate(lengths))]),
        np.vstack(points),
        np.concatenate([np.ones(sum(map(len, lengths[:-1])), int), counts]),
        np.repeat([False, True], [sum(map(len, lengths[:-1])), len(counts)]),
    )
    origin, target, route = [], [], []
    for scene, start in zip(inside, starts.tolist(), strict=False):
        origin.append(scene.edges.origin + start)
        target.append(scene.edges.target + start)
        route.append(scene.edges.route + first)
        first += len(scene.routes)
    for edge, count in enumerate(counts):  # any nodes of the two groups
        a, b = int(frames.edges.origin[edge]), int(frames.edges.target[edge])
        origin.append(starts[a] + np.arange(count) % sizes_[a])
        target.append(starts[b] + np.arange(count) % sizes_[b])
        route.append(np.full(count, first + int(frames.edges.route[edge])))
    ends = np.concatenate(origin), np.concatenate(target)
    return Scene(
        plain_cards(tuple(name for scene in inside for name in scene.cards.names)),
        np.vstack([moved(s.boxes, c) for s, c in zip(inside, corners, strict=True)]),
        Edges(*ends, np.full(len(ends[0]), -1), ("",) * len(ends[0]), np.concatenate(route)),
        routes,
        Groups(frames.cards.names, frames.boxes, of_card, np.array(sizes_)),
    )


def moved(boxes: Floats, by: Floats) -> Floats:
    """Boxes at another place."""
    made: Floats = boxes + np.concatenate([by, [0, 0]])
    return made


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
        Routes(np.arange(0, 21, 4), np.vstack(points), np.ones(5, int), np.zeros(5, bool)),
    )


def _hand_drawn(boxes: Floats, origin: int, target: int, row: int) -> Floats:
    x, y = boxes[origin, 0] + boxes[origin, 2], boxes[origin, 1] + 22
    y += 22 + 20 * row + 10 if row >= 0 else 0
    end, low = boxes[target, 0], boxes[target, 1] + min(boxes[target, 3], 44) / 2
    bend = (end - x) / 2
    return np.array([[x, y], [x + bend, y], [end - bend, low], [end, low]])
