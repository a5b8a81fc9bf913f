"""A graph from OpenLineage events of any producer: jobs, and the datasets that they share.

What a Hamilton dataflow told becomes its nodes again (`hamiltonevents.py`).
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any

from hamilton_ol.collector import paused
from hamilton_ol.config import Settings
from hamilton_ol.graph.columns import WHOLE, ColumnGraph, ColumnNumbers
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset as Outside
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.sources import eventfacets as facets_of
from hamilton_ol.sources.eventcolumns import FieldRefs, refs
from hamilton_ol.sources.eventfacets import Key
from hamilton_ol.sources.eventmerge import Dataset, EventMerge, Job, Latest, Span
from hamilton_ol.sources.hamiltonevents import Dataflows
from hamilton_ol.sources.problems import Problems

SECOND = 1_000_000_000


def graph_of_events(
    events: Iterable[Mapping[str, Any]],
    settings: Settings,
    problems: Problems | None = None,
    name: str = "",
) -> LineageGraph:
    """The graph of what events tell, merged over all runs.

    Args:
        events: of any producer, in any order.
        settings: `sources` says what a dataset, as `namespace/name`, really is.
        problems: has been told what could not be read, and is told more.
        name: of the graph.
    """
    problems = problems if problems is not None else Problems()
    merge = EventMerge(problems, settings.sources, settings.namespace)
    with _uncollected():
        for event in events:
            merge.add(event)
        return _Graph(merge).made(name, problems)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Events refer to nothing in circles: looking for such would take a third of the time.

    What is there at the end goes to the collector's oldest generation without being looked at.
    """
    with paused():
        try:
            yield
        finally:
            if not gc.get_freeze_count():  # else somebody froze something, which stays so
                gc.freeze()
                gc.unfreeze()


class _Graph:
    """Makes the graph of what was merged."""

    def __init__(self, merge: EventMerge) -> None:
        self._merge = merge
        self._flows = Dataflows(merge)
        self._groups = merge.groups()
        self._places: dict[Key, str] = {}

    def made(self, name: str, problems: Iterable[str]) -> LineageGraph:
        """The graph."""
        edges = list(chain(self._flows.edges(), self._edges()))
        read, written = {e.origin for e in edges}, {e.target for e in edges}
        nodes = [*self._flows.nodes(), *self._jobs(), *self._datasets(read, written)]

        def columns(index: Mapping[str, int]) -> ColumnGraph:
            with _uncollected():
                return self._columns().graph(index)

        texts = {
            _job_id(key): code for key, job in self._merge.jobs.items() if (code := _code(job))
        }
        return LineageGraph(
            nodes, edges, name=name, columns=columns, texts=texts, problems=tuple(problems)
        )

    # --- nodes ---------------------------------------------------------------------------------

    def _jobs(self) -> Iterator[Node]:
        """The jobs that are no functions of a dataflow."""
        for key, job in self._merge.jobs.items():
            if not self._flows.is_told(key, job):
                yield _job_node(key, job)

    def _datasets(self, read: set[str], written: set[str]) -> Iterator[Node]:
        """The datasets that are no results of a dataflow's functions."""
        for key, told in self._groups.items():
            if self._flows.node_of(key) is None:
                node = Outside(*key).id
                is_read, is_written = node in read, node in written
                kind = "source" if is_read and not is_written else "dataset"
                kind = "sink" if is_written and not is_read else kind
                yield _dataset_node(key, told, kind)

    # --- edges ---------------------------------------------------------------------------------

    def _edges(self) -> Iterator[Edge]:
        """What jobs read and write."""
        for key, job in self._merge.jobs.items():
            owner = self._flows.owner_of(key, job) or _job_id(key)
            for dataset, span in job.reads.items():
                yield from self._edge(dataset, owner, "reads", span)
            for dataset, span in job.writes.items():
                yield from self._edge(dataset, owner, "writes", span)

    def _edge(self, dataset: Key, owner: str, kind: str, span: Span) -> Iterator[Edge]:
        place = self._place(dataset)
        if self._flows.is_flow(place) and self._flows.is_flow(owner):
            return  # within a dataflow, its functions take each other's results
        origin, target = (place, owner) if kind == "reads" else (owner, place)
        if origin != target:
            yield Edge(
                origin, target, kind, first_seen=span.first or None, last_seen=span.last or None
            )

    def _place(self, dataset: Key) -> str:
        """The id of a dataset's node; of equal ones there is one."""
        place = self._places.get(dataset)
        if place is None:
            key = self._merge.dataset(dataset)
            place = self._places[dataset] = self._flows.node_of(key) or Outside(*key).id
        return place

    # --- columns -------------------------------------------------------------------------------

    def _columns(self) -> ColumnNumbers:
        told = ColumnNumbers()
        for key, group in self._groups.items():
            for name, _ in _schema(group):
                told.add(self._place(key), name)
        for origin, target, direct in self._flows.column_edges():
            told.connect(origin, target, direct=direct)
        for key, group in self._groups.items():
            for dataset in group:
                self._made_of(told, key, dataset.made_of)
                if WHOLE in dataset.made_of.columns:
                    place = self._place(key)
                    for name, _ in _schema(group):
                        told.connect((place, WHOLE), (place, name), direct=False)
        return told

    def _made_of(self, told: ColumnNumbers, key: Key, made_of: FieldRefs) -> None:
        """What the columns of a dataset are made of; some are nodes of the dataflow."""
        target, is_result = self._place(key), self._flows.is_result(key)
        for name, namespace, dataset, field, direct in refs(made_of):
            origin = Key(namespace, dataset)
            through = self._flows.through(key, origin, field) if is_result else None
            place = through or self._places.get(origin) or self._place(origin)
            told.connect((place, field or WHOLE), (target, name or WHOLE), direct=direct)


