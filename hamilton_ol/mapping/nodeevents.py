"""The events of nodes' jobs as text: a START and an end each."""

import json
from collections.abc import Hashable, Mapping
from typing import Any

from hamilton_ol.mapping.datasets import Datasets, Used
from hamilton_ol.mapping.facets import Body
from hamilton_ol.mapping.jobruns import JobRun
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.nodebodies import NodeBodies, Sides, sides_at_end, sides_at_start
from hamilton_ol.mapping.templates import Template
from hamilton_ol.mapping.times import iso
from hamilton_ol.records import Run, Value

MOST_TEMPLATES = 50_000


class NodeEvents:
    """Renders events once for all runs in which they say the same.

    Args:
        jobs: of the graph.
        bodies: makes what they say.
        limit: bytes that an event may have.
    """

    def __init__(self, jobs: JobGraph, bodies: NodeBodies, limit: int) -> None:
        self._jobs, self._bodies, self._limit = jobs, bodies, limit
        self._templates: dict[Hashable, Template] = {}

    def start(self, run: Run, job: JobRun, datasets: Datasets, time: int) -> str:
        """The START of a job, at a time."""
        sides = sides_at_start(job.owner, job.started, datasets)
        key = ("START", job.owner, _key(sides))
        template = self._templates.get(key) or self._keep(key, self._bodies.start(job, sides))
        return template.fill(_holes(run, job, time))

    def end(self, run: Run, job: JobRun, datasets: Datasets, time: int) -> str:
        """The COMPLETE, FAIL or ABORT of a job, at a time."""
        sides = sides_at_end(job.owner, datasets)
        values = {**run.context.config, **run.context.inputs}
        if job.state != "COMPLETE":
            return self._new_end(job, sides, values).fill(_holes(run, job, time))
        key = (job.state, job.owner, _key(sides), _facts(job), _chosen(sides, values))
        template = self._templates.get(key)
        if template is None:
            template = self._templates[key] = self._new_end(job, sides, values)
        return template.fill(_holes(run, job, time))

    def _new_end(self, job: JobRun, sides: Sides, values: Mapping[str, Value]) -> Template:
        return Template(self._bodies.end(job, sides, values, self._notes(job, sides)), self._limit)

    def _keep(self, key: Hashable, body: Body) -> Template:
        if len(self._templates) >= MOST_TEMPLATES:
            self._templates.clear()
        self._templates[key] = template = Template(body, self._limit)
        return template

    def _notes(self, job: JobRun, sides: Sides) -> dict[str, Any]:
        """What our own facet says besides."""
        record = self._jobs.nodes.get(job.owner)
        may_be_sentinel = self._jobs.record.sentinel == "none" and any(
            node.type == "NoneType" for node in job.nodes
        )
        loads = any(
            self._jobs.nodes[n].kind == "loader" for n in self._jobs.members.get(job.owner, ())
        )
        return {
            "sentinelPossible": may_be_sentinel or None,
            "unnamedSource": (bool(record) and loads and not sides.sources) or None,
        }


def _key(sides: Sides) -> Hashable:
    return tuple(tuple(map(_use_key, side)) for side in sides)


def _use_key(used: Used) -> Hashable:
    return used.id, used.shape, used.access, used.has_rows, used.checks


def _facts(job: JobRun) -> Hashable:
    """What our own facets say of this execution."""
    return tuple((n.node, n.task, n.type, n.passed, n.status) for n in job.nodes)


def _chosen(sides: Sides, values: Mapping[str, Value]) -> Hashable:
    """The values that choose columns."""
    names = (use.name for u in sides.arguments for use in u.uses or () if use.how == "input")
    return tuple((name, values.get(name)) for name in names)


def _holes(run: Run, job: JobRun, time: int) -> dict[str, str]:
    parent = run.started.parent
    own = f'"{run.run_id}"'
    rows = next((n.rows for n in job.nodes if n.node == job.owner and n.rows is not None), 0)
    return {
        "time": f'"{iso(time)}"',
        "id": f'"{job.run_id}"',
        "run": own,
        "root": json.dumps(parent.root_run_id) if parent else own,
        "rows": str(rows),
    }
