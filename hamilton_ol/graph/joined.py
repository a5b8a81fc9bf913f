"""Several graphs as one: they join on the datasets that they name alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hamilton_ol.graph.columns import Column, ColumnEdge, ColumnGraph, column_graph
from hamilton_ol.graph.history import History, JoinedHistory
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node

SHARED = frozenset({"source", "sink", "dataset", "job"})  # kinds whose ids are the same everywhere


def joined(parts: Sequence[tuple[str, LineageGraph]], name: str = "") -> LineageGraph:
    """One graph of several.

    A node of a dataflow gets its prefix before its id, and keeps its name; datasets outside and
    jobs of other producers are the same in all graphs that name them alike.

    Args:
        parts: (prefix, graph), each prefix another one.
        name: of the whole.
    """
    if len(parts) == 1 and not parts[0][0]:
        return parts[0][1]
    renamed = [_Renamed(prefix, graph) for prefix, graph in parts]
    nodes: dict[str, Node] = {}
    for part in renamed:
        for node in part.nodes():
            known = nodes.get(node.id)
            nodes[node.id] = node if known is None else _both(known, node)
    edges: dict[tuple[str, str], Edge] = {}
    for part in renamed:
        for edge in part.edges():
            edges.setdefault((edge.origin, edge.target), edge)

    def columns(index: Mapping[str, int]) -> ColumnGraph:
        found = [column for part in renamed for column in part.columns()]
        told = [edge for part in renamed for edge in part.column_edges()]
        return column_graph(index, found, told)

    histories = {node: past for part in renamed for node, past in part.histories()}
    return LineageGraph(
        nodes.values(),
        edges.values(),
        name=name,
        columns=columns,
        texts={key: text for _, graph in parts for key, text in graph.texts.items()},
        problems=[problem for _, graph in parts for problem in graph.problems],
        history=JoinedHistory(histories) if histories else None,
    )


class _Renamed:
    """A graph under a prefix."""

    def __init__(self, prefix: str, graph: LineageGraph) -> None:
        self._graph = graph
        self._ids = {
            node.id: node.id if node.kind in SHARED else f"{prefix}{node.id}"
            for node in graph.nodes
        }

    def nodes(self) -> Iterator[Node]:
        ids = self._ids
        for node in self._graph.nodes:
            yield node._replace(id=ids[node.id], part_of=ids.get(node.part_of, ""))

    def histories(self) -> Iterator[tuple[str, History]]:
        history = self._graph.history
        return ((node, history) for node in self._ids.values() if history is not None)

    def edges(self) -> Iterator[Edge]:
        for edge in self._graph.edges:
            yield edge._replace(origin=self._ids[edge.origin], target=self._ids[edge.target])

    def columns(self) -> Iterator[Column]:
        yield from map(self._column, self._graph.columns.columns)

    def column_edges(self) -> Iterator[ColumnEdge]:
        for edge in self._graph.columns.edges:
            yield ColumnEdge(self._column(edge.origin), self._column(edge.target), edge.direct)

    def _column(self, column: Column) -> Column:
        return column._replace(node=self._ids.get(column.node, column.node))


def _both(one: Node, other: Node) -> Node:
    """What two graphs know of one dataset."""
    firsts = [node.first_seen for node in (one, other) if node.first_seen is not None]
    lasts = [node.last_seen for node in (one, other) if node.last_seen is not None]
    return one._replace(
        kind=one.kind if one.kind == other.kind else "dataset",
        doc=one.doc or other.doc,
        tags={**other.tags, **one.tags},
        owners=_merged(one.owners, other.owners),
        columns=tuple(dict((*other.columns, *one.columns)).items()),
        first_seen=min(firsts, default=None),
        last_seen=max(lasts, default=None),
    )


def _merged(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for one in lists for text in one))
