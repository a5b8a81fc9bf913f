"""The events of nodes' jobs as text: a START and an end each."""

import json
from collections.abc import Hashable, Mapping
from typing import Any

from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.jobruns import JobRun
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.nodebodies import NodeBodies
from hamilton_ol.mapping.sides import Sides, lineages, sides_at_end, sides_at_start
from hamilton_ol.mapping.templates import Template
from hamilton_ol.mapping.times import iso
from hamilton_ol.records import Run, Value

MOST_TEMPLATES = 10_000  # of one graph, a few kilobytes each


class NodeEvents:
    """Renders events once for all runs in which they say the same.

    Args:
        jobs: of the graph.
        bodies: makes what they say.
        limit: bytes that an event may have.

    Attributes:
        bodies: makes what they say.
    """

    def __init__(self, jobs: JobGraph, bodies: NodeBodies, limit: int) -> None:
        self._jobs, self.bodies, self._limit = jobs, bodies, limit
        self._templates: dict[Hashable, Template] = {}

    def start(self, run: Run, job: JobRun, datasets: Datasets, time: int) -> str:
        """The START of a job, at a time."""
        is_plain = datasets.is_plain
        sides = None if is_plain else sides_at_start(job, datasets)
        key = ("START", job.owner, sides or datasets.differing_at(job.owner, job.started))
        template = self._templates.get(key)
        if template is None:
            body = self.bodies.start(job, sides or sides_at_start(job, datasets))
            template = self._keep(key, Template(body, self._limit, job.owner))
        return template.fill(holes(run, job, iso(time)))

    def end(self, run: Run, job: JobRun, datasets: Datasets, time: int) -> str:
        """The COMPLETE, FAIL or ABORT of a job, at a time."""
        values = {**run.context.config, **run.context.inputs}
        if job.state != "COMPLETE":
            sides = sides_at_end(job, datasets)
            return self._new_end(job, sides, values, datasets).fill(holes(run, job, iso(time)))
        owner, end = job.owner, job.ended or job.started
        whole = None if datasets.is_plain else sides_at_end(job, datasets)
        chosen = tuple([(name, values.get(name)) for name in self._jobs.choosers.get(owner, ())])
        key = (job.state, owner, whole or datasets.differing(owner, end), _facts(job), chosen)
        template = self._templates.get(key)
        if template is None:
            sides = whole or sides_at_end(job, datasets)
            template = self._keep(key, self._new_end(job, sides, values, datasets))
        return template.fill(holes(run, job, iso(time)))

    def _new_end(
        self, job: JobRun, sides: Sides, values: Mapping[str, Value], datasets: Datasets
    ) -> Template:
        found = lineages(sides, values) if job.state == "COMPLETE" else {}
        body = self.bodies.end(job, sides, found, self._notes(job, sides, datasets))
        return Template(body, self._limit, job.owner)

    def _keep(self, key: Hashable, template: Template) -> Template:
        if len(self._templates) >= MOST_TEMPLATES:
            self._templates.clear()
        self._templates[key] = template
        return template

    def _notes(self, job: JobRun, sides: Sides, datasets: Datasets) -> dict[str, Any]:
        """What our own facet says besides."""
        is_node, loads = job.owner in self._jobs.nodes, job.owner in datasets.subgraph.loaders
        return {
            "sentinelPossible": may_be_sentinel(self._jobs, job) or None,
            "unnamedSource": (is_node and loads and not sides.sources) or None,
        }


def may_be_sentinel(jobs: JobGraph, job: JobRun) -> bool:
    """Whether a result of None may be what an adapter put in the place of one that failed."""
    is_none = any(node.type == "NoneType" for node in job.nodes)
    return jobs.record.sentinel == "none" and is_none


def _facts(job: JobRun) -> Hashable:
    """What our own facets say of this execution."""
    return tuple([(n.node, n.task, n.type, n.passed, n.status) for n in job.nodes])


def holes(run: Run, job: JobRun, time: str) -> dict[str, str]:
    """What is filled into the events of a job's run.

    Args:
        run: the run.
        job: that of the job.
        time: of the event.
    """
    parent = run.started.parent
    own = f'"{run.run_id}"'
    rows = next((n.rows for n in job.nodes if n.node == job.owner and n.rows is not None), 0)
    return {
        "time": f'"{time}"',
        "id": f'"{job.run_id}"',
        "run": own,
        "root": json.dumps(parent.root_run_id) if parent else own,
        "rows": str(rows),
    }
