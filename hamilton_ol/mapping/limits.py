"""Events that are too large lose what matters least first, and say so."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

Event = dict[str, Any]


def render(event: Event, limit: int) -> str:
    """The event as JSON text of at most `limit` bytes, as far as leaving things out gets it there.

    Left out, in this order: what kind of transformation a column went through; the lineage of
    single columns; documentation; the list of all nodes; schemas' descriptions. The event's own
    `hamilton_node` or `hamilton_run` facet names what is missing.
    """
    text = _dump(event)
    if len(text) <= limit:
        return text
    event = copy.deepcopy(event)
    for name, shed in _STEPS.items():
        shed(event)
        _note(event, name)
        text = _dump(event)
        if len(text) <= limit:
            break
    return text


def _dump(event: Event) -> str:
    return json.dumps(event, separators=(",", ":"))


def _note(event: Event, name: str) -> None:
    for own in ("hamilton_node", "hamilton_run"):
        facet = event["run"]["facets"].get(own)
        if facet is not None:
            facet.setdefault("leftOut", []).append(name)


def _datasets(event: Event) -> Iterator[dict[str, Any]]:
    for dataset in (*event["inputs"], *event["outputs"]):
        if "facets" in dataset:
            yield dataset["facets"]


def _shed_transformations(event: Event) -> None:
    for facets in _datasets(event):
        lineage = facets.get("columnLineage", {})
        refs = [r for f in lineage.get("fields", {}).values() for r in f["inputFields"]]
        for ref in (*refs, *lineage.get("dataset", ())):
            ref.pop("transformations", None)


def _shed_columns(event: Event) -> None:
    for facets in _datasets(event):
        if "columnLineage" in facets:
            facets["columnLineage"]["fields"] = {}


def _shed_documentation(event: Event) -> None:
    event["job"]["facets"].pop("documentation", None)
    event["job"]["facets"].pop("sourceCode", None)
    for facets in _datasets(event):
        facets.pop("documentation", None)


def _shed_nodes(event: Event) -> None:
    event["run"]["facets"].pop("hamilton_nodes", None)


def _shed_descriptions(event: Event) -> None:
    for facets in _datasets(event):
        for field in facets.get("schema", {}).get("fields", ()):
            field.pop("description", None)


_STEPS: dict[str, Callable[[Event], None]] = {
    "transformations": _shed_transformations,
    "columnLineage.fields": _shed_columns,
    "documentation": _shed_documentation,
    "hamilton_nodes": _shed_nodes,
    "descriptions": _shed_descriptions,
}
