"""What runs of one graph have in common, kept from run to run."""

from collections.abc import Hashable

from hamilton_ol.mapping.folds import Folds
from hamilton_ol.mapping.jobs import JobGraph, without_graph
from hamilton_ol.mapping.nodebodies import NodeBodies
from hamilton_ol.mapping.nodeevents import NodeEvents
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.records import GraphRecord, Run

MOST_GRAPHS = 32


class Graphs:
    """The graphs that were met, and what is rendered of each.

    Args:
        options: what events look like.
        profile: rules of the consumer.
    """

    def __init__(self, options: Options, profile: Profile) -> None:
        self._options, self._profile = options, profile
        self._jobs: dict[str, list[JobGraph]] = {}
        self._events: dict[Hashable, NodeEvents] = {}
        self._folds: dict[Hashable, Folds] = {}

    def jobs(self, run: Run) -> JobGraph:
        """The jobs of a run's graph."""
        if run.graph is None:
            return JobGraph(without_graph(run.nodes))
        same = self._jobs.get(run.graph.fingerprint, [])
        return next((jobs for jobs in same if _is_same(jobs.record, run.graph)), None) or (
            self._keep(JobGraph(run.graph))
        )

    def _keep(self, jobs: JobGraph) -> JobGraph:
        if sum(map(len, self._jobs.values())) >= MOST_GRAPHS:
            self._jobs.clear()
            self._events.clear()
            self._folds.clear()
        self._jobs.setdefault(jobs.record.fingerprint, []).append(jobs)
        return jobs

    def folds(self, run: Run, jobs: JobGraph) -> Folds:
        """What is folded, for what a run asks of its graph; arguments as of `events`."""
        key = id(jobs), run.started.requested, frozenset(run.context.overrides)
        found = self._folds.get(key)
        if found is None:
            found = Folds(jobs, *key[1:])
            if len(self._folds) >= MOST_GRAPHS:
                self._folds.clear()
            if run.graph is not None:
                self._folds[key] = found
        return found

    def events(self, run: Run, jobs: JobGraph) -> NodeEvents:
        """What renders the events of a run's nodes.

        Args:
            run: the run.
            jobs: of its graph, as `jobs` gave them.
        """
        started, revision = run.started, run.context.revision
        parent = started.parent
        root = (parent.root_namespace, parent.root_job) if parent else None
        names = started.namespace, started.job, started.engine
        key = id(jobs), names, root, revision
        found = self._events.get(key)
        if found is None:
            bodies = NodeBodies(jobs, self._options, self._profile, started, revision)
            found = NodeEvents(jobs, bodies, self._profile.largest_event)
            if run.graph is not None:  # held with its jobs, so that their identity stays theirs
                self._events[key] = found
        return found


def _is_same(one: GraphRecord, other: GraphRecord) -> bool:
    """Whether two graphs say the same; a fingerprint leaves tags and documentation out."""
    return one is other or one == other
