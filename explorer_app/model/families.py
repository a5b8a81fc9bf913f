"""Groups that nodes can be put into: by module, tag, owner, namespace or function, one inside another."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from operator import methodcaller
from typing import Any

import numpy as np

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.rows import different, told
from hamilton_ol.graph.scene.arrays import Ints
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.links import Grouping
from hamilton_ol.records import Tags

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
    found, numbers = different(graph.column("tags"))
    is_field = told(graph.column("field"), bool, np.bool_)
    times = np.bincount(numbers[~is_field], minlength=len(found)).tolist()
    counts: Counter[str] = Counter()
    values: dict[str, set[str]] = {}
    for tags, count in zip(found, times, strict=True):
        for key in tags if count else ():
            counts[key] += count
            values.setdefault(key, set()).add(_tag(tags, key))
    several = [key for key in counts if counts[key] >= LEAST and counts[key] > len(values[key])]
    return [TAG + key for key in sorted(several, key=lambda key: (-counts[key], key))]


def _tag(tags: Tags, key: str) -> str:
    value = tags.get(key, "")
    return value if isinstance(value, str) else ", ".join(value)


def _paths(graph: LineageGraph, key: str) -> Iterable[str]:
    """Of each node the name of its group, with dots between one and what is inside; or empty."""
    match key:
        case "module" | "function":
            return graph.column(key)
        case "owner":
            return _each(graph.column("owners"), ", ".join)
        case "namespace":
            both = zip(graph.column("namespace"), graph.column("name"), strict=True)
            return (namespace or name.rpartition(".")[0] for namespace, name in both)
        case "":
            return ("",) * len(graph)
        case _:
            return _each(graph.column("tags"), partial(_tag, key=key.removeprefix(TAG)))


def _each(values: Sequence[Any], say: Callable[[Any], str]) -> Iterator[str]:
    """What is said of each; once of what recurs."""
    found, numbers = different(values)
    return map([say(value) for value in found].__getitem__, numbers.tolist())


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
        numbers: dict[str, int] = {}
        found = (
            numbers.setdefault(name, len(numbers)) if name else -1 for name in _paths(graph, key)
        )
        self.of_node: Ints = np.fromiter(found, np.int64, len(graph))
        is_card = ~told(graph.column("field"), bool, np.bool_)
        counts = np.bincount(self.of_node[is_card & (self.of_node >= 0)])
        self._has_any = bool(np.any(counts >= LEAST))
        self.names = self._short(list(numbers)) if self._has_any else []
        if not self._has_any:
            self.of_node = np.full(len(graph), -1)

    def _short(self, names: list[str]) -> list[str]:
        """Without the beginning that all have in common."""
        if not self._is_deep or len(names) < LEAST:
            return names
        same = names[0].split(".")[:-1]
        while same and not all(map(methodcaller("startswith", f"{'.'.join(same)}."), names)):
            same.pop()
        begin = len(".".join((*same, "")))
        return [name[begin:] for name in names]

    def __bool__(self) -> bool:
        """Whether there is any group."""
        return self._has_any

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
