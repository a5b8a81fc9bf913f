"""Takes events: what each changes, one after the other, whatever time it says it is of.

Nothing is undone: an event that fails half-way leaves behind what it had changed.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from tests.support.marquez import limits
from tests.support.marquez.answers import broken, refused
from tests.support.marquez.catalog import Catalog, Job, JobVersion, Json, Run, run_id
from tests.support.marquez.datasets import make_current, take_input, take_output, take_static
from tests.support.marquez.reading import kind
from tests.support.marquez.times import instant

_ENDS = {"COMPLETE": "COMPLETED", "FAIL": "FAILED", "ABORT": "ABORTED"}
_PROTOCOLS = {"http", "https", "file", "ftp"}


def take(catalog: Catalog, event: Json) -> None:
    """Take an event.

    Raises:
        NoError: it was taken in part.
    """
    time = instant(event["eventTime"])
    takers = {"RunEvent": _take_run, "JobEvent": _take_job, "DatasetEvent": _take_dataset}
    takers[kind(event)](catalog, event, time)
    catalog.events.append((time, event))


def _take_run(catalog: Catalog, event: Json, time: datetime) -> None:
    namespace = catalog.namespace(limits.cleaned(event["job"]["namespace"]), time).name
    limits.check_name(event["job"]["name"])
    parent = _parent(catalog, namespace, event, time)
    limits.check_namespaces(event.get("inputs") or [])
    job = _job(catalog, namespace, parent, event["job"], time)
    run = catalog.run(event["run"]["runId"], job, time)
    job.current_run = parent.job.current_run if parent else run
    _take_state(run, parent, event, time)
    limits.check_facets(event)
    run.facets |= _facets(event["run"])
    run.job_facets |= _facets(event["job"])
    _take_sides(catalog, run, event, time)
    if run.state in _ENDS.values():
        _make_version(job, run)


def _parent(catalog: Catalog, namespace: str, event: Json, time: datetime) -> Run | None:
    """The run that this one belongs to; one that nobody told of is made in the child's place."""
    facet = (event["run"].get("facets") or {}).get("parent")
    if not facet:
        return None
    told, name = run_id(facet["run"]["runId"]), facet["job"]["name"]
    known = catalog.runs.get(told)
    if known is not None and known.job.name == name:
        return known
    told = told if known is None else run_id(f"{facet['job']['namespace']}.{name}.{told}")
    job = catalog.job(namespace, name, time)
    job.simple_name = job.simple_name or job.name
    run = job.current_run = catalog.run(told, job, time)
    _set_state(run, event.get("eventType") or "START", time)
    return run


def _job(catalog: Catalog, namespace: str, parent: Run | None, told: Json, time: datetime) -> Job:
    """The job, which takes on everything that its latest event says."""
    name = simple = str(told["name"])
    if parent is not None:
        simple = name.removeprefix(f"{parent.job.name}.")
        name = f"{parent.job.name}.{simple}"
    job = catalog.job(namespace, name, time)
    job.simple_name = simple
    job.parent = parent.job if parent else job.parent
    if not name:
        raise refused()
    facets = _facets(told)
    job.description = facets.get("documentation", {}).get("description")
    job.location = _location(facets)
    streams = facets.get("jobType", {}).get("processingType") == "STREAMING"
    job.type = "STREAM" if streams else "BATCH"
    return job


def _location(facets: Json) -> str | None:
    url = facets.get("sourceCodeLocation", {}).get("url")
    return url if url and urlsplit(url).scheme in _PROTOCOLS else None


def _take_state(run: Run, parent: Run | None, event: Json, time: datetime) -> None:
    run.updated = time
    if parent is not None:
        told = event["run"]["facets"]["parent"]["job"]
        run.args = {"run_id": parent.id, "name": told["name"], "namespace": told["namespace"]}
    if not event.get("eventType"):
        raise broken()
    _set_state(run, event["eventType"], time)


def _set_state(run: Run, event_type: str, time: datetime) -> None:
    """The state that the event says, whatever the run's state was."""
    end = _ENDS.get(event_type.upper())
    run.state = end or "RUNNING"
    if end:
        run.ended = time
    else:
        run.started = time


def _take_sides(catalog: Catalog, run: Run, event: Json, time: datetime) -> None:
    inputs, outputs = event.get("inputs") or [], event.get("outputs") or []
    for one in inputs:
        take_input(catalog, run, one, time)
    for one in outputs:
        take_output(catalog, run, one, time)
    job, named = run.job, run.sides()
    job.announced.inputs |= named.inputs
    job.announced.outputs |= named.outputs
    if not inputs:
        job.edges.inputs.clear()
    if not outputs:
        job.edges.outputs.clear()
    if run.state == "COMPLETED":
        make_current(run)


def _make_version(job: Job, run: Run) -> None:
    """At the end of a run: the job is what this run's events together said of it."""
    sides = run.sides()
    if not all(limits.is_namespace(one.namespace) for one in sides.outputs):
        raise refused()
    limits.check_location(job.location)
    key = (frozenset(sides.inputs), frozenset(sides.outputs), job.location)
    run.version = job.version = job.versions.setdefault(key, JobVersion(sides))
    job.edges = sides.copy()


def _take_job(catalog: Catalog, event: Json, time: datetime) -> None:
    """A job without a run: its edges are there at once."""
    namespace = catalog.namespace(limits.cleaned(event["job"]["namespace"]), time).name
    job = _job(catalog, namespace, None, event["job"], time)
    run = Run("", job, time, time)
    for one in event.get("inputs") or ():
        take_input(catalog, run, one, time)
    for one in event.get("outputs") or ():
        take_output(catalog, run, one, time)
    _make_version(job, run)


def _take_dataset(catalog: Catalog, event: Json, time: datetime) -> None:
    take_static(catalog, event["dataset"], time)


def _facets(owner: Json) -> Json:
    """Facets as they are stored: without what is null."""
    facets: Json = without_nulls(owner.get("facets") or {})
    return facets


def without_nulls(value: Any) -> Any:
    """JSON without members that are null."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value
