"""The runs of the jobs of one run: which ran, when, and how each ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hamilton_ol.mapping.ids import node_run_id
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.records import ErrorRecord, NodeRun, Run

State = Literal["COMPLETE", "FAIL", "ABORT"]
REPLACED = ErrorRecord("GracefulErrorAdapter", "replaced by GracefulErrorAdapter")


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run of one job.

    A column that is taken out of the result when a consumer asks for it does not prolong the run
    of the job that made the result, unless that fails.

    Attributes:
        owner: the job's node.
        run_id: of the job's run.
        started, ended: the first start and the last end of its nodes; `ended` is None while it
            is not settled.
        state: how it ended, or None.
        nodes: the executions that it consists of.
        error: why it failed.
    """

    owner: str
    run_id: str
    started: int
    ended: int | None
    state: State | None
    nodes: tuple[NodeRun, ...]
    error: ErrorRecord | None = None


def job_runs(jobs: JobGraph, run: Run) -> list[JobRun]:
    """The runs of jobs, in the order of their start.

    A job all of whose nodes were overridden has no run. One that is open when its process is gone
    ends in ABORT at the last thing that is known of the run.
    """
    groups: dict[str, list[NodeRun]] = {}
    for node in run.nodes:
        groups.setdefault(jobs.owner(node.node), []).append(node)
    overridden = run.context.overrides
    found = [
        _job_run(jobs, run, owner, nodes)
        for owner, nodes in groups.items()
        if owner not in overridden
    ]
    return sorted(found, key=lambda job: (job.started, job.owner))


def _job_run(jobs: JobGraph, run: Run, owner: str, nodes: list[NodeRun]) -> JobRun:
    run_id = node_run_id(run.run_id, owner)
    main = [node for node in nodes if not _is_taken(jobs, node)] or nodes
    started = min(node.started for node in main)
    if _may_go_on(jobs, run, owner, main):
        return JobRun(owner, run_id, started, None, None, tuple(nodes))
    end = max(node.ended or run.last_seen for node in main)
    state, error = _state(nodes)
    return JobRun(owner, run_id, started, max(end, started), state, tuple(nodes), error)


def _is_taken(jobs: JobGraph, node: NodeRun) -> bool:
    """Whether it is a column or key that was taken out of a result without trouble."""
    record = jobs.nodes.get(node.node)
    return record is not None and record.field is not None and node.status == "SUCCEEDED"


def _may_go_on(jobs: JobGraph, run: Run, owner: str, nodes: list[NodeRun]) -> bool:
    """Whether more may be heard of the job: then its end is not settled."""
    if run.finished is not None or not run.alive:
        return False
    if any(node.ended is None or node.task is not None for node in nodes):
        return True
    expected = jobs.needed(run.started.requested) & jobs.lasting(owner)
    return not expected <= {node.node for node in nodes}


def _state(nodes: list[NodeRun]) -> tuple[State, ErrorRecord | None]:
    for status, state in _WORST.items():
        worst = next((node for node in nodes if (node.status or "ABORTED") == status), None)
        if worst is not None:
            return state, REPLACED if status == "SENTINEL" else worst.error
    return "COMPLETE", None


_WORST: Mapping[str, State] = {"FAILED": "FAIL", "ABORTED": "ABORT", "SENTINEL": "FAIL"}
