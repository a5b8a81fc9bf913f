"""Groups that nodes can be put into: by module, tag, owner, namespace or function, one inside another."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property, partial

import numpy as np

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.links import Grouping

TAG = "tag:"
#: {what groups are made by: what a menu says}.
KEYS = {
    "module": "modules",
    "owner": "owners",
    "namespace": "namespaces",
    "function": "functions",
}
NO_GROUPS = "none"
LEAST = 2  # cards of a group: one alone needs no box


def tag_keys(graph: LineageGraph) -> list[str]:
    """`tag:KEY` for every tag that tells nodes apart, the most frequent first."""
    tagged = [node for node in graph.nodes if node.tags and not node.field]
    counts = Counter(key for node in tagged for key in node.tags)
    values: dict[str, set[str]] = {}
    for node in tagged:
        for key in node.tags:
            values.setdefault(key, set()).add(_tag(node, key))
    several = [key for key in counts if counts[key] >= LEAST and counts[key] > len(values[key])]
    return [TAG + key for key in sorted(several, key=lambda key: (-counts[key], key))]


def _tag(node: Node, key: str) -> str:
    value = node.tags.get(key, "")
    return value if isinstance(value, str) else ", ".join(value)


def _namespace(node: Node) -> str:
    return node.namespace or node.name.rpartition(".")[0]


_PATHS: dict[str, Callable[[Node], str]] = {
    "module": lambda node: node.module,
    "owner": lambda node: ", ".join(node.owners),
    "namespace": _namespace,
    "function": lambda node: node.function,
}
_DEEP = {"module", "namespace", "function"}


class Families:
    """The groups of a graph's nodes by one key.

    A name that has dots is a group inside another; what all of them have in common is left out.

    Args:
        graph: whose nodes they are of.
        key: of `KEYS`, or `tag:KEY`; with any other there are none.

    Attributes:
        names: of the innermost groups.
        of_node: the innermost group of each node, -1 for none, (n,).
    """

    def __init__(self, graph: LineageGraph, key: str) -> None:
        self._is_deep = key in _DEEP
        path = _PATHS.get(key) or partial(_tag, key=key.removeprefix(TAG))
        numbers: dict[str, int] = {}
        found = [path(node) for node in graph.nodes] if key else [""] * len(graph)
        self.of_node: Ints = np.array(
            [numbers.setdefault(name, len(numbers)) if name else -1 for name in found], np.int64
        )
        self.names = self._short(list(numbers))
        self._is_card = np.array([not node.field for node in graph.nodes], np.bool_)

    def _short(self, names: list[str]) -> list[str]:
        """Without the beginning that all have in common."""
        parts = [name.split(".") for name in names]
        if not self._is_deep or len(names) < LEAST:
            return names
        same = 0
        while all(len(part) > same + 1 and part[same] == parts[0][same] for part in parts):
            same += 1
        return [".".join(part[same:]) for part in parts]

    def __bool__(self) -> bool:
        """Whether there is any group."""
        counts = np.bincount(self.of_node[self._is_card & (self.of_node >= 0)])
        return bool(np.any(counts >= LEAST))

    # --- one inside another ----------------------------------------------------------------------

    def _around(self, name: str) -> list[str]:
        """The groups that a group is in, from outside, and itself."""
        if not self._is_deep:
            return [name]
        parts = name.split(".")
        return [".".join(parts[: depth + 1]) for depth in range(len(parts))]

    @cached_property
    def outermost(self) -> frozenset[str]:
        """The groups that are in no other."""
        return frozenset(self._around(name)[0] for name in self.names)

    def inside(self, name: str) -> frozenset[str]:
        """The next groups inside a group; it is not one of them."""
        found = set()
        for other in self.names:
            around = self._around(other)
            if name in around[:-1]:
                found.add(around[around.index(name) + 1])
        return frozenset(found)

    def box_of(self, node: int, collapsed: frozenset[str]) -> str:
        """The box that a node is in: the outermost closed group around it, or its own; or empty."""
        number = int(self.of_node[node])
        return self._box(self.names[number], collapsed) if number >= 0 else ""

    def boxes_of(self, nodes: Ints, collapsed: frozenset[str]) -> set[str]:
        """The same of several nodes, without those that are in none."""
        numbers = np.unique(self.of_node[nodes])
        return {self._box(self.names[number], collapsed) for number in numbers[numbers >= 0]}

    def _box(self, name: str, collapsed: frozenset[str]) -> str:
        return next((one for one in self._around(name) if one in collapsed), name)

    def expanded(self, collapsed: frozenset[str], name: str) -> frozenset[str]:
        """The collapsed groups once one of them is expanded: what is in it stays collapsed."""
        return (collapsed - {name}) | self.inside(name)

    def collapsed(self, collapsed: frozenset[str], name: str) -> frozenset[str]:
        """The collapsed groups once another is, too; of a collapsed one the group around it."""
        around = self._around(name)
        if name in collapsed and len(around) > 1:
            name = around[-2]
        gone = {one for one in collapsed if name in self._around(one)}
        return (collapsed - gone) | {name}

    def changed(self, before: frozenset[str], after: frozenset[str]) -> str:
        """The one group that was expanded or collapsed; empty where it were several."""
        gone = sorted(before ^ after, key=lambda name: name.count("."))
        rest = [name for name in gone[1:] if gone[0] not in self._around(name)]
        return gone[0] if gone and not rest else ""

    # --- of cards --------------------------------------------------------------------------------

    def of_cards(self, made: GraphCards) -> Ints:
        """The innermost group of each card, -1 for none."""
        own = np.flatnonzero(made.row < 0)
        found = np.full(len(made.cards), -1)
        found[made.card[own]] = self.of_node[own]
        first = len(found) - len(made.copies)
        of_copy = np.flatnonzero(made.links.origin >= first)
        found[made.links.origin[of_copy]] = found[made.links.target[of_copy]]
        return found

    def member(self, of_card: Ints, name: str) -> int:
        """A card in a group, or in one inside it; -1 for none."""
        inside = [number for number, one in enumerate(self.names) if name in self._around(one)]
        found = np.flatnonzero(np.isin(of_card, inside))
        return int(found[0]) if found.size else -1

    def grouping(self, of_card: Ints, collapsed: Iterable[str]) -> Grouping | None:
        """Boxes around cards, or None; what is inside a collapsed group is in its box."""
        closed = frozenset(collapsed)
        boxes = [self._box(name, closed) for name in self.names]
        numbers: dict[str, int] = {}
        box = np.array([numbers.setdefault(name, len(numbers)) for name in boxes] + [-1], np.int64)
        of = box[of_card]
        names = list(numbers)
        many = np.bincount(of[of >= 0], minlength=len(names)) >= LEAST
        place = np.append(np.where(many, np.cumsum(many) - 1, -1), -1)
        names = [name for name, is_kept in zip(names, many.tolist(), strict=True) if is_kept]
        shut = frozenset(number for number, name in enumerate(names) if name in closed)
        return Grouping(names, place[of], shut) if names else None
