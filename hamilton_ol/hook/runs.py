"""One run: what callbacks need of it, and its first and last lines on the writer's thread."""

import functools
from collections.abc import Mapping
from time import perf_counter_ns, time_ns
from typing import Any

from hamilton_ol.dataflow.failures import CaughtError, error_record
from hamilton_ol.dataflow.results import Glimpse, schema_of
from hamilton_ol.dataflow.values import Frozen, freeze
from hamilton_ol.hook.contexts import Context
from hamilton_ol.hook.graphs import GraphState
from hamilton_ol.hook.nodes import Execution, NodeLines
from hamilton_ol.hook.problems import Problems
from hamilton_ol.hook.recorder import Recorder
from hamilton_ol.records import ErrorRecord, RunFinished, RunStarted, Schema, stamp_facts
from hamilton_ol.store import lines as say

Lines = list[str]
Item = tuple[Any, ...]


class RecordedRun:
    """One run of a driver.

    Args:
        recorder: of its hook.
        graph: what is known of its graph.
        started: how it began.
        at_entry: the exception that the caller was handling when it executed the driver.
        before: the problems that there were before the run.

    Attributes:
        sentinel: what stands for a failed result.
        offset: from the callbacks' clock to nanoseconds since the epoch.
        has_ended: whether it has.
        open: nodes that have begun: {id: execution}.
        on_end, on_access: handlers for its nodes, bound once, because making a bound method for
            every node would be a good part of what a node costs.
        fails_with: notes what a node that fails was given.
    """

    def __init__(
        self,
        recorder: Recorder,
        graph: GraphState,
        started: RunStarted,
        at_entry: BaseException | None,
        before: Mapping[str, int],
    ) -> None:
        self.started, self.at_entry, self.sentinel = started, at_entry, graph.sentinel
        self.offset = time_ns() - perf_counter_ns()
        self.has_ended = False
        self._recorder, self._graph = recorder, graph
        self._attempt = recorder.writer.guard.attempt
        self._context = context = Context(started.run_id, recorder, graph)
        self._nodes = nodes = NodeLines(
            started.run_id, recorder, graph.labels, self.offset, context.error, context.open
        )
        self.tell_problems = Problems(started.run_id, recorder.writer.guard, before).tell
        self.open, self.on_end, self.on_access = nodes.open, nodes.on_end, nodes.on_access
        self.tell_open = nodes.tell_open
        self.fails_with = context.fails_with

    def first_line(self) -> str:
        """The line that says how the run began."""
        return say.run_line(self.started)

    def introduction(self) -> Lines:
        """What a segment needs to make sense of the run's later lines."""
        lines = [self.first_line()]
        line = self._recorder.graph_line(self._graph)
        lines += [line, *self._context.told] if line else self._context.told
        self._nodes.tell_again(lines)
        return lines

    def owner(self, node: str) -> str:
        """The node whose job a node belongs to."""
        return self._graph.owner(node)

    def stamp(self) -> dict[str, str]:
        """What ties an artifact to this run, as far as it is known."""
        facts = self._graph.facts
        revision = facts.revision if facts else None
        return stamp_facts(self.started, self._graph.record, revision, self._context.config_hash)

    def on_begin(self, item: Item, lines: Lines) -> None:
        """(_, whether the first line is written, (inputs, overrides, tables among them) or None)."""
        _, is_written, given = item
        if not is_written:
            lines.append(self.first_line())
        self._recorder.say_graph(self._graph, lines)
        if given is not None and self._graph.config is not None:
            inputs, overrides, tables = given
            begin = functools.partial(self._context.begin, inputs, overrides, tables, lines)
            self._attempt("telling what a run is given", begin, None)
        if self._graph.facts is not None:
            self._context.tell_graph(lines)
        else:
            self._graph.waiting.append(self._on_graph)

    def _on_graph(self, lines: Lines) -> None:
        """The graph was read, perhaps after the run."""
        self._attempt("telling the dataflow", lambda: self._context.tell_graph(lines), None)
        self.tell_problems(lines)

    def on_finish(self, item: Item, lines: Lines) -> None:
        """(_, time, status, what was raised, glimpse of the result)."""
        _, time, status, caught, glimpse = item
        attempt, nodes = self._attempt, self._nodes
        attempt("ending the nodes of a run", lambda: nodes.close(time, lines), None)
        attempt("learning of results", lambda: self._learn(nodes.results), None)
        plain = RunFinished(time + self.offset, status)
        finished = attempt(
            "telling how a run ended", lambda: self._finished(plain, caught, glimpse), plain
        )
        self.tell_problems(lines)
        lines.append(say.finish_line(self.started.run_id, finished))
        self._recorder.writer.appender.leave(self.started.run_id)

    def on_lose(self, _item: Item, lines: Lines) -> None:
        """Nothing more is heard of the run."""
        self.tell_problems(lines)

    def _finished(
        self, plain: RunFinished, caught: CaughtError | None, glimpse: Glimpse | None
    ) -> RunFinished:
        schema = schema_of(glimpse) if glimpse and glimpse[1] else None
        is_table = schema is not None and schema.table
        rows = glimpse[2] if glimpse and is_table and not self._recorder.is_minimal else None
        return RunFinished(
            time=plain.time,
            status=plain.status,
            error=self._context.error(caught, self._nodes.failed) if caught else None,
            result=schema if is_table else None,
            rows=rows,
        )

    def _learn(self, results: dict[str, Schema]) -> None:
        """Keep what the results looked like, for the next run of this graph."""
        record, facts = self._graph.record, self._graph.facts
        if facts is None:
            self._graph.waiting.append(lambda _lines: self._learn(results))
        elif record is not None and (learnt := facts.known | results) != facts.known:
            facts.known = learnt
            facts.known_in = self._recorder.knowledge.learn(record.fingerprint, learnt)


