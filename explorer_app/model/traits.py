"""What is looked up again and again of all nodes of a graph, found out once."""

from functools import cached_property

import numpy as np

from explorer_app.model.families import NO_GROUPS, Families, tag_keys
from explorer_app.model.searched import Searched
from explorer_app.model.table import is_personal
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.columns import Column
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.scene.kinds import kind_of
from hamilton_ol.graph.select.completion import complete

Origins = dict[str, dict[str, list[Column]]]


class Traits:
    """Masks, bool (nodes), and tables of a graph; each is made when it is needed first."""

    def __init__(self, graph: LineageGraph) -> None:
        self._graph = graph
        self._families: dict[str, Families] = {}

    def families(self, key: str) -> Families:
        """The groups that nodes can be put into by a key."""
        if key not in self._families:
            self._families[key] = Families(self._graph, key if key != NO_GROUPS else "")
        return self._families[key]

    @cached_property
    def tag_keys(self) -> list[str]:
        """What nodes can be grouped by, of their tags."""
        return tag_keys(self._graph)

    def _mask(self, flags: list[bool]) -> Mask:
        return np.array(flags, np.bool_)

    @cached_property
    def sources(self) -> Mask:
        """Those that read something outside."""
        return self._mask([kind_of(node) == "source" for node in self._graph.nodes])

    @cached_property
    def inputs(self) -> Mask:
        """Those that are given to each run."""
        return self._mask([node.kind in {"input", "config"} for node in self._graph.nodes])

    @cached_property
    def personal(self) -> Mask:
        """Those that are tagged as personal data."""
        return self._mask([is_personal(node) for node in self._graph.nodes])

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
        return any(node.status for node in self._graph.nodes)

    @cached_property
    def has_owners(self) -> bool:
        """Whether anything is owned."""
        return any(node.owners for node in self._graph.nodes)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The keys of all tags, in the order of the nodes."""
        return tuple(dict.fromkeys(key for node in self._graph.nodes for key in node.tags))

    @cached_property
    def modules(self) -> int:
        """How many modules there are."""
        return len({node.module for node in self._graph.nodes if node.module})

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
