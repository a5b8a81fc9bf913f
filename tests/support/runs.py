"""Runs put together from records, for what a real driver cannot be made to do at will."""

from collections.abc import Mapping
from typing import Any

from hamilton_ol.records import (
    Dependency,
    ErrorRecord,
    GraphRecord,
    NodeRecord,
    NodeRun,
    Run,
    RunContext,
    RunFinished,
    RunStarted,
    Schema,
)

RUN_ID = "11111111-2222-4333-8444-555555555555"
ORIGIN = 1_800_000_000_000_000_000  # nanoseconds since the epoch when every run begins
MS = 1_000_000
SECOND = 1000 * MS


def node(name: str, *needs: str | Dependency, **fields: Any) -> NodeRecord:
    """A node that takes these; `fields` as of `NodeRecord`."""
    dependencies = tuple(n if isinstance(n, Dependency) else Dependency(n) for n in needs)
    given = {"kind": "function", "type": "int", "owner": name} | fields
    return NodeRecord(name, dependencies=dependencies, **given)


def column(name: str, of: str, **fields: Any) -> NodeRecord:
    """A node that takes a column or key out of another's result."""
    given = {"owner": of, "field": name, "type": "Series"} | fields
    return node(name, of, **given)


def graph(*nodes: NodeRecord, **fields: Any) -> GraphRecord:
    """A graph; `fields` as of `GraphRecord`."""
    return GraphRecord("f1:0", nodes, **fields)


def table(**columns: str) -> Schema:
    """The schema of a table."""
    return Schema(tuple(columns.items()), table=True)


def one(kind: str) -> Schema:
    """The schema of a result that is no table."""
    return Schema((("", kind),), table=False)


def ran(name: str, start: float, end: float | None, **fields: Any) -> NodeRun:
    """An execution; times are milliseconds after the run began, `fields` as of `NodeRun`."""
    ended = None if end is None else ORIGIN + round(end * MS)
    given = {"status": None if end is None else "SUCCEEDED", "task": None} | fields
    return NodeRun(name, started=ORIGIN + round(start * MS), ended=ended, **given)


def failed(name: str, start: float, end: float, **fields: Any) -> NodeRun:
    """An execution that raised."""
    error = ErrorRecord("ValueError", "no", ("flow.py:1",), name)
    return ran(name, start, end, status="FAILED", error=error, **fields)


def run(
    record: GraphRecord | None,
    *nodes: NodeRun,
    requested: tuple[str, ...] = (),
    status: str = "SUCCEEDED",
    context: Mapping[str, Any] | None = None,
    started: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Run:
    """A run of these executions.

    Args:
        record: its graph.
        nodes: executions.
        requested: outputs; by default what nothing else takes.
        status: SUCCEEDED, FAILED or ABORTED a millisecond after the last end; RUNNING, DIED.
        context: as of `RunContext`.
        started: as of `RunStarted`.
        fields: as of `Run`.
    """
    last = max([ORIGIN, *(n.ended or n.started for n in nodes)])
    is_over = status not in {"RUNNING", "DIED"}
    finished = RunFinished(last + MS, status) if is_over else None  # type: ignore[arg-type]
    asked = requested or _leaves(record)
    beginning = {"job": "dag", "namespace": "ns", "engine": "1.90.0"} | dict(started or {})
    whole = Run(
        started=RunStarted(RUN_ID, ORIGIN, graph="g", requested=asked, **beginning),
        context=RunContext(**{"complete": True} | dict(context or {})),
        graph=record,
        nodes=nodes,
        accesses=(),
        finished=finished,
        alive=status == "RUNNING",
        last_seen=finished.time if finished else last,
    )
    return whole._replace(**fields)


def _leaves(record: GraphRecord | None) -> tuple[str, ...]:
    nodes = record.nodes if record else ()
    taken = {d.name for n in nodes for d in n.dependencies}
    return tuple(n.name for n in nodes if n.name not in taken and n.kind not in {"input", "config"})
