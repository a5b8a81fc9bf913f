"""The graph as networkx sees it: a view that costs nothing until it is used, and a copy."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from hamilton_ol.collector import paused
from hamilton_ol.graph.adjacency import Adjacency
from hamilton_ol.graph.nodes import Edge, Node

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph


def node_attributes(node: Node) -> dict[str, Any]:
    """What is known of a node, without its id."""
    found = node._asdict() | {"tags": dict(node.tags)}
    del found["id"]
    return found


def edge_attributes(edge: Edge) -> dict[str, Any]:
    """What is known of an edge, without its ends."""
    found = edge._asdict()
    del found["origin"], found["target"]
    return found


class _Nodes(Mapping[str, dict[str, Any]]):
    """{id: attributes}."""

    def __init__(self, graph: "LineageGraph") -> None:
        self._graph = graph

    def __len__(self) -> int:
        return len(self._graph)

    def __iter__(self) -> Iterator[str]:
        return iter(self._graph.ids)

    def __contains__(self, node: object) -> bool:
        return node in self._graph.index

    def __getitem__(self, node: str) -> dict[str, Any]:
        return node_attributes(self._graph.nodes[self._graph.index[node]])


class _Neighbours(Mapping[str, dict[str, Any]]):
    """{id of a neighbour: attributes of the edge}."""

    __slots__ = ("_graph", "_numbers", "_where")

    def __init__(self, graph: "LineageGraph", edges: Adjacency, number: int) -> None:
        self._graph, self._where = graph, (edges, number)
        self._numbers: list[int] = edges.of(number).tolist()

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return map(self._graph.ids.__getitem__, self._numbers)

    def __contains__(self, node: object) -> bool:
        return node in self._graph.index and self._graph.index[str(node)] in self._numbers

    def __getitem__(self, node: str) -> dict[str, Any]:
        if node not in self:
            raise KeyError(node)
        edges, number = self._where
        place = self._numbers.index(self._graph.index[node])
        return edge_attributes(self._graph.edges[int(edges.edges_of(number)[place])])


class _Adjacency(Mapping[str, _Neighbours]):
    """{id: its neighbours in one direction}."""

    def __init__(self, graph: "LineageGraph", edges: Adjacency) -> None:
        self._graph, self._edges = graph, edges

    def __len__(self) -> int:
        return len(self._graph)

    def __iter__(self) -> Iterator[str]:
        return iter(self._graph.ids)

    def __contains__(self, node: object) -> bool:
        return node in self._graph.index

    def __getitem__(self, node: str) -> _Neighbours:
        return _Neighbours(self._graph, self._edges, self._graph.index[node])


class LineageView(nx.DiGraph):  # type: ignore[type-arg]
    """A graph for networkx's algorithms; it cannot be changed."""

    def __init__(self, graph: "LineageGraph | None" = None, **attributes: Any) -> None:
        super().__init__(**attributes)
        if graph is not None:  # networkx makes empty ones for its own purposes
            self._node: Any = _Nodes(graph)
            self._succ: Any = _Adjacency(graph, graph.down)
            self._pred: Any = _Adjacency(graph, graph.up)
            self._adj: Any = self._succ
            self.graph["name"] = graph.name
            nx.freeze(self)

    def to_directed_class(self) -> type:
        """What a copy is."""
        return nx.DiGraph

    def to_undirected_class(self) -> type:
        """What an undirected copy is."""
        return nx.Graph


def copied(graph: "LineageGraph") -> "nx.DiGraph[str]":
    """A graph of networkx's with everything in it; filling its dicts is three times as fast."""
    made: Any = nx.DiGraph(name=graph.name)
    with paused():  # there is no garbage, and looking for it takes most of the time
        made._node.update((node.id, node_attributes(node)) for node in graph.nodes)  # noqa: SLF001
        made._succ.update((node, {}) for node in graph.ids)  # noqa: SLF001
        made._pred.update((node, {}) for node in graph.ids)  # noqa: SLF001
        for edge in graph.edges:
            attributes = edge_attributes(edge)
            made._succ[edge.origin][edge.target] = attributes  # noqa: SLF001
            made._pred[edge.target][edge.origin] = attributes  # noqa: SLF001
    found: nx.DiGraph[str] = made
    return found
