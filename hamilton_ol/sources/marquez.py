"""A graph from what a Marquez knows now, through its API.

What it knows of jobs and datasets is told as events, so that it becomes a graph as files of events
do. Paths and fields are those of Marquez 0.51; what it adds later is skipped.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any
from urllib.parse import quote

from hamilton_ol.config import Settings
from hamilton_ol.config.targets import TargetSpec
from hamilton_ol.config.targettables import target_of
from hamilton_ol.delivery.answers import OK, Answer
from hamilton_ol.delivery.http import HttpTransport
from hamilton_ol.delivery.verdicts import SERVER_ERROR
from hamilton_ol.errors import DataflowError, RefusedError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.mapping.naming import MEMORY
from hamilton_ol.sources.eventfacets import key_of, rows, text
from hamilton_ol.sources.eventgraph import graph_of_events
from hamilton_ol.sources.marquezevents import as_told, dataset_event, job_events
from hamilton_ol.sources.problems import Problems

JOBS_A_PAGE = 50
DATASETS_A_PAGE = 10  # of more it leaves out the facets
MANY = 20  # datasets of a namespace, from which on all of it is read
LONGEST_ANSWER = 256 << 20  # bytes
MOST = 200_000  # jobs, or datasets, of a list

Document = Mapping[str, Any]
Progress = Callable[[int, int], None]


def graph_of_marquez(
    url: str,
    namespace: str,
    settings: Settings,
    progress: Progress = lambda _done, _all: None,
) -> LineageGraph:
    """The graph of the jobs that a Marquez knows; arguments and errors as of `read_marquez`."""
    return read_marquez(url, namespace, settings, progress)[0]


def read_marquez(
    url: str,
    namespace: str,
    settings: Settings,
    progress: Progress = lambda _done, _all: None,
) -> tuple[LineageGraph, list[Document]]:
    """The graph of the jobs that a Marquez knows, and the jobs as it tells them.

    Args:
        url: address of the Marquez; a target that is set with it says how it is asked.
        namespace: of the jobs, or an empty text for all.
        settings: `targets`, and `sources`.
        progress: called with jobs and datasets read and in all; what it raises ends the reading.

    Raises:
        DeliveryError: it cannot be reached, or does not answer as a Marquez does.
        DataflowError: it knows no such namespace.
    """
    with HttpTransport(spec_of(url, settings)) as transport:
        problems = Problems()
        marquez = _Marquez(transport, progress, problems)
        namespaces = marquez.namespaces()
        if namespace and namespace not in namespaces:
            raise _unknown(namespace, namespaces, transport.address)
        jobs = marquez.jobs([namespace] if namespace else namespaces)
        events = [event for job in jobs for event in job_events(job)]
        events += [dataset_event(dataset) for dataset in marquez.datasets_of(jobs)]
    return graph_of_events(events, settings, problems, namespace), jobs


def spec_of(url: str, settings: Settings) -> TargetSpec:
    """Where and how a Marquez is asked: as a target that is set with its address says."""
    given = target_of(url)
    known = (spec for spec in settings.targets if spec.address == given.address)
    return given if "@" in url else next(known, given)


def _unknown(namespace: str, namespaces: list[str], address: str) -> DataflowError:
    shown = ", ".join(namespaces[:20]) or "none"
    said = f"{address} knows no namespace {namespace!r}"
    return DataflowError(said, hint=f"It knows: {shown}.")


class _Marquez:
    """Reads what a Marquez knows, page by page."""

    def __init__(self, transport: HttpTransport, progress: Progress, problems: Problems) -> None:
        self._transport, self._progress, self._problems = transport, progress, problems
        self._base = transport.base
        self._done = self._all = 0

    def namespaces(self) -> list[str]:
        """Those that are not hidden."""
        found = self._pages("/namespaces", "namespaces", 100)
        return [str(one.get("name")) for one in found if not one.get("isHidden")]

    def jobs(self, namespaces: list[str]) -> list[Document]:
        """The jobs of namespaces."""
        return as_told([job for namespace in namespaces for job in self._jobs(namespace)])

    def _jobs(self, namespace: str) -> Iterator[Document]:
        path = f"/namespaces/{quote(namespace, safe='')}/jobs"
        yield from self._told(self._pages(path, "jobs", JOBS_A_PAGE))

    def datasets_of(self, jobs: list[Document]) -> Iterator[Document]:
        """The datasets that jobs read and write."""
        wanted: dict[str, dict[str, None]] = {}
        for job in jobs:
            for key in map(key_of, (*rows(job, "inputs"), *rows(job, "outputs"))):
                if key is not None:
                    wanted.setdefault(key.namespace, {})[key.name] = None
        self._all += sum(map(len, wanted.values()))
        for namespace, names in wanted.items():
            path = f"/namespaces/{quote(namespace, safe='')}/datasets"
            if len(names) > MANY or namespace.startswith(MEMORY):
                found = self._pages(path, "datasets", DATASETS_A_PAGE)
                yield from self._told(one for one in found if text(one, "name") in names)
            else:
                places = (f"{path}/{quote(name, safe='')}" for name in names)
                yield from self._told(one for place in places if (one := self._get(place)))

    def _told(self, found: Iterator[Document]) -> Iterator[Document]:
        for one in found:
            self._done += 1
            self._progress(self._done, max(self._all, self._done))
            yield one

    def _pages(self, path: str, key: str, size: int) -> Iterator[Document]:
        """All items of a list; a page with nothing new is the last, whatever is said of their number."""
        seen = set[str]()
        for page in count():
            told = list(rows(self._get(f"{path}?limit={size}&offset={page * size}"), key))
            fresh = [one for one in told if _name(one) not in seen]
            seen.update(map(_name, fresh))
            yield from fresh
            if len(told) < size or not fresh:
                return
            if len(seen) >= MOST:
                self._problems.add(f"{path}: has more than {MOST:,}, the others are left out")
                return

    def _get(self, path: str) -> Document:
        """A document; an empty one where there is nothing of that name.

        Raises:
            UnreachableError: there is no answer.
            RefusedError: the answer is not one of Marquez.
        """
        answer = self._transport.ask("GET", f"{self._base}{path}", longest=LONGEST_ANSWER)
        try:
            found = json.loads(answer.body)
        except (ValueError, RecursionError):
            found = None
        if answer.status == OK and isinstance(found, dict):
            return found
        if answer.status == 404 and isinstance(found, dict):  # noqa: PLR2004 - not found
            return {}
        raise _refused(self._transport.address.removesuffix("/lineage") + path, answer)


_HINTS = {
    401: "It asks who you are: give the token for it, or another one; for the command line as the "
    "api_key_env of a target that is set with this address.",
    403: "It knows you, but does not let you read this.",
}
_WHERE = "Is this the address of a Marquez, and not of its page or a login? It is usually http://HOST:5000."


def _refused(asked: str, answer: Answer) -> RefusedError:
    """What an answer means that is no document."""
    said, hint = f"answered {answer.status}: {answer.message}", _HINTS.get(answer.status, _WHERE)
    if answer.status == OK and answer.is_page:
        said = f"answered with a web page: {answer.message}"
    elif answer.status == OK:
        said, hint = "answered 200, but in part or not with JSON", f"Try it again. {_WHERE}"
    elif answer.status >= SERVER_ERROR:
        hint = f"It has trouble: try it again; its log may say why. {_WHERE}"
    return RefusedError(f"{asked.partition('?')[0]} {said}", status=answer.status, hint=hint)


def _name(one: Document) -> str:
    return f"{one.get('namespace')}/{one.get('name')}"