class DetachedRun:
    """A run that is seen from a worker process, or after it ended: there are only nodes.

    Attributes:
        As of `RecordedRun`.
    """

    def __init__(self, run_id: str, recorder: Recorder) -> None:
        self.at_entry: BaseException | None = None
        self.sentinel: object = None
        self.offset = time_ns() - perf_counter_ns()
        self._recorder, self._given, guard = recorder, Frozen(), recorder.writer.guard
        self._nodes = nodes = NodeLines(
            run_id, recorder, {}, self.offset, self._error, lambda *_: None
        )
        self.tell_problems = Problems(run_id, guard, guard.problems).tell
        self.open, self.on_end, self.on_access = nodes.open, nodes.on_end, nodes.on_access
        self.tell_open = nodes.tell_open

    def introduction(self) -> Lines:
        """What a segment needs to make sense of the run's later lines."""
        lines: Lines = []
        self._nodes.tell_again(lines)
        return lines

    def fails_with(self, kwargs: Mapping[str, Any]) -> None:
        """Note what a node that fails was given: its exception may quote it."""
        self._given = self._given | freeze(kwargs)  # the writer may be reading it

    def _error(self, caught: CaughtError, node: str | None) -> ErrorRecord:
        if self._recorder.is_minimal:
            return ErrorRecord(caught.type, "", node=node)
        hidden = self._recorder.values.hidden(self._given, ())
        return error_record(caught, self._recorder.masker_now().with_values(hidden), node)


class LostRun:
    """A run that cannot be recorded, or that a fork copied and another process records.

    Attributes:
        As of `RecordedRun`.
    """

    at_entry: BaseException | None = None
    sentinel: object = None

    def __init__(self) -> None:
        self.open: dict[int, Execution] = {}

    def fails_with(self, _kwargs: Mapping[str, Any]) -> None:
        """Nothing is told of its nodes."""

    def on_end(self, _item: Item, _lines: Lines) -> None:
        """Nothing is told of its nodes."""

    on_access = on_end


AnyRun = RecordedRun | DetachedRun | LostRun
