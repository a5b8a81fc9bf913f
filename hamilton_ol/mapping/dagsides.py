"""What a whole run read and wrote, where the dataflow is the only job.

Read: sources outside, and tables that were given. Written: the requested outputs, the table that
a result builder made of them, and what was saved.
"""

from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.folds import Fold
from hamilton_ol.mapping.foldsides import FoldSides
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.mapping.shapes import LONG
from hamilton_ol.mapping.sides import Lineages, Sides
from hamilton_ol.mapping.traces import Step
from hamilton_ol.mapping.used import Used
from hamilton_ol.records import Run


class DagSides:
    """The sides of one run.

    Args:
        jobs: of its graph.
        run: the run.
        fold: all its functions.
        sides: of folds in the run.
        datasets: of the run.
    """

    def __init__(
        self, jobs: JobGraph, run: Run, fold: Fold, sides: FoldSides, datasets: Datasets
    ) -> None:
        self._jobs, self._run, self._fold = jobs, run, fold
        self._sides, self._datasets = sides, datasets

    @property
    def is_settled(self) -> bool:
        """Whether it is known what the START says: it waits a second for what is there by then."""
        run = self._run
        is_over = run.finished is not None or not run.alive
        return is_over or run.last_seen >= run.started.time + LONG

    def at_start(self) -> Sides:
        """The datasets of which the fields are known when the run starts."""
        return self._sides.at_start(self._fold, self._run.started.time)

    def at_end(self, end: int, *, is_whole: bool) -> Sides:
        """All datasets of the run.

        Args:
            end: of the run.
            is_whole: whether it succeeded: then what was lost in it is not there.
        """
        sides = self._sides.at_end(self._fold, end, with_lost=not is_whole)
        assembled = self._assembled()
        return sides._replace(outputs=(*sides.outputs, assembled)) if assembled else sides

    def lineages(self, sides: Sides, end: int) -> Lineages:
        """Where the outputs come from."""
        found = dict(self._sides.lineages(self._fold, sides, end))
        result = self._assembled()
        if result is not None and result.shape is not None:
            step = Step(result.shape, self._datasets.requested(end))
            found[result.id] = self._sides.lineage(step, sides)
        return found

    def rows(self, used: Used) -> int | None:
        """How many rows an output in memory has."""
        assembled = self._assembled()
        if assembled is not None and used.id == assembled.id:
            return self._run.finished.rows if self._run.finished else None
        return self._datasets.rows(used.owner)

    def _assembled(self) -> Used | None:
        """The table that a result builder made."""
        finished = self._run.finished
        made = self._datasets.assembled(self._jobs.result_name)
        has_rows = finished is not None and finished.rows is not None
        return made._replace(has_rows=has_rows) if made else None
