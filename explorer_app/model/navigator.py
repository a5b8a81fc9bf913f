"""The tree of all nodes: by module, tag or owner, with counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from explorer_app.model.words import module_name
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.kinds import kind_of

INPUTS = "inputs"
OTHERS = "no module"
NO_OWNER = "no owner"
NO_TAG = "no tags"


@dataclass(eq=False)
class Branch:
    """A row of the tree.

    Attributes:
        text: what is written.
        kind: of the node, for its icon; `folder` for a group.
        node: its number, -1 for a group.
        count: how many nodes are in a group, how many columns a node has; 0 for none.
        children: rows below it.
    """

    text: str
    kind: str = "folder"
    node: int = -1
    count: int = 0
    children: list["Branch"] = field(default_factory=list)


Keys = Callable[[Node], Iterable[str]]


def by_module(graph: LineageGraph, cards: GraphCards) -> list[Branch]:
    """Groups for modules; inputs last."""
    return _grouped(graph, cards, lambda node: (_module(node),))


def by_tag(graph: LineageGraph, cards: GraphCards) -> list[Branch]:
    """Groups for tags with their values; a node is in several."""
    return _grouped(graph, cards, _tags, columns_too=True)


def by_owner(graph: LineageGraph, cards: GraphCards) -> list[Branch]:
    """Groups for owners; those without one last."""
    return _grouped(graph, cards, lambda node: node.owners or (NO_OWNER,))


VIEWS: dict[str, Callable[[LineageGraph, GraphCards], list[Branch]]] = {
    "Modules": by_module,
    "Tags": by_tag,
    "Owners": by_owner,
}
LAST = (OTHERS, INPUTS, NO_OWNER, NO_TAG)


def _module(node: Node) -> str:
    if node.kind in {"input", "config"}:
        return INPUTS
    return node.module or node.namespace or OTHERS


def _tags(node: Node) -> Iterable[str]:
    pairs = [
        f"{key}: {value}"
        for key, values in node.tags.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return pairs or (NO_TAG,)


def _grouped(
    graph: LineageGraph, cards: GraphCards, keys: Keys, *, columns_too: bool = False
) -> list[Branch]:
    """Groups in the order in which they appear; a column is below the node that it is taken from."""
    groups: dict[str, Branch] = {}
    leaves: dict[int, Branch] = {}
    columns: dict[int, list[Branch]] = {}
    for number, node in enumerate(graph.nodes):
        is_row = cards.row[number] >= 0
        leaf = Branch(node.field or node.name if is_row else node.name, kind_of(node), number)
        if is_row:
            columns.setdefault(int(cards.card[number]), []).append(leaf)
        for key in keys(node):
            group = groups.setdefault(key, Branch(key))
            group.count += 1
            if not is_row or (columns_too and key != NO_TAG):
                group.children.append(leaf)
        if not is_row:
            leaves[int(cards.card[number])] = leaf
    for card, found in columns.items():
        leaves[card].children, leaves[card].count = found, len(found)
    for group in groups.values():
        group.children.sort(key=lambda leaf: graph.nodes[leaf.node].line)
        group.text = module_name(group.text)
    return sorted(groups.values(), key=lambda group: group.text in LAST)
