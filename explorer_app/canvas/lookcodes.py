"""Looks of many nodes as numbers, so that bodies that look the same are drawn once."""

import numpy as np
from numpy.typing import NDArray

from explorer_app.canvas.appearance import Look
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.words import FILLS, FIRST_KIND, KINDS, MARK, MARKS, TONES

MOST = FIRST_KIND + len(KINDS) - 1  # the last category
HEATS = 12  # steps that can be told apart beside each other
_FIELDS = (
    ("tone", len(TONES)),
    ("fill", len(FILLS)),
    ("dim", 2),
    ("loud", 2),
    ("marked", 2),
    ("heat", HEATS + 2),
    ("category", MOST + 2),
)
_SIZES = tuple(size for _, size in _FIELDS)
CODES = int(np.prod(_SIZES))  # all are less
#: The code of a node that steps back, whatever else is true of it.
DIMMED = int(np.ravel_multi_index((0, 0, 1, 0, 0, 0, 0), _SIZES))


def codes_of(looks: Looks) -> NDArray[np.int32]:
    """One number for the body of each node, (n,)."""
    heat = np.where(np.isnan(looks.heat), 0, 1 + np.round(np.nan_to_num(looks.heat) * HEATS))
    parts = (
        looks.tone,
        looks.fill,
        looks.dim,
        looks.loud,
        looks.mark > 0,
        np.clip(heat, 0, HEATS + 1),
        np.clip(looks.category + 1, 0, MOST + 1),
    )
    made = np.zeros(len(looks.tone), np.int32)
    for part, size in zip(parts, _SIZES, strict=True):
        made = made * np.int32(size) + part.astype(np.int32)
    return np.where(looks.dim, np.int32(DIMMED), made)


def look_of_code(code: int) -> Look:
    """What all bodies of one number look like; a mark stands for any but `removed`."""
    tone, fill, dim, loud, marked, heat, category = (
        int(value) for value in np.unravel_index(code, _SIZES)
    )
    return Look(
        tone=TONES[tone],
        fill=FILLS[fill],
        dim=bool(dim),
        loud=bool(loud),
        mark=MARKS[MARK["changed"]] if marked else "",
        heat=None if heat == 0 else (heat - 1) / HEATS,
        category=category - 1,
    )
