"""The data that an artifact is made of, with what tells one state of it from another."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from hamilton_ol.graph.export.sections import Section
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.selection import Selection
from hamilton_ol.graph.sources import SourceRow, sources_of
from hamilton_ol.records import DatasetAccess, NodeRun, Run, Schema

SECOND = 1_000_000_000
VERSION = 12  # letters of a hash that are shown
UNNAMED = "(not named)"
GIVEN = "(given to the run)"
HEADINGS = (
    *("source", "namespace", "version", "rows", "columns", "schema"),
    *("read by", "code", "read at", "owner"),
)
_NOTE = (
    "Of a source without a version nothing recorded the state: a tag names it, or it was given to "
    "the run. Rows and schema are then those of what was read in this run."
)


class _Reading(NamedTuple):
    """How a source was read in a run."""

    accesses: Sequence[DatasetAccess]
    executions: Sequence[NodeRun]


def training_data(graph: LineageGraph, above: Selection, run: Run | None) -> Section:
    """A row for each source, and for each table that was given to the run.

    Args:
        graph: of the dataflow.
        above: the artifact, and all that it comes from.
        run: that made it; None for what the code says.
    """
    rows = [_row(row, graph, _read(graph, row.readers, run)) for row in sources_of(above)]
    rows += _given(above.nodes, run)
    is_lacking = run is not None and any(not row[2] for row in rows)
    note = _NOTE if is_lacking else ""
    return Section("Training data", HEADINGS, tuple(rows), "No source is known.", note)


def _read(graph: LineageGraph, readers: Sequence[str], run: Run | None) -> _Reading:
    if run is None:
        return _Reading((), ())

    def owner(node: str) -> str:
        return (graph[node].part_of if node in graph else "") or node

    return _Reading(
        [one for one in run.accesses if one.mode == "read" and owner(one.node) in readers],
        [one for one in run.nodes if one.node in readers],
    )


def _row(row: SourceRow, graph: LineageGraph, read: _Reading) -> tuple[str, ...]:
    told = [one for one in read.accesses if one.rows is not None or one.schema is not None]
    found: Sequence[DatasetAccess | NodeRun] = told or read.executions
    return (
        row.name or UNNAMED,
        row.namespace,
        _each("\n", map(_version, read.accesses)),
        _each(", ", (str(one.rows) for one in found if one.rows is not None)),
        ", ".join(row.columns),
        _each(", ", (schema_hash(one.schema) for one in found if one.schema is not None)),
        ", ".join(row.readers),
        _each(", ", (graph[node].code[:VERSION] for node in row.readers)),
        _each(", ", (moment(one.started) for one in read.executions[:1])),
        ", ".join(row.owners),
    )


def _given(nodes: Iterable[Node], run: Run | None) -> Iterator[tuple[str, ...]]:
    """Tables among a run's inputs."""
    for node in nodes if run else ():
        schema = run.context.tables.get(f"inputs.{node.id}") if run else None
        if schema is not None:
            names = ", ".join(name for name, _ in schema.fields)
            yield (node.name, GIVEN, "", "", names, schema_hash(schema), "", "", "", "")


def _version(access: DatasetAccess) -> str:
    """What tells one state of a file from another: the same as its version in events."""
    if access.size is None or access.modified is None:
        return ""
    place = f"{access.location}: " if access.location else ""
    changed = datetime.fromtimestamp(int(access.modified), UTC).isoformat()
    return f"{place}{access.size:,} bytes, last changed {changed}"


def schema_hash(schema: Schema) -> str:
    """The same for the same columns of the same types in the same order, and for no others."""
    told = "\n".join(f"{name!r} {kind!r}" for name, kind in schema.fields)
    digest = hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:VERSION]
    return f"{len(schema.fields)} column{'' if len(schema.fields) == 1 else 's'}, {digest}"


def moment(time: int) -> str:
    """Nanoseconds since the epoch as ISO 8601, UTC, to the second."""
    return datetime.fromtimestamp(time // SECOND, UTC).isoformat()


def _each(between: str, texts: Iterable[str]) -> str:
    """Each text once, without the empty ones."""
    return between.join(dict.fromkeys(filter(None, texts)))
