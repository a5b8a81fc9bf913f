"""What a picture of a graph shows, whatever draws it: cards in their places and how they look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.runs import SKIPPED
from hamilton_ol.graph.scene.graphcards import GraphCards, cards_of, scene_of_graph
from hamilton_ol.graph.scene.kinds import STATUSES
from hamilton_ol.graph.scene.looks import Looks
from hamilton_ol.graph.scene.measures import Widths
from hamilton_ol.graph.scene.scene import Scene
from hamilton_ol.graph.scene.words import FILL, STATUS, TONE

NOT_EXECUTED = frozenset({"input", "config", "source", "sink", "dataset"})
_SHORTEST = 1e-6  # s


class Sign(NamedTuple):
    """Something that the legend explains.

    Attributes:
        sign: `kind`, `line`, `category`, `status`, `end`, `barrier` or `heat`; others are left out.
        key: which: a kind, a colour, the number of a category, a status.
        label: what it means.
        least: of `heat`, what the lightest colour stands for.
    """

    sign: str
    key: str
    label: str
    least: str = ""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture of a graph.

    Attributes:
        scene: what is where.
        looks: how it looks.
        trail: what it shows, from the whole to the part.
        spans: shortest and longest duration, s, if there are any.
        hints: what is said of each card on request.
        signs: what the legend explains; the kinds, statuses and durations that occur without any.
        title: what it is about; empty where that is plain.
    """

    scene: Scene
    looks: Looks
    trail: tuple[str, ...]
    spans: tuple[float, float] | None
    hints: tuple[str, ...]
    signs: tuple[Sign, ...] = ()
    title: str = ""


def picture_of(graph: LineageGraph, widths: Widths, trail: Sequence[str] = ()) -> Picture:
    """The picture of a graph; of a run, with how long everything took and how it ended.

    Args:
        graph: what is shown.
        widths: measures texts.
        trail: what it shows, from the whole to the part.
    """
    made = cards_of(graph)
    cards = np.flatnonzero(made.row < 0).tolist()
    nodes = [graph.nodes[number] for number in cards]
    is_run = any(node.status for node in nodes)
    notes = tuple(duration(node.seconds) for node in nodes) if is_run else ()
    scene = scene_of_graph(made, widths, None, notes)
    looks = scene.plain_looks()
    hints = tuple(map(hint, nodes))
    if not is_run:
        return Picture(scene, looks, tuple(trail), None, hints)
    looks.notes = notes
    _end(scene, looks, nodes)
    _end_rows(graph, made, scene, looks)
    return Picture(scene, looks, tuple(trail), _heat(looks, nodes), hints)


def hint(node: Node) -> str:
    """What is said of a node on request."""
    first = node.doc.strip().partition("\n")[0]
    facts = (node.name, f"{node.kind} {node.type}".strip(), ", ".join(node.owners), first)
    return " · ".join(fact for fact in facts if fact)


def duration(seconds: float | None) -> str:
    """How long something took, as it is written on a card."""
    if seconds is None:
        return ""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= 0.9995 * size:
            digits = 2 if unit == "s" and seconds < 10 else 0  # noqa: PLR2004
            return f"{seconds / size:.{digits}f} {unit}"
    return f"{seconds * 1e6:.0f} µs"


def _end(scene: Scene, looks: Looks, nodes: Sequence[Node]) -> None:
    """How each ended; what should have been executed and was not steps back."""
    for card, node in enumerate(nodes):
        word = STATUSES.get(node.status, "" if node.kind in NOT_EXECUTED else "skipped")
        looks.status[card] = STATUS[word]
        looks.dim[card] = word == "skipped"
        if word == "failed":
            _fail(looks, card)
    looks.edge_dim[:] = looks.dim[scene.edges.target] | looks.dim[scene.edges.origin]


def _fail(looks: Looks, card: int) -> None:
    looks.tone[card], looks.fill[card] = TONE["status.failed"], FILL["status.failed_soft"]
    looks.loud[card] = True


def _end_rows(graph: LineageGraph, made: GraphCards, scene: Scene, looks: Looks) -> None:
    """The same of rows; a card of which one failed is marked, too."""
    for number in np.flatnonzero(made.row >= 0).tolist():
        card, status = int(made.card[number]), graph.nodes[number].status
        row = scene.cards.row_start[card] + made.row[number]
        looks.row_dim[row] = status in {"", SKIPPED}
        if STATUSES.get(status) == "failed":
            looks.row_tone[row] = TONE["status.failed"]
            looks.status[card] = STATUS["failed"]
            _fail(looks, card)


def _heat(looks: Looks, nodes: Sequence[Node]) -> tuple[float, float] | None:
    """Colours by duration, on a logarithmic scale; red is kept for failure."""
    quiet = ~(looks.dim | looks.loud)
    taken = [
        (n, max(node.seconds, _SHORTEST))
        for n, node in enumerate(nodes)
        if node.seconds and quiet[n]
    ]
    if not taken:
        return None
    spans = [seconds for _, seconds in taken]
    least, most = min(spans), max(spans)
    whole = np.log(most / least) or 1.0
    for card, seconds in taken:
        looks.heat[card] = np.log(seconds / least) / whole
    return least, most
