"""Stores made of lines, for tests that need no dataflow."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hamilton_ol.records import (
    Dependency,
    GraphRecord,
    NodeRecord,
    RunContext,
    RunFinished,
    RunStarted,
    Schema,
    Status,
    Value,
)
from hamilton_ol.store import lines
from hamilton_ol.store.codec import encode
from hamilton_ol.store.liveness import Process, this_process

T0 = 1_767_225_600 * 10**9  # 2026-01-01, in nanoseconds
MS = 1_000_000
RUN = "01a1fdf1-7b27-7ea1-88f5-9969ade1a296"
OTHER = "01a1fdf1-9999-7ea1-88f5-9969ade1a297"
LIVING = this_process()
DEAD = LIVING._replace(began="0")  # the id went to another process
GRAPH = "1-aa-0"


def run_id(number: int) -> str:
    """The id of one of many runs."""
    return f"{number:08x}-0000-4000-8000-000000000000"


def header(process: Process | None = DEAD, **more: Any) -> str:
    """The first line of a segment."""
    who = {"process": encode(process)} if process is not None else {}
    return lines.line("segment", {"time": T0, **who, "version": "0.1.0", **more})


def segment(
    store: Path, *texts: str | bytes, name: str = "000000-1-aa", day: str = "2026-01-01"
) -> Path:
    """Append to a segment of a store; its path."""
    path = store / "segments" / day / f"{name}.ndjson"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.writelines(text.encode() if isinstance(text, str) else text for text in texts)
    return path


def started(of: str = RUN, **more: Any) -> RunStarted:
    """How a run of the dataflow `a -> b` began."""
    fields = {"time": T0, "job": "titanic", "namespace": "hamilton", "graph": GRAPH, **more}
    return RunStarted(of, **{"requested": ("b",), **fields})


def graph() -> GraphRecord:
    """The dataflow `a -> b`, with `a` made of the input `x`."""
    nodes = (
        NodeRecord("x", "input", "int", "x"),
        NodeRecord("a", "function", "int", "a", dependencies=(Dependency("x"),)),
        NodeRecord("b", "function", "int", "b", dependencies=(Dependency("a"),)),
    )
    return GraphRecord("f1:" + "0" * 64, nodes, modules=("flow",))


INT_ID, INT_LINE = lines.schema_line(Schema((("", "int"),), table=False))


def node(name: str, at: int, of: str = RUN, status: Status = "SUCCEEDED", **more: Any) -> str:
    """The line of a node that took a millisecond, `at` milliseconds after the run began."""
    extra = lines.result_part("int", INT_ID) if status == "SUCCEEDED" else ""
    opening, quoted, start = lines.node_opening(of), lines.quoted(name), T0 + at * MS
    text = extra + lines.node_more(**more)
    return lines.node_line(opening, quoted, start, start + MS, status, text)


def run_lines(
    of: str = RUN,
    *,
    nodes: Sequence[str] = ("a", "b"),
    end: Status | None = "SUCCEEDED",
    **more: Any,
) -> list[str]:
    """A whole run of the dataflow `a -> b`, or what there is of it without an `end`."""
    context = RunContext({"x": Value("int", 1, shown=True)}, python="3.11.7", complete=True)
    begun = started(of, **more)
    told = [
        lines.run_line(begun),
        lines.context_line(of, context),
        lines.graph_line(GRAPH, None, graph()),
        INT_LINE,
        *(node(name, 1 + 2 * number, of) for number, name in enumerate(nodes)),
    ]
    if end is not None:
        told.append(lines.finish_line(of, RunFinished(begun.time + 100 * MS, end)))
    return told


def plain_store(store: Path, *runs: str) -> Path:
    """A store with finished runs; its folder."""
    told = [line for of in runs or (RUN,) for line in run_lines(of)]
    segment(store, header(), *told)
    return store
