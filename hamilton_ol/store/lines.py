r"""The lines of a segment: `{"v":1,"k":KIND,...}\n`, one record each.

The kinds: `segment` (who writes it), `run`, `context`, `values`, `graph` (which graph a run's key
stands for), `schema`, `start` (a node that is still open), `node` (one that ended), `access`,
`finish`, `problem`. What happens for every node is put together from text, without a serialiser.
"""

import json
from collections.abc import Mapping
from typing import Any

from hamilton_ol.records import (
    DatasetAccess,
    ErrorRecord,
    GraphRecord,
    RunContext,
    RunFinished,
    RunStarted,
    Schema,
    Value,
)
from hamilton_ol.store.codec import encode
from hamilton_ol.store.documents import digest, dump

VERSION = 1
_LAST_TIME = 253_402_000_000 * 10**9  # nanoseconds until calendars end with the year 9999


def line(kind: str, fields: Mapping[str, Any]) -> str:
    """A line of any kind."""
    body = json.dumps({"v": VERSION, "k": kind, **fields}, separators=(",", ":"))
    return body + "\n"


def quoted(text: str) -> str:
    """A text as it stands in a line."""
    return json.dumps(text)


def run_line(started: RunStarted) -> str:
    """How a run began."""
    fields = encode(started)
    return line("run", {"run": fields.pop("run_id"), **fields})


def context_line(run_id: str, context: RunContext) -> str:
    """A part of what recreates a run; several lines add up."""
    return line("context", {"run": run_id, **encode(context)})


def values_line(run_id: str, part: str, values: Mapping[str, Value]) -> str:
    """Values that turned out to be in the open after all; `part` is inputs, overrides or config."""
    return line("values", {"run": run_id, "part": part, "values": encode(values)})


def known_line(run_id: str, document: str) -> str:
    """Which document holds the schemas that were known when the run began."""
    return line("context", {"run": run_id, "known_in": document})


def graph_line(key: str, document: str | None, record: GraphRecord) -> str:
    """Which graph a key stands for: the name of its document, or where there is none all of it."""
    where = {"document": document} if document else {"record": encode(record)}
    return line("graph", {"graph": key, "fingerprint": record.fingerprint, **where})


def schema_line(schema: Schema) -> tuple[str, str]:
    """(id, line) of a schema."""
    fields = encode(schema)
    name = digest(dump(fields))[:16]
    return name, line("schema", {"schema": name, **fields})


def start_line(run_id: str, node: str, task: str | None, time: int) -> str:
    """A node began, and did not end within one append."""
    more = f',"task":{quoted(task)}' if task is not None else ""
    return f'{{"v":1,"k":"start","run":"{run_id}","node":{quoted(node)},"t":{time}{more}}}\n'


def node_more(
    *,
    task: str | None = None,
    error: ErrorRecord | None = None,
    passed: bool | None = None,
) -> str:
    """What only some node lines have, as text for `node_line`."""
    more: dict[str, Any] = {"task": task, "passed": passed}
    if error is not None:
        more["error"] = encode(error)
    kept = {key: value for key, value in more.items() if value is not None}
    return "," + json.dumps(kept, separators=(",", ":"))[1:-1] if kept else ""


def result_part(kind: str, schema: str) -> str:
    """The result's class and the id of its schema, as text for `node_line`."""
    return f',"type":{quoted(kind)},"schema":"{schema}"'


def node_opening(run_id: str) -> str:
    """How every `node_line` of a run begins."""
    return f'{{"v":1,"k":"node","run":"{run_id}","node":'


def node_line(opening: str, node: str, start: int, end: int, status: str, more: str) -> str:
    """A node ended.

    Args:
        opening: `node_opening` of its run.
        node: its name, quoted.
        start: when it began.
        end: when it ended.
        status: how.
        more: `result_part`, `node_more`.
    """
    return f'{opening}{node},"t":[{start},{end}],"s":"{status}"{more}}}\n'


def access_line(run_id: str, access: DatasetAccess, schema: str | None) -> str:
    """A node read or wrote something outside."""
    fields = encode(access)
    fields.pop("schema", None)
    return line("access", {"run": run_id, **fields, **({"schema": schema} if schema else {})})


def finish_line(run_id: str, finished: RunFinished) -> str:
    """How a run ended."""
    return line("finish", {"run": run_id, **encode(finished)})


def problem_line(run_id: str, cause: str, count: int) -> str:
    """What could not be recorded, and how often."""
    return line("problem", {"run": run_id, "cause": cause, "count": count})


def time_of(value: object) -> int:
    """A time that stands in a line.

    Raises:
        ValueError: it is none.
    """
    if type(value) is int and 0 <= value < _LAST_TIME:
        return value
    raise ValueError(f"not a time: {value!r}")
