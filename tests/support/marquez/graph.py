"""The lineage graph: jobs as many steps away as asked for, each with all its datasets."""

from collections.abc import Iterator

from tests.support.marquez import views
from tests.support.marquez.answers import missing
from tests.support.marquez.catalog import Catalog, Dataset, Job, Json
from tests.support.marquez.nodeids import node_id, parse


def lineage(catalog: Catalog, node: str | None, depth: int) -> Json:
    """The graph around a node."""
    kind, namespace, name, *_ = parse(node)
    if kind == "job":
        job = catalog.jobs.get((namespace, name))
        if job is None:
            raise missing(f"Job '{name}'")
        return _graph(_jobs(catalog, job, depth), set())
    dataset = catalog.datasets.get((namespace, name))
    if dataset is None:
        raise missing(f"Dataset '{name}'")
    first = next(iter(catalog.jobs_of(dataset)), None)
    return _graph(_jobs(catalog, first, depth) if first else set(), {dataset})


def _jobs(catalog: Catalog, first: Job, depth: int) -> set[Job]:
    """Jobs that share a dataset with one that is found, whichever way the arrows go."""
    found, edge = {first}, {first}
    for _ in range(depth):
        edge = {near for job in edge for near in _near(catalog, job)} - found
        if not edge:
            break
        found |= edge
    return found


def _near(catalog: Catalog, job: Job) -> Iterator[Job]:
    return (near for dataset in _datasets(job) for near in catalog.jobs_of(dataset))


def _datasets(job: Job) -> set[Dataset]:
    return {*job.edges.inputs, *job.edges.outputs}


def _graph(jobs: set[Job], more: set[Dataset]) -> Json:
    datasets = {dataset for job in jobs for dataset in _datasets(job)} | more
    edges = sorted(edge for job in jobs for edge in _edges(job))
    nodes = [_node("JOB", _id(job), views.job_in_graph(job), edges) for job in jobs]
    nodes += [_node("DATASET", _id(one), views.dataset_in_graph(one), edges) for one in datasets]
    return {"graph": sorted(nodes, key=lambda node: str(node["id"]))}


def _edges(job: Job) -> Iterator[tuple[str, str]]:
    yield from ((_id(one), _id(job)) for one in job.edges.inputs)
    yield from ((_id(job), _id(one)) for one in job.edges.outputs)


def _id(one: Job | Dataset) -> str:
    return node_id("job" if isinstance(one, Job) else "dataset", one.namespace, one.name)


def _node(kind: str, name: str, data: Json, edges: list[tuple[str, str]]) -> Json:
    return {
        "id": name,
        "type": kind,
        "data": data,
        "inEdges": [{"origin": a, "destination": b} for a, b in edges if b == name],
        "outEdges": [{"origin": a, "destination": b} for a, b in edges if a == name],
    }
