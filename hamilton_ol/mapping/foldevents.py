"""The events of artifacts' jobs as text: a START and an end each."""

from collections.abc import Mapping
from typing import Any

from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.folds import Fold
from hamilton_ol.mapping.foldsides import FoldSides
from hamilton_ol.mapping.jobruns import JobRun
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.nodebodies import NodeBodies
from hamilton_ol.mapping.nodeevents import holes, may_be_sentinel
from hamilton_ol.mapping.templates import Template
from hamilton_ol.mapping.times import iso
from hamilton_ol.records import Run


class FoldEvents:
    """Renders the events of one run; there are few, and each tells of much that may differ.

    Args:
        jobs: of the graph.
        folds: {artifact: its job}.
        sides: of the folds, in the run.
        bodies: makes what events say.
        limit: bytes that an event may have.
    """

    def __init__(
        self,
        jobs: JobGraph,
        folds: Mapping[str, Fold],
        sides: FoldSides,
        bodies: NodeBodies,
        limit: int,
    ) -> None:
        self._jobs, self._folds, self._sides = jobs, folds, sides
        self._bodies, self._limit = bodies, limit

    def start(self, run: Run, job: JobRun, datasets: Datasets, time: int) -> str:  # noqa: ARG002 - as others
        """The START of a job, at a time."""
        sides = self._sides.at_start(self._folds[job.owner], job.started)
        template = Template(self._bodies.start(job, sides), self._limit, job.owner)
        return template.fill(holes(run, job, iso(time)))

    def end(self, run: Run, job: JobRun, datasets: Datasets, time: int) -> str:
        """The COMPLETE, FAIL or ABORT of a job, at a time."""
        fold, end = self._folds[job.owner], job.ended or job.started
        sides = self._sides.at_end(fold, end)
        found = self._sides.lineages(fold, sides, end) if job.state == "COMPLETE" else {}
        body = self._bodies.end(job, sides, found, self._notes(job, fold, datasets))
        return Template(body, self._limit, job.owner).fill(holes(run, job, iso(time)))

    def _notes(self, job: JobRun, fold: Fold, datasets: Datasets) -> dict[str, Any]:
        """What our own facet says besides."""
        end = job.ended or job.started
        loaders = datasets.subgraph.loaders.intersection(fold.members)
        return {
            "sentinelPossible": may_be_sentinel(self._jobs, job) or None,
            "unnamedSource": any(not datasets.sources(owner, end) for owner in loaders) or None,
        }
