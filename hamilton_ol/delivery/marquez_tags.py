"""Tags as Marquez has them: it makes none of the `tags` facets of events, only of calls.

Owners are told as tags too, because Marquez shows them nowhere else. What calls set stays: it is
shown beside the dataset, field or job whatever later events say. Marquez writes tags of fields in
capitals, and knows them of a field of one type (0.51.1; seen).
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

_YES = frozenset({"", "true", "yes"})


class Tag(NamedTuple):
    """A tag of something.

    Attributes:
        path: that sets it, relative to where events go.
        type: of the field that it is of; else empty.
    """

    path: str
    type: str = ""


def tags_of(event: bytes) -> Iterator[Tag]:
    """The tags that an event tells of.

    A job cannot be tagged while the last event of it named a parent: Marquez then looks for it by a
    part of its name.

    Args:
        event: JSON.
    """
    if b'"tags"' not in event and b'"ownership"' not in event:
        return
    document = json.loads(event)
    if document["eventType"] == "START":
        return
    if "parent" not in document["run"].get("facets", {}):
        job = document["job"]
        yield from (Tag(f"{_place('jobs', job)}/tags/{_label(tag)}") for tag in _tags(job))
    for dataset in (*document["inputs"], *document["outputs"]):
        yield from _of_dataset(dataset)


def _of_dataset(dataset: dict[str, Any]) -> Iterator[Tag]:
    place = _place("datasets", dataset)
    for tag in _tags(dataset):
        field = tag.get("field")
        if field is None:
            yield Tag(f"{place}/tags/{_label(tag)}")
        elif (kind := _types(dataset).get(field)) is not None:
            yield Tag(f"{place}/fields/{_quoted(field)}/tags/{_label(tag)}", kind)


def _tags(one: dict[str, Any]) -> list[dict[str, str]]:
    facets = one.get("facets", {})
    owners = facets.get("ownership", {}).get("owners", ())
    owned = [{"key": "owner", "value": owner["name"]} for owner in owners]
    return [*facets.get("tags", {}).get("tags", ()), *owned]


def _types(dataset: dict[str, Any]) -> dict[str, str]:
    fields = dataset.get("facets", {}).get("schema", {}).get("fields", ())
    return {field["name"]: field.get("type", "") for field in fields}


def _place(kind: str, one: dict[str, Any]) -> str:
    return f"namespaces/{_quoted(one['namespace'])}/{kind}/{_quoted(one['name'])}"


def _label(tag: dict[str, str]) -> str:
    """A tag that says yes is called by its key, any other by key and value."""
    key, value = tag["key"], str(tag.get("value", ""))
    return _quoted(key if value.lower() in _YES else f"{key}:{value}")


def _quoted(part: str) -> str:
    return quote(part, safe="")
