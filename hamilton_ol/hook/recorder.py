"""What the runs of one hook share on the writer's thread: masking, values, schemas and graphs."""

import functools
import platform
from collections.abc import Callable, Iterator
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
from hamilton_ol.store.schedule import is_due
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
        return self.masker_now()

    def masker_now(self) -> Masker:
        """The same, but a program may have loaded its secrets since the hook was made."""
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
        with_texts = not self.is_minimal
        yield from self._try(lambda: state.read(graph, self._reader, with_texts=with_texts))
        yield from self._try(lambda: self._find(state))
        state.facts = state.facts or GraphFacts({})
        self.writer.put((self._tell, state))

    def _try(self, begin: Callable[[], Iterator[None]]) -> Iterator[None]:
        """Do a part of the reading; where it fails, runs are told without it."""
        try:
            yield from begin()
        except Exception as error:
            self.writer.guard.caught("reading the dataflow", error)

    def _find(self, state: GraphState) -> Iterator[None]:
        """Find out what the graph has in common with others that are equal."""
        if state.record is not None and self.is_minimal:
            state.record = bare(state.record)
        if state.record is None:
            state.facts = yield from state.read_facts()
            return
        fingerprint = state.record.fingerprint
        if fingerprint not in self._facts:
            facts = yield from state.read_facts()
            facts.known_in, facts.known = self.knowledge.known(fingerprint)
            self._facts[fingerprint] = facts
        state.facts = self._facts[fingerprint]

    def graph_line(self, state: GraphState) -> str:
        """The line that says what a graph's key stands for; empty while it is not known.

        Its document is written where it is not there any more: somebody may have removed the store.
        """
        if state.record is None:
            return ""
        is_kept = state.document is not None and self.knowledge.has_graph(state.document)
        if not state.line or not (is_kept or self.writer.appender.behind):
            state.document = self.knowledge.write_graph(encode(state.record))
            state.line = graph_line(state.key, state.document, state.record)
        return state.line

    def say_graph(self, state: GraphState, lines: list[str]) -> None:
        """Add the graph's line, unless the segment already holds it."""
        line = self.graph_line(state)
        if line:
            self.writer.appender.say_once(state.key, line, lines)

    def tidy(self, now: int) -> Iterator[None]:
        """Remove what is old from the store, once a day; a job of the writer.

        Args:
            now: nanoseconds since the epoch.
        """
        yield
        root, seconds, settings = self.writer.appender.root, now / 1e9, self._settings
        if root is not None and is_due(root, seconds):
            from hamilton_ol.hook.unsent import keeper  # noqa: PLC0415 - once a day
            from hamilton_ol.store.retention import Limits, prune  # noqa: PLC0415

            limits = Limits(settings.retention_days, settings.retention_bytes)
            keep = keeper(root, [spec.address for spec in settings.targets], seconds)
            yield from prune(root, limits, seconds, keep)

    def _tell(self, item: tuple[Any, ...], lines: list[str]) -> None:
        state: GraphState = item[1]
        waiting, state.waiting = state.waiting, []
        attempt = self.writer.guard.attempt
        attempt("telling the dataflow", lambda: self.say_graph(state, lines), None)
        for tell in waiting:
            attempt("telling the dataflow", functools.partial(tell, lines), None)


def bare(record: GraphRecord) -> GraphRecord:
    """The graph with names, types, edges and tags only."""
    return record._replace(nodes=tuple(_bare_node(node) for node in record.nodes), texts={})


def _bare_node(node: NodeRecord) -> NodeRecord:
    return node._replace(documentation="", place=None)
