"""What a job read and wrote that is more than one function: only what passes its border.

What lies within is not said. A folded function that was not executed (the run failed before it) is
said to read only what is known to have columns, from its code or from an earlier run: a consumer
keeps whatever fields it is told of a source.
"""

from collections.abc import Iterable, Iterator

from hamilton_ol.mapping.columns import Lineage
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.folds import Fold
from hamilton_ol.mapping.naming import DatasetId
from hamilton_ol.mapping.shapes import Shape
from hamilton_ol.mapping.sides import Lineages, Sides
from hamilton_ol.mapping.traces import Step, Traces
from hamilton_ol.mapping.used import Used
from hamilton_ol.records import Run


class FoldSides:
    """The sides of folds in one run.

    Args:
        datasets: of the run.
        traces: of the run.
        artifacts: results of other jobs, which are named where they are taken.
    """

    def __init__(self, datasets: Datasets, traces: Traces, artifacts: Iterable[str]) -> None:
        self._datasets, self._traces = datasets, traces
        self._artifacts = frozenset(artifacts)

    def at_start(self, fold: Fold, start: int) -> Sides:
        """The datasets of which the fields are known when the job starts."""
        datasets = self._datasets
        sources = [u for owner in self._readers(fold) for u in datasets.sources_at(owner, start)]
        taken = self._from_outside(datasets.taken_at(fold.taken, start))
        outputs = [
            datasets.result_at(owner, start)
            for owner in fold.results
            if not datasets.is_saver(owner)
        ]
        known = [[used for used in side if used.shape] for side in (sources, taken, outputs)]
        return Sides(_merged(known[0]), _merged(known[1]), tuple(known[2]))

    def at_end(self, fold: Fold, end: int, *, with_lost: bool = True) -> Sides:
        """All datasets of the job.

        Args:
            fold: the job.
            end: when it ended.
            with_lost: whether to name results that failed and were replaced.
        """
        datasets = self._datasets
        told = [owner for owner in self._readers(fold) if datasets.is_told(owner, end)]
        sources = [used for owner in told for used in datasets.sources(owner, end)]
        taken = self._from_outside(datasets.taken(fold.taken, end))
        arguments = [u for u in taken if u.role == "given" or datasets.is_told(u.owner, end)]
        made = self._made(fold, end)
        outputs = [used for owner, used in made if with_lost or not datasets.is_lost(owner)]
        return Sides(_merged(sources), _merged(arguments), _merged(outputs))

    def _readers(self, fold: Fold) -> Iterator[str]:
        """The members that may read something outside."""
        readers = self._datasets.readers
        return (owner for owner in fold.members if owner in readers)

    def _from_outside(self, taken: Iterable[Used]) -> list[Used]:
        """What the run was given, and what other jobs made; the rest was never needed."""
        return [u for u in taken if u.role == "given" or u.owner in self._artifacts]

    def _made(self, fold: Fold, end: int) -> Iterator[tuple[str, Used]]:
        """(owner, what it made) of all that passes the border."""
        datasets = self._datasets
        for owner in fold.makers:
            for used in datasets.outputs(owner, datasets.arguments(owner, end), end):
                if used.role == "sink" or owner in fold.results:
                    yield owner, used

    def lineages(self, fold: Fold, sides: Sides, end: int) -> Lineages:
        """Where the outputs of the job come from."""
        datasets = self._datasets
        self._traces.follow((m for m in fold.members if m not in self._artifacts), end)
        found = {}
        for owner, used in self._made(fold, end):
            arguments, sources = datasets.arguments(owner, end), datasets.sources(owner, end)
            if used.shape is not None and used.id not in found:
                found[used.id] = self.lineage(Step(used.shape, arguments, sources), sides)
        return found

    def lineage(self, last: Step, sides: Sides) -> Lineage:
        """Where an output comes from that the last step made; the others are followed already."""
        return self._traces.lineage(last, sides.inputs)


def fold_sides(run: Run, datasets: Datasets, artifacts: Iterable[str] = ()) -> FoldSides:
    """The sides of folds in a run; `artifacts` are the results that have jobs of their own."""
    values = {**run.context.config, **run.context.inputs}
    return FoldSides(datasets, Traces(datasets, values), artifacts)


def _merged(used: Iterable[Used]) -> tuple[Used, ...]:
    """Each dataset once, with the fields that any function knows of it."""
    found: dict[DatasetId, Used] = {}
    for one in used:
        known = found.setdefault(one.id, one)
        if known.shape is not one.shape and known.shape and one.shape:
            found[one.id] = known._replace(shape=_wider(known.shape, one.shape))
    return tuple(found.values())


def _wider(one: Shape, other: Shape) -> Shape:
    fields = dict(other.fields) | dict(one.fields)
    if len(fields) == len(one.fields):
        return one
    names = dict.fromkeys([*dict(one.fields), *dict(other.fields)])
    return Shape(tuple((name, fields[name]) for name in names), "table")
