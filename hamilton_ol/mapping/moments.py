"""When the events of jobs are told: in order, and only what nothing later can contradict.

For every two views of one run, what the earlier tells is how what the later tells begins.
"""

from typing import NamedTuple

from hamilton_ol.mapping.jobruns import JobRun
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.shapes import LONG
from hamilton_ol.records import Run


class Moment(NamedTuple):
    """When something is to be told of a job.

    Jobs end before others start at the same time, but each after its own start; what ends only
    because the run does ends last.

    Attributes:
        is_cut: whether the job ends because the run does.
        time: nanoseconds since the epoch.
        is_later: whether it begins at this time, not only ends.
        number: of the job, producers before consumers.
        is_end: whether the job's run ends, or else starts.
        job: its run.
    """

    is_cut: bool
    time: int
    is_later: bool
    number: int
    is_end: bool
    job: JobRun


def moments(
    run: Run, jobs: JobGraph, found: list[JobRun], *, are_folded: bool = False
) -> list[Moment]:
    """What is to be told, in order, up to the first thing that is not settled yet.

    Args:
        run: the run.
        jobs: of its graph.
        found: the runs of jobs, in the order of their start, producers before consumers.
        are_folded: whether a consumer may begin before its producer ends, so that at the same
            time only the order of `found` counts.
    """
    told = [Moment(False, job.started, True, n, False, job) for n, job in enumerate(found)]
    told += [
        Moment(job.is_cut, job.ended, are_folded or job.ended == job.started, n, True, job)
        for n, job in enumerate(found)
        if job.ended is not None
    ]
    told.sort(key=lambda moment: moment[:5])
    limits = [limit for job in found if (limit := _limit(run, jobs, job)) is not None]
    return [moment for moment in told if not limits or moment.time < min(limits)]


def _limit(run: Run, jobs: JobGraph, job: JobRun) -> int | None:
    """Before when all is settled, as far as a job is concerned; None when all is."""
    if job.ended is not None:
        return None
    if run.last_seen < job.started + LONG:  # its start tells of a result that is there by then
        return job.started
    # An end that is still to come is later than all that is known. Only a block may have ended
    # already, without anybody knowing that this was its last task.
    return job.last_heard if jobs.collectors(job.owner) and not job.is_open else None
