"""What a run was given, as far as it may be told: now, or once it proves to be in the open."""

from collections.abc import Collection, Mapping
from typing import Any

from hamilton_ol.dataflow.failures import CaughtError, error_record
from hamilton_ol.dataflow.results import Glimpse, schema_of
from hamilton_ol.dataflow.values import Frozen
from hamilton_ol.hook.graphs import GraphState
from hamilton_ol.hook.recorder import Recorder
from hamilton_ol.records import ErrorRecord, RunContext, Value
from hamilton_ol.store import lines as say

Lines = list[str]
PARTS = ("inputs", "overrides", "config")


class Context:
    """The values of one run.

    Args:
        run_id: Hamilton's id of it.
        recorder: of its hook.
        graph: what is known of its graph.

    Attributes:
        config_hash: of the whole config, once the run has begun.
    """

    def __init__(self, run_id: str, recorder: Recorder, graph: GraphState) -> None:
        self._run_id, self._recorder, self._graph = run_id, recorder, graph
        self._hidden: dict[tuple[str, str], str] = {}
        self._values: dict[str, Frozen] = {}
        self.config_hash = ""

    def begin(
        self, inputs: Frozen, overrides: Frozen, tables: Mapping[str, Glimpse], lines: Lines
    ) -> None:
        """Tell what is known when the run begins."""
        self._values = dict(zip(PARTS, (inputs, overrides, self._graph.config), strict=True))
        parts: dict[str, Any] = {part: self._record(part) for part in PARTS}
        schemas = {name: schema_of(glimpse) for name, glimpse in tables.items()}
        self.config_hash = self._recorder.values.hash_all(self._graph.config)
        context = RunContext(
            **parts,
            config_hash=self.config_hash,
            tables=schemas,
            python=self._recorder.python,
        )
        lines.append(say.context_line(self._run_id, context))
        if self._graph.facts is not None and self._graph.record is not None:
            self.tell_graph(lines)
        else:
            self._graph.waiting.append(self.tell_graph)

    def tell_graph(self, lines: Lines) -> None:
        """Tell what reading the graph brought."""
        facts = self._graph.facts
        if facts is None:
            return
        context = RunContext(revision=facts.revision, packages=facts.packages)
        lines.append(say.context_line(self._run_id, context))
        if facts.known_in:
            lines.append(say.known_line(self._run_id, facts.known_in))
        self.open(self._graph.literals(), lines)

    def open(self, names: Collection[str], lines: Lines) -> None:
        """Tell those values that turn out to be names of columns or literals of the code."""
        for (part, name), text in list(self._hidden.items()):
            if text not in names:
                continue
            value = self._recorder.values.record(name, text, names)
            if value.shown and not self._recorder.is_minimal:
                lines.append(say.values_line(self._run_id, part, {name: value}))
                del self._hidden[part, name]

    def error(self, caught: CaughtError, node: str | None) -> ErrorRecord:
        """An exception, without the secrets and the values that are not told."""
        if self._recorder.is_minimal:
            return ErrorRecord(caught.type, "", node=node)
        masker = self._recorder.masker.with_values(self._texts())
        return error_record(caught, masker, node)

    def _texts(self) -> list[str]:
        names = self._graph.names | self._graph.literals()
        hidden = self._recorder.values.hidden
        return [text for values in self._values.values() for text in hidden(values, names)]

    def _record(self, part: str) -> dict[str, Value]:
        record = self._recorder.values.record
        values = self._values[part]
        found = {name: record(name, value, self._graph.names) for name, value in values.items()}
        for name, value in values.items():
            if type(value) is str and not found[name].shown:
                self._hidden[part, name] = value
        if self._recorder.is_minimal:
            return {name: Value(value.type) for name, value in found.items()}
        return found
