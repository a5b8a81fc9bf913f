"""What a Hamilton dataflow told, as its nodes again.

Our events make a job of a function and a dataset of its result; both are one node of the graph. The
dataflow's own last event lists all nodes with what they take.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from hamilton_ol.graph.columns import Column, ColumnEdge
from hamilton_ol.graph.nodes import Dataset as Outside
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.mapping.naming import memory_namespace
from hamilton_ol.sources import eventfacets as facets_of
from hamilton_ol.sources.eventfacets import Facets, Key, mapping, names, rows, text
from hamilton_ol.sources.eventmerge import EventMerge, Job

INPUTS = "inputs."  # before the names of inputs that are tables
MILLISECONDS = 1000


class Fared(NamedTuple):
    """How a node fared in a run, by the list of all; without a status it was not executed."""

    status: str = ""
    seconds: float | None = None
    rows: int | None = None


def fared(row: Facets) -> Fared:
    """What a row of the list of all nodes says of it."""
    took, count = facets_of.number_of(row.get("durationMs")), facets_of.number_of(row.get("rows"))
    return Fared(
        text(row, "status").replace("OPEN", "ABORTED"),
        None if took is None else took / MILLISECONDS,
        None if count is None else int(count),
    )


class Dataflow:
    """One dataflow.

    Args:
        key: of its job.
        job: what is known of that.
        prefix: of its nodes' ids.

    Attributes:
        told: {node: what the list of all nodes says of it}.
        run_id: of its latest run.
        memory: namespace of its results.
    """

    def __init__(self, key: Key, job: Job, prefix: str) -> None:
        self.key, self.run_id, self._prefix = key, job.run_id, prefix
        facets = job.run_facets.facets
        listed = rows(mapping(facets, "hamilton_nodes"), "nodes")
        self.told: dict[str, Facets] = {text(row, "name"): row for row in listed}
        self._is_earlier = job.run_facets.times.get("hamilton_nodes", 0) < job.attempt.started
        self._config = mapping(facets, "hamilton_run").get("config")
        self.memory = memory_namespace(*key)
        self.jobs: dict[str, tuple[Key, Job]] = {}

    def id(self, node: str) -> str:
        """The id of a node."""
        return f"{self._prefix}{node}"

    def take(self, key: Key, job: Job) -> None:
        """A job is that of a node."""
        node = text(mapping(job.run_facets.facets, "hamilton_node"), "node")
        self.jobs[node or key.name.removeprefix(f"{self.key.name}.")] = key, job

    @cached_property
    def nodes(self) -> list[str]:
        """The names of all nodes, inputs last."""
        taken = (name for row in self.told.values() for name in names(row, "dependencies"))
        return list(dict.fromkeys((*self.told, *self.jobs, *taken)))

    def kind(self, node: str) -> str:
        """What a node is for."""
        row = self.told.get(node)
        if row is not None:
            kind = text(row, "kind") or "function"
            return "column" if kind == "function" and self.owner(node) else kind
        if node in self.jobs:
            _, job = self.jobs[node]
            return text(mapping(job.run_facets.facets, "hamilton_node"), "kind") or "function"
        config = self._config if isinstance(self._config, list) else ()
        return "config" if node in config else "input"

    def owner(self, node: str) -> str:
        """The other node whose job it belongs to."""
        return text(self.told.get(node, {}), "owner")

    def fared(self, node: str) -> Fared:
        """How a node fared in the latest run, as far as that has ended."""
        return Fared() if self._is_earlier else fared(self.told.get(node, {}))

    def columns(self) -> Iterator[tuple[str, str]]:
        """(owner, node) of nodes that are columns of another one's result."""
        for node in self.told:
            if self.kind(node) == "column":
                yield self.owner(node), node

    def takes(self, node: str, column: str, owner: str) -> bool:
        """Whether a node takes a column as the node that it is, and not out of the whole result."""
        return column in names(self.told.get(node, {}), "dependencies") and (
            self.owner(column) == owner
        )

    def edges(self) -> Iterator[Edge]:
        """What nodes take."""
        for node, row in self.told.items():
            for taken in names(row, "dependencies"):
                yield Edge(self.id(taken), self.id(node), "argument", taken)


