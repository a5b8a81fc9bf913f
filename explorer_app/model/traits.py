"""What is looked up again and again of all nodes of a graph, found out once."""

from functools import cached_property

import numpy as np

from explorer_app.model.copies import inputs
from explorer_app.model.families import NO_GROUPS, Families, tag_keys
from explorer_app.model.navigator import VIEWS, Branch
from explorer_app.model.searched import Searched
from explorer_app.model.table import is_personal
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.columns import Column
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.rows import told
from hamilton_ol.graph.scene.graphcards import GraphCards
from hamilton_ol.graph.scene.kinds import kinds_of
from hamilton_ol.graph.scene.words import KIND
from hamilton_ol.graph.select.completion import complete

Origins = dict[str, dict[str, list[Column]]]


class Traits:
    """Masks, bool (nodes), and tables of a graph; each is made when it is needed first."""

    def __init__(self, graph: LineageGraph) -> None:
        self._graph = graph
        self._families: dict[str, Families] = {}
        self._branches: dict[tuple[str, int], list[Branch]] = {}

    def families(self, key: str) -> Families:
        """The groups that nodes can be put into by a key."""
        found = self._families.pop(key, None)
        if found is None:
            found = Families(self._graph, key if key != NO_GROUPS else "")
        self._families[key] = found  # at the end is the one that is shown
        return found

    def rest(self) -> None:
        """Let go what is large and not shown."""
        self._families = dict([*self._families.items()][-1:])
        for name in ("searched", "columns"):
            vars(self).pop(name, None)

    def branches(self, view: str, made: GraphCards) -> list[Branch]:
        """The tree of the nodes, by one of `VIEWS`."""
        key = view, id(made)
        if key not in self._branches:
            self._branches[key] = VIEWS[view](self._graph, made)
        return self._branches[key]

    @cached_property
    def tag_keys(self) -> list[str]:
        """What nodes can be grouped by, of their tags."""
        return tag_keys(self._graph)

    @cached_property
    def sources(self) -> Mask:
        """Those that read something outside."""
        found: Mask = kinds_of(self._graph) == KIND["source"]
        return found

    @cached_property
    def inputs(self) -> Mask:
        """Those that are given to each run."""
        return inputs(self._graph)

    @cached_property
    def personal(self) -> Mask:
        """Those that are tagged as personal data."""
        found: Mask = told(self._graph.column("tags"), is_personal, np.bool_)
        return found

    @cached_property
    def searched(self) -> Searched:
        """What is written of each."""
        return Searched(self._graph)

    @cached_property
    def ends(self) -> list[int]:
        """Numbers of the results that nothing takes."""
        is_end = (self._graph.down.degrees == 0) & (self._graph.up.degrees > 0)
        return np.flatnonzero(is_end).tolist()

    @cached_property
    def is_run(self) -> bool:
        """Whether anything says how it ended."""
        return any(self._graph.column("status"))

    @cached_property
    def has_owners(self) -> bool:
        """Whether anything is owned."""
        return any(self._graph.column("owners"))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The keys of all tags, in the order of the nodes."""
        return tuple(dict.fromkeys(key for tags in self._graph.column("tags") for key in tags))

    @cached_property
    def modules(self) -> int:
        """How many modules there are."""
        return len({*self._graph.column("module")} - {""})

    @cached_property
    def columns(self) -> Origins:
        """{node: {column of its result: columns of other nodes that it comes from}}."""
        found: Origins = {}
        for column in self._graph.columns.columns:
            if column.name:
                found.setdefault(column.node, {}).setdefault(column.name, [])
        for edge in self._graph.columns.edges:
            target = edge.target
            if edge.origin.node != target.node and target.name:
                found.setdefault(target.node, {}).setdefault(target.name, []).append(edge.origin)
        return found

    @cached_property
    def queries(self) -> tuple[str, ...]:
        """Those for each tag, each value of one and each owner, as far as anybody reads on."""
        tags = completed(self._graph, "tag:")
        values = [query for tag in tags for query in completed(self._graph, f"{tag}=")]
        return tuple(dict.fromkeys([*tags, *values, *completed(self._graph, "owner:")]))


def completed(graph: LineageGraph, query: str) -> list[str]:
    """How a query that has begun may go on, whole."""
    return [candidate.text for candidate in complete(graph, query, len(query)).candidates]
