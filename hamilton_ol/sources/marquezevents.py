"""What Marquez answers about a job or a dataset, as the events that could have told it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hamilton_ol.sources.eventfacets import key_of, mapping, rows, text

LISTED = "hamilton_nodes"  # the facet that names all nodes
STATES = {"COMPLETED": "COMPLETE", "FAILED": "FAIL", "ABORTED": "ABORT"}

Document = Mapping[str, Any]
Event = dict[str, Any]


def as_told(jobs: list[Document]) -> list[Document]:
    """Jobs with the names that their parts know them by.

    Marquez puts the name of another job that started one before its name, and its parts are told
    with the name that it had.
    """
    parents = [
        mapping(mapping(run, "facets"), "parent") for job in jobs for run in rows(job, "latestRuns")
    ]
    names = {
        text(mapping(one, "run"), "runId"): text(mapping(one, "job"), "name") for one in parents
    }
    return [_named(job, names) for job in jobs]


def _named(job: Document, names: Mapping[str, str]) -> Document:
    told = (names.get(text(run, "id"), "") for run in rows(job, "latestRuns"))
    found = (name for name in told if name and text(job, "name").endswith(f".{name}"))
    return next(({**job, "name": name} for name in found), job)


def job_events(job: Document) -> Iterator[Event]:
    """The events of a job: when it was first seen, and its latest run.

    While a dataflow runs, the nodes of it are those that an earlier run told of at its end.
    """
    told = {
        "namespace": text(job, "namespace"),
        "name": text(job, "name"),
        "facets": _facets(job, mapping(job, "facets")),
    }
    run = mapping(job, "latestRun")
    written = {key_of(one): one["outputFacets"] for one in written_by(run)}
    outputs = [{**one, "outputFacets": written.get(key_of(one))} for one in rows(job, "outputs")]
    sides = {"inputs": list(rows(job, "inputs")), "outputs": outputs}
    yield {"eventTime": text(job, "createdAt"), "job": told, **sides}
    listing = (one for one in (run, *rows(job, "latestRuns")) if LISTED in mapping(one, "facets"))
    earlier = next(listing, run)
    for one in [run] if earlier is run else [earlier, run]:
        identity = {"runId": text(one, "id"), "facets": mapping(one, "facets")}
        for kind, time in _ends(one):
            yield {"eventType": kind, "eventTime": time, "run": identity, "job": told, **sides}


def written_by(run: Document) -> list[Event]:
    """The outputs of a run, as an event has them."""
    return [
        {**mapping(one, "datasetVersionId"), "outputFacets": mapping(one, "facets")}
        for one in rows(run, "outputDatasetVersions")
    ]


def _ends(run: Document) -> Iterator[tuple[str, str]]:
    """(event type, time) of the events of a run."""
    if text(run, "startedAt"):
        yield "START", text(run, "startedAt")
    kind = STATES.get(text(run, "state"))
    if kind is not None:
        yield kind, text(run, "endedAt", "updatedAt")


def dataset_event(dataset: Document) -> Event:
    """The event of a dataset."""
    facets = {**mapping(dataset, "facets")}
    fields = list(rows(dataset, "fields"))
    if fields and "schema" not in facets:  # the facet keeps their order, Marquez does not
        facets["schema"] = {"fields": fields}
    lineage = {text(row, "name"): _made_of(row) for row in rows(dataset, "columnLineage")}
    if lineage and "columnLineage" not in facets:
        facets["columnLineage"] = {"fields": lineage}
    told = {
        "namespace": text(dataset, "namespace"),
        "name": text(dataset, "name"),
        "facets": _facets(dataset, facets, fields),
    }
    return {"eventTime": text(dataset, "updatedAt"), "dataset": told}


def _made_of(row: Document) -> Event:
    """The lineage of a column, as a facet has it."""
    found = [{**ref, "name": text(ref, "dataset", "name")} for ref in rows(row, "inputFields")]
    return {"inputFields": found}


def _facets(owner: Document, facets: Document, fields: Iterable[Document] = ()) -> Event:
    """Facets, with the description and the tags that Marquez was given otherwise."""
    found = dict(facets)
    if "documentation" not in found and text(owner, "description"):
        found["documentation"] = {"description": text(owner, "description")}
    known = list(rows(mapping(facets, "tags"), "tags"))
    names = {(text(tag, "key").lower(), text(tag, "field").lower()) for tag in known}
    more = [*_tags(owner), *(tag for field in fields for tag in _tags(field, text(field, "name")))]
    added = [tag for tag in more if (tag["key"].lower(), tag["field"].lower()) not in names]
    if known or added:
        found["tags"] = {"tags": [*known, *added]}
    return found


def _tags(owner: Document, field: str = "") -> Iterator[dict[str, str]]:
    """Tags that are one word each; `key:value` is what tags of facets are written as."""
    found = owner.get("tags")
    for tag in found if isinstance(found, list) else ():
        if isinstance(tag, str) and tag:
            key, _, value = tag.partition(":")
            yield {"key": key, "value": value or "true", "field": field}
