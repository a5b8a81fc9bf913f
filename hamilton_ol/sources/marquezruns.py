"""The latest runs that a Marquez knows, as facts beside the graph of its jobs."""

from collections.abc import Iterator, Mapping
from typing import Any

from hamilton_ol.config import Settings
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.runs import Execution, RunFacts
from hamilton_ol.sources.eventfacets import mapping, rows, text, time_of
from hamilton_ol.sources.marquez import jobs_of, spec_of

STATES = {"COMPLETED": "SUCCEEDED", "FAILED": "FAILED", "ABORTED": "ABORTED", "RUNNING": "RUNNING"}
SECOND = 1_000_000_000

Document = Mapping[str, Any]


def runs_of_marquez(
    url: str, namespace: str, settings: Settings, graph: LineageGraph
) -> list[RunFacts]:
    """The runs that are part of no other one, the newest first, with what they executed.

    A Marquez tells the last ten runs of a job with the job; older ones are not looked for.

    Args:
        url: address of the Marquez.
        namespace: of the jobs, or an empty text for all.
        settings: say how it is asked.
        graph: of the same jobs.

    Raises:
        DeliveryError: it cannot be reached, or does not answer as a Marquez does.
    """
    with HttpTransport(spec_of(url, settings)) as transport:
        jobs = jobs_of(transport, namespace)
    whole: dict[str, RunFacts] = {}
    parts: dict[str, dict[str, Execution]] = {}
    for job, run, parent in _runs(jobs):
        if not parent:
            whole[text(run, "id")] = _facts(job, run)
        node = _node(job, run, graph)
        if node:
            parts.setdefault(parent or text(run, "id"), {})[node] = _execution(run)
    found = [run._replace(executions=parts.get(key, {})) for key, run in whole.items()]
    return sorted((run for run in found if run.executions), key=lambda run: -run.started)


def _runs(jobs: list[Document]) -> Iterator[tuple[Document, Document, str]]:
    """(job, run, id of the run that it is a part of) of all runs that are told."""
    for job in jobs:
        for run in rows(job, "latestRuns"):
            parent = mapping(mapping(mapping(run, "facets"), "parent"), "run")
            yield job, run, text(parent, "runId")


def _facts(job: Document, run: Document) -> RunFacts:
    begun, ended = time_of(run.get("startedAt")), time_of(run.get("endedAt"))
    return RunFacts(text(run, "id"), text(job, "name"), _state(run), begun, ended)


def _state(run: Document) -> str:
    return STATES.get(text(run, "state"), "RUNNING")


def _execution(run: Document) -> Execution:
    begun, ended = time_of(run.get("startedAt")), time_of(run.get("endedAt"))
    facets = mapping(run, "facets")
    error = text(mapping(facets, "errorMessage"), "message")
    took = (ended - begun) / SECOND if begun and ended else None
    return Execution(_state(run), took, None, error)


def _node(job: Document, run: Document, graph: LineageGraph) -> str:
    """The id of the node that a job is; empty for none."""
    told = text(mapping(mapping(run, "facets"), "hamilton_node"), "node")
    name, parent = text(job, "name"), text(job, "parentJobName")
    short = told or (name.removeprefix(f"{parent}.") if parent else text(job, "simpleName"))
    ids = (f"job:{text(job, 'namespace')}:{name}", short)
    return next((one for one in ids if one and one in graph), "")
