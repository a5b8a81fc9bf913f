"""What one run did with the nodes of a graph, and the graph with that on its nodes."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.records import NOTHING

SKIPPED = "SKIPPED"  # the status of what is in the graph, and was not executed
RUNNING = "RUNNING"
_NEVER_EXECUTED = frozenset({"input", "config", "source", "sink", "dataset"})


class Execution(NamedTuple):
    """What became of a node.

    Attributes:
        status: SUCCEEDED, FAILED, SENTINEL, CACHED, ABORTED or RUNNING.
        seconds: how long it took; None where that is not known.
        rows: of its result, where that is known.
        error: what it raised, as `ValueError: no`; empty for nothing.
        frames: where it was raised, a line each, the innermost last.
    """

    status: str
    seconds: float | None = None
    rows: int | None = None
    error: str = ""
    frames: tuple[str, ...] = ()


class RunFacts(NamedTuple):
    """What is known of a run beside its graph.

    Attributes:
        run_id: its id.
        job: that it is of.
        status: SUCCEEDED, FAILED, ABORTED, RUNNING or DIED.
        started, ended: nanoseconds since the epoch; 0 where that is not known.
        executions: {id of a node: what became of it}.
        given: ids of nodes that had a result already.
        error: what ended it.
        commit: of the code, as far as known; `is_dirty` where the code differed from it.
        skipped: ids of nodes that it could have executed and did not; None for all others.
        values: {id of an input, or of what is given: what that was, as far as it may be known}.
    """

    run_id: str
    job: str
    status: str
    started: int = 0
    ended: int = 0
    executions: Mapping[str, Execution] = NOTHING
    given: frozenset[str] = frozenset()
    error: str = ""
    commit: str = ""
    is_dirty: bool = False
    skipped: frozenset[str] | None = None
    values: Mapping[str, str] = NOTHING


def with_run(graph: LineageGraph, run: RunFacts) -> LineageGraph:
    """The same graph, with what became of its nodes in a run.

    What was not executed is SKIPPED, once the run is over; what is given, lies outside, or is not
    known to be of the run's dataflow, has no status.
    """
    return graph.renewed(_told(graph, run))


def _told(graph: LineageGraph, run: RunFacts) -> Iterator[Node]:
    nothing = "" if run.status == RUNNING else SKIPPED
    first = Node._fields.index("status")
    last = first + len(("status", "seconds", "rows", "run"))
    for node in graph.nodes:
        found = run.executions.get(node.id)
        if found is not None:
            facts = (found.status, found.seconds, found.rows, run.run_id)
        elif node.kind in _NEVER_EXECUTED or node.id in run.given:
            facts = ("", None, None, "")
        else:
            is_skipped = run.skipped is None or node.id in run.skipped
            facts = (nothing if is_skipped else "", None, None, "")
        yield Node._make(
            (*node[:first], *facts, *node[last:])
        )  # `_replace` takes three times as long


def is_of(graph: LineageGraph, run: RunFacts) -> bool:
    """Whether a run is of this dataflow: it has everything that the run executed, or skipped."""
    told = bool(run.executions or run.skipped)
    return told and run.executions.keys() <= graph.index.keys()
