"""A run as OpenLineage events: a pure function of its records.

Order: the dataflow's START, then its jobs' events by time, a producer's end before its consumer's
start, then the dataflow's end. No two events of a run have the same time. A run in progress is told
as far as it is settled: nothing is ever put before what was told.
"""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from hamilton_ol.mapping.dagevents import DagEvents
from hamilton_ol.mapping.dagsides import DagSides
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.foldevents import FoldEvents
from hamilton_ol.mapping.foldsides import fold_sides
from hamilton_ol.mapping.granularity import granularity_for
from hamilton_ol.mapping.graphs import Graphs
from hamilton_ol.mapping.ids import event_id, node_run_id
from hamilton_ol.mapping.jobruns import JobRun, fold_runs, job_runs
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.moments import Moment, moments
from hamilton_ol.mapping.naming import node_job
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import PROFILES
from hamilton_ol.mapping.resultevents import ResultEvents
from hamilton_ol.mapping.settled import is_told_of, settled
from hamilton_ol.mapping.subgraphs import executed
from hamilton_ol.mapping.times import MICROSECOND
from hamilton_ol.records import Run


class JobEvents(Protocol):
    """Renders the events of jobs of one granularity."""

    def start(self, run: Run, job: JobRun, datasets: Datasets, time: int) -> str:
        """The START of a job, at a time."""

    def end(self, run: Run, job: JobRun, datasets: Datasets, time: int) -> str:
        """The COMPLETE, FAIL or ABORT of a job, at a time."""


class Event(NamedTuple):
    """One OpenLineage event.

    Attributes:
        run_id: of the job's run.
        job: its name.
        type: START, COMPLETE, FAIL or ABORT.
        time: nanoseconds since the epoch.
        text: the event, JSON on one line.
    """

    run_id: str
    job: str
    type: str
    time: int
    text: str

    @property
    def id(self) -> str:
        """The event's id, the same whenever it is made."""
        return event_id(self.run_id, self.type)


class EventMapper:
    """Maps runs; keeps what runs of one graph have in common.

    Args:
        options: what events look like.
    """

    def __init__(self, options: Options) -> None:
        self._options, self._profile = options, PROFILES[options.profile]
        self._graphs = Graphs(options, self._profile)

    def is_coarse_by_size(self, run: Run) -> bool:
        """Whether nobody said how many jobs a run becomes, and it has too many functions for all.

        A person is told, because it looks as if most of the dataflow were missing.
        """
        asked = {self._options.granularity, self._profile.granularity}
        return asked == {"auto"} and self._granularity(self._graphs.jobs(run)) != "node"

    def _granularity(self, jobs: JobGraph) -> str:
        return granularity_for(self._options.granularity, self._profile.granularity, jobs)

    def events(self, run: Run) -> Iterator[Event]:
        """The events of a run, in the order in which they are to be sent."""
        if not is_told_of(run):
            return
        run = settled(self._named(run))
        jobs = self._graphs.jobs(run)
        subgraph = executed(jobs, run.started.requested, frozenset(run.context.overrides))
        datasets = Datasets(subgraph, run, self._options, self._profile)
        granularity = self._granularity(jobs)
        if granularity == "dag":
            yield from self._alone(run, jobs, datasets)
            return
        dag = DagEvents(jobs, run, self._options, self._profile)
        time = run.started.time
        yield Event(run.run_id, run.started.job, "START", time, dag.start(time))
        part = self._artifacts if granularity == "artifact" else self._nodes
        for event in self._job_events(run, datasets, time, *part(run, jobs, datasets)):
            time = event.time
            yield event
        if run.finished is None and run.alive:
            return
        for event in self._assembled(run, jobs, datasets, time):
            time = event.time
            yield event
        yield _end(run, dag, time)

    def _named(self, run: Run) -> Run:
        """The run of a dataflow as the consumer calls it."""
        name = self._profile.dataflow(run.started.job)
        return run._replace(started=run.started._replace(job=name))

    def _alone(self, run: Run, jobs: JobGraph, datasets: Datasets) -> Iterator[Event]:
        """The events of the dataflow as the only job."""
        fold, sides = self._graphs.folds(run, jobs).whole(), fold_sides(run, datasets)
        told = DagSides(jobs, run, fold, sides, datasets)
        if not told.is_settled:
            return
        dag = DagEvents(jobs, run, self._options, self._profile, told)
        time = run.started.time
        yield Event(run.run_id, run.started.job, "START", time, dag.start(time))
        if run.finished is not None or not run.alive:
            yield _end(run, dag, time)

    def _nodes(
        self, run: Run, jobs: JobGraph, _datasets: Datasets
    ) -> tuple[list[Moment], JobEvents]:
        """A job for each function."""
        return moments(run, jobs, job_runs(jobs, run)), self._graphs.events(run, jobs)

    def _artifacts(
        self, run: Run, jobs: JobGraph, datasets: Datasets
    ) -> tuple[list[Moment], JobEvents]:
        """A job for each artifact."""
        found, bodies = self._graphs.folds(run, jobs), self._graphs.events(run, jobs).bodies
        keeps_memory, limit = self._profile.keeps_memory, self._profile.largest_event
        folds = found.of_artifacts if keeps_memory else found.back_to_sources
        sides = fold_sides(run, datasets, folds if keeps_memory else ())
        told = moments(run, jobs, fold_runs(jobs, run, folds), are_folded=True)
        return told, FoldEvents(jobs, folds, sides, bodies, limit)

    def _job_events(
        self, run: Run, datasets: Datasets, last: int, told: list[Moment], jobs: JobEvents
    ) -> Iterator[Event]:
        for moment in told:
            job, name = moment.job, node_job(run.started.job, moment.job.owner)
            last = max(moment.time, last + MICROSECOND)
            render = jobs.end if moment.is_end else jobs.start
            kind = (job.state or "") if moment.is_end else "START"
            yield Event(job.run_id, name, kind, last, render(run, job, datasets, last))

    def _assembled(
        self, run: Run, jobs: JobGraph, datasets: Datasets, last: int
    ) -> Iterator[Event]:
        result = datasets.assembled(jobs.result_name)
        if result is None or not self._profile.keeps(result.id):
            return
        events = ResultEvents(jobs, run, self._options, self._profile, datasets)
        run_id = node_run_id(run.run_id, jobs.result_name)
        name = node_job(run.started.job, jobs.result_name)
        for state in ("START", "COMPLETE"):
            last += MICROSECOND
            yield Event(run_id, name, state, last, events.render(state, last, run_id, result))


def _end(run: Run, dag: DagEvents, last: int) -> Event:
    """The end of the dataflow, after all that was told."""
    end = max(run.finished.time if run.finished else run.last_seen, last + MICROSECOND)
    return Event(run.run_id, run.started.job, dag.state, end, dag.end(end))
