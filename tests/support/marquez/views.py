"""Namespaces, jobs, runs, datasets and versions as they are shown."""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from tests.support.marquez.answers import logged
from tests.support.marquez.catalog import Dataset, Job, Json, Namespace, Run, Use, Version
from tests.support.marquez.limits import is_namespace, shown_id
from tests.support.marquez.times import milliseconds, shown

MOST_RUNS = 10  # beside a job


def namespace(one: Namespace) -> Json:
    """A namespace; one that should not be there fails the whole list."""
    if not is_namespace(one.name):
        raise logged()
    return {
        "name": one.name,
        **_times(one.created, one.updated),
        "ownerName": one.owner,
        "description": one.description,
        "isHidden": False,
    }


def job(one: Job) -> Json:
    """A job by itself: its sides are those of its last version, whatever the graph shows."""
    runs = runs_of(one)
    latest = max(runs, key=lambda run: run.updated, default=None)
    sides, facets = one.version.sides if one.version else one.announced, job_facets(one)
    kind = facets.get("jobType", {})
    return {
        **_job(one),
        "inputs": ids(sides.inputs),
        "outputs": ids(sides.outputs),
        "latestRun": run(latest) if latest else None,
        "latestRuns": [run(each) for each in runs[:MOST_RUNS]] or None,
        "facets": facets,
        "currentVersion": one.version.uuid if one.version else None,
        "labels": [kind["jobType"], kind["integration"]] if kind else [],
        "tags": one.tags,
    }


def job_after_tagging(one: Job) -> Json:
    """A job as the answer to a new tag shows it: without outputs and runs."""
    return {**job(one), "outputs": [], "latestRun": None, "latestRuns": None}


def job_in_graph(one: Job) -> Json:
    """A job as a node: its latest run is its parent's if the last event named the parent."""
    latest = one.current_run
    return {
        **_job(one),
        "currentRunUuid": latest.id if latest else None,
        "inputs": ids(one.edges.inputs),
        "outputs": ids(one.edges.outputs),
        "latestRun": run(latest) if latest else None,
    }


def _job(one: Job) -> Json:
    return {
        "id": shown_id(one.namespace, one.name),
        "type": one.type,
        "name": one.name,
        "simpleName": one.simple_name,
        "parentJobName": one.parent.name if one.parent else None,
        "parentJobUuid": one.parent.uuid if one.parent else None,
        **_times(one.created, one.updated),
        "namespace": one.namespace,
        "location": one.location,
        "description": one.description,
    }


def job_facets(one: Job) -> Json:
    """What the runs of its last version said, all together."""
    facets: Json = {}
    for each in one.runs:
        if one.version and each.version is one.version:
            facets |= each.job_facets
    return facets


def runs_of(one: Job) -> list[Run]:
    """The last one to start first, those that never started at the end."""
    started = [run for run in one.runs if run.started]
    rest = [run for run in one.runs if not run.started]
    return sorted(started, key=lambda run: run.started or run.created, reverse=True) + rest


def run(one: Run) -> Json:
    """A run."""
    version = one.version and {
        **shown_id(one.job.namespace, one.job.name),
        "version": one.version.number,
    }
    return {
        "id": one.id,
        **_times(one.created, one.updated),
        "nominalStartTime": None,
        "nominalEndTime": None,
        "state": one.state,
        "startedAt": shown(one.started),
        "endedAt": shown(one.ended),
        "durationMs": milliseconds(one.started, one.ended),
        "args": one.args,
        "jobVersion": version,
        "inputDatasetVersions": [_use(use) for use in one.inputs],
        "outputDatasetVersions": [_use(use) for use in one.outputs],
        "facets": one.facets,
    }


def _use(use: Use) -> Json:
    one = use.version.dataset
    id_ = {**shown_id(one.namespace, one.name), "version": use.version.number}
    return {"datasetVersionId": id_, "facets": use.facets}


def dataset(one: Dataset) -> Json:
    """A dataset as its current version is; what was only begun is not shown."""
    return {
        **_dataset(one),
        "tags": one.tags,
        "currentVersion": one.current.uuid if one.current else None,
        "columnLineage": _lineage(one),
        "facets": one.current.facets if one.current else {},
        "deleted": False,
    }


def dataset_after_tagging(one: Dataset) -> Json:
    """A dataset as the answer to a new tag shows it."""
    return {**dataset(one), "columnLineage": None}


def dataset_in_graph(one: Dataset) -> Json:
    """A dataset as a node; tags of the dataset itself are not shown there."""
    return {**_dataset(one), "tags": []}


def _dataset(one: Dataset) -> Json:
    """What all views have; fields are in no order that anybody may rely on."""
    fields = one.current.fields.items() if one.current else ()
    by_id = sorted(fields, key=lambda field: uuid5(NAMESPACE_OID, f"{one.name} {field[0]}"))
    return {
        "id": shown_id(one.namespace, one.name),
        "type": "DB_TABLE",
        "name": one.name,
        "physicalName": one.name,
        **_times(one.created, one.updated),
        "namespace": one.namespace,
        "sourceName": one.source,
        "fields": [_field(one, name, *rest) for name, rest in by_id],
        "lastModifiedAt": None,
        "lastLifecycleState": "",
        "description": one.description,
    }


def _field(one: Dataset, name: str, kind: str | None, description: str | None) -> Json:
    tags = one.field_tags.get(name, [])
    return {"name": name, "type": kind, "tags": tags, "description": description}


def _lineage(one: Dataset) -> list[Json] | None:
    found: dict[str, Json] = {}
    for edge in sorted(one.edges.values(), key=lambda e: (e.field, e.source_field)):
        told = {"transformationDescription": edge.description, "transformationType": edge.kind}
        source = edge.source.dataset
        ref = {"namespace": source.namespace, "dataset": source.name, "field": edge.source_field}
        entry = found.setdefault(edge.field, {"name": edge.field, "inputFields": [], **told})
        entry["inputFields"].append({**ref, **told})
    return list(found.values()) or None


def version(one: Version) -> Json:
    """A version of a dataset."""
    owner = one.dataset
    return {
        "id": shown_id(owner.namespace, owner.name),
        "type": "DB_TABLE",
        "name": owner.name,
        "physicalName": owner.name,
        "createdAt": shown(one.created),
        "version": one.uuid,
        "namespace": owner.namespace,
        "sourceName": owner.source,
        "fields": [_field(owner, *each) for each in one.schema],
        "tags": owner.tags,
        "lifecycleState": "",
        "description": owner.description,
        "currentSchemaVersion": str(
            uuid5(NAMESPACE_OID, repr((owner.namespace, owner.name, one.schema)))
        ),
        "createdByRun": run(one.run) if one.run else None,
        "facets": one.facets,
    }


def ids(datasets: Iterable[Dataset]) -> list[Json]:
    """Datasets by their names."""
    return [shown_id(one.namespace, one.name) for one in datasets]


def _times(created: datetime, updated: datetime) -> Json:
    return {"createdAt": shown(created), "updatedAt": shown(updated)}