class Dataflows:
    """All dataflows that events tell of.

    Args:
        merge: what they tell.
    """

    def __init__(self, merge: EventMerge) -> None:
        self._merge = merge
        found = [(k, j) for k, j in merge.jobs.items() if "hamilton_run" in j.run_facets.facets]
        prefixes = (f"job:{k.namespace}:{k.name}." if len(found) > 1 else "" for k, _ in found)
        self._flows = {
            key: Dataflow(key, job, prefix)
            for (key, job), prefix in zip(found, prefixes, strict=True)
        }
        self._by_memory = {flow.memory: flow for flow in self._flows.values()}
        self._owners: dict[Key, str] = {}
        for key, job in merge.jobs.items():
            flow = self._flows.get(_parent(job) or key)
            if flow is not None and flow.key != key:
                flow.take(key, job)
        for flow in self._flows.values():
            self._owners |= {key: flow.id(node) for node, (key, _) in flow.jobs.items()}
        self._ids = {flow.id(node) for flow in self._flows.values() for node in flow.nodes}

    def is_told(self, key: Key, job: Job) -> bool:
        """Whether a job is a node of a dataflow, or a dataflow that its nodes stand for."""
        is_whole = key in self._flows and not (job.reads or job.writes)
        return key in self._owners or is_whole

    def owner_of(self, key: Key, job: Job) -> str | None:
        """The id of the node whose job it is."""
        return self._owners.get(key) if job else None

    def is_flow(self, node: str) -> bool:
        """Whether an id is that of a dataflow's node."""
        return node in self._ids

    def node_of(self, key: Key) -> str | None:
        """The id of the node whose result a dataset is."""
        flow = self._by_memory.get(key.namespace)
        if flow is None:
            return None
        found = flow.id(key.name.removeprefix(INPUTS))
        return found if found in self._ids else None

    def is_result(self, key: Key) -> bool:
        """Whether a dataset is among the results of a dataflow."""
        return key.namespace in self._by_memory

    def column_edges(self) -> Iterator[ColumnEdge]:
        """From the columns of results to the nodes that they are."""
        for flow in self._flows.values():
            for owner, node in flow.columns():
                yield ColumnEdge(Column(flow.id(owner), node), Column(flow.id(node), node))

    def through(self, target: Key, origin: Key, field: str) -> str | None:
        """The id of the node through which a result has a column of another one, if it is one."""
        flow = self._by_memory.get(target.namespace)
        if flow is None or origin.namespace != flow.memory:
            return None
        return flow.id(field) if flow.takes(target.name, field, origin.name) else None

    def edges(self) -> Iterator[Edge]:
        """What their nodes take."""
        for flow in self._flows.values():
            yield from flow.edges()
            for node, (_, job) in flow.jobs.items():
                if node not in flow.told:  # the list of nodes was left out, or has not come yet
                    yield from self._taken(flow, node, job)

    def _taken(self, flow: Dataflow, node: str, job: Job) -> Iterator[Edge]:
        for dataset in job.reads:
            origin = self.node_of(dataset)
            if origin is not None and origin != flow.id(node):
                yield Edge(origin, flow.id(node), "argument", dataset.name)

    def nodes(self) -> Iterator[Node]:
        """Their nodes."""
        for flow in self._flows.values():
            for name in flow.nodes:
                yield self._node(flow, name)

    def _node(self, flow: Dataflow, name: str) -> Node:
        row, owner = flow.told.get(name, {}), flow.owner(name)
        found = flow.fared(name)
        node = Node(
            flow.id(name),
            name,
            flow.kind(name),
            type=text(row, "type"),
            part_of=flow.id(owner) if owner else "",
            field=name if owner and flow.kind(name) == "column" else "",
            module=text(row, "module"),
            status=found.status,
            seconds=found.seconds,
            rows=found.rows,
            run=flow.run_id if found.status else "",
            tags=facets_of.tags({"tags": row}),
        )
        told = self._merge.datasets.get(Key(flow.memory, owner or name))
        if owner:
            facets = told.facets.facets if told is not None else {}
            return node._replace(tags={**node.tags, **facets_of.tags(facets, name)})
        if name in flow.jobs:
            node = self._of_job(node, *flow.jobs[name])
        return self._of_result(node, told.columns if told is not None else ())

    def _of_job(self, node: Node, key: Key, job: Job) -> Node:
        """What the job of a node tells of it."""
        facets, flow_memories = job.facets.facets, self._by_memory
        code = text(mapping(job.run_facets.facets, "hamilton_node"), "code")
        return node._replace(
            doc=facets_of.documentation(facets),
            tags=facets_of.tags(facets),
            owners=facets_of.owners(facets),
            file=facets_of.file(facets),
            function=f"job:{key.namespace}:{key.name}" if facets_of.code(facets) else "",
            code=code,
            status=node.status or job.attempt.status,
            run=node.run or text(_parent_of(job, "run"), "runId"),
            rows=job.rows if node.rows is None else node.rows,
            sources=_outside(self._merge, job.reads, flow_memories),
            sinks=_outside(self._merge, job.writes, flow_memories),
            first_seen=job.seen.first or None,
            last_seen=job.seen.last or None,
        )

    def _of_result(self, node: Node, columns: tuple[tuple[str, str], ...]) -> Node:
        """What the dataset of a node's result tells of it; a single field is no column."""
        is_single = [name for name, _ in columns] == [node.name]
        return node._replace(columns=() if is_single else columns)


def _outside(
    merge: EventMerge, found: Mapping[Key, Any], memories: Mapping[str, Dataflow]
) -> tuple[Outside, ...]:
    keys = (merge.dataset(key) for key in found if key.namespace not in memories)
    return tuple(Outside(*key) for key in dict.fromkeys(keys))


def _parent(job: Job) -> Key | None:
    """The job that a job is a part of; only of Hamilton's, whose parts are functions."""
    integration = text(mapping(job.facets.facets, "jobType"), "integration")
    if integration != "HAMILTON":
        return None
    return facets_of.key_of(_parent_of(job, "job"))


def _parent_of(job: Job, part: str) -> Facets:
    """The job, or the run, that the latest run of a job is a part of."""
    return mapping(mapping(job.run_facets.facets, "parent"), part)
