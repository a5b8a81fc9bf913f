"""A run as OpenLineage events: a pure function of its records.

Order: the dataflow's START, then its jobs' events by time, a producer's end before its consumer's
start, then the dataflow's end. No two events of a run have the same time. A run in progress is told
as far as it is settled: nothing is ever put before what was told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from hamilton_ol.mapping.dagevents import DagEvents
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.ids import event_id, node_run_id
from hamilton_ol.mapping.jobruns import JobRun, job_runs
from hamilton_ol.mapping.jobs import JobGraph, without_graph
from hamilton_ol.mapping.naming import clean_job, clean_namespace
from hamilton_ol.mapping.nodebodies import NodeBodies
from hamilton_ol.mapping.nodeevents import NodeEvents
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import PROFILES
from hamilton_ol.mapping.resultevents import ResultEvents
from hamilton_ol.mapping.shapes import LONG
from hamilton_ol.mapping.times import MICROSECOND
from hamilton_ol.records import Run


@dataclass(frozen=True, slots=True)
class Event:
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


class _Moment(NamedTuple):
    """When something is to be told; ends come before starts of the same time."""

    time: int
    is_start: bool
    number: int
    job: JobRun


class EventMapper:
    """Maps runs; keeps what runs of one graph have in common.

    Args:
        options: what events look like.
    """

    def __init__(self, options: Options) -> None:
        self._options, self._profile = options, PROFILES[options.profile]
        self._graphs: dict[int, tuple[Any, JobGraph]] = {}
        self._nodes: dict[Any, NodeEvents] = {}

    def events(self, run: Run) -> Iterator[Event]:
        """The events of a run, in the order in which they are to be sent."""
        run = _clean(run)
        jobs = self._jobs(run)
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
        nodes = self._node_events(run, jobs)
        for moment in _moments(run, job_runs(jobs, run)):
            job, name = moment.job, f"{run.started.job}.{moment.job.owner}"
            last = max(moment.time, last + MICROSECOND)
            if moment.is_start:
                text = nodes.start(run, job, datasets, last)
            else:
                text = nodes.end(run, job, datasets, last)
            kind = "START" if moment.is_start else job.state or ""
            yield Event(job.run_id, name, kind, last, text)

    def _assembled(
        self, run: Run, jobs: JobGraph, datasets: Datasets, last: int
    ) -> Iterator[Event]:
        result = datasets.assembled(jobs.result_name)
        if result is None:
            return
        events = ResultEvents(jobs, run, self._options, self._profile, datasets)
        run_id = node_run_id(run.run_id, jobs.result_name)
        name = f"{run.started.job}.{jobs.result_name}"
        for state in ("START", "COMPLETE"):
            last += MICROSECOND
            yield Event(run_id, name, state, last, events.render(state, last, run_id, result))

    # --- what runs have in common --------------------------------------------------------------

    def _jobs(self, run: Run) -> JobGraph:
        record = run.graph
        if record is None:
            return JobGraph(without_graph(run.nodes))
        if id(record) not in self._graphs:  # held, so that its identity stays its own
            self._graphs[id(record)] = record, JobGraph(record)
        return self._graphs[id(record)][1]

    def _node_events(self, run: Run, jobs: JobGraph) -> NodeEvents:
        started, parent = run.started, run.started.parent
        root = (parent.root_namespace, parent.root_job) if parent else None
        revision = run.context.revision
        key = (id(jobs.record), started.namespace, started.job, started.engine, root, revision)
        found = self._nodes.get(key)
        if found is None or run.graph is None:
            bodies = NodeBodies(jobs, self._options, self._profile, started, revision)
            found = NodeEvents(jobs, bodies, self._profile.largest_event)
            self._nodes[key] = found
        return found


def _clean(run: Run) -> Run:
    """The run with names that every consumer takes."""
    job, namespace = clean_job(run.started.job), clean_namespace(run.started.namespace)
    return replace(run, started=replace(run.started, job=job, namespace=namespace))


def _moments(run: Run, jobs: list[JobRun]) -> list[_Moment]:
    """What is to be told, in order, up to the first thing that is not settled yet."""
    moments = [_Moment(job.started, True, n, job) for n, job in enumerate(jobs)]
    moments += [_Moment(j.ended, False, n, j) for n, j in enumerate(jobs) if j.ended is not None]
    moments.sort(key=lambda m: (m.time, m.is_start, m.number))
    open_starts = [job.started for job in jobs if job.ended is None]
    if not open_starts:
        return moments
    # The start of a job is settled once it ended, or a second of its run has passed.
    waiting = [start for start in open_starts if run.last_seen < start + LONG]
    return [m for m in moments if not waiting or m.time < min(waiting)]
