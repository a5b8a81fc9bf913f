"""What the events of a node's job say."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from hamilton_ol.mapping.checkfacets import assertions_facet, test_facet
from hamilton_ol.mapping.columns import lineage, lineage_facet
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.describe import Describer
from hamilton_ol.mapping.facets import Body, Facet, event, facet
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
from hamilton_ol.mapping.templates import hole
from hamilton_ol.mapping.used import Used, distinct
from hamilton_ol.records import Revision, RunStarted, Value


class Sides(NamedTuple):
    """What a job read and wrote.

    Attributes:
        sources: read outside.
        arguments: taken from other jobs.
        outputs: left in memory, and written outside.
    """

    sources: tuple[Used, ...]
    arguments: tuple[Used, ...]
    outputs: tuple[Used, ...]

    @property
    def inputs(self) -> list[Used]:
        """All that was read, each dataset once."""
        return distinct([*self.sources, *self.arguments])


def sides_at_start(job: JobRun, datasets: Datasets) -> Sides:
    """The datasets of which the fields are known when the job starts."""
    owner, start = job.owner, job.started
    result = () if datasets.is_saver(owner) else (datasets.result_at(owner, start),)
    return Sides(
        tuple(used for used in datasets.sources_at(owner, start) if used.shape is not None),
        tuple(used for used in datasets.arguments_at(owner, start) if used.shape is not None),
        tuple(used for used in result if used.shape is not None),
    )


def sides_at_end(job: JobRun, datasets: Datasets) -> Sides:
    """All datasets of a job; what a job that only writes returns is none."""
    owner, end = job.owner, job.ended or job.started
    arguments = datasets.arguments(owner, end)
    written = datasets.written(owner, arguments, end)
    is_result = not (written and datasets.is_saver(owner))
    result = [datasets.result(owner, end)] if is_result else []
    return Sides(tuple(datasets.sources(owner, end)), tuple(arguments), (*result, *written))


class NodeBodies:
    """Makes events with holes for one graph; `id`, `time`, `run`, `root` and `rows` are filled in.

    Args:
        jobs: of the graph.
        options: what events look like.
        profile: rules of the consumer.
        started: how a run of this kind began.
        revision: of the code.
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
        self._describer = Describer(jobs, options, profile)
        self._job_facets = JobFacets(jobs, options, profile, revision)
        self._started = started
        self._parent = node_parent_facet(started.namespace, started.job, started.parent)
        self._engine = engine_facet(started)
        self._rendered: dict[str, Body] = {}

    def start(self, job: JobRun, sides: Sides) -> Body:
        """The START of a job."""
        facets = {"parent": self._parent, "processing_engine": self._engine}
        read = [self._describer.dataset(used) for used in sides.inputs]
        written = [self._describer.dataset(used) for used in sides.outputs]
        run = hole("id"), facets
        return event("START", hole("time"), run, self._job(job.owner), inputs=read, outputs=written)

    def end(
        self, job: JobRun, sides: Sides, values: Mapping[str, Value], notes: Mapping[str, Any]
    ) -> Body:
        """The COMPLETE, FAIL or ABORT of a job, with both sides whole."""
        capped: set[str] = set()
        if job.state == "COMPLETE":
            written = [self._output(used, sides, values, capped) for used in sides.outputs]
        else:  # named, because Marquez hides the edge otherwise; what they hold is not known
            written = [
                {"namespace": used.id.namespace, "name": used.id.name} for used in sides.outputs
            ]
        facets = self._end_facets(job, {"capped": sorted(capped) or None, **notes})
        read = [self._input(used) for used in sides.inputs]
        run, kind = (hole("id"), facets), job.state or ""
        return event(kind, hole("time"), run, self._job(job.owner), inputs=read, outputs=written)

    def _end_facets(self, job: JobRun, notes: Mapping[str, Any]) -> dict[str, Facet]:
        facets = {
            "parent": self._parent if self._profile.parent_on_terminal else None,
            "processing_engine": self._engine,
            "hamilton_node": node_facet(self._jobs, job, self._options, notes),
            "test": test_facet(job.nodes),
            "errorMessage": error_facet(job.error, self._options, job.owner) if job.error else None,
        }
        return {key: value for key, value in facets.items() if value is not None}

    def _input(self, used: Used) -> Body:
        dataset = self._describer.dataset(used)
        facets: dict[str, Facet] = {}
        counts = self._counts(used)
        if counts and used.role == "source":
            facets["inputStatistics"] = facet("InputStatisticsInputDatasetFacet", **counts)
        if used.checks:
            facets["dataQualityAssertions"] = assertions_facet(used.checks)
        return {**dataset, "inputFacets": facets} if facets else dataset

    def _output(
        self, used: Used, sides: Sides, values: Mapping[str, Value], capped: set[str]
    ) -> Body:
        dataset = self._describer.dataset(used)
        if used.shape is not None:
            found = lineage(used.shape, sides.arguments, sides.sources, values)
            capped.update(found.capped)
            columns = lineage_facet(found, self._profile)
            if columns is not None:
                dataset["facets"]["columnLineage"] = columns
        counts = self._counts(used)
        if counts:
            written = facet("OutputStatisticsOutputDatasetFacet", **counts)
            dataset["outputFacets"] = {"outputStatistics": written}
        return dataset

    def _counts(self, used: Used) -> Mapping[str, Any]:
        if self._options.is_minimal:
            return {}
        access = used.access
        if access is not None:
            counts = (("rowCount", access.rows), ("size", access.size))
            return {key: value for key, value in counts if value is not None}
        return {"rowCount": hole("rows")} if used.has_rows else {}

    def _job(self, owner: str) -> Body:
        if owner not in self._rendered:
            self._rendered[owner] = {
                "namespace": self._started.namespace,
                "name": node_job(self._started.job, owner),
                "facets": self._job_facets.of_node(owner),
            }
        return self._rendered[owner]
