"""Places that a person chose for cards."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.scene import Scene

MOST = 1_000  # that are kept of a source


class Pin(NamedTuple):
    """Where a card was put.

    Attributes:
        view: of which it holds: what is shown there and what it is boxed by.
        node: the id of the card's node.
        x, y: the corner of the card, from that of its box if it is in one.
    """

    view: str
    node: str
    x: float
    y: float


Pins = frozenset[Pin]


def without(pins: Pins, view: str, node: str) -> Pins:
    """The others."""
    return frozenset(pin for pin in pins if (pin.view, pin.node) != (view, node))


def placed_at(pins: Pins, pin: Pin) -> Pins:
    """With one more, in place of the one of the same card that there may be."""
    return without(pins, pin.view, pin.node) | {pin}


def places(
    pins: Iterable[Pin], graph: LineageGraph, made: GraphCards, scene: Scene
) -> Mapping[int, tuple[float, float]]:
    """{card: its corner} of those that are shown in a scene."""
    found = {}
    for pin in sorted(pins):
        card = int(made.card[graph.index[pin.node]]) if pin.node in graph.index else -1
        if card >= 0 and np.isfinite(scene.boxes[card, 0]):
            left, top = origin_of(scene, card)
            found[card] = (left + pin.x, top + pin.y)
    return found


def origin_of(scene: Scene, card: int) -> tuple[float, float]:
    """Where the places of a card are counted from."""
    group = int(scene.groups.of_node[card]) if len(scene.groups) else -1
    if group < 0:
        return 0.0, 0.0
    left, top = scene.groups.boxes[group, :2].tolist()
    return left, top


def as_texts(pins: Pins) -> list[str]:
    """Pins as they are kept."""
    ordered = sorted(pins)[:MOST]
    return ["\n".join((pin.view, pin.node, f"{pin.x:.1f}", f"{pin.y:.1f}")) for pin in ordered]


def of_texts(texts: Iterable[str]) -> Pins:
    """Pins that were kept; what cannot be read is left out."""
    found = set()
    for text in texts:
        try:
            view, node, x, y = text.split("\n")
            found.add(Pin(view, node, float(x), float(y)))
        except ValueError:
            continue
    return frozenset(pin for pin in found if np.isfinite((pin.x, pin.y)).all())
