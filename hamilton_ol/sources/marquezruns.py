"""The latest runs that a Marquez knows, as facts beside the graph of its jobs."""

from collections.abc import Iterator, Mapping
from typing import Any

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import Execution, RunFacts
from hamilton_ol.sources import eventfacets as facets_of
from hamilton_ol.sources.eventfacets import Key, key_of, mapping, names, rows, text, time_of
from hamilton_ol.sources.hamiltonevents import fared
from hamilton_ol.sources.marquezevents import written_by

STATES = {"COMPLETED": "SUCCEEDED", "FAILED": "FAILED", "ABORTED": "ABORTED", "RUNNING": "RUNNING"}
SECOND = 1_000_000_000

Document = Mapping[str, Any]


def runs_of_jobs(graph: LineageGraph, jobs: list[Document]) -> list[RunFacts]:
    """The runs that are part of no other one, the newest first, with what they executed.

    A Marquez tells the last ten runs of a job with the job; older ones are not looked for. What
    became of nodes without a job of their own, a Hamilton run tells at its end.

    Args:
        graph: of the jobs.
        jobs: as the Marquez tells them.
    """
    found = [run for run in _Nodes(graph, jobs).runs() if run.executions or run.skipped]
    return sorted(found, key=lambda run: -run.started)


class _Nodes:
    """What runs did with the nodes of a graph.

    Args:
        graph: of the jobs.
        jobs: as the Marquez tells them.
    """

    def __init__(self, graph: LineageGraph, jobs: list[Document]) -> None:
        self._graph = graph
        self._whole: dict[str, tuple[Document, Document]] = {}
        self._parts: dict[str, list[tuple[str, Document]]] = {}
        self._flows: dict[Key, set[str]] = {}
        for job in jobs:
            for run in rows(job, "latestRuns"):
                self._take(job, run)

    def _take(self, job: Document, run: Document) -> None:
        parent = mapping(mapping(run, "facets"), "parent")
        own, whole = text(run, "id"), text(mapping(parent, "run"), "runId")
        if not whole or "hamilton_run" in mapping(run, "facets"):  # which another program may start
            self._whole[own], whole = (job, run), own
        node = self._of_job(job, run)
        if node:
            self._parts.setdefault(whole, []).append((node, run))
            flow = key_of(parent.get("job"))
            if flow is not None:
                self._flows.setdefault(flow, set()).add(node)

    def runs(self) -> Iterator[RunFacts]:
        """All of them."""
        for job, run in self._whole.values():
            flow, facets = Key(text(job, "namespace"), text(job, "name")), mapping(run, "facets")
            parts = self._parts.get(text(run, "id"), [])
            listed = {self._of_name(flow, text(row, "name")): row for row in _listed(facets)}
            told, hamilton = _executions(parts, listed), mapping(facets, "hamilton_run")
            given = {self._of_name(flow, name) for name in names(hamilton, "overrides")}
            could = {*listed, *self._flows.get(flow, ())} - {""}
            yield _facts(job, run)._replace(
                executions=told,
                given=frozenset(given - {""}),
                skipped=frozenset(could - told.keys()),
                values={self._of_name(flow, name): value for name, value in _values(facets)},
            )

    def _of_job(self, job: Document, run: Document) -> str:
        """The id of the node that a job is; empty for none."""
        told = text(mapping(mapping(run, "facets"), "hamilton_node"), "node")
        name, parent = text(job, "name"), text(job, "parentJobName")
        short = told or (name.removeprefix(f"{parent}.") if parent else name)
        return self._known(f"job:{text(job, 'namespace')}:{name}", short)

    def _of_name(self, flow: Key, node: str) -> str:
        """The id of a dataflow's node; empty for none."""
        return self._known(f"job:{flow.namespace}:{flow.name}.{node}", node)

    def _known(self, *ids: str) -> str:
        return next((one for one in ids if one and one in self._graph), "")


def _facts(job: Document, run: Document) -> RunFacts:
    """What there is to say of a run as a whole."""
    facets = mapping(run, "facets")
    revision = mapping(mapping(facets, "hamilton_run"), "revision")
    return RunFacts(
        text(run, "id"),
        text(job, "name"),
        _state(run),
        time_of(run.get("startedAt")),
        time_of(run.get("endedAt")),
        error=_error(run),
        commit=text(revision, "commit"),
        is_dirty=revision.get("dirty") is True,
    )


def _state(run: Document) -> str:
    return STATES.get(text(run, "state"), "RUNNING")


def _error(run: Document) -> str:
    return text(mapping(mapping(run, "facets"), "errorMessage"), "message")


def _executions(
    parts: list[tuple[str, Document]], listed: Mapping[str, Document]
) -> dict[str, Execution]:
    """{id of a node: what became of it}: by runs of jobs, and better, by the list of all nodes.

    A job that failed after its result was told has two runs.
    """
    found: dict[str, Execution] = {}
    errors: dict[str, str] = {}
    for node, run in parts:
        ran, known = _execution(run), found.get(node)
        if ran.error:
            errors |= dict.fromkeys(_folded(run), ran.error)
        if known is None or known.status == "SUCCEEDED":
            found[node] = ran
    for node, row in listed.items():
        told = fared(row)
        if told.status:
            known = found.get(node, Execution(told.status))
            name = text(row, "name")
            error = errors.get(name, "").removeprefix(f"node {name!r}: ")
            seconds = known.seconds if told.seconds is None else told.seconds
            rows_ = known.rows if told.rows is None else told.rows
            found[node] = Execution(
                told.status, seconds, rows_, error if told.status == "FAILED" else ""
            )
    return found


def _execution(run: Document) -> Execution:
    begun, ended = time_of(run.get("startedAt")), time_of(run.get("endedAt"))
    took = (ended - begun) / SECOND if begun and ended else None
    written = (facets_of.count(one) for one in written_by(run))
    return Execution(
        _state(run), took, next((n for n in written if n is not None), None), _error(run)
    )


def _values(facets: Document) -> Iterator[tuple[str, str]]:
    """(name, value) of what a run was given, as far as that was told."""
    for row in rows(mapping(facets, "executionParameters"), "parameters"):
        yield text(row, "name"), text(row, "value") or "not told"


def _listed(facets: Document) -> list[Document]:
    """All nodes of a dataflow, as a run of it tells at its end."""
    return rows(mapping(facets, "hamilton_nodes"), "nodes")


def _folded(run: Document) -> Iterator[str]:
    """The names of the nodes that a job stands for."""
    facet = mapping(mapping(run, "facets"), "hamilton_node")
    yield text(facet, "node")
    yield from names(facet, "folded")
