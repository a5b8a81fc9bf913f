"""What fields a dataset has, as far as a run's records tell."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.records import NodeRun, Run, Schema

ALWAYS = 0  # before every run
NEVER = 1 << 63  # after every run
LONG = 1_000_000_000  # a node that takes longer than this is told of before its schema is known


class Shape(NamedTuple):
    """The fields of a dataset.

    Attributes:
        fields: (name, type).
        kind: `one` field of its node's name, the keys of a `dict`, or the columns of a `table`.
    """

    fields: tuple[tuple[str, str], ...]
    kind: Literal["one", "dict", "table"]


class Shapes:
    """The shapes of the results of one run."""

    def __init__(self, jobs: JobGraph, run: Run, nodes: dict[str, list[NodeRun]]) -> None:
        self._jobs, self._run, self._nodes = jobs, run, nodes
        self._shown: dict[str, list[tuple[int, Shape]]] = {}

    def result(self, owner: str, end: int) -> Shape:
        """The shape of a job's result, as known at the end of what made or takes it.

        Its declared type, where nobody ever saw one.
        """
        record = self._jobs.nodes.get(owner)
        kind = record.type if record else ""
        return self.told(owner, end) or one(owner, kind)

    def told(self, owner: str, end: int) -> Shape | None:
        """The same, or None where nobody ever saw one and its columns are not declared."""
        return self._known(owner, end) or self._from_columns(owner)

    def result_at(self, owner: str, start: int) -> Shape | None:
        """The shape of a job's result as it can be told when the job starts, or None if it cannot.

        That of the run, if the result was there within a second; else what earlier runs of the
        graph left; so an event does not depend on when it is asked for.
        """
        return self._known(owner, start + LONG)

    def argument_at(self, owner: str, start: int) -> Shape | None:
        """The shape of what a job takes when it starts, or None if that is still to be made.

        Before that, a consumer of events would take it for what an earlier run made.
        """
        return self._known(owner, start) if self.is_there(owner, start) else None

    def _known(self, owner: str, until: int) -> Shape | None:
        """The shape that the run or, before it, an earlier one showed."""
        shown = self._shown.get(owner)
        if shown is None:
            shown = self._shown[owner] = list(self._shapes(owner))
        for ended, shape in shown:
            if ended <= until:
                return shape
        return None

    def _shapes(self, owner: str) -> Iterator[tuple[int, Shape]]:
        """(since when it is known, shape) of a job's result, the strongest first."""
        record = self._jobs.nodes.get(owner)
        if record is not None and record.fields:
            yield ALWAYS, Shape(record.fields, "dict")
        for node in self._nodes.get(owner, ()):
            if node.schema and node.ended is not None:
                yield node.ended, self._shape(owner, node.schema)
        known = self._run.context.known.get(owner)
        if known is not None:
            yield ALWAYS, self._shape(owner, known)

    def is_there(self, node: str, time: int) -> bool:
        """Whether a node had been executed by then."""
        for execution in self._nodes.get(node, ()):
            if execution.ended is not None and execution.ended <= time:
                return True
        return False

    def last_end(self, node: str) -> int:
        """When the last execution of a node ended."""
        ends = (execution.ended for execution in self._nodes.get(node, ()))
        return max((NEVER if end is None else end for end in ends), default=ALWAYS)

    def given(self, name: str, part: str) -> Shape:
        """The shape of an input or override that is a dataset."""
        schema = self._run.context.tables.get(f"{part}.{name}")
        if schema is None:
            value = self._run.context.overrides.get(name)
            return one(name, value.type if value else "")
        return named(name, schema)

    def _shape(self, owner: str, schema: Schema) -> Shape:
        if schema.table:
            return Shape(schema.fields, "table")
        return self._from_columns(owner) or named(owner, schema)

    def _from_columns(self, owner: str) -> Shape | None:
        """The columns that are taken out of a table whose own columns nobody can see.

        As the code declares them, so that they are the same whichever of them a run takes.
        """
        columns = self._jobs.columns(owner).items()
        if not columns:
            return None
        fields = tuple((field, node.type or "object") for field, node in columns)
        return Shape(fields, "table")


def one(name: str, kind: str) -> Shape:
    """A dataset of one field, called as its node."""
    return Shape(((name, kind or "object"),), "one")


def named(name: str, schema: Schema) -> Shape:
    """The shape of a schema; a result that is no table has one field of its node's name."""
    if schema.table:
        return Shape(schema.fields, "table")
    return one(name, schema.fields[0][1])


def by_node(nodes: Iterable[NodeRun]) -> dict[str, list[NodeRun]]:
    """{node: its executions}."""
    found: dict[str, list[NodeRun]] = {}
    for node in nodes:
        found.setdefault(node.node, []).append(node)
    return found
