"""What a job read and wrote."""

from collections.abc import Mapping
from typing import NamedTuple

from hamilton_ol.mapping.columns import Lineage, lineage
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.jobruns import JobRun
from hamilton_ol.mapping.naming import DatasetId
from hamilton_ol.mapping.used import Used, distinct
from hamilton_ol.records import Value

#: {output: where its columns come from}
Lineages = Mapping[DatasetId, Lineage]


class Sides(NamedTuple):
    """What a job read and wrote.

    Attributes:
        sources: read outside.
        arguments: taken from other jobs.
        outputs: left in memory, and written outside.
    """

    sources: tuple[Used, ...]
    arguments: tuple[Used, ...]
    outputs: tuple[Used, ...]

    @property
    def inputs(self) -> list[Used]:
        """All that was read, each dataset once."""
        return distinct([*self.sources, *self.arguments])


NO_SIDES = Sides((), (), ())


def sides_at_start(job: JobRun, datasets: Datasets) -> Sides:
    """The datasets of which the fields are known when the job starts."""
    owner, start = job.owner, job.started
    result = () if datasets.is_saver(owner) else (datasets.result_at(owner, start),)
    return Sides(
        tuple(used for used in datasets.sources_at(owner, start) if used.shape is not None),
        tuple(used for used in datasets.arguments_at(owner, start) if used.shape is not None),
        tuple(used for used in result if used.shape is not None),
    )


def sides_at_end(job: JobRun, datasets: Datasets) -> Sides:
    """All datasets of a job; what a job that only writes returns is none."""
    owner, end = job.owner, job.ended or job.started
    arguments = datasets.arguments(owner, end)
    outputs = datasets.outputs(owner, arguments, end)
    return Sides(tuple(datasets.sources(owner, end)), tuple(arguments), outputs)


def lineages(sides: Sides, values: Mapping[str, Value]) -> Lineages:
    """Where the outputs of a job come from.

    Args:
        sides: what it read and wrote.
        values: of inputs and config, for columns that a run chooses.
    """
    return {
        used.id: lineage(used.shape, sides.arguments, sides.sources, values)
        for used in sides.outputs
        if used.shape is not None
    }


def capped_names(found: Lineages) -> list[str]:
    """Tables of which lineage names only some columns."""
    return sorted({name for lineage_ in found.values() for name in lineage_.capped})
