"""One run: what callbacks need of it, and its first and last lines on the writer's thread."""

from collections.abc import Callable
from time import perf_counter_ns, time_ns
from typing import Any

from hamilton_ol.dataflow.failures import CaughtError, error_record
from hamilton_ol.dataflow.results import schema_of
from hamilton_ol.hook.contexts import Context
from hamilton_ol.hook.graphs import GraphState
from hamilton_ol.hook.nodes import NodeLines
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

    Attributes:
        graph: Hamilton's graph, or None when no driver holds it any more.
        sentinel: what stands for a failed result.
        offset: from the callbacks' clock to nanoseconds since the epoch.
        on_start, on_end, on_access: handlers for its nodes, bound once, because making a bound
            method for every node would be a good part of what a node costs.
    """

    def __init__(
        self,
        recorder: Recorder,
        graph: GraphState,
        started: RunStarted,
        at_entry: BaseException | None,
    ) -> None:
        self.started, self.at_entry, self.sentinel = started, at_entry, graph.sentinel
        self.offset = time_ns() - perf_counter_ns()
        self.graph = graph.graph
        self._recorder, self._graph = recorder, graph
        self._context = context = Context(started.run_id, recorder, graph)
        self._nodes = nodes = NodeLines(
            started.run_id, recorder, graph.labels, self.offset, context.error, context.open
        )
        self._problems = dict(recorder.writer.guard.counts)
        self.on_start: Callable[[Item, Lines], None] = nodes.on_start
        self.on_end: Callable[[Item, Lines], None] = nodes.on_end
        self.on_access: Callable[[Item, Lines], None] = nodes.on_access

    def first_lines(self) -> list[str]:
        """What a segment needs to make sense of the run's other lines."""
        return [say.run_line(self.started)]

    def stamp(self) -> dict[str, str]:
        """What ties an artifact to this run, as far as it is known."""
        facts = self._graph.facts
        revision = facts.revision if facts else None
        return stamp_facts(self.started, self._graph.record, revision, self._context.config_hash)

    def on_begin(self, item: Item, lines: Lines) -> None:
        """(_, whether the first line is written, inputs, overrides, tables among them)."""
        _, is_written, inputs, overrides, tables = item
        if not is_written:
            lines.extend(self.first_lines())
        self._context.begin(inputs, overrides, tables, lines)

    def on_finish(self, item: Item, lines: Lines) -> None:
        """(_, time, status, what was raised, glimpse of the result)."""
        _, time, status, caught, glimpse = item
        run_id = self.started.run_id
        self._nodes.close(time, lines)
        error = self._context.error(caught, self._nodes.failed) if caught else None
        self._tell_problems(lines)
        lines.append(say.finish_line(run_id, self._finished(time, status, error, glimpse)))
        self._recorder.writer.appender.living.pop(run_id, None)
        self._learn(self._nodes.results)

    def _finished(
        self, time: int, status: Any, error: ErrorRecord | None, glimpse: Any
    ) -> RunFinished:
        schema = schema_of(glimpse) if glimpse and glimpse[1] else None
        is_table = schema is not None and schema.table
        return RunFinished(
            time=time + self.offset,
            status=status,
            error=error,
            result=schema if is_table else None,
            rows=glimpse[2] if is_table and not self._recorder.is_minimal else None,
        )

    def _tell_problems(self, lines: Lines) -> None:
        for cause, count in list(self._recorder.writer.guard.counts.items()):
            new = count - self._problems.get(cause, 0)
            if new:
                lines.append(say.problem_line(self.started.run_id, cause, new))

    def _learn(self, results: dict[str, Schema]) -> None:
        """Keep what the results looked like, for the next run of this graph."""
        record, facts = self._graph.record, self._graph.facts
        if record is None or facts is None:
            self._graph.waiting.append(lambda _lines: self._learn(results))
            return
        learnt = facts.known | results
        if learnt != facts.known:
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
        nodes = NodeLines(run_id, recorder, {}, self.offset, _masked(recorder), lambda *_: None)
        self.on_start, self.on_end, self.on_access = nodes.on_start, nodes.on_end, nodes.on_access


def _masked(recorder: Recorder) -> Callable[[CaughtError, str | None], ErrorRecord]:
    def error(caught: CaughtError, node: str | None) -> ErrorRecord:
        return error_record(caught, recorder.masker, node)

    return error
