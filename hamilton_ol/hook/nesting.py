"""The node that a thread or task is executing: the parent of a run that begins there."""

import contextvars
from typing import Any

from hamilton.node import Node

from hamilton_ol.hook.runs import RecordedRun
from hamilton_ol.mapping.ids import node_run_id
from hamilton_ol.records import Parent

#: (run, node, the one around it).
Current = tuple[Any, Node, Any]
current: contextvars.ContextVar[Current | None] = contextvars.ContextVar("node", default=None)


def around() -> tuple[RecordedRun, Node] | None:
    """The run and the node that this thread or task is in."""
    found = current.get()
    while found is not None:
        run, node, found = found
        # Hamilton does not say that a node ended whose beginning another adapter failed at.
        if isinstance(run, RecordedRun) and not run.has_ended:
            return run, node
    return None


def leave(run: RecordedRun) -> None:
    """A run ended: this thread or task is in none of its nodes any more."""
    found = current.get()
    while found is not None and found[0] is run:
        found = found[2]
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
