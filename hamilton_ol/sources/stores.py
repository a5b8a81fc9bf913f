"""The graph of all that a store has recorded: the last good run of every job, joined on datasets."""

from collections.abc import Callable, Iterator

from hamilton_ol.config import Settings
from hamilton_ol.errors import DataflowError
from hamilton_ol.graph.joined import joined
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.outside import with_datasets
from hamilton_ol.sources.dataflows import graph_of_run
from hamilton_ol.store.reader import RunSummary, StoreReader

Progress = Callable[[int, int], None]


def graph_of_store(reader: StoreReader, settings: Settings, progress: Progress) -> LineageGraph:
    """The graph of all dataflows of a store.

    Args:
        reader: of the store.
        settings: say what sources are called.
        progress: called with jobs read and in all; what it raises ends the reading.

    Raises:
        DataflowError: nothing is recorded in it.
        StoreError: a part of it cannot be read.
    """
    runs = list(last_good(reader.runs()))
    if not runs:
        hint = "Run a dataflow with OpenLineageHook, or `hamilton-ol demo`."
        raise DataflowError(f"No run is recorded in {reader.root}", hint=hint)
    parts = []
    for number, run in enumerate(runs, 1):
        graph = with_datasets(graph_of_run(reader.run(run.run_id), settings))
        parts.append((f"job:{run.namespace}:{run.job}.", graph))
        progress(number, len(runs))
    return joined(parts, str(reader.root))


def last_good(runs: list[RunSummary]) -> Iterator[RunSummary]:
    """Of each job the last run that succeeded, else the last one; the newest first.

    Args:
        runs: the newest first.
    """
    found: dict[tuple[str, str], RunSummary] = {}
    for run in runs:
        known = found.setdefault((run.namespace, run.job), run)
        if known.status != "SUCCEEDED" and run.status == "SUCCEEDED":
            found[run.namespace, run.job] = run
    yield from found.values()
