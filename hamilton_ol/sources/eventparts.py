"""The parts of an event that are read: all others are passed over and never become objects.

Parts that are odd are read all the same, only not as fast (`eventjson.py`). Those that are as large
as all others together stay bytes until it is known that they count (`eventfacets.py`).
"""

from typing import Any, TypedDict

import msgspec


class JobFacets(TypedDict, total=False):
    """Of a job."""

    documentation: Any
    ownership: Any
    tags: Any
    jobType: Any
    sql: Any
    sourceCode: Any
    sourceCodeLocation: Any


class RunFacets(TypedDict, total=False):
    """Of a run."""

    parent: Any
    hamilton_run: Any
    hamilton_node: Any
    hamilton_nodes: Any


class SmallFacets(TypedDict, total=False):
    """Of a dataset; each is kept as it is."""

    documentation: Any
    ownership: Any
    tags: Any


class DatasetFacets(SmallFacets, total=False):
    """Of a dataset."""

    symlinks: Any
    schema: msgspec.Raw
    columnLineage: msgspec.Raw


class OutputFacets(TypedDict, total=False):
    """Of a dataset that was written."""

    outputStatistics: Any


class Job(TypedDict, total=False):
    """A job."""

    namespace: Any
    name: Any
    facets: JobFacets | None


class Run(TypedDict, total=False):
    """A run."""

    runId: Any
    facets: RunFacets | None


class Dataset(TypedDict, total=False):
    """A dataset."""

    namespace: Any
    name: Any
    facets: DatasetFacets | None


class Output(Dataset, total=False):
    """A dataset that was written."""

    outputFacets: OutputFacets | None


class Event(TypedDict, total=False):
    """An event, or what Marquez answers when it is asked for its `events`."""

    eventTime: Any
    eventType: Any
    run: Run | None
    job: Job | None
    dataset: Dataset | None
    inputs: list[Dataset] | None
    outputs: list[Output] | None
    events: Any
