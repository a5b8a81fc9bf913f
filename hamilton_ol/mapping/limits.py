"""Events that are too large lose what matters least first, and say so."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hamilton_ol.mapping.facets import facet
from hamilton_ol.mapping.text import dump

Event = dict[str, Any]


def render(event: Event, limit: int, node: str = "") -> str:
    """The event as JSON text of at most `limit` bytes, as far as leaving things out gets it there.

    Left out, in this order: what kind of transformation a column went through; the lineage of
    single columns; documentation; source text; the list of all nodes, or of those that are folded;
    schemas' descriptions; all lineage. The event's own `hamilton_node` or `hamilton_run` facet
    names what is missing.

    Args:
        event: JSON values; it is not changed.
        limit: bytes.
        node: that the event is of, when it is a node's.
    """
    text = dump(event)
    if len(text) <= limit:
        return text
    event = copy.deepcopy(event)
    own = _own_facet(event["run"]["facets"], node)
    left_out: list[str] = own.setdefault("leftOut", [])
    for name, shed in _STEPS.items():
        if any(list(shed(event))):
            left_out.append(name)
            text = dump(event)
            if len(text) <= limit:
                break
    if not left_out:
        del own["leftOut"]
    return text


def _own_facet(facets: dict[str, dict[str, Any]], node: str) -> dict[str, Any]:
    """The facet that says what is missing; a node's START has none before it needs one."""
    if node:
        return facets.setdefault("hamilton_node", facet("HamiltonNodeRunFacet", node=node))
    return facets["hamilton_run"]


def _datasets(event: Event) -> Iterator[dict[str, Any]]:
    for dataset in (*event["inputs"], *event["outputs"]):
        if "facets" in dataset:
            yield dataset["facets"]


def _lineages(event: Event) -> Iterator[dict[str, Any]]:
    for facets in _datasets(event):
        if "columnLineage" in facets:
            yield facets["columnLineage"]


# Each step yields, for all that it may leave out, whether it was there.


def _shed_transformations(event: Event) -> Iterator[bool]:
    for lineage in _lineages(event):
        refs = [ref for field in lineage["fields"].values() for ref in field["inputFields"]]
        for ref in (*refs, *lineage.get("dataset", ())):
            yield ref.pop("transformations", None) is not None


def _shed_columns(event: Event) -> Iterator[bool]:
    for lineage in _lineages(event):
        yield bool(lineage["fields"])
        lineage["fields"] = {}


def _shed_documentation(event: Event) -> Iterator[bool]:
    for facets in (event["job"]["facets"], *_datasets(event)):
        yield facets.pop("documentation", None) is not None


def _shed_source(event: Event) -> Iterator[bool]:
    yield event["job"]["facets"].pop("sourceCode", None) is not None


def _shed_nodes(event: Event) -> Iterator[bool]:
    yield event["run"]["facets"].pop("hamilton_nodes", None) is not None


def _shed_folded(event: Event) -> Iterator[bool]:
    yield event["run"]["facets"].get("hamilton_node", {}).pop("folded", None) is not None


def _shed_descriptions(event: Event) -> Iterator[bool]:
    for facets in _datasets(event):
        for field in facets.get("schema", {}).get("fields", ()):
            yield field.pop("description", None) is not None


def _shed_lineage(event: Event) -> Iterator[bool]:
    for facets in _datasets(event):
        yield facets.pop("columnLineage", None) is not None


_STEPS: Mapping[str, Callable[[Event], Iterator[bool]]] = {
    "transformations": _shed_transformations,
    "columnLineage.fields": _shed_columns,
    "documentation": _shed_documentation,
    "sourceCode": _shed_source,
    "hamilton_nodes": _shed_nodes,
    "folded": _shed_folded,
    "descriptions": _shed_descriptions,
    "columnLineage": _shed_lineage,
}
