"""The graph of a driver, in the process that has it."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hamilton_ol.config import environment, resolve
from hamilton_ol.dataflow.graph import read_graph
from hamilton_ol.dataflow.nodes import NodeReader
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.masking import Masker
from hamilton_ol.records import GraphRecord
from hamilton_ol.sources.dataflows import graph_of_record
from hamilton_ol.sources.histories import GitHistory

if TYPE_CHECKING:
    from hamilton.driver import Driver

T = TypeVar("T")


def lineage(dr: "Driver") -> LineageGraph:
    """The graph of a Hamilton driver's dataflow; nothing is executed.

    >>> graph = hamilton_ol.lineage(dr)
    >>> graph.upstream("fit_random_forest")

    Args:
        dr: any driver.

    Raises:
        TypeError: it is no driver.
    """
    graph = getattr(dr, "graph", None)
    if not hasattr(graph, "nodes"):
        raise TypeError(f"lineage takes a driver of Hamilton, not {type(dr).__name__}")
    settings = resolve({})
    found = graph_of_record(record_of(dr), settings, settings.job_name or "")
    return found.with_history(GitHistory(str(Path.cwd())))


def record_of(dr: "Driver") -> GraphRecord:
    """What is recorded of a driver's dataflow."""
    settings = resolve({})
    reader = NodeReader(Masker(settings.mask, environment()))
    modules = [module.__name__ for module in dr.graph_modules]
    return _finish(read_graph(dr.graph, modules, reader))


def _finish(reading: Generator[None, None, T]) -> T:
    """What a generator returns in the end."""
    while True:
        try:
            next(reading)
        except StopIteration as end:
            found: T = end.value
            return found
