"""The nodes of one run, on the writer's thread: what callbacks put becomes one line a node.

A node that ends before the next append is one line; only one that is still open then gets a line
for its start, so that a callback only notes the start, and puts nothing. This is the busiest code of the package: what does not change from run to run is
kept with the graph, and lines are put together from text.
"""

from collections.abc import Callable
from typing import Any

from hamilton.node import Node

from hamilton_ol.dataflow.accesses import access_of
from hamilton_ol.dataflow.failures import CaughtError
from hamilton_ol.dataflow.results import Glimpse, check_schema, is_task
from hamilton_ol.hook.labels import Label, Labels, label
from hamilton_ol.hook.recorder import Recorder
from hamilton_ol.records import ErrorRecord, Schema
from hamilton_ol.store import lines as say

MOST_CLASSES = 8  # remembered for each node
ASYNC = "asynchronous functions are told as they begin: how and when they end is not known"

Lines = list[str]
Item = tuple[Any, ...]
#: Of a node: (run, node, task, when it began, the execution that it is a part of).
Execution = tuple[Any, Node, str | None, int, Any]


class NodeLines:
    """Handlers of what callbacks put for the nodes of one run.

    Args:
        run_id: Hamilton's id of it.
        recorder: of its hook.
        labels: of the graph's nodes.
        offset: from the callbacks' clock to nanoseconds since the epoch.
        error: makes the record of an exception.
        saw_columns: told of the columns of each new table.

    Attributes:
        open: {id: execution}, filled and emptied by callbacks.
        results: {node: schema} of those that succeeded.
        failed: the first node that raised.
    """

    def __init__(
        self,
        run_id: str,
        recorder: Recorder,
        labels: Labels,
        offset: int,
        error: Callable[[CaughtError, str | None], ErrorRecord],
        saw_columns: Callable[[set[str], Lines], None],
    ) -> None:
        self._run_id, self._recorder, self._labels, self._offset = run_id, recorder, labels, offset
        self._opening = say.node_opening(run_id)
        self._guard, self._schemas = recorder.writer.guard, recorder.schemas
        self._said = recorder.writer.appender.said
        self._error, self._saw_columns = error, saw_columns
        self.open: dict[int, Execution] = {}
        self._told: set[int] = set()
        self.results: dict[str, Schema] = {}
        self.failed: str | None = None

    def on_end(self, item: Item, lines: Lines) -> None:
        """(_, execution, end, status, glimpse of the result, what it raised)."""
        _, execution, end, status, glimpse, _caught = item
        _, node, task, start, _ = execution
        named, offset = self._labels.get(id(node)) or label(self._labels, node), self._offset
        _, name, quoted, _, plain = named
        if self._told:
            self._told.discard(id(execution))
        kind, seen, _ = glimpse
        found = plain.get(id(kind)) if seen is None and task is None else None
        if found and status == "SUCCEEDED" and found[1] in self._said:  # most nodes
            self.results[name], more = found[4], found[3]
        else:
            more = self._more(named, task, item, lines)
        start, end = start + offset, end + offset
        lines.append(say.node_line(self._opening, quoted, start, end, status, more))

    def _more(self, named: Label, task: str | None, item: Item, lines: Lines) -> str:
        _, _, _, status, glimpse, caught = item
        try:
            if status == "SUCCEEDED":
                return self._result(named, glimpse, task, lines)
            return self._failure(named.name, task, caught)
        except Exception as error:  # how it ended is known all the same
            self._guard.caught("describing how a node ended", error)
            return say.node_more(task=task)

    def on_access(self, item: Item, lines: Lines) -> None:
        """(_, node, what was caught of the access)."""
        access = access_of(item[1], item[2], self._recorder.masker)
        if self._recorder.is_minimal:
            access = access._replace(rows=None, size=None, modified=None)
        schema = self._recorder.schemas.say_schema(access.schema, lines) if access.schema else None
        lines.append(say.access_line(self._run_id, access, schema))

    def close(self, time: int, lines: Lines) -> None:
        """End the nodes that are still open: nothing more will be heard of them."""
        for _, node, task, start, _ in self.open.values():
            named, more = label(self._labels, node), say.node_more(task=task)
            times = start + self._offset, time + self._offset
            lines.append(say.node_line(self._opening, named.quoted, *times, "ABORTED", more))
        self.open.clear()

    def tell_open(self, lines: Lines) -> None:
        """Tell what began and has not ended, once."""
        if not self.open:
            return
        for key, execution in self.open.copy().items():  # in one step: callbacks change it
            if key not in self._told:
                self._told.add(key)
                _, node, task, start, _ = execution
                name = label(self._labels, node).name
                lines.append(say.start_line(self._run_id, name, task, start + self._offset))

    def tell_again(self, lines: Lines) -> None:
        """Tell what is open, for a segment that begins in the middle of the run."""
        self._told.clear()
        self.tell_open(lines)

    def _result(self, named: Label, glimpse: Glimpse, task: str | None, lines: Lines) -> str:
        _, seen, rows = glimpse
        found = self._schemas.seen(glimpse, named.declared)
        if seen is None and len(named.plain) < MOST_CLASSES:  # only the class counts
            named.plain[id(glimpse[0])] = found
        _, schema_id, line, part, schema = found
        if is_task(glimpse[0]):
            self._guard.dropped(ASYNC, 1)
        if schema_id not in self._said:
            self._schemas.say(schema_id, line, lines)
        if named.name not in self.results:
            self.results[named.name] = schema
            if schema.table:
                self._saw_columns({column for column, _ in schema.fields}, lines)
        if seen is None and task is None:
            return part
        passed = seen[1] if seen is not None and seen[0] is check_schema else None
        if rows is not None and not self._recorder.is_minimal:
            part = f'{part},"rows":{rows:d}'
        return part + say.node_more(task=task, passed=passed)

    def _failure(self, name: str, task: str | None, caught: CaughtError | None) -> str:
        if caught is not None:
            self.failed = self.failed or name
        return say.node_more(task=task, error=self._error(caught, name) if caught else None)
