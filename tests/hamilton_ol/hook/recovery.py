"""A small dataflow, executed while its store breaks, and what must be told of it afterwards."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from hamilton_ol import OpenLineageHook
from hamilton_ol.records import Run
from hamilton_ol.store import writers
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.children import until
from tests.support.flows import build, latest

FLOW = """
    def first(number: int) -> int:
        return number

    def second(first: int) -> int:
        return act(first)

    def third(second: int) -> int:
        return second + 1

    act = None
"""


def execute(flow: Any, hook: OpenLineageHook, number: int = 1) -> None:
    """Execute the flow; its result is never another."""
    result = build([flow], hook).execute(["third"], inputs={"number": number})
    assert result == {"third": number + 1}


def is_whole(run: Run) -> bool:
    """Whether all is there that is ever told of a run of this dataflow."""
    nodes = [(n.node, n.status) for n in run.nodes]
    is_known = run.graph is not None and run.context.complete and "number" in run.context.inputs
    ended = [("first", "SUCCEEDED"), ("second", "SUCCEEDED"), ("third", "SUCCEEDED")]
    return is_known and run.status == "SUCCEEDED" and nodes == ended


def runs(store: Path) -> list[Run]:
    """All runs."""
    reader = StoreReader(store)
    return [reader.run(run.run_id) for run in reader.runs()]


def wait() -> None:
    """Wait until all is told; a flush does not wait until a store that failed is tried again."""
    until(lambda: flush_all(1))


def settle() -> None:
    """Wait until the writer has nothing to do, so that it does not meet what comes now by chance."""
    wait()
    until(lambda: not any(made._work.chores for made in writers._writers.values()))


def newest(store: Path) -> Run:
    """The newest run, when all is told."""
    wait()
    return latest(store)


def told(store: Path) -> Counter[tuple[str, ...]]:
    """How often each thing is told; every line is whole."""
    keys = ("k", "run", "node", "graph", "schema")
    return Counter(
        tuple(str(line[key]) for key in keys if key in line)
        for path in store.glob("segments/*/*")
        for line in map(json.loads, path.read_bytes().splitlines())
        if line["k"] in {"run", "node", "finish", "graph", "schema"}
    )


def cause(number: int) -> str:
    """What a hook says of an error with this number."""
    return f"writing to the store: {type(OSError(number, '')).__name__} {number}"
