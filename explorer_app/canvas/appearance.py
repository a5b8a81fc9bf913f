"""One card and how it looks, picked out of the arrays for the painter."""

from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.scene.cards import Tag
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.measures import FOOT, ROW
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import FILLS, KINDS, MARKS, STATUSES, TONES


class Card(NamedTuple):
    """What is written on a card, and how large it is."""

    kind: str
    lines: tuple[str, ...]
    type: str
    width: float
    height: float
    rows: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()

    @property
    def head(self) -> float:
        """Height above the rows."""
        return self.height - (len(self.rows) * ROW + FOOT if self.rows else 0)

    @property
    def content(self) -> float:
        """Height of what is written in the head."""
        return 32 + 15 * (len(self.lines) - 1) + (22 if self.tags else 0)

    def row_middle(self, row: int) -> float:
        """The middle of a row, from the top of the card."""
        return self.head + (row + 0.5) * ROW


class Look(NamedTuple):
    """How a card looks; the words are those of `scene.words`."""

    tone: str = ""
    fill: str = ""
    dim: bool = False
    loud: bool = False
    active: bool = False
    status: str = ""
    mark: str = ""
    heat: float | None = None
    category: int = -1
    note: str = ""
    ends: bool = False
    barrier: bool = False
    letter: str = ""
    letter_row: int = -1
    row_tones: tuple[str, ...] = ()
    row_dims: tuple[bool, ...] = ()
    row_ends: tuple[bool, ...] = ()


def card_of(scene: Scene, node: int) -> Card:
    """One card of a scene."""
    cards = scene.cards
    return Card(
        kind=KINDS[cards.kinds[node]],
        lines=cards.lines[node],
        type=cards.second[node],
        width=float(scene.boxes[node, 2]),
        height=float(scene.boxes[node, 3]),
        rows=cards.fields_of(node),
        tags=cards.tags.get(node, ()),
    )


def look_of(scene: Scene, looks: Looks, node: int) -> Look:
    """How one card looks."""
    first, last = (int(v) for v in scene.cards.row_start[node : node + 2])
    heat = float(looks.heat[node])
    letter = looks.letters.get(node)
    return Look(
        tone=TONES[looks.tone[node]],
        fill=FILLS[looks.fill[node]],
        dim=bool(looks.dim[node]),
        loud=bool(looks.loud[node]),
        active=node == looks.active,
        status=STATUSES[looks.status[node]],
        mark=MARKS[looks.mark[node]],
        heat=None if np.isnan(heat) else heat,
        category=int(looks.category[node]),
        note=looks.notes[node] if looks.notes else "",
        ends=bool(looks.ends[node]),
        barrier=bool(looks.barrier[node]),
        letter=letter.text if letter else "",
        letter_row=letter.row if letter else -1,
        row_tones=tuple(TONES[tone] for tone in looks.row_tone[first:last]),
        row_dims=tuple(looks.row_dim[first:last].tolist()),
        row_ends=tuple(looks.row_ends[first:last].tolist()),
    )
