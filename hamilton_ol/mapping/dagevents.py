"""The events of the dataflow's own job."""

from hamilton_ol.mapping.checkfacets import test_facet
from hamilton_ol.mapping.dagsides import DagSides
from hamilton_ol.mapping.datasetbodies import DatasetBodies
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
from hamilton_ol.mapping.sides import NO_SIDES, capped_names
from hamilton_ol.mapping.times import iso
from hamilton_ol.records import Run

_STATES = {"SUCCEEDED": "COMPLETE", "FAILED": "FAIL"}


class DagEvents:
    """Renders the events of one run's dataflow.

    Where its functions have jobs, it has no inputs and outputs, because every edge is drawn
    between theirs.

    Args:
        jobs: of the graph.
        run: the run.
        options: what events look like.
        profile: rules of the consumer.
        sides: what it read and wrote, where it is the only job.
    """

    def __init__(
        self,
        jobs: JobGraph,
        run: Run,
        options: Options,
        profile: Profile,
        sides: DagSides | None = None,
    ) -> None:
        self._jobs, self._run, self._options, self._profile = jobs, run, options, profile
        self._sides, self._datasets = sides, DatasetBodies(jobs, options, profile)
        self._job_facets = JobFacets(jobs, options, profile, run.context.revision).of_dag()

    @property
    def state(self) -> str:
        """How the run ended: COMPLETE, FAIL or ABORT."""
        finished = self._run.finished
        return _STATES.get(finished.status, "ABORT") if finished else "ABORT"

    def start(self, time: int) -> str:
        """The START of the dataflow."""
        facets = self._facets(with_parent=True, is_over=False)
        sides = self._sides.at_start() if self._sides else NO_SIDES
        bodies = self._datasets
        read = [bodies.plain(used) for used in bodies.told(sides.inputs)]
        written = [bodies.plain(used) for used in bodies.told(sides.outputs)]
        return self._render("START", time, facets, (read, written))

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
        return self._render(self.state, time, facets, self._at_end(time, facets))

    def _at_end(self, time: int, facets: dict[str, Facet]) -> tuple[list[Body], list[Body]]:
        """What was read and written, where this is the only job."""
        if self._sides is None:
            return [], []
        bodies, is_whole = self._datasets, self.state == "COMPLETE"
        sides = self._sides.at_end(time, is_whole=is_whole)
        found = self._sides.lineages(sides, time) if is_whole else {}
        if names := capped_names(found):
            facets["hamilton_run"]["capped"] = names
        written = [
            bodies.written(used, found.get(used.id), self._sides.rows(used))
            if is_whole
            else bodies.lost(used)
            for used in bodies.told(sides.outputs)
        ]
        return [bodies.read(used) for used in bodies.told(sides.inputs)], written

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

    def _render(
        self,
        state: str,
        time: int,
        facets: dict[str, Facet],
        sides: tuple[list[Body], list[Body]],
    ) -> str:
        started = self._run.started
        job: Body = {
            "namespace": started.namespace,
            "name": started.job,
            "facets": self._job_facets,
        }
        read, written = sides
        run = started.run_id, facets
        body = event(state, iso(time), run, job, inputs=read, outputs=written)
        return render(body, self._profile.largest_event)
