"""What of a run is settled: what any later look at its records will still say."""

from hamilton_ol.mapping.naming import clean_job, clean_namespace
from hamilton_ol.records import NodeRun, Run


def is_told_of(run: Run) -> bool:
    """Whether enough is known of a run to begin to tell of it.

    Every event needs its graph and what it was given. Both are written a moment after the run
    began, which may be after its end; a process that is gone writes nothing more.
    """
    return not run.alive or (run.graph is not None and run.context.complete)


def settled(run: Run) -> Run:
    """The run with names that every consumer takes, and without what came after its end.

    When one of several tasks fails, the run is over while others still work; nobody waits for
    them any more, and what becomes of them is not told. Only that one failed is, because the
    clocks of two processes are never quite the same.
    """
    job, namespace = clean_job(run.started.job), clean_namespace(run.started.namespace)
    run = run._replace(started=run.started._replace(job=job, namespace=namespace))
    if run.finished is None or run.status == "SUCCEEDED":
        return run
    end = run.finished.time
    late = {n.node for n in run.nodes if n.ended is None or n.ended > end}
    late -= {n.node for n in run.nodes if n.ended is not None and n.ended <= end}
    return run._replace(
        nodes=tuple(_until(end, n) for n in run.nodes if n.started <= end),
        accesses=tuple(a for a in run.accesses if a.node not in late),
    )


def _until(end: int, node: NodeRun) -> NodeRun:
    """What was known of a node at a time."""
    if node.ended is not None and node.ended <= end:
        return node
    if node.status == "FAILED":
        return node._replace(ended=end)
    return NodeRun(node.node, node.task, node.started, end, "ABORTED")
