"""Which call is answered by what."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Any

from tests.support.marquez import tagging, views
from tests.support.marquez.answers import Answer, NoError, document, incomplete, missing, said
from tests.support.marquez.catalog import (
    Catalog,
    Dataset,
    Job,
    Json,
    Namespace,
    Run,
    is_uuid,
)
from tests.support.marquez.columns import column_lineage
from tests.support.marquez.graph import lineage
from tests.support.marquez.ingest import take
from tests.support.marquez.limits import is_namespace, shown_id
from tests.support.marquez.nodeids import node_id
from tests.support.marquez.reading import read
from tests.support.marquez.times import now, shown

FOUND = 10  # results of a search


@dataclass(frozen=True)
class Call:
    """A call: what the stars of its route stand for, its query and its body."""

    names: tuple[str, ...]
    query: dict[str, str]
    body: bytes

    def number(self, name: str, default: int) -> int:
        """A number of the query."""
        value = int(self.query.get(name, default))
        if value < 0:
            raise incomplete(f"query param {name} must be greater than or equal to 0", status=400)
        return value

    def page(self, items: list[Any]) -> list[Any]:
        """The part of a list that is asked for."""
        offset, limit = self.number("offset", 0), self.number("limit", 100)
        return list(islice(items, offset, offset + limit))


class Api:
    """Answers calls.

    Args:
        catalog: what is known.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def answer(self, method: str, path: list[str], query: dict[str, str], body: bytes) -> Answer:
        """The answer to a call; `path` is what follows the base, its parts decoded."""
        try:
            respond, names = _route(method, path)
            return respond(self, Call(names, query, body))
        except NoError as no:
            return no.answer

    # --- events ---------------------------------------------------------------------------------

    def post_event(self, call: Call) -> Answer:
        take(self.catalog, read(call.body))
        return Answer(201)

    def events(self, call: Call) -> Answer:
        backwards = call.query.get("sortDirection", "desc") == "desc"
        pairs = sorted(self.catalog.events, key=lambda pair: pair[0], reverse=backwards)
        found = [{**event, "eventTime": shown(time)} for time, event in call.page(pairs)]
        return document({"totalCount": len(self.catalog.events), "events": found})

    # --- namespaces, jobs, runs -----------------------------------------------------------------

    def namespaces(self, call: Call) -> Answer:
        found = sorted(self.catalog.namespaces.values(), key=attrgetter("name"))
        return document({"namespaces": [views.namespace(one) for one in call.page(found)]})

    def namespace(self, call: Call) -> Answer:
        return document(views.namespace(self._namespace(call)))

    def put_namespace(self, call: Call) -> Answer:
        told, time = json.loads(call.body), now()
        if told.get("ownerName") is None:
            raise said(500, "ownerName is marked non-null but is null", code=400)
        one = self.catalog.namespace(call.names[0], time)
        one.owner, one.description, one.updated = told["ownerName"], told.get("description"), time
        return document(views.namespace(one))

    def jobs(self, call: Call) -> Answer:
        """The latest first; of a namespace that is not there, none."""
        jobs = [j for j in self.catalog.jobs.values() if call.names in ((), (j.namespace,))]
        jobs.sort(key=lambda job: (job.updated, job.touched), reverse=True)
        page = [views.job(job) for job in call.page(jobs)]
        return document({"totalCount": len(jobs), "jobs": page})

    def job(self, call: Call) -> Answer:
        return document(views.job(self._job(call)))

    def runs(self, call: Call) -> Answer:
        runs = views.runs_of(self._job(call))
        page = [views.run(run) for run in call.page(runs)]
        return document({"runs": page, "totalCount": len(runs)})

    def run(self, call: Call) -> Answer:
        return document(views.run(self._run(call)))

    def run_facets(self, call: Call) -> Answer:
        if "type" not in call.query:
            raise incomplete("query param type must not be null", status=400)
        run = self._run(call)
        facets = {"run": run.facets, "job": run.job_facets}.get(call.query["type"].lower())
        return document(None if facets is None else {"runId": run.id, "facets": facets})

    # --- datasets -------------------------------------------------------------------------------

    def datasets(self, call: Call) -> Answer:
        name = self._namespace(call).name
        found = [one for one in self.catalog.datasets.values() if one.namespace == name]
        found.sort(key=attrgetter("name"))
        page = [views.dataset(one) for one in call.page(found)]
        return document({"totalCount": len(found), "datasets": page})

    def dataset(self, call: Call) -> Answer:
        return document(views.dataset(self._dataset(call)))

    def versions(self, call: Call) -> Answer:
        found = list(reversed(self._dataset(call).versions))
        page = [views.version(one) for one in call.page(found)]
        return document({"versions": page, "totalCount": len(found)})

    # --- lineage and search ---------------------------------------------------------------------

    def lineage(self, call: Call) -> Answer:
        return document(lineage(self.catalog, call.query.get("nodeId"), call.number("depth", 20)))

    def column_lineage(self, call: Call) -> Answer:
        node, depth = call.query.get("nodeId"), call.number("depth", 20)
        downstream = call.query.get("withDownstream") == "true"
        return document(column_lineage(self.catalog, node, depth, downstream=downstream))

    def search(self, call: Call) -> Answer:
        text = call.query.get("q", "").lower()
        if not text:
            raise incomplete("query param q must not be blank", status=400)
        things: list[Dataset | Job] = [
            *self.catalog.datasets.values(),
            *self.catalog.jobs.values(),
        ]
        found = [_result(one) for one in things if text in one.name.lower()]
        wanted = call.query.get("filter")
        results = [one for one in found if wanted in (None, one["type"])]
        results = results[: call.number("limit", FOUND)]
        return document({"totalCount": len(results), "results": results})

    # --- tags -----------------------------------------------------------------------------------

    def tags(self, call: Call) -> Answer:
        pairs = sorted(self.catalog.tags.items())
        return document({"tags": [{"name": k, "description": v} for k, v in pairs]})

    def put_tag(self, call: Call) -> Answer:
        return document(tagging.define(self.catalog, call.names[0], call.body))

    def tag_dataset(self, call: Call) -> Answer:
        one = self._dataset(call)
        tagging.add(self.catalog, one.tags, call.names[2])
        return document(views.dataset_after_tagging(one))

    def untag_dataset(self, call: Call) -> Answer:
        one = self._dataset(call)
        tagging.remove(one.tags, call.names[2])
        return document(views.dataset_after_tagging(one))

    def tag_field(self, call: Call) -> Answer:
        one = self._dataset(call)
        tagging.add(self.catalog, tagging.of_field(one, call.names[2]), call.names[3].upper())
        return document(views.dataset_after_tagging(one))

    def untag_field(self, call: Call) -> Answer:
        one = self._dataset(call)
        tagging.remove(tagging.of_field(one, call.names[2]), call.names[3].upper())
        return document(views.dataset_after_tagging(one))

    def tag_job(self, call: Call) -> Answer:
        job = self._job(call)
        tagging.check_job(job)
        tagging.add(self.catalog, job.tags, call.names[2])
        return document(views.job_after_tagging(job))

    def untag_job(self, call: Call) -> Answer:
        job = self._job(call)
        tagging.check_job(job)
        tagging.remove(job.tags, call.names[2])
        return document(views.job_after_tagging(job))

    # --- what a call is about -------------------------------------------------------------------

    def _namespace(self, call: Call) -> Namespace:
        found = self.catalog.namespaces.get(call.names[0])
        if found is None or not is_namespace(found.name):
            raise missing(f"Namespace '{call.names[0]}'")
        return found

    def _job(self, call: Call) -> Job:
        found = self.catalog.jobs.get((self._namespace(call).name, call.names[1]))
        if found is None:
            raise missing(f"Job '{call.names[1]}'")
        return found

    def _dataset(self, call: Call) -> Dataset:
        found = self.catalog.datasets.get((self._namespace(call).name, call.names[1]))
        if found is None:
            raise missing(f"Dataset '{call.names[1]}'")
        return found

    def _run(self, call: Call) -> Run:
        found = self.catalog.runs.get(call.names[0])
        if found is None and not is_uuid(call.names[0]):
            raise said(404, "HTTP 404 Not Found")
        if found is None:
            raise missing(f"Run '{call.names[0]}'")
        return found


