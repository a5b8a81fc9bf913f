"""What is outside a dataflow as nodes of its graph, so that graphs join on it."""

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset, Edge, Node


def with_datasets(graph: LineageGraph) -> LineageGraph:
    """The same graph, with a node for each dataset that is read or written outside.

    One that is only read is a `source`, one that is only written a `sink`, any other a `dataset`.
    """
    edges: list[Edge] = []
    read, written = dict[Dataset, None](), dict[Dataset, None]()
    for node in graph.nodes:
        read |= dict.fromkeys(node.sources)
        written |= dict.fromkeys(node.sinks)
        edges += [Edge(dataset.id, node.id, "reads") for dataset in node.sources]
        edges += [Edge(node.id, dataset.id, "writes") for dataset in node.sinks]
    made = [
        _node(dataset, is_read=dataset in read, is_written=dataset in written)
        for dataset in read | written
        if dataset.id not in graph
    ]
    return graph.altered(nodes=[*graph.nodes, *made], edges=[*graph.edges, *edges])


def _node(dataset: Dataset, *, is_read: bool, is_written: bool) -> Node:
    kind = "dataset" if is_read and is_written else "source" if is_read else "sink"
    return Node(dataset.id, dataset.name, kind, namespace=dataset.namespace)
