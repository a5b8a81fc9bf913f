"""Reads events as tests speak of them."""

import json
from collections.abc import Iterable
from typing import Any

from hamilton_ol.mapping.events import Event

Json = dict[str, Any]


def parsed(event: Event) -> Json:
    """An event as JSON values."""
    found: Json = json.loads(event.text)
    return found


def told(events: Iterable[Event]) -> list[str]:
    """What is told, in order: `START job.node`."""
    return [f"{event.type} {event.job}" for event in events]


def event_of(events: Iterable[Event], name: str, *types: str) -> Json:
    """The only event of a job: its end, unless another type is named.

    Args:
        events: of a run.
        name: of the job.
        types: that count; by default COMPLETE, FAIL and ABORT.
    """
    wanted = types or ("COMPLETE", "FAIL", "ABORT")
    (found,) = (e for e in events if e.job == name and e.type in wanted)
    return parsed(found)


def dataset(event: Json, name: str, side: str = "inputs") -> Json:
    """The only dataset of a name on one side of an event."""
    (found,) = (one for one in event[side] if one["name"] == name)
    return dict(found)


def names(event: Json, side: str) -> list[str]:
    """Names of the datasets on one side of an event."""
    return [one["name"] for one in event[side]]


def places(event: Json, side: str) -> list[tuple[str, str]]:
    """Namespaces and names of the datasets on one side of an event."""
    return [(one["namespace"], one["name"]) for one in event[side]]


def schema(one: Json) -> dict[str, str]:
    """{field: type} of a dataset."""
    return {field["name"]: field["type"] for field in one["facets"]["schema"]["fields"]}


def tags(one: Json) -> set[tuple[str, ...]]:
    """(key, value) of a dataset's or job's tags, (key, value, field) of those of a field."""
    found = one["facets"].get("tags", {"tags": []})["tags"]
    return {
        (tag["key"], tag["value"], *([tag["field"]] if "field" in tag else [])) for tag in found
    }


def sources_of(one: Json) -> dict[str, set[tuple[str, str, str]]]:
    """{field: (dataset, field, DIRECT or INDIRECT)} that a dataset's fields come from."""
    fields = one["facets"].get("columnLineage", {"fields": {}})["fields"]
    return {name: {_ref(ref) for ref in field["inputFields"]} for name, field in fields.items()}


def sources_of_all(one: Json) -> set[tuple[str, str, str]]:
    """(dataset, field, DIRECT or INDIRECT) that a dataset as a whole comes from."""
    return {_ref(ref) for ref in one["facets"].get("columnLineage", {}).get("dataset", [])}


def _ref(ref: Json) -> tuple[str, str, str]:
    (transformation,) = ref["transformations"]
    return ref["name"], ref["field"], transformation["type"]
