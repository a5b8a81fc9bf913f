"""Columns of a dataflow's nodes, and which comes from which: the rules are those of the events.

`mapping.columns` says what may be said of one function; here its answers become one graph, in which
datasets are called after the nodes that are taken, so that no step is lost between them.
"""

from collections.abc import Iterable, Iterator, Mapping

from hamilton_ol.graph.columns import WHOLE, Column, ColumnEdge
from hamilton_ol.graph.nodes import Dataset
from hamilton_ol.mapping.columns import Claims, Ref, claims
from hamilton_ol.mapping.datasets import Datasets
from hamilton_ol.mapping.jobs import OUTSIDE, JobGraph
from hamilton_ol.mapping.naming import DatasetId
from hamilton_ol.mapping.shapes import NEVER, Shape, one
from hamilton_ol.mapping.used import Used
from hamilton_ol.records import Value

_NODE = "\0node"  # the namespace of what a node of the graph made; no dataset's can be called so


class Columns:
    """The columns of one dataflow.

    Args:
        jobs: of its graph.
        datasets: of the run, or of none.
        values: of inputs and config, for columns that a run chooses.
    """

    def __init__(self, jobs: JobGraph, datasets: Datasets, values: Mapping[str, Value]) -> None:
        self._jobs, self._datasets, self._values = jobs, datasets, values
        self._shapes = {owner: self._shape(owner) for owner in jobs.members}

    def _shape(self, owner: str) -> Shape:
        return self._datasets.result(owner, NEVER).shape or one(owner, "")

    def columns(self) -> Iterator[Column]:
        """All that are known."""
        for node in self._jobs.record.nodes:
            if node.kind in OUTSIDE:
                yield Column(node.name, node.name)
        for owner, shape in self._shapes.items():
            yield from (Column(owner, name) for name, _ in shape.fields)

    def edges(self) -> Iterator[ColumnEdge]:
        """Which comes from which."""
        for owner, shape in self._shapes.items():
            yield from self._made(owner, shape)
            yield from self._taken_out(owner, shape)

    def _made(self, owner: str, shape: Shape) -> Iterator[ColumnEdge]:
        """What a function made of what."""
        arguments = list(self._arguments(owner))
        sources = self._datasets.sources(owner, NEVER)
        found = claims(shape, arguments, sources, self._values)
        for name, refs in found.fields.items():
            yield from _edges(refs, Column(owner, name))
        yield from self._unsaid(owner, found, arguments)

    def _unsaid(self, owner: str, found: Claims, arguments: Iterable[Used]) -> Iterator[ColumnEdge]:
        """What the whole result depends on: through every column, if nothing says through which.

        A column of which nothing is said may come from anything.
        """
        told = {ref[:2] for refs in found.fields.values() for ref in refs}
        seen = {ref.dataset for ref in (*(Ref(*r, is_direct=False) for r in told), *found.dataset)}
        silent = [
            Ref(u.id, u.field or WHOLE, is_direct=False) for u in arguments if u.id not in seen
        ]
        vague = [ref for ref in (*found.dataset, *silent) if ref[:2] not in told]
        yield from _edges(vague, Column(owner, WHOLE), is_direct=False)
        for name, refs in found.fields.items():
            target = Column(owner, name)
            if vague:
                yield ColumnEdge(Column(owner, WHOLE), target, direct=False)
            if not refs:
                yield from _edges([Ref(*one, is_direct=False) for one in told], target)

    def _arguments(self, owner: str) -> Iterator[Used]:
        """What a job takes, each as the node through which it is taken."""
        found = {used.argument: used for used in self._datasets.arguments(owner, NEVER)}
        for taken in self._jobs.arguments.get(owner, ()):
            used = found.get(taken.name) or _parameter(taken.name)
            yield used._replace(id=DatasetId(_NODE, taken.name), argument=taken.name)

    def _taken_out(self, owner: str, shape: Shape) -> Iterator[ColumnEdge]:
        """The nodes that are columns of another's result."""
        names = {name for name, _ in shape.fields}
        for node in self._jobs.nodes_of(owner):
            if node.field is not None and node.kind != "check":
                name = node.field if node.field in names else WHOLE
                yield ColumnEdge(Column(owner, name), Column(node.name, node.field))


def _parameter(name: str) -> Used:
    """An input that is no table."""
    return Used(DatasetId(_NODE, name), one(name, ""), "given")


def _edges(refs: Iterable[Ref], target: Column, *, is_direct: bool = True) -> Iterator[ColumnEdge]:
    for ref in refs:
        is_node = ref.dataset.namespace == _NODE
        node = ref.dataset.name if is_node else Dataset(*ref.dataset).id
        yield ColumnEdge(Column(node, ref.field), target, is_direct and ref.is_direct)
