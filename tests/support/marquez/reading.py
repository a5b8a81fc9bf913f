"""Reads an event: what is no JSON, what lacks a member, and what kind of event it is."""

import json
from collections.abc import Iterator
from typing import Any

from tests.support.marquez.answers import incomplete, unreadable
from tests.support.marquez.catalog import Json
from tests.support.marquez.times import instant

_OBJECTS = ("run", "job", "dataset")
_LISTS = ("inputs", "outputs")
#: What must be there in facets that the server itself understands, besides producer and schema.
_RUN_FACETS = {"parent": ("run", "job"), "nominalTime": ("nominalStartTime",)}
_JOB_FACETS = {
    "documentation": ("description",),
    "jobType": ("processingType", "integration", "jobType"),
    "sourceCodeLocation": (),
    "sql": ("query",),
}
_DATASET_FACETS: dict[str, tuple[str, ...]] = {"schema": ()}


def read(body: bytes) -> Json:
    """An event.

    Raises:
        NoError: it is none; says what the server says.
    """
    event = _parsed(body)
    if event is None:
        raise incomplete("The request body must not be null")
    if not isinstance(event, dict):
        raise unreadable(f"Cannot deserialize an event from {type(event).__name__} value")
    _check_kinds(event)
    errors = list(_lacking(event))
    if errors:
        raise incomplete(*errors)
    return event


def kind(event: Json) -> str:
    """RunEvent, JobEvent or DatasetEvent; what says nothing is the first."""
    last = str(event.get("schemaURL") or "").rpartition("/")[2]
    return last if last in {"JobEvent", "DatasetEvent"} else "RunEvent"


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body, parse_constant=_no_constant) if body else None
    except ValueError as error:
        raise unreadable(f"Unexpected character: {error}") from error


def _no_constant(name: str) -> float:
    raise ValueError(f"Non-standard token {name!r}")


def _check_kinds(event: Json) -> None:
    for name in _OBJECTS:
        if not isinstance(event.get(name), dict | None):
            raise unreadable(f'Cannot construct an instance of event["{name}"]')
    for name in _LISTS:
        if not isinstance(event.get(name), list | None):
            raise unreadable(f'Cannot deserialize a list of event["{name}"]')
    try:
        instant(event.get("eventTime") or 0)
    except ValueError as error:
        text = f"Text '{event['eventTime']}' could not be parsed"
        raise unreadable(f'Cannot deserialize event["eventTime"]: {text}') from error


def _lacking(event: Json) -> Iterator[str]:
    needed = {"RunEvent": ("run", "job"), "JobEvent": ("job",), "DatasetEvent": ("dataset",)}
    found = kind(event)
    yield from _absent(event, "", ("eventTime", "producer", *needed[found]))
    if event.get("run"):
        yield from _absent(event["run"], "run.", ("runId",))
        yield from _facets(event["run"], "run", _RUN_FACETS)
    if event.get("job"):
        yield from _absent(event["job"], "job.", ("namespace", "name"))
        yield from _facets(event["job"], "job", _JOB_FACETS)
    for side in _LISTS:
        for number, dataset in enumerate(event.get(side) or ()):
            yield from _dataset(dataset, f"{side}[{number}]")
    if event.get("dataset"):
        yield from _dataset(event["dataset"], "dataset")


def _dataset(dataset: Json | None, path: str) -> Iterator[str]:
    if dataset is None:
        return
    yield from _absent(dataset, f"{path}.", ("namespace", "name"))
    yield from _facets(dataset, path, _DATASET_FACETS)
    schema = (dataset.get("facets") or {}).get("schema") or {}
    for number, one in enumerate(schema.get("fields") or ()):
        yield from _absent(one, f"{path}.facets.schema.fields[{number}].", ("name",))


def _facets(owner: Json, path: str, known: dict[str, tuple[str, ...]]) -> Iterator[str]:
    facets = owner.get("facets") or {}
    for name, members in known.items():
        if isinstance(facets.get(name), dict):
            where = f"{path}.facets.{name}."
            yield from _absent(facets[name], where, ("_producer", "_schemaURL", *members))
    parent = facets.get("parent")
    if path == "run" and parent and parent.get("run") is not None:
        yield from _absent(parent["run"], "run.facets.parent.run.", ("runId",))


def _absent(owner: Json, path: str, names: tuple[str, ...]) -> Iterator[str]:
    return (f"{path}{name} must not be null" for name in names if owner.get(name) is None)
