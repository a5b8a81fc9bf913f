"""What the jobs of a run read and wrote: which dataset, and with which fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from hamilton_ol.mapping.jobs import OUTSIDE, JobGraph
from hamilton_ol.mapping.naming import DatasetId, dataset_of, declared_dataset, memory_namespace
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.shapes import Shape, Shapes, by_node, named
from hamilton_ol.records import ColumnUse, DatasetAccess, NodeRecord, Run

SOURCE_TAG = "source"


@dataclass(frozen=True, slots=True)
class Used:
    """A dataset as one job sees it.

    Attributes:
        id: its name.
        shape: its fields, or None where they cannot be told yet.
        role: `memory` for a job's result, `given` for an input or override, `source` and `sink`
            for what is outside.
        owner: the node whose tags and documentation it carries; empty for what was given.
        access: how it was read or written, if it is outside.
        has_rows: whether the number of its rows is known.
        checks: (name, passed) of the checks that its function makes of it.
        argument: the node through which the job takes it.
        field: the field of it that this node is, or None for the whole.
        uses: what the job takes of the whole, or None for all of it.
    """

    id: DatasetId
    shape: Shape | None
    role: Literal["memory", "given", "source", "sink"]
    owner: str = ""
    access: DatasetAccess | None = None
    has_rows: bool = False
    checks: tuple[tuple[str, bool], ...] = ()
    argument: str = ""
    field: str | None = None
    uses: tuple[ColumnUse, ...] | None = None


class Datasets:
    """The datasets of one run.

    Args:
        jobs: of its graph.
        run: the run.
        options: what decides about names.
    """

    def __init__(self, jobs: JobGraph, run: Run, options: Options) -> None:
        self._jobs, self._run, self._options = jobs, run, options
        self._memory = memory_namespace(run.started.namespace, run.started.job)
        self._fallback = options.source_namespace or run.started.namespace
        executions = by_node(run.nodes)
        self._shapes = Shapes(jobs, run, executions)
        self._counted = {
            name
            for name, nodes in executions.items()
            if len(nodes) == 1 and nodes[0].rows is not None
        }
        self._checks: dict[str, dict[str, bool]] = {}
        for node in run.nodes:
            if node.passed is not None:
                of_owner = self._checks.setdefault(jobs.owner(node.node), {})
                of_owner[node.node] = node.passed and of_owner.get(node.node, True)
        self._accesses: dict[tuple[str, str], list[DatasetAccess]] = {}
        for access in run.accesses:
            owner = jobs.owner(access.node)
            self._accesses.setdefault((owner, access.mode), []).append(access)

    def arguments(self, owner: str, at: int | None = None) -> list[Used]:
        """What a job takes from other jobs, and tables that were given to the run.

        Args:
            owner: the job's node.
            at: as it can be told at this time; by default when all is said.
        """
        dependencies = self._jobs.arguments.get(owner, ())
        found = [self._argument(d.name, d.uses, at) for d in dependencies]
        return [used for used in found if used is not None]

    def requested(self) -> list[Used]:
        """The requested outputs, as the arguments of what puts them together."""
        found = [self._argument(name, None, None) for name in self._run.started.requested]
        return [used for used in found if used is not None]

    def _argument(
        self, name: str, uses: tuple[ColumnUse, ...] | None, at: int | None
    ) -> Used | None:
        record = self._jobs.nodes.get(name)
        owner = self._jobs.owner(name)
        given = next((n for n in (name, owner) if n in self._run.context.overrides), None)
        field = record.field if record and given != name else None
        if given is not None:
            shape = self._shapes.given(given, "overrides")
            memory = DatasetId(self._memory, given)
            return Used(memory, shape, "given", given, argument=name, field=field, uses=uses)
        if record is None or record.kind in OUTSIDE:
            return self._input(name, uses)
        told = self._shapes.result(owner) if at is None else self._shapes.result_at(owner, at)
        memory = DatasetId(self._memory, owner)
        checks = () if at is not None else tuple(self._checks.get(owner, {}).items())
        return Used(
            memory, told, "memory", owner, checks=checks, argument=name, field=field, uses=uses
        )

    def _input(self, name: str, uses: tuple[ColumnUse, ...] | None) -> Used | None:
        """An input that is a table; any other is a parameter of the run."""
        if f"inputs.{name}" not in self._run.context.tables:
            return None
        shape = self._shapes.given(name, "inputs")
        memory = DatasetId(self._memory, f"inputs.{name}")
        return Used(memory, shape, "given", argument=name, uses=uses)

    # --- outside -------------------------------------------------------------------------------

    def sources(self, owner: str, at: int | None = None) -> list[Used]:
        """What a job read outside: what its loaders say, else what its `source` tags name."""
        told = self._shapes.result(owner) if at is None else self._shapes.result_at(owner, at)
        accesses = self._accesses.get((owner, "read"), [])
        if at is not None and self._has_loader(owner):
            accesses = [a for a in accesses if self._shapes.is_known_at(a.node, at)]
            if not accesses:  # what the loader will say comes before what a tag says
                return []
        found = [self._read(owner, access, told) for access in accesses]
        said = distinct(used for used in found if used is not None)
        return said or [
            Used(self._named(owner, value), told, "source", owner)
            for value in self._source_values(owner)
        ]

    def _has_loader(self, owner: str) -> bool:
        members = self._jobs.members.get(owner, ())
        return any(self._jobs.nodes[name].kind == "loader" for name in members)

    def _read(self, owner: str, access: DatasetAccess, told: Shape | None) -> Used | None:
        identity = self._outside(owner, access)
        if identity is None:
            return None
        shape = named(owner, access.schema) if access.schema else told
        return Used(identity, shape, "source", owner, access)

    def written(self, owner: str) -> list[Used]:
        """What a job wrote outside."""
        found = []
        for access in self._accesses.get((owner, "write"), ()):
            identity = self._outside(owner, access)
            if identity is not None:
                saved = named(owner, access.schema) if access.schema else self._saved(owner)
                shape = saved or self._shapes.result(owner)
                found.append(Used(identity, shape, "sink", owner, access))
        return distinct(found)

    def _saved(self, owner: str) -> Shape | None:
        """The shape of what a saver saved, when it does not say: that of its only argument."""
        if not self.is_saver(owner):
            return None
        shapes = {used.shape for used in self.arguments(owner) if used.field is None}
        return shapes.pop() if len(shapes) == 1 else None

    def result(self, owner: str, at: int | None = None) -> Used:
        """What a job left in memory."""
        told = self._shapes.result(owner) if at is None else self._shapes.result_at(owner, at)
        has_rows = at is None and owner in self._counted
        memory = DatasetId(self._memory, owner)
        return Used(memory, told, "memory", owner, has_rows=has_rows)

    def assembled(self, name: str) -> Used | None:
        """The table that a result builder made of the requested outputs."""
        finished = self._run.finished
        if finished is None or finished.result is None:
            return None
        shape = named(name, finished.result)
        return Used(DatasetId(self._memory, name), shape, "memory", name)

    def is_saver(self, owner: str) -> bool:
        """Whether all that a job does is to write: then what it returns is no data."""
        record = self._jobs.nodes.get(owner)
        return record is not None and record.kind == "saver"

    # --- names ---------------------------------------------------------------------------------

    def _outside(self, owner: str, access: DatasetAccess) -> DatasetId | None:
        names = (*self._source_values(owner), access.location, access.node, owner)
        mapped = self._options.mapped(self._fallback, *names)
        return mapped or dataset_of(access.location, access.table, self._fallback)

    def _named(self, owner: str, value: str) -> DatasetId:
        mapped = self._options.mapped(self._fallback, value, owner)
        return mapped or declared_dataset(value, self._fallback)

    def _source_values(self, owner: str) -> tuple[str, ...]:
        """The values of `source` tags on a job's nodes, each once."""
        members = (self._jobs.nodes[name] for name in self._jobs.members.get(owner, ()))
        return tuple(dict.fromkeys(value for node in members for value in source_values(node)))


def source_values(node: NodeRecord) -> tuple[str, ...]:
    """What a node's `source` tag names; tag keys match without case."""
    return tag_values(node, SOURCE_TAG)


def tag_values(node: NodeRecord, key: str) -> tuple[str, ...]:
    """The values of a tag, whatever the case of its key."""
    for name, value in node.tags.items():
        if name.lower() == key:
            return (value,) if isinstance(value, str) else tuple(value)
    return ()


def distinct(used: Iterable[Used]) -> list[Used]:
    """Each dataset once, as it was met first."""
    return list({one.id: one for one in used}.values())
