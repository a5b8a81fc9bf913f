"""The events of the dataflow's own job."""

from hamilton_ol.mapping.checkfacets import test_facet
from hamilton_ol.mapping.facets import Body, Facet, event
from hamilton_ol.mapping.jobfacets import JobFacets
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.limits import render
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.runfacets import (
    engine_facet,
    error_facet,
    nodes_facet,
    parameters_facet,
    parent_facet,
    run_facet,
    tags_facet,
)
from hamilton_ol.mapping.times import iso
from hamilton_ol.records import Run

_STATES = {"SUCCEEDED": "COMPLETE", "FAILED": "FAIL"}


class DagEvents:
    """Renders the events of one run's dataflow.

    It has no inputs and outputs of its own, because every edge is drawn between its nodes.

    Args:
        jobs: of the graph.
        run: the run.
        options: what events look like.
        profile: rules of the consumer.
    """

    def __init__(self, jobs: JobGraph, run: Run, options: Options, profile: Profile) -> None:
        self._jobs, self._run, self._options, self._profile = jobs, run, options, profile
        self._job_facets = JobFacets(jobs, options, profile, run.context.revision).of_dag()

    @property
    def state(self) -> str:
        """How the run ended: COMPLETE, FAIL or ABORT."""
        finished = self._run.finished
        return _STATES.get(finished.status, "ABORT") if finished else "ABORT"

    def start(self, time: int) -> str:
        """The START of the dataflow."""
        return self._render("START", time, self._facets(with_parent=True, is_over=False))

    def end(self, time: int) -> str:
        """The end of the dataflow, with the whole graph and how each node fared."""
        facets = self._facets(with_parent=self._profile.parent_on_terminal, is_over=True)
        run, options = self._run, self._options
        if run.problems:
            facets["hamilton_run"]["problems"] = dict(run.problems)
        facets["hamilton_nodes"] = nodes_facet(self._jobs, run, options)
        if (checks := test_facet(run.nodes)) is not None:
            facets["test"] = checks
        if run.finished is not None and run.finished.error is not None:
            facets["errorMessage"] = error_facet(run.finished.error, options)
        return self._render(self.state, time, facets)

    def _facets(self, *, with_parent: bool, is_over: bool) -> dict[str, Facet]:
        started = self._run.started
        facets = {
            "parent": parent_facet(started.parent) if started.parent and with_parent else None,
            "processing_engine": engine_facet(started),
            "executionParameters": parameters_facet(self._run, self._options, is_over=is_over),
            "tags": tags_facet(started.tags),
            "hamilton_run": run_facet(self._run, self._options),
        }
        return {key: value for key, value in facets.items() if value is not None}

    def _render(self, state: str, time: int, facets: dict[str, Facet]) -> str:
        started = self._run.started
        job: Body = {
            "namespace": started.namespace,
            "name": started.job,
            "facets": self._job_facets,
        }
        body = event(state, iso(time), (started.run_id, facets), job)
        return render(body, self._profile.largest_event)
