"""What the events of a node's job say."""

from collections.abc import Iterable, Mapping
from typing import Any

from hamilton_ol.mapping.checkfacets import test_facet
from hamilton_ol.mapping.datasetbodies import DatasetBodies
from hamilton_ol.mapping.facets import Body, Facet, event
from hamilton_ol.mapping.jobfacets import JobFacets
from hamilton_ol.mapping.jobruns import JobRun
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.naming import node_job
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.runfacets import (
    engine_facet,
    error_facet,
    node_facet,
    node_parent_facet,
)
from hamilton_ol.mapping.sides import Lineages, Sides, capped_names
from hamilton_ol.mapping.templates import hole
from hamilton_ol.mapping.used import Used
from hamilton_ol.records import Revision, RunStarted


class NodeBodies:
    """Makes events with holes for one graph; `id`, `time`, `run`, `root` and `rows` are filled in.

    Args:
        jobs: of the graph.
        options: what events look like.
        profile: rules of the consumer.
        started: how a run of this kind began.
        revision: of the code.

    Attributes:
        datasets: makes those on either side.
    """

    def __init__(
        self,
        jobs: JobGraph,
        options: Options,
        profile: Profile,
        started: RunStarted,
        revision: Revision | None,
    ) -> None:
        self._jobs, self._options, self._profile = jobs, options, profile
        self.datasets = DatasetBodies(jobs, options, profile)
        self._job_facets = JobFacets(jobs, options, profile, revision)
        self._started = started
        self._parent = node_parent_facet(started.namespace, started.job, started.parent)
        self._engine = engine_facet(started)
        self._rendered: dict[str, Body] = {}

    def start(self, job: JobRun, sides: Sides) -> Body:
        """The START of a job."""
        parent = {"parent": self._parent} if self._profile.names_dataflow("START") else {}
        facets = {**parent, "processing_engine": self._engine}
        read, written = self._plain(sides.inputs), self._plain(sides.outputs)
        run = hole("id"), facets
        return event("START", hole("time"), run, self._job(job.owner), inputs=read, outputs=written)

    def _plain(self, side: Iterable[Used]) -> list[Body]:
        return [self.datasets.plain(used) for used in self.datasets.told(side)]

    def end(self, job: JobRun, sides: Sides, found: Lineages, notes: Mapping[str, Any]) -> Body:
        """The COMPLETE, FAIL or ABORT of a job, with both sides whole.

        Args:
            job: its run.
            sides: what it read and wrote.
            found: where its outputs come from; empty unless it succeeded.
            notes: what our own facet says besides.
        """
        datasets, outputs = self.datasets, self.datasets.told(sides.outputs)
        if job.state == "COMPLETE":
            rows = hole("rows")
            written = [datasets.written(used, found.get(used.id), rows) for used in outputs]
        else:
            written = [datasets.lost(used) for used in outputs]
        facets = self._end_facets(job, {"capped": capped_names(found) or None, **notes})
        read = [datasets.read(used) for used in datasets.told(sides.inputs)]
        run, kind = (hole("id"), facets), job.state or ""
        return event(kind, hole("time"), run, self._job(job.owner), inputs=read, outputs=written)

    def _end_facets(self, job: JobRun, notes: Mapping[str, Any]) -> dict[str, Facet]:
        facets = {
            "parent": self._parent if self._profile.names_dataflow(job.state or "") else None,
            "processing_engine": self._engine,
            "hamilton_node": node_facet(self._jobs, job, self._options, notes),
            "test": test_facet(job.nodes),
            "errorMessage": error_facet(job.error, self._options, job.owner) if job.error else None,
        }
        return {key: value for key, value in facets.items() if value is not None}

    def _job(self, owner: str) -> Body:
        if owner not in self._rendered:
            self._rendered[owner] = {
                "namespace": self._started.namespace,
                "name": node_job(self._started.job, owner),
                "facets": self._job_facets.of_node(owner),
            }
        return self._rendered[owner]
