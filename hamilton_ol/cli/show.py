"""`hamilton-ol show`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from hamilton_ol.cli import output
from hamilton_ol.cli.options import (
    RUN_HELP,
    json_option,
    run_argument,
    settings_of,
    store_option,
)
from hamilton_ol.cli.reading import open_reader, read_run
from hamilton_ol.records import DatasetAccess, ErrorRecord, NodeRun, Run, Schema, Value
from hamilton_ol.store.codec import encode


@click.command(help=f"Show one run: nodes, times, inputs, outputs, versions.\n\n{RUN_HELP}")
@run_argument
@store_option
@json_option
def command(*, run: str, store: Path | None, as_json: bool) -> None:
    """Print one run."""
    found = read_run(open_reader(settings_of(store)), run)
    if as_json:
        output.print_json(document(found))
    else:
        output.print_facts(_facts(found))
        _print_values(found)
        _print_nodes(found)
        _print_accesses(found)
    for cause, count in found.problems.items():
        output.note(f"Not complete: {cause}" + (f" ({count} times)" if count > 1 else ""))


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    started, context, revision = run.started, run.context, run.context.revision
    yield "run", started.run_id
    yield "job", f"{started.namespace} / {started.job}"
    yield "status", run.status
    yield "started", output.local_time(started.time)
    yield "took", output.duration(started.time, run.finished.time if run.finished else None)
    yield "requested", ", ".join(started.requested)
    yield "parent", f"{started.parent.job} {started.parent.run_id}" if started.parent else ""
    if revision is not None:
        state = " (with changes that are not committed)" if revision.dirty else ""
        yield "revision", f"{revision.commit}{state}"
        yield "repository", revision.remote or ""
        yield "branch", revision.branch or ""
    yield "fingerprint", run.graph.fingerprint if run.graph else ""
    yield "python", context.python
    yield "packages", ", ".join(f"{name} {v}" for name, v in context.packages.items())
    if run.finished is not None and run.finished.error is not None:
        yield "error", _error(run.finished.error)


def _error(error: ErrorRecord) -> str:
    where = f" in node {error.node}" if error.node else ""
    return f"{error.type}{where}: {error.message}" if error.message else error.type + where


def _print_values(run: Run) -> None:
    context = run.context
    parts = (("input", context.inputs), ("config", context.config), ("override", context.overrides))
    rows = [(part, name, _value(v), v.type) for part, vs in parts for name, v in vs.items()]
    if rows:
        click.echo()
        output.print_table(("given", "name", "value", "type"), rows)


def _value(value: Value) -> str:
    if value.shown:
        return str(value.value)
    return f"not recorded (hash {value.hash})" if value.hash else "not recorded"


def _print_nodes(run: Run) -> None:
    rows = [
        (
            node.node + (f" [{node.task}]" if node.task else ""),
            node.status or "OPEN",
            output.duration(node.started, node.ended),
            "" if node.rows is None else str(node.rows),
            str(len(_columns(node.schema)) or ""),
            node.type,
        )
        for node in run.nodes
    ]
    click.echo()
    output.print_table(("node", "status", "took", "rows", "columns", "type"), rows)


def _columns(schema: Schema | None) -> list[list[str]]:
    return [list(field) for field in schema.fields] if schema and schema.table else []


def _print_accesses(run: Run) -> None:
    rows = [
        (a.mode, a.location or a.table or "(not named)", a.table, a.format, _count(a.rows), a.node)
        for a in run.accesses
    ]
    if rows:
        click.echo()
        output.print_table(("", "outside", "table", "format", "rows", "node"), rows)


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


# --- JSON --------------------------------------------------------------------------------------


def document(run: Run) -> dict[str, Any]:
    """A run as one JSON document."""
    started, context, finished = run.started, run.context, run.finished
    return {
        "run_id": started.run_id,
        "job": started.job,
        "namespace": started.namespace,
        "status": run.status,
        "started": output.utc_time(started.time),
        "ended": output.utc_time(finished.time) if finished else None,
        "requested": list(started.requested),
        "parent": encode(started.parent) if started.parent else None,
        "tags": dict(started.tags),
        "revision": _revision(run),
        "fingerprint": run.graph.fingerprint if run.graph else None,
        "inputs": _values(context.inputs),
        "config": _values(context.config),
        "overrides": _values(context.overrides),
        "config_hash": context.config_hash,
        "python": context.python,
        "packages": dict(context.packages),
        "error": encode(finished.error) if finished and finished.error else None,
        "nodes": [_node(node) for node in run.nodes],
        "accesses": [_access(access) for access in run.accesses],
        "problems": dict(run.problems),
    }


def _revision(run: Run) -> dict[str, Any] | None:
    revision = run.context.revision
    if revision is None:
        return None
    return {
        "commit": revision.commit,
        "dirty": revision.dirty,
        "branch": revision.branch,
        "remote": revision.remote,
    }


def _values(values: Mapping[str, Value]) -> dict[str, Any]:
    return {
        name: {"type": v.type, **({"value": v.value} if v.shown else {"hash": v.hash})}
        for name, v in values.items()
    }


def _node(node: NodeRun) -> dict[str, Any]:
    return {
        "name": node.node,
        "task": node.task,
        "status": node.status or "OPEN",
        "started": output.utc_time(node.started),
        "ended": output.utc_time(node.ended or 0),
        "seconds": (node.ended - node.started) / output.SECOND if node.ended else None,
        "type": node.type,
        "rows": node.rows,
        "columns": _columns(node.schema) or None,
        "error": encode(node.error) if node.error else None,
    }


def _access(access: DatasetAccess) -> dict[str, Any]:
    return {
        "node": access.node,
        "mode": access.mode,
        "location": access.location or None,
        "table": access.table or None,
        "format": access.format or None,
        "rows": access.rows,
        "size": access.size,
    }
