"""Who answers for a node: whoever owns it, or what it is a part of."""

from collections.abc import Iterable
from typing import NamedTuple

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node

NO_OWNER, INPUTS = "(no owner)", "(inputs)"
GIVEN = frozenset({"input", "config"})


class Owned(NamedTuple):
    """Nodes by whom they belong to, in the order in which they were given.

    Attributes:
        owners: {owner: nodes}, the largest first; a node may have several owners.
        unowned: nodes that somebody should own, and nobody does.
        inputs: what is given to each run, and so belongs to nobody who wrote the dataflow.
    """

    owners: dict[str, list[Node]]
    unowned: list[Node]
    inputs: list[Node]

    @property
    def rows(self) -> list[tuple[str, list[Node]]]:
        """(owner, nodes) for a person, with what nobody owns and inputs last, if there are any."""
        others = ((NO_OWNER, self.unowned), (INPUTS, self.inputs))
        return [*self.owners.items(), *((name, nodes) for name, nodes in others if nodes)]


class Ownership:
    """Whom the nodes of a graph belong to.

    A part of a result, as a column, check or step, belongs to whoever owns the function that makes
    it. Where a tag is only on the columns, a function belongs to their owners, if each has one.
    """

    def __init__(self, graph: LineageGraph) -> None:
        self.graph = graph
        self._columns: dict[str, list[Node]] = {}
        for node in graph.nodes:
            if node.kind == "column":
                self._columns.setdefault(node.part_of, []).append(node)

    def of(self, node: Node) -> tuple[str, ...]:
        """The owners of a node."""
        whole = self.graph.index.get(node.part_of)
        made_by = node if whole is None else self.graph.nodes[whole]
        return node.owners or made_by.owners or self._of_columns(made_by)

    def _of_columns(self, node: Node) -> tuple[str, ...]:
        owners = [column.owners for column in self._columns.get(node.id, ())]
        return tuple(dict.fromkeys(one for each in owners for one in each)) if all(owners) else ()

    def groups(self, nodes: Iterable[Node]) -> Owned:
        """Nodes by owner."""
        owners: dict[str, list[Node]] = {}
        found = Owned(owners, [], [])
        for node in nodes:
            names = self.of(node)
            for name in names:
                owners.setdefault(name, []).append(node)
            if not names:
                (found.inputs if node.kind in GIVEN else found.unowned).append(node)
        ordered = sorted(owners.items(), key=lambda item: (-len(item[1]), item[0]))
        return found._replace(owners=dict(ordered))
