"""What a run was given, as far as it may be told: now, or once it proves to be in the open."""

from collections.abc import Collection, Mapping
from typing import Any

from hamilton_ol.dataflow.failures import CaughtError, error_record
from hamilton_ol.dataflow.results import Glimpse, schema_of
from hamilton_ol.dataflow.values import Frozen, freeze
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
        told: lines that were told, for a segment that begins in the middle of the run.
    """

    def __init__(self, run_id: str, recorder: Recorder, graph: GraphState) -> None:
        self._run_id, self._recorder, self._graph = run_id, recorder, graph
        self._hidden: dict[tuple[str, str], str] = {}
        self._opened: set[str] = set()
        self._values: dict[str, Frozen] | None = None
        self._arguments: Frozen = {}
        self.config_hash = ""
        self.told: Lines = []

    def begin(
        self, inputs: Frozen, overrides: Frozen, tables: Mapping[str, Glimpse], lines: Lines
    ) -> None:
        """Tell what is known when the run begins."""
        config = self._graph.config or {}
        self._values = values = dict(zip(PARTS, (inputs, overrides, config), strict=True))
        parts: dict[str, Any] = {part: self._record(part, values[part]) for part in PARTS}
        schemas = {name: schema_of(glimpse) for name, glimpse in tables.items()}
        self.config_hash = self._recorder.values.hash_all(config)
        context = RunContext(
            **parts,
            config_hash=self.config_hash,
            tables=schemas,
            python="" if self._recorder.is_minimal else self._recorder.python,
        )
        self._tell(say.context_line(self._run_id, context), lines)
        given = (schema.fields for schema in schemas.values() if schema.table)
        self.open({column for fields in given for column, _ in fields}, lines)

    def tell_graph(self, lines: Lines) -> None:
        """Tell what reading the graph brought."""
        facts = self._graph.facts
        if facts is None:
            return
        if facts.known_in:
            self._tell(say.known_line(self._run_id, facts.known_in), lines)
        self.open(self._graph.literals(), lines)
        context = RunContext(revision=facts.revision, packages=facts.packages, complete=True)
        if self._recorder.is_minimal:
            context = RunContext(complete=True)
        self._tell(say.context_line(self._run_id, context), lines)  # the last: it says so

    def open(self, names: Collection[str], lines: Lines) -> None:
        """Tell those values that turn out to be names of columns or literals of the code."""
        for (part, name), text in list(self._hidden.items()):
            if text not in names:
                continue
            value = self._recorder.values.record(name, text, names)
            if value.shown and not self._recorder.is_minimal:
                self._tell(say.values_line(self._run_id, part, {name: value}), lines)
                self._opened.add(text)
                del self._hidden[part, name]

    def fails_with(self, arguments: Mapping[str, Any]) -> None:
        """Note what a node that fails was given: its exception may quote a secret in it."""
        self._arguments = self._arguments | freeze(arguments)  # the writer may be reading it

    def error(self, caught: CaughtError, node: str | None) -> ErrorRecord:
        """An exception, without the secrets and the values that are not told.

        Without its message where it is not known which values these are.
        """
        if self._recorder.is_minimal or self._values is None:
            return ErrorRecord(caught.type, "", node=node)
        masker = self._recorder.masker_now().with_values(self._texts(self._values))
        return error_record(caught, masker, node)

    def _texts(self, parts: Mapping[str, Frozen]) -> list[str]:
        names = self._graph.names | self._graph.literals() | self._opened
        hidden = self._recorder.values.hidden
        secrets = hidden(self._arguments, names, secrets_only=True)
        return secrets + [text for values in parts.values() for text in hidden(values, names)]

    def _record(self, part: str, values: Frozen) -> dict[str, Value]:
        record = self._recorder.values.record
        found = {name: record(name, value, self._graph.names) for name, value in values.items()}
        for name, value in values.items():
            if type(value) is str and not found[name].shown:
                self._hidden[part, name] = value
        if self._recorder.is_minimal:
            return {name: Value(value.type) for name, value in found.items()}
        return found

    def _tell(self, line: str, lines: Lines) -> None:
        self.told.append(line)
        lines.append(line)
