"""The runs of the jobs of one run: which ran, when, and how each ended.

What is said of a job's run while the dataflow's still goes on stays true: its end is told once
nothing more can be heard of it.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from hamilton_ol.mapping.folds import Fold
from hamilton_ol.mapping.ids import node_run_id
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.records import ErrorRecord, NodeRun, Run

State = Literal["COMPLETE", "FAIL", "ABORT"]
REPLACED = ErrorRecord("GracefulErrorAdapter", "replaced by GracefulErrorAdapter")
_FINE = frozenset({"SUCCEEDED", "CACHED"})
_WORST: Mapping[str, State] = {"FAILED": "FAIL", "ABORTED": "ABORT", "SENTINEL": "FAIL"}


class JobRun(NamedTuple):
    """One run of one job.

    A column or key that is taken out of the result, when a consumer asks for it, does not prolong
    the run of the job that made the result: that has long been told of. If it cannot be taken out,
    that is a run of its own of the same job, which fails.

    Attributes:
        owner: the job's node.
        run_id: of the job's run.
        started, ended: the first start and the last end of its nodes; `ended` is None while it
            is not settled.
        state: how it ended, or None.
        nodes: the executions that it consists of.
        error: why it failed.
        is_cut: whether it ended because the dataflow's run did.
    """

    owner: str
    run_id: str
    started: int
    ended: int | None
    state: State | None
    nodes: tuple[NodeRun, ...]
    error: ErrorRecord | None = None
    is_cut: bool = False

    @property
    def is_open(self) -> bool:
        """Whether one of its nodes is being executed."""
        return any(node.ended is None for node in self.nodes)

    @property
    def last_heard(self) -> int:
        """When the last of its nodes ended, as far as that is known."""
        return max(node.ended or node.started for node in self.nodes)


def job_runs(jobs: JobGraph, run: Run) -> list[JobRun]:
    """The runs of jobs, in the order of their start.

    A job all of whose nodes were overridden has no run. One that is not settled when the run is
    over, or its process gone, ends with it.
    """
    groups: dict[str, list[NodeRun]] = {}
    takings: list[NodeRun] = []
    for node in run.nodes:
        if _is_taking(jobs, node):
            takings.append(node)
        else:
            groups.setdefault(jobs.owner(node.node), []).append(node)
    overridden = run.context.overrides
    needed = jobs.needed(run.started.requested, frozenset(overridden))
    found = [
        _job_run(jobs, run, owner, tuple(nodes), needed)
        for owner, nodes in groups.items()
        if owner not in overridden
    ]
    found += _failed_takings(jobs, run, takings)
    return sorted(found, key=lambda job: (job.started, jobs.ranks.get(job.owner, 0), job.run_id))


def fold_runs(jobs: JobGraph, run: Run, folds: Mapping[str, Fold]) -> list[JobRun]:
    """The runs of artifacts' jobs, producers before consumers.

    Each begins with the first node that is folded into it and ends with the artifact. Where a
    folded node failed there is no artifact, and the job ends with the run.

    Args:
        jobs: of the graph.
        run: the run.
        folds: {artifact: its job}, producers before consumers.
    """
    needed = jobs.needed(run.started.requested, frozenset(run.context.overrides))
    found: list[JobRun] = []
    for owner, fold in folds.items():
        nodes = tuple([node for node in run.nodes if node.node in fold.nodes])
        found += [_job_run(jobs, run, owner, nodes, needed)] if nodes else []
        taken_apart = jobs.taken_apart(owner)
        found += _failed_takings(jobs, run, [n for n in run.nodes if n.node in taken_apart])
    return found


def _is_taking(jobs: JobGraph, node: NodeRun) -> bool:
    """Whether it takes a column or key out of a result that was told of before, or checks one."""
    record = jobs.nodes.get(node.node)
    return record is not None and record.field is not None and not jobs.collectors(record.owner)


def _failed_takings(jobs: JobGraph, run: Run, takings: list[NodeRun]) -> Iterator[JobRun]:
    """Those that failed by themselves, not because what they are taken from did."""
    failed = [node for node in takings if node.ended is not None and node.status not in _FINE]
    fine = {node.node for node in run.nodes if node.status in _FINE} if failed else set[str]()
    for node in failed:
        if all(d.name in fine for d in jobs.nodes[node.node].dependencies):
            run_id, end = node_run_id(run.run_id, node.node), node.ended or node.started
            state, error = _state((node,))
            # Before it ended nobody knew that there was anything to tell.
            yield JobRun(jobs.owner(node.node), run_id, end, end, state, (node,), error)


def _job_run(
    jobs: JobGraph, run: Run, owner: str, nodes: tuple[NodeRun, ...], needed: frozenset[str]
) -> JobRun:
    run_id = node_run_id(run.run_id, owner)
    job = JobRun(owner, run_id, min(node.started for node in nodes), None, None, nodes)
    is_whole = _is_whole(jobs, run, job, needed)
    if not is_whole and run.finished is None and run.alive:
        return job
    state, error = _state(nodes)
    if not is_whole and state == "COMPLETE" and run.status != "SUCCEEDED":
        state = "ABORT"
    if is_whole or (jobs.collectors(owner) and not job.is_open):
        return job._replace(ended=job.last_heard, state=state, error=error)
    end = run.finished.time if run.finished else run.last_seen
    ended = max(end, job.started)
    return job._replace(ended=ended, state=state, error=error, is_cut=True)


def _is_whole(jobs: JobGraph, run: Run, job: JobRun, needed: frozenset[str]) -> bool:
    """Whether nothing more can be heard of a job."""
    if job.is_open:
        return False
    collectors = jobs.collectors(job.owner)
    if collectors:
        return any(node.node in collectors for node in run.nodes)
    return needed & jobs.lasting(job.owner) <= {node.node for node in job.nodes}


def _state(nodes: tuple[NodeRun, ...]) -> tuple[State, ErrorRecord | None]:
    for status, state in _WORST.items():
        worst = next((node for node in nodes if (node.status or "ABORTED") == status), None)
        if worst is not None:
            is_replaced = status == "SENTINEL"
            return state, REPLACED._replace(node=worst.node) if is_replaced else worst.error
    return "COMPLETE", None
