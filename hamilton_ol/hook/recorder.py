"""What the runs of one hook share on the writer's thread: masking, values, schemas and graphs."""

import functools
import platform
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hamilton.graph import FunctionGraph

from hamilton_ol.config import Settings, environment
from hamilton_ol.dataflow.nodes import NodeReader
from hamilton_ol.dataflow.values import Values
from hamilton_ol.hook.graphs import GraphFacts, GraphState
from hamilton_ol.hook.schemas import Schemas
from hamilton_ol.masking import Masker
from hamilton_ol.records import GraphRecord, NodeRecord
from hamilton_ol.store.codec import encode
from hamilton_ol.store.knowledge import Knowledge
from hamilton_ol.store.lines import graph_line
from hamilton_ol.store.retention import Limits, is_due, prune
from hamilton_ol.store.writer import Writer


class Recorder:
    """What the runs of one hook share on the writer's thread.

    Args:
        settings: of the hook.
        writer: of its store.
    """

    def __init__(self, settings: Settings, writer: Writer) -> None:
        self._settings, self.writer = settings, writer
        self.schemas = Schemas(writer.appender)
        self.is_minimal = settings.record_level == "minimal"
        self.python = platform.python_version()
        self._facts: dict[str, GraphFacts] = {}

    @functools.cached_property
    def masker(self) -> Masker:
        """Knows secrets by name and by shape, and those of the environment by value."""
        return Masker(self._settings.mask, environment())

    @functools.cached_property
    def values(self) -> Values:
        """Decides what of a value is recorded."""
        everything = self._settings.record_level == "full"
        shown = self._settings.record_values
        return Values(self.masker, self.knowledge.salt(), shown, everything=everything)

    @property
    def knowledge(self) -> Knowledge:
        """What the store holds beside lines."""
        return Knowledge(self.writer.appender.root, self.writer.guard)

    @functools.cached_property
    def _reader(self) -> NodeReader:
        return NodeReader(self.masker)

    def read(self, graph: FunctionGraph, state: GraphState) -> Iterator[None]:
        """Read a graph and tell it; a job of the writer."""
        yield from state.read(graph, self._reader, with_texts=not self.is_minimal)
        if state.record is None:
            return
        if self.is_minimal:
            state.record = bare(state.record)
        fingerprint = state.record.fingerprint
        if fingerprint not in self._facts:
            yield from state.read_facts()
            self._facts[fingerprint] = facts = state.facts or GraphFacts()
            facts.known_in, facts.known = self.knowledge.known(fingerprint)
        state.facts = self._facts[fingerprint]
        self.writer.put((self._tell, state, state.record))

    def tidy(self, now: int) -> Iterator[None]:
        """Remove what is old from the store, once a day; a job of the writer.

        Args:
            now: nanoseconds since the epoch.
        """
        yield
        root, seconds = self.writer.appender.root, now / 1e9
        if root is not None and is_due(root, seconds):
            limits = Limits(self._settings.retention_days, self._settings.retention_bytes)
            yield from prune(root, limits, seconds)

    def _tell(self, item: tuple[Any, ...], lines: list[str]) -> None:
        state: GraphState = item[1]
        record: GraphRecord = item[2]
        document = self.knowledge.write_graph(encode(record))
        line = graph_line(state.key, document, record)
        self.writer.appender.say_once(state.key, line, lines)
        waiting, state.waiting = state.waiting, []
        for tell in waiting:
            tell(lines)


def bare(record: GraphRecord) -> GraphRecord:
    """The graph with names, types, edges and tags only."""
    return replace(record, nodes=tuple(_bare_node(node) for node in record.nodes), texts={})


def _bare_node(node: NodeRecord) -> NodeRecord:
    return replace(node, documentation="", place=None)
