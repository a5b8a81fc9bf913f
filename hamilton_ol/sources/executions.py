"""What a recorded run did, as facts beside the graph of its dataflow."""

from hamilton_ol.graph.runs import Execution, RunFacts
from hamilton_ol.records import ErrorRecord, NodeRun, Run, Value

SECOND = 1_000_000_000
#: Of several executions of a node, the one that ended worst counts.
_WORST = ("FAILED", "ABORTED", "SENTINEL", "RUNNING", "SUCCEEDED", "CACHED")


def executions_of(run: Run) -> dict[str, Execution]:
    """{node: what became of it}, for all that began."""
    found: dict[str, list[NodeRun]] = {}
    for execution in run.nodes:
        found.setdefault(execution.node, []).append(execution)
    return {node: _execution(run, ran) for node, ran in found.items()}


def _execution(run: Run, ran: list[NodeRun]) -> Execution:
    """Of one node: over all tasks that executed it."""
    is_going = run.finished is None and run.alive
    statuses = {one.status or ("RUNNING" if is_going else "ABORTED") for one in ran}
    error = next((one.error for one in ran if one.error is not None), None)
    took = sum(
        (one.ended or (run.last_seen if is_going else one.started)) - one.started for one in ran
    )
    return Execution(
        next(status for status in _WORST if status in statuses),
        took / SECOND if took or all(one.ended for one in ran) else None,
        ran[0].rows if len(ran) == 1 else None,
        said(error),
        error.stack if error else (),
    )


def said(error: ErrorRecord | None) -> str:
    """An exception as a sentence; an empty one for none."""
    if error is None:
        return ""
    return f"{error.type}: {error.message}" if error.message else error.type


def facts_of_run(run: Run) -> RunFacts:
    """What is known of a recorded run beside its graph."""
    revision, finished = run.context.revision, run.finished
    return RunFacts(
        run.run_id,
        run.started.job,
        run.status,
        run.started.time,
        finished.time if finished else 0,
        executions_of(run),
        frozenset(run.context.overrides),
        said(finished.error) if finished else "",
        revision.commit if revision else "",
        is_dirty=bool(revision and revision.dirty),
        values=_values(run),
    )


def _values(run: Run) -> dict[str, str]:
    context = run.context
    given = {**context.config, **context.inputs, **context.overrides}
    return {name: _value(value) for name, value in given.items()}


def _value(value: Value) -> str:
    if value.shown:
        return str(value.value)
    return f"not recorded, hash {value.hash}" if value.hash else "not recorded"
