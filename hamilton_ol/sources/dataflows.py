"""The graph of a dataflow, as its record tells it, and of a run of it."""

from collections.abc import Iterable, Mapping

from hamilton_ol.config import Settings
from hamilton_ol.graph.columns import ColumnGraph, column_graph
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset, Edge, Node
from hamilton_ol.graph.runs import Execution
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.jobs import JobGraph, without_graph
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import PROFILES
from hamilton_ol.mapping.shapes import NEVER
from hamilton_ol.mapping.subgraphs import whole
from hamilton_ol.mapping.tags import OWNER_TAG, tag_values
from hamilton_ol.mapping.used import Used
from hamilton_ol.records import (
    GraphRecord,
    NodeRecord,
    Run,
    RunContext,
    RunStarted,
)
from hamilton_ol.sources.columns import Columns
from hamilton_ol.sources.executions import executions_of

NO_GRAPH = "What the dataflow is was not written before the process died, or not yet: only nodes are known."


def graph_of_record(record: GraphRecord, settings: Settings, name: str = "") -> LineageGraph:
    """The graph of a dataflow that has not run.

    Args:
        record: of the dataflow.
        settings: say what sources are called.
        name: of the dataflow.
    """
    started = RunStarted("", 0, name, settings.namespace, "", ())
    idle = Run(started, RunContext(), record, (), (), None, alive=False, last_seen=0)
    return graph_of_run(idle, settings)


def graph_of_run(run: Run, settings: Settings) -> LineageGraph:
    """The graph of the dataflow of a run, with all nodes, executed or not.

    Args:
        run: as it was recorded.
        settings: say what sources are called.
    """
    record = without_graph(run.nodes) if run.graph is None else run.graph
    jobs = JobGraph(record)
    options = Options(source_namespace=settings.source_namespace, sources=settings.sources)
    datasets = Datasets(whole(jobs), run, options, PROFILES["generic"])
    outside = _Outside(jobs, datasets, run.started.run_id)
    executions = executions_of(run)

    def columns(index: Mapping[str, int]) -> ColumnGraph:
        found = Columns(jobs, datasets, {**run.context.inputs, **run.context.config})
        return column_graph(index, found.columns(), found.edges())

    return LineageGraph(
        [outside.told(_node(node), executions.get(node.name)) for node in record.nodes],
        [edge for node in record.nodes for edge in _edges(node, jobs.nodes)],
        name=run.started.job,
        columns=columns,
        texts=record.texts,
        problems=[NO_GRAPH] if run.graph is None else [],
    )


def _node(node: NodeRecord) -> Node:
    """What the code says of a node."""
    place = node.place
    is_column = node.field is not None and node.kind == "function"
    return Node(
        id=node.name,
        name=node.name,
        kind="column" if is_column else node.kind,
        type=node.type,
        module=node.module,
        function=place.function if place else "",
        file=place.file if place else "",
        line=place.line if place else 0,
        doc=node.documentation,
        tags=node.tags,
        owners=tag_values(node, OWNER_TAG),
        part_of="" if node.owner == node.name else node.owner,
        field=node.field or "",
        code=node.code or "",
        variant=node.variant or "",
    )


def _edges(node: NodeRecord, nodes: Mapping[str, NodeRecord]) -> Iterable[Edge]:
    for taken in node.dependencies:
        if taken.name in nodes:
            argument = taken.name if taken.argument == "" else taken.argument or ""
            yield Edge(taken.name, node.name, "argument", argument, taken.required)


class _Outside:
    """Adds to nodes what the run says of them."""

    def __init__(self, jobs: JobGraph, datasets: Datasets, run_id: str) -> None:
        self._jobs, self._datasets, self._run_id = jobs, datasets, run_id

    def told(self, node: Node, found: Execution | None) -> Node:
        if found is not None:
            node = node._replace(
                status=found.status, seconds=found.seconds, rows=found.rows, run=self._run_id
            )
        return self._of_job(node) if node.id in self._jobs.members else node

    def _of_job(self, node: Node) -> Node:
        """What is known of a job belongs to the node that it is called after."""
        owner, datasets = node.id, self._datasets
        shape = datasets.shape(owner, NEVER)
        reads, writes = owner in datasets.readers, owner in datasets.writers
        columns = shape.fields if shape.kind != "one" else ()
        if not (columns or reads or writes):
            return node
        arguments = datasets.arguments(owner, NEVER) if writes else []
        return node._replace(
            columns=columns,
            sources=_named(datasets.sources(owner, NEVER)) if reads else (),
            sinks=_named(datasets.written(owner, arguments, NEVER)) if writes else (),
        )


def _named(used: Iterable[Used]) -> tuple[Dataset, ...]:
    return tuple(Dataset(*one.id) for one in used)
