"""The nodes of one run, on the writer's thread: what callbacks put becomes one line a node.

A node that ends before the next append is one line; only one that is still open then gets a line
for its start. This is the busiest code of the package: what does not change from run to run is
kept with the graph, and lines are put together from text.
"""

from collections.abc import Callable
from typing import Any

from hamilton_ol.dataflow.accesses import access_of
from hamilton_ol.dataflow.failures import CaughtError
from hamilton_ol.dataflow.results import Glimpse, check_schema
from hamilton_ol.hook.labels import Label, Labels, label
from hamilton_ol.hook.recorder import Recorder
from hamilton_ol.records import ErrorRecord, Schema
from hamilton_ol.store import lines as say

Lines = list[str]
Item = tuple[Any, ...]


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
        self._guard = recorder.writer.guard
        self._error, self._saw_columns = error, saw_columns
        self._open: dict[tuple[int, str | None], int] = {}
        self._told: set[tuple[int, str | None]] = set()
        self._settle, self._tell = recorder.writer.settle, self._tell_open
        self.results: dict[str, Schema] = {}
        self.failed: str | None = None

    def on_start(self, item: Item, _lines: Lines) -> None:
        """(_, node, task, time)."""
        _, node, task, time = item
        self._open[id(node), task] = time
        self._settle(id(self), self._tell)
        self._labels.get(id(node)) or label(self._labels, node)

    def on_end(self, item: Item, lines: Lines) -> None:
        """(_, node, task, time, status, glimpse of the result, what it raised)."""
        _, node, task, time, status, glimpse, caught = item
        named = self._labels.get(id(node)) or label(self._labels, node)
        try:
            if status == "SUCCEEDED":
                more = self._result(named, glimpse, task, lines)
            else:
                more = self._failure(named.name, task, caught)
        except Exception as error:  # how it ended is known all the same
            self._guard.caught("describing how a node ended", error)
            more = say.node_more(task=task)
        lines.append(self._line(named, task, time, status, more))

    def on_access(self, item: Item, lines: Lines) -> None:
        """(_, node, what was caught of the access)."""
        access = access_of(item[1], item[2], self._recorder.masker)
        schema = self._recorder.schemas.say_schema(access.schema, lines) if access.schema else None
        lines.append(say.access_line(self._run_id, access, schema))

    def close(self, time: int, lines: Lines) -> None:
        """End the nodes that are still open: nothing more will be heard of them."""
        for node, task in list(self._open):
            named = self._labels.get(node)
            if named is not None:
                more = say.node_more(task=task)
                lines.append(self._line(named, task, time, "ABORTED", more))

    def tell_again(self, lines: Lines) -> None:
        """Tell what is open, for a segment that begins in the middle of the run."""
        self._told.clear()
        self._tell_open(lines)

    def _line(self, named: Label, task: str | None, time: int, status: str, more: str) -> str:
        key = id(named.node), task
        start = self._open.pop(key, time) + self._offset
        if self._told:
            self._told.discard(key)
        end = time + self._offset
        return say.node_line(self._run_id, named.quoted, start, end, status, more)

    def _tell_open(self, lines: Lines) -> None:
        for (node, task), time in self._open.items():
            named = self._labels.get(node)
            if named is not None and (node, task) not in self._told:
                self._told.add((node, task))
                lines.append(say.start_line(self._run_id, named.name, task, time + self._offset))

    def _result(self, named: Label, glimpse: Glimpse, task: str | None, lines: Lines) -> str:
        part, schema = self._recorder.schemas.say(glimpse, named.declared, lines)
        if named.name not in self.results:
            self.results[named.name] = schema
            if schema.table:
                self._saw_columns({column for column, _ in schema.fields}, lines)
        _, seen, rows = glimpse
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
