"""A whole dataflow of Hamilton's, read into a record a node at a time."""

from collections.abc import Generator, Iterable
from typing import Literal

from hamilton.graph import FunctionGraph
from hamilton.lifecycle.default import GracefulErrorAdapter
from hamilton.node import Node

from hamilton_ol.dataflow import functions
from hamilton_ol.dataflow.fingerprint import fingerprint
from hamilton_ol.dataflow.nodes import NodeReader
from hamilton_ol.dataflow.owners import owners
from hamilton_ol.records import GraphRecord, NodeRecord


def read_graph(
    graph: FunctionGraph, modules: Iterable[str], reader: NodeReader, *, with_texts: bool = True
) -> Generator[None, None, GraphRecord]:
    """Read a graph; yields after each node so that whoever reads can pause.

    Args:
        graph: as a driver holds it.
        modules: names of the modules it was built from.
        reader: of nodes.
        with_texts: whether the record holds the source text.
    """
    config = frozenset(graph.config or ())
    reader.refresh()
    owned = owners(graph.nodes)
    yield
    nodes: list[NodeRecord] = []
    texts: dict[str, str] = {}
    for node in graph.nodes.values():
        nodes.append(reader.read(node, config, *owned[node.name]))
        if with_texts and (found := reader.text(node)):
            texts.setdefault(*found)
        yield
    nodes = _with_fields(nodes, graph)
    return GraphRecord(
        fingerprint=fingerprint(nodes, sorted(config)),
        nodes=tuple(nodes),
        modules=tuple(modules),
        config=tuple(sorted(config)),
        texts=texts,
        sentinel=_sentinel_kind(graph),
    )


def _with_fields(nodes: list[NodeRecord], graph: FunctionGraph) -> list[NodeRecord]:
    """Give each node whose result is taken apart the keys, with their declared types."""
    fields: dict[str, dict[str, str]] = {}
    for node in nodes:
        if node.field is not None and _is_key(graph.nodes[node.name]):
            fields.setdefault(node.owner, {})[node.field] = node.type
    return [
        node._replace(fields=tuple(fields[node.name].items())) if node.name in fields else node
        for node in nodes
    ]


def _is_key(node: Node) -> bool:
    """Whether the node is a key of a dict or tuple, not a column: columns tell their own types."""
    return functions.wrapper(node) in functions.KEYS


def sentinels(graph: FunctionGraph) -> list[object]:
    """What stands for a failed result, where `GracefulErrorAdapter` is used: [value] or []."""
    adapters = graph.adapter.adapters if graph.adapter else ()
    return [a.sentinel_value for a in adapters if isinstance(a, GracefulErrorAdapter)][:1]


def _sentinel_kind(graph: FunctionGraph) -> Literal["", "none", "value"]:
    found = sentinels(graph)
    if not found:
        return ""
    return "none" if found[0] is None else "value"