def _result(one: Dataset | Job) -> Json:
    kind = "DATASET" if isinstance(one, Dataset) else "JOB"
    return {
        "type": kind,
        "updatedAt": shown(one.updated),
        **shown_id(one.namespace, one.name),
        "nodeId": node_id(kind.lower(), one.namespace, one.name),
    }


_DATASET = "namespaces/*/datasets/*"
_ROUTES: list[tuple[str, str, Callable[[Api, Call], Answer]]] = [
    ("POST", "lineage", Api.post_event),
    ("GET", "lineage", Api.lineage),
    ("GET", "column-lineage", Api.column_lineage),
    ("GET", "events/lineage", Api.events),
    ("GET", "namespaces", Api.namespaces),
    ("GET", "namespaces/*", Api.namespace),
    ("PUT", "namespaces/*", Api.put_namespace),
    ("GET", "jobs", Api.jobs),
    ("GET", "namespaces/*/jobs", Api.jobs),
    ("GET", "namespaces/*/jobs/*", Api.job),
    ("GET", "namespaces/*/jobs/*/runs", Api.runs),
    ("POST", "namespaces/*/jobs/*/tags/*", Api.tag_job),
    ("DELETE", "namespaces/*/jobs/*/tags/*", Api.untag_job),
    ("GET", "jobs/runs/*", Api.run),
    ("GET", "jobs/runs/*/facets", Api.run_facets),
    ("GET", "namespaces/*/datasets", Api.datasets),
    ("GET", _DATASET, Api.dataset),
    ("GET", f"{_DATASET}/versions", Api.versions),
    ("POST", f"{_DATASET}/tags/*", Api.tag_dataset),
    ("DELETE", f"{_DATASET}/tags/*", Api.untag_dataset),
    ("POST", f"{_DATASET}/fields/*/tags/*", Api.tag_field),
    ("DELETE", f"{_DATASET}/fields/*/tags/*", Api.untag_field),
    ("GET", "search", Api.search),
    ("GET", "tags", Api.tags),
    ("PUT", "tags/*", Api.put_tag),
]


def _route(method: str, path: list[str]) -> tuple[Callable[[Api, Call], Answer], tuple[str, ...]]:
    """What answers a call, and what the stars of its route stand for."""
    is_known = False
    for verb, pattern, respond in _ROUTES:
        names = _names(pattern.split("/"), path)
        if names is not None and verb == method:
            return respond, names
        is_known = is_known or names is not None
    status, phrase = (405, "Method Not Allowed") if is_known else (404, "Not Found")
    raise said(status, f"HTTP {status} {phrase}")


def _names(pattern: list[str], path: list[str]) -> tuple[str, ...] | None:
    if len(pattern) != len(path):
        return None
    pairs = list(zip(pattern, path, strict=True))
    fits = all(part in {"*", given} for part, given in pairs)
    return tuple(given for part, given in pairs if part == "*") if fits else None
