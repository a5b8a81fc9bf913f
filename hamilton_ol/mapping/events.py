"""A run as OpenLineage events: a pure function of its records.

Order: the dataflow's START, then its jobs' events by time, a producer's end before its consumer's
start, then the dataflow's end. No two events of a run have the same time. A run in progress is told
as far as it is settled: nothing is ever put before what was told.
"""

from collections.abc import Iterator
from typing import NamedTuple

from hamilton_ol.mapping.dagevents import DagEvents
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.graphs import Graphs
from hamilton_ol.mapping.ids import event_id, node_run_id
from hamilton_ol.mapping.jobruns import job_runs
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.moments import moments
from hamilton_ol.mapping.naming import node_job
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import PROFILES
from hamilton_ol.mapping.resultevents import ResultEvents
from hamilton_ol.mapping.settled import is_told_of, settled
from hamilton_ol.mapping.times import MICROSECOND
from hamilton_ol.records import Run


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

    def events(self, run: Run) -> Iterator[Event]:
        """The events of a run, in the order in which they are to be sent."""
        if not is_told_of(run):
            return
        run = settled(run)
        jobs = self._graphs.jobs(run)
        dag = DagEvents(jobs, run, self._options, self._profile)
        datasets = Datasets(jobs, run, self._options)
        time = run.started.time
        yield Event(run.run_id, run.started.job, "START", time, dag.start(time))
        for event in self._job_events(run, jobs, datasets, time):
            time = event.time
            yield event
        if run.finished is None and run.alive:
            return
        for event in self._assembled(run, jobs, datasets, time):
            time = event.time
            yield event
        end = max(run.finished.time if run.finished else run.last_seen, time + MICROSECOND)
        yield Event(run.run_id, run.started.job, dag.state, end, dag.end(end))

    def _job_events(
        self, run: Run, jobs: JobGraph, datasets: Datasets, last: int
    ) -> Iterator[Event]:
        nodes = self._graphs.events(run, jobs)
        for moment in moments(run, jobs, job_runs(jobs, run)):
            job, name = moment.job, node_job(run.started.job, moment.job.owner)
            last = max(moment.time, last + MICROSECOND)
            render = nodes.end if moment.is_end else nodes.start
            kind = (job.state or "") if moment.is_end else "START"
            yield Event(job.run_id, name, kind, last, render(run, job, datasets, last))

    def _assembled(
        self, run: Run, jobs: JobGraph, datasets: Datasets, last: int
    ) -> Iterator[Event]:
        result = datasets.assembled(jobs.result_name)
        if result is None:
            return
        events = ResultEvents(jobs, run, self._options, self._profile, datasets)
        run_id = node_run_id(run.run_id, jobs.result_name)
        name = node_job(run.started.job, jobs.result_name)
        for state in ("START", "COMPLETE"):
            last += MICROSECOND
            yield Event(run_id, name, state, last, events.render(state, last, run_id, result))
