"""The node that a thread or task is executing: the parent of a run that begins there."""

import contextvars

from hamilton.node import Node

from hamilton_ol.hook.nodes import Execution
from hamilton_ol.hook.runs import AnyRun, RecordedRun
from hamilton_ol.mapping.ids import node_run_id
from hamilton_ol.records import Parent

current: contextvars.ContextVar[Execution | None] = contextvars.ContextVar("node", default=None)


def find(run: AnyRun, node: Node, task: str | None, time: int) -> Execution:
    """The execution of a node that has ended, and is not the one that this thread or task is in.

    Hamilton does not say that a node ended whose beginning another adapter failed at, and an
    adapter may be told of an end elsewhere than of the beginning.
    """
    found = current.get()
    while found is not None and (found[1] is not node or found[2] != task):
        found = found[4]
    if found is not None:
        return found
    for execution in list(run.open.values()):
        if execution[1] is node and execution[2] == task:
            return execution
    return run, node, task, time, None


def around() -> tuple[RecordedRun, Node] | None:
    """The run and the node that this thread or task is in."""
    found = current.get()
    while found is not None:
        run, node, _, _, found = found
        if isinstance(run, RecordedRun) and not run.has_ended:
            return run, node
    return None


def leave(run: RecordedRun) -> None:
    """A run ended: this thread or task is in none of its nodes any more."""
    found = current.get()
    while found is not None and found[0] is run:
        found = found[4]
    current.set(found)


def parent_of(run: RecordedRun, node: Node) -> Parent:
    """A node's job as parent of a run that the node began."""
    owner = run.owner(node.name)
    started, root = run.started, run.started.parent
    return Parent(
        run_id=node_run_id(started.run_id, owner),
        namespace=started.namespace,
        job=f"{started.job}.{owner}",
        root_run_id=root.root_run_id if root else started.run_id,
        root_namespace=root.root_namespace if root else started.namespace,
        root_job=root.root_job if root else started.job,
    )
