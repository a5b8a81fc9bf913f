"""A lineage graph as cards: columns and fields become rows of the card that they come from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.rows import column, told
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.cards import Cards, Tag
from hamilton_ol.graph.scene.kinds import kinds_of
from hamilton_ol.graph.scene.links import Grouping, Links
from hamilton_ol.graph.scene.measures import Widths, sizes
from hamilton_ol.graph.scene.names import brief
from hamilton_ol.graph.scene.scene import Scene

SHORT = 15  # letters of a type that has a note beside it


@dataclass(frozen=True, eq=False)
class GraphCards:
    """Cards of a graph of n nodes and m edges, and where each node and edge went.

    Attributes:
        cards, links: what is written and what leads where.
        card: the card that shows a node, (n,).
        row: the node's row on it, within the card; -1 for the card itself, (n,).
        edge: the edge of the graph that each link stands for.
        copies: the cards that the last of them stand for once more, (k,).
    """

    cards: Cards
    links: Links
    card: Ints
    row: Ints
    edge: Ints
    copies: Ints = field(default_factory=lambda: np.zeros(0, np.int64))


def cards_of(graph: LineageGraph) -> GraphCards:
    """What is written on the cards of a graph."""
    owner = _owners(graph)
    is_row = owner >= 0
    own = np.flatnonzero(~is_row)
    card = np.full(len(graph), -1)
    card[own] = np.arange(len(own))
    card[is_row] = card[owner[is_row]]
    rows = np.flatnonzero(is_row)
    rows = rows[np.argsort(card[rows], kind="stable")]
    counts = np.bincount(card[rows], minlength=len(own))
    start = np.concatenate(([0], np.cumsum(counts)))
    row = np.full(len(graph), -1)
    row[rows] = np.arange(len(rows)) - start[card[rows]]
    cards = Cards(
        _picked(graph.column("name"), own),
        kinds_of(graph)[own],
        _picked(graph.column("type"), own),
        start,
        tuple(graph.nodes[number].field or graph.nodes[number].name for number in rows.tolist()),
    )
    links, edge = _links(graph, card, row)
    return GraphCards(cards, links, card, row, edge)


def _picked(values: tuple[str, ...], numbers: Ints) -> tuple[str, ...]:
    """Some of the values, which are the same ones where they are all of them."""
    return values if len(numbers) == len(values) else tuple(values[n] for n in numbers.tolist())


def _owners(graph: LineageGraph) -> Ints:
    """`_owner` of each node."""
    found = np.full(len(graph), -1)
    for number in np.flatnonzero(told(graph.column("field"), bool, np.bool_)).tolist():
        found[number] = _owner(graph, graph.nodes[number])
    return found


def _owner(graph: LineageGraph, node: Node) -> int:
    """The node on whose card a column is a row; -1 for a node with a card of its own."""
    if not node.field or node.kind != "column" or node.part_of == node.id:
        return -1
    number = graph.index.get(node.part_of, -1)
    is_row_too = number >= 0 and graph.nodes[number].kind == "column"
    return -1 if is_row_too else number


def _links(graph: LineageGraph, card: Ints, row: Ints) -> tuple[Links, Ints]:
    origin, target = graph.ends
    kept = np.flatnonzero(card[origin] != card[target])  # a row comes from its card: not drawn
    arguments = _picked(column(graph.edges, "argument"), kept)
    links = Links(card[origin[kept]], card[target[kept]], row[origin[kept]], arguments)
    return links, kept


def dressed(
    made: GraphCards, tags: Mapping[int, tuple[Tag, ...]], notes: Sequence[str] = ()
) -> GraphCards:
    """The same with labels on some cards, and room for notes at the end of second lines."""
    types = made.cards.types
    if notes:
        types = tuple(brief(t, SHORT) if n else t for t, n in zip(types, notes, strict=True))
    return replace(made, cards=made.cards.dressed(types, tags))


def grouping_by(graph: LineageGraph, made: GraphCards, key: Callable[[Node], str]) -> Grouping:
    """Groups of cards by what their nodes have in common; an empty key is no group."""
    names: dict[str, int] = {}
    of_card = np.full(len(made.cards), -1)
    for number in np.flatnonzero(made.row < 0).tolist():
        name = key(graph.nodes[number])
        if name:
            of_card[made.card[number]] = names.setdefault(name, len(names))
    return Grouping(list(names), of_card)


def scene_of_graph(
    made: GraphCards,
    fonts: Widths,
    grouping: Grouping | None = None,
    notes: Sequence[str] = (),
) -> Scene:
    """A graph's cards in their places; the best layout there is, however long it takes."""
    from hamilton_ol.graph.scene.arrangement import arranged  # noqa: PLC0415 - loads scipy

    needed = sizes(made.cards, fonts, tuple(notes), with_status=bool(notes))
    return arranged(made.cards, made.links, needed, grouping)
