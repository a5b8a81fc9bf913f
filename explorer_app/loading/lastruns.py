"""What recorded runs did with a graph, as far as there are any."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from explorer_app.loading.messages import Foresee, Load, ReadRuns, Recorded
from hamilton_ol.config import Settings, resolve
from hamilton_ol.errors import AmbiguousRunError, RunNotFoundError, StoreError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import RunFacts, is_of
from hamilton_ol.sources.executions import facts_of_run
from hamilton_ol.sources.histories import GitHistory
from hamilton_ol.sources.loading import load
from hamilton_ol.store.location import find
from hamilton_ol.store.reader import StoreReader

TRIED = 3  # of the newest runs, whether they are of a graph
ENOUGH = 200_000  # executions that are told of
#: Kinds of sources that no run of the store is of.
MARQUEZ = "marquez:"
OTHERS = ("events:", MARQUEZ, "store", "git:")


def recorded(asked: ReadRuns) -> Recorded:
    """What some runs did; those that cannot be read are left out."""
    reader = _reader(asked.store)
    return Recorded(tuple(_known(reader, asked.runs)) if reader else ())


def read_with_run(
    asked: Load, settings: Settings, progress: Callable[[int, int], None]
) -> tuple[LineageGraph, Recorded]:
    """The graph of sources, and its last run; errors as of `load`.

    Of a Marquez all the runs that it tells of; the graph is that of the last one of each job.
    """
    if len(asked.sources) == 1 and asked.sources[0].startswith(MARQUEZ):
        from hamilton_ol.sources.marquez import read_marquez  # noqa: PLC0415 - loads http
        from hamilton_ol.sources.marquezruns import runs_of_jobs  # noqa: PLC0415

        url, _, namespace = asked.sources[0].removeprefix(MARQUEZ).partition("#")
        graph, jobs = read_marquez(url, namespace, settings, progress)
        graph = graph.with_history(GitHistory(str(Path.cwd())))
        return graph, Recorded(tuple(runs_of_jobs(graph, jobs)), is_shown=False)
    graph = load(*asked.sources, settings=settings, progress=progress, executes=asked.executes)
    return graph, last_run(graph, asked)


def last_run(graph: LineageGraph, asked: Load | Foresee) -> Recorded:
    """The run that a graph was read from; of code the last one, if it is of this dataflow."""
    if len(asked.sources) == 1 and asked.sources[0].startswith("run:"):
        return recorded(ReadRuns((asked.sources[0].removeprefix("run:"),), asked.store))
    reader = None if any(s.startswith(OTHERS) for s in asked.sources) else _reader(asked.store)
    if reader is None:
        return Recorded(())
    newest = _known(reader, [run.run_id for run in reader.runs()[:TRIED]])
    return Recorded(tuple(islice((run for run in newest if is_of(graph, run)), 1)))


def _reader(store: str) -> StoreReader | None:
    with suppress(StoreError):
        return StoreReader(find(Path(store) if store else resolve({}).store))
    return None


def _known(reader: StoreReader, runs: Iterable[str]) -> Iterator[RunFacts]:
    told = 0
    for run in runs:
        with suppress(StoreError, RunNotFoundError, AmbiguousRunError):
            found = facts_of_run(reader.run(run))
            told += len(found.executions)
            yield found
        if told > ENOUGH:
            return
