"""The events of the job that puts the requested outputs together into a table."""

from hamilton_ol.mapping.columns import lineage, lineage_facet
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.describe import Describer
from hamilton_ol.mapping.facets import Body, Facet, event, facet
from hamilton_ol.mapping.jobfacets import job_type
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.limits import render
from hamilton_ol.mapping.naming import node_job
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.runfacets import engine_facet, parent_facet
from hamilton_ol.mapping.times import iso
from hamilton_ol.mapping.used import Used, distinct
from hamilton_ol.records import Run


class ResultEvents:
    """Renders the events of a result builder's table.

    Args:
        jobs: of the graph.
        run: the run.
        options: what events look like.
        profile: rules of the consumer.
        datasets: of the run.
    """

    def __init__(
        self, jobs: JobGraph, run: Run, options: Options, profile: Profile, datasets: Datasets
    ) -> None:
        self._run, self._options, self._profile = run, options, profile
        self._datasets, self._describer = datasets, Describer(jobs, options, profile)

    def render(self, state: str, time: int, run_id: str, result: Used) -> str:
        """START or COMPLETE of the job that made the table."""
        started = self._run.started
        requested = self._datasets.requested(time)
        written = self._describer.dataset(result)
        if state == "COMPLETE":
            self._add_lineage(written, result, requested)
        job: Body = {
            "namespace": started.namespace,
            "name": node_job(started.job, result.owner),
            "facets": {"jobType": job_type("NODE")},
        }
        facets: dict[str, Facet] = {"processing_engine": engine_facet(started)}
        if self._profile.names_dataflow(state):
            facets["parent"] = parent_facet(started.as_parent())
        read = [self._describer.dataset(used) for used in distinct(requested)]
        body = event(state, iso(time), (run_id, facets), job, inputs=read, outputs=[written])
        return render(body, self._profile.largest_event, result.owner)

    def _add_lineage(self, written: Body, result: Used, requested: list[Used]) -> None:
        if result.shape is not None:
            columns = lineage_facet(lineage(result.shape, requested, (), {}), self._profile)
            written["facets"] |= {"columnLineage": columns} if columns else {}
        rows = self._run.finished.rows if self._run.finished else None
        if rows is not None and not self._options.is_minimal:
            counted = facet("OutputStatisticsOutputDatasetFacet", rowCount=rows)
            written["outputFacets"] = {"outputStatistics": counted}
