"""Hamilton's graphs, and what is read of them, without a run."""

from collections.abc import Generator, Sequence
from types import ModuleType
from typing import Any, TypeVar

from hamilton import driver
from hamilton.graph import FunctionGraph

from hamilton_ol.dataflow.graph import read_graph
from hamilton_ol.dataflow.nodes import NodeReader
from hamilton_ol.masking import Masker
from hamilton_ol.records import GraphRecord, NodeRecord

T = TypeVar("T")


def graph_of(
    *modules: ModuleType,
    config: dict[str, Any] | None = None,
    materializers: Sequence[Any] = (),
) -> FunctionGraph:
    """The graph of a driver of these modules."""
    builder = driver.Builder().with_modules(*modules).with_config(config or {})
    builder = builder.enable_dynamic_execution(allow_experimental_mode=True)
    graph: FunctionGraph = builder.with_materializers(*materializers).build().graph
    return graph


def record_of(graph: FunctionGraph, reader: NodeReader | None = None) -> GraphRecord:
    """All that is read of a graph."""
    return finish(read_graph(graph, ["flow"], reader or NodeReader(Masker())))


def nodes_of(*modules: ModuleType, **options: Any) -> dict[str, NodeRecord]:
    """{name: record} of the nodes of these modules; options as of `graph_of`."""
    return {node.name: node for node in record_of(graph_of(*modules, **options)).nodes}


def finish(generator: Generator[None, None, T]) -> T:
    """What a generator returns in the end."""
    while True:
        try:
            next(generator)
        except StopIteration as end:
            result: T = end.value
            return result
