"""The lineage of columns, upstream as many steps as asked for, downstream if asked for.

An edge's origin is the field that was asked about, not the one it comes from; a field that comes
from none is no place to begin at, even downstream.
"""

from collections.abc import Iterable, Iterator

from tests.support.marquez.answers import said
from tests.support.marquez.catalog import Catalog, Dataset, Edge, Json, Version
from tests.support.marquez.nodeids import node_id, parse

Field = tuple[Dataset, str]


def column_lineage(catalog: Catalog, node: str | None, depth: int, *, downstream: bool) -> Json:
    """The graph of the fields around a node."""
    kind, namespace, name, *rest = parse(node)
    edges = [edge for one in catalog.datasets.values() for edge in one.edges.values()]
    first = set(_asked(catalog, kind, namespace, name, rest))
    first &= {(edge.target.dataset, edge.field) for edge in edges}
    steps = max(depth, 1)
    found = set(_reached(first, edges, steps, is_up=True))
    if downstream:
        found |= set(_reached(first, edges, steps, is_up=False))
    return {"graph": sorted(_nodes(found), key=lambda one: str(one["id"]))}


def _asked(catalog: Catalog, kind: str, *names: str | list[str]) -> Iterator[Field]:
    namespace, name, rest = names
    if kind == "job":
        job = catalog.jobs.get((str(namespace), str(name)))
        datasets = list(job.edges.outputs) if job else []
    else:
        one = catalog.datasets.get((str(namespace), str(name)))
        datasets = [one] if one and set(rest) <= _all_fields(one) else []
    if not datasets:
        raise said(404, "Could not find node")
    return ((one, name) for one in datasets for name in rest or _all_fields(one))


def _all_fields(dataset: Dataset) -> set[str]:
    return {name for version in dataset.versions for name in version.fields}


def _reached(first: set[Field], edges: list[Edge], steps: int, *, is_up: bool) -> Iterator[Edge]:
    """Edges on the way from some fields."""
    seen, here = set(first), set(first)
    for _ in range(steps):
        step = [edge for edge in edges if (_target(edge) if is_up else _source(edge)) in here]
        yield from step
        here = {(_source(edge) if is_up else _target(edge)) for edge in step} - seen
        seen |= here


def _target(edge: Edge) -> Field:
    return edge.target.dataset, edge.field


def _source(edge: Edge) -> Field:
    return edge.source.dataset, edge.source_field


def _nodes(edges: Iterable[Edge]) -> list[Json]:
    edges = sorted(edges, key=lambda edge: (_id(*_source(edge)), _id(*_target(edge))))
    fields = {field: None for edge in edges for field in (_source(edge), _target(edge))}
    return [_node(*field, edges) for field in fields]


def _node(dataset: Dataset, name: str, edges: list[Edge]) -> Json:
    into = [edge for edge in edges if _target(edge) == (dataset, name)]
    out = [edge for edge in edges if _source(edge) == (dataset, name)]
    version = into[-1].target if into else out[-1].source
    kind = version.fields[name][0] if into else ""
    data = _data(version, name) | {"fieldType": kind}
    data["inputFields"] = [_data(edge.source, edge.source_field) for edge in into]
    here = _id(dataset, name)
    return {
        "id": here,
        "type": "DATASET_FIELD",
        "data": data,
        "inEdges": [{"origin": here, "destination": _id(*_source(edge))} for edge in into],
        "outEdges": [{"origin": here, "destination": _id(*_target(edge))} for edge in out],
    }


def _data(version: Version, name: str) -> Json:
    return {
        "namespace": version.dataset.namespace,
        "dataset": version.dataset.name,
        "datasetVersion": version.uuid,
        "field": name,
        "transformationDescription": None,
        "transformationType": None,
    }


def _id(dataset: Dataset, name: str) -> str:
    return node_id("datasetField", dataset.namespace, dataset.name, name)