def _job_id(key: Key) -> str:
    """The id of a job's node, as Marquez makes it too."""
    return f"job:{key.namespace}:{key.name}"


def _code(job: Job) -> str:
    return facets_of.code(job.facets.facets)


def _job_node(key: Key, job: Job) -> Node:
    facets, attempt = job.facets.facets, job.attempt
    took = attempt.ended - attempt.started if attempt.started and attempt.ended else None
    return Node(
        _job_id(key),
        key.name,
        "job",
        type=facets_of.job_type(facets),
        namespace=key.namespace,
        function=_job_id(key) if _code(job) else "",
        file=facets_of.file(facets),
        doc=facets_of.documentation(facets),
        tags=facets_of.tags(facets),
        owners=facets_of.owners(facets),
        status=attempt.status,
        seconds=None if took is None else took / SECOND,
        rows=job.rows,
        run=job.run_id,
        first_seen=job.seen.first or None,
        last_seen=job.seen.last or None,
    )


def _dataset_node(key: Key, told: list[Dataset], kind: str) -> Node:
    facets = _latest(told)
    firsts = [dataset.seen.first for dataset in told if dataset.seen.first]
    return Node(
        Outside(*key).id,
        key.name,
        kind,
        namespace=key.namespace,
        doc=facets_of.documentation(facets),
        tags=facets_of.tags(facets),
        owners=facets_of.owners(facets),
        columns=_schema(told),
        first_seen=min(firsts, default=None),
        last_seen=max(dataset.seen.last for dataset in told) or None,
    )


def _latest(told: list[Dataset]) -> dict[str, Any]:
    """The latest facets of a dataset that goes by several names."""
    if len(told) == 1:
        return told[0].facets.facets
    found = Latest()
    for latest in (dataset.facets for dataset in told):
        for name in latest.facets:
            found.take(latest.facets, latest.times[name], {name})
    return found.facets


def _schema(told: list[Dataset]) -> tuple[tuple[str, str], ...]:
    return max(told, key=lambda dataset: dataset.facets.times.get("schema", 0)).columns
