"""Lenses: colours of cards for what a person looks for, beside the question."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from explorer_app.model.words import module_name, seconds
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.arrays import Ints, Singles
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.words import CATEGORIES

NONE = -1


class Lens(NamedTuple):
    """What cards look like through a lens.

    Attributes:
        category: the number of each card's colour, -1 for none, (n,).
        heat: share of the longest, NaN for none, (n,).
        names: what the colours mean, in their order.
        span: shortest and longest duration, as texts; empty for none.
    """

    category: Ints
    heat: Singles
    names: tuple[str, ...] = ()
    span: tuple[str, ...] = ()


#: {name: what the top bar says}.
LENSES = {"": "No lens", "module": "Modules", "owner": "Owners", "duration": "Durations"}
_KEYS: dict[str, Callable[[Node], str]] = {
    "module": lambda node: module_name(node.module),
    "owner": lambda node: ", ".join(node.owners),
}


def lens_of(graph: LineageGraph, made: GraphCards, name: str) -> Lens:
    """The cards through a lens; through none if it has no such name."""
    count = len(made.cards)
    own = np.flatnonzero(made.row < 0)
    nodes = [graph.nodes[number] for number in own.tolist()]
    category, heat = np.full(count, NONE), np.full(count, np.nan, np.float32)
    if name in _KEYS:
        texts = [_KEYS[name](node) for node in nodes]
        numbers = _numbered(texts)
        category[made.card[own]] = [numbers.get(text, NONE) for text in texts]
        return Lens(category, heat, _named(numbers))
    taken = np.array([node.seconds or np.nan for node in nodes], float)
    if name == "duration" and np.isfinite(taken).any():
        least, most = float(np.nanmin(taken)), float(np.nanmax(taken))
        whole = np.log(most / least) or 1.0
        heat[made.card[own]] = np.log(taken / least) / whole
        return Lens(category, heat, (), (seconds(least), seconds(most)))
    return Lens(category, heat)


def _numbered(texts: list[str]) -> dict[str, int]:
    """{text: number}, the most frequent first."""
    counts: dict[str, int] = {}
    for text in texts:
        if text:
            counts[text] = counts.get(text, 0) + 1
    order = sorted(counts, key=lambda text: -counts[text])
    return {text: number for number, text in enumerate(order)}


def _named(numbers: dict[str, int]) -> tuple[str, ...]:
    names = list(numbers)
    return (*names[:CATEGORIES], *(["others"] if len(names) > CATEGORIES else []))
