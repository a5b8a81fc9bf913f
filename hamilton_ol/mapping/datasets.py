"""What the jobs of a run read and wrote: which dataset, and with which fields."""

from collections.abc import Hashable, Iterable
from functools import cached_property

from hamilton_ol.mapping.jobs import OUTSIDE, JobGraph
from hamilton_ol.mapping.naming import DatasetId, memory_namespace
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.outside import Outside
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.shapes import ALWAYS, Shape, Shapes, by_node, named
from hamilton_ol.mapping.subgraphs import Subgraph
from hamilton_ol.mapping.used import Check, Used
from hamilton_ol.records import Dependency, Run


class Datasets:
    """The datasets of one run.

    Args:
        subgraph: the part of the run's graph that its jobs consist of.
        run: the run.
        options: what decides about names.
        profile: rules of the consumer.

    Attributes:
        subgraph: that.
        is_plain: whether every job is whole, and nothing was given to the run, or checked in it.
    """

    def __init__(self, subgraph: Subgraph, run: Run, options: Options, profile: Profile) -> None:
        self.subgraph, self._jobs = subgraph, (jobs := subgraph.jobs)
        self._run, self._called = run, profile.memory_name
        self._memory = memory_namespace(run.started.namespace, run.started.job)
        self._executions = executions = by_node(run.nodes)
        self._shapes = Shapes(jobs, run, executions)
        self._outside = Outside(subgraph, run, options, profile, self._shapes)
        self._counted = {
            name
            for name, nodes in executions.items()
            if len(nodes) == 1 and nodes[0].rows is not None
        }
        self._checks = _checks(jobs, run)
        is_given = run.context.overrides or run.context.tables
        self.is_plain = subgraph.is_whole and not (is_given or self._checks)

    def memory(self, name: str) -> DatasetId:
        """The dataset of a result in memory."""
        started = self._run.started
        return DatasetId(self._memory, self._called(started.namespace, started.job, name))

    # --- all that differs between plain runs of a graph ----------------------------------------

    def differing_at(self, owner: str, start: int) -> Hashable:
        """Where this is the same for a job, so is all that can be told when it starts."""
        shapes = self._shapes
        taken = [shapes.argument_at(name, start) for name in self._jobs.producers.get(owner, ())]
        accesses = self._outside.accesses_at(owner, start)
        return shapes.result_at(owner, start), tuple(taken), accesses

    def differing(self, owner: str, end: int) -> Hashable:
        """Where this is the same for a job, so is what it read and wrote."""
        shapes = self._shapes
        taken = [shapes.result(name, end) for name in self._jobs.producers.get(owner, ())]
        accesses = self._outside.accesses(owner, end)
        return shapes.result(owner, end), owner in self._counted, tuple(taken), accesses

    # --- when a job starts ---------------------------------------------------------------------

    def arguments_at(self, owner: str, start: int) -> list[Used]:
        """What a job takes from other jobs, and tables that were given to the run."""
        return self._arguments(self.subgraph.arguments.get(owner, ()), start, None)

    def sources_at(self, owner: str, start: int) -> list[Used]:
        """What a job reads outside."""
        return self._outside.sources_at(owner, start)

    def result_at(self, owner: str, start: int) -> Used:
        """What a job leaves in memory."""
        return Used(self.memory(owner), self._shapes.result_at(owner, start), "memory", owner)

    # --- when a job ended ----------------------------------------------------------------------

    def arguments(self, owner: str, end: int) -> list[Used]:
        """The same, whole, with the checks that were made by then."""
        return self._arguments(self.subgraph.arguments.get(owner, ()), None, end)

    def taken_at(self, taken: Iterable[Dependency], start: int) -> list[Used]:
        """The same of several jobs."""
        return self._arguments(taken, start, None)

    def taken(self, taken: Iterable[Dependency], end: int) -> list[Used]:
        """The same of several jobs, whole."""
        return self._arguments(taken, None, end)

    @cached_property
    def readers(self) -> frozenset[str]:
        """Owners of the jobs that may have read something outside."""
        tagged = (owner for owner, values in self.subgraph.sources.items() if values)
        seen = (self._jobs.owner(access.node) for access in self._run.accesses)
        return self.subgraph.loaders.union(tagged, seen)

    @cached_property
    def writers(self) -> frozenset[str]:
        """Owners of the jobs that wrote something outside."""
        accesses = self._run.accesses
        return frozenset(self._jobs.owner(one.node) for one in accesses if one.mode == "write")

    def requested(self, end: int) -> list[Used]:
        """The requested outputs, as the arguments of what puts them together."""
        return self._arguments(map(Dependency, self._run.started.requested), None, end)

    def sources(self, owner: str, end: int) -> list[Used]:
        """What a job read outside."""
        return self._outside.sources(owner, end)

    def shape(self, owner: str, end: int) -> Shape:
        """The fields of what a job left in memory."""
        return self._shapes.result(owner, end)

    def result(self, owner: str, end: int) -> Used:
        """What a job left in memory."""
        shape, has_rows = self._shapes.result(owner, end), owner in self._counted
        return Used(self.memory(owner), shape, "memory", owner, has_rows=has_rows)

    def written(self, owner: str, arguments: list[Used], end: int) -> list[Used]:
        """What a job wrote outside; a saver with one argument saved that."""
        shapes = {used.shape for used in arguments if used.field is None}
        sole = shapes.pop() if self.is_saver(owner) and len(shapes) == 1 else None
        return self._outside.written(owner, sole or self._shapes.result(owner, end), end)

    def outputs(self, owner: str, arguments: list[Used], end: int) -> tuple[Used, ...]:
        """What a job made; what one that only writes returns is no data."""
        written = self.written(owner, arguments, end)
        is_result = not (written and self.is_saver(owner))
        result = [self.result(owner, end)] if is_result else []
        return (*result, *written)

    def assembled(self, name: str) -> Used | None:
        """The table that a result builder made of the requested outputs."""
        finished = self._run.finished
        if finished is None or finished.result is None:
            return None
        return Used(self.memory(name), named(name, finished.result), "memory", name)

    # --- what is known of results, and since when ----------------------------------------------

    def is_told(self, owner: str, end: int) -> bool:
        """Whether the fields of a result are more than a guess, or its job had begun to make it."""
        if self._shapes.told(owner, end) is not None:
            return True
        return any(self._shapes.is_there(name, end) for name in self._jobs.lasting(owner))

    def settled_since(self, owner: str) -> int:
        """When the last of a job's nodes ended that say what it made and read."""
        return max(map(self._shapes.last_end, self._jobs.lasting(owner)), default=ALWAYS)

    def rows(self, owner: str) -> int | None:
        """How many rows a result has, where it was made once."""
        nodes = self._executions.get(owner, ())
        return nodes[0].rows if len(nodes) == 1 else None

    def is_lost(self, owner: str) -> bool:
        """Whether something else was put in the place of a result that failed."""
        return any(node.status == "SENTINEL" for node in self._executions.get(owner, ()))

    # --- arguments -----------------------------------------------------------------------------

    def _arguments(
        self, taken: Iterable[Dependency], start: int | None, end: int | None
    ) -> list[Used]:
        found = [self._argument(dependency, start, end) for dependency in taken]
        return [used for used in found if used is not None]

    def _argument(self, taken: Dependency, start: int | None, end: int | None) -> Used | None:
        name, uses = taken.name, taken.uses
        record, owner = self._jobs.nodes.get(name), self._jobs.owner(name)
        overrides = self._run.context.overrides
        given = name if name in overrides else owner if owner in overrides else None
        field = record.field if record and given != name else None
        if given is not None:
            shape = self._shapes.given(given, "overrides")
            memory = self.memory(given)
            return Used(memory, shape, "given", given, argument=name, field=field, uses=uses)
        if record is None or record.kind in OUTSIDE:
            return self._input(taken)
        if end is None:
            begun = self._shapes.argument_at(owner, start or 0)
            return _taken(self.memory(owner), begun, taken, owner, field)
        shape, checks = self._shapes.result(owner, end), self._checks_until(owner, end)
        return _taken(self.memory(owner), shape, taken, owner, field, checks)

    def _input(self, taken: Dependency) -> Used | None:
        """An input that is a table; any other is a parameter of the run."""
        if f"inputs.{taken.name}" not in self._run.context.tables:
            return None
        shape = self._shapes.given(taken.name, "inputs")
        memory = self.memory(f"inputs.{taken.name}")
        return Used(memory, shape, "given", argument=taken.name, uses=taken.uses)

    def _checks_until(self, owner: str, end: int) -> tuple[Check, ...]:
        """What was known by then of a job's checks: of several tasks' all must have passed."""
        if owner not in self._checks:
            return ()
        found: dict[str, Check] = {}
        for ended, check in self._checks.get(owner, ()):
            if ended <= end:
                before = found.get(check.name, check)
                found[check.name] = check._replace(passed=check.passed and before.passed)
        return tuple(found.values())

    def is_saver(self, owner: str) -> bool:
        """Whether all that a job does is to write: then what it returns is no data."""
        record = self._jobs.nodes.get(owner)
        return record is not None and record.kind == "saver"


def _taken(
    name: DatasetId,
    shape: Shape | None,
    taken: Dependency,
    owner: str,
    field: str | None,
    checks: tuple[Check, ...] = (),
) -> Used:
    """The result of another job, as an argument."""
    argument, uses = taken.name, taken.uses
    return Used(
        name, shape, "memory", owner, checks=checks, argument=argument, field=field, uses=uses
    )


def _checks(jobs: JobGraph, run: Run) -> dict[str, list[tuple[int, Check]]]:
    """{owner: when each of its checks was known, and what it found}."""
    found: dict[str, list[tuple[int, Check]]] = {}
    for node in run.nodes:
        if node.passed is not None and node.ended is not None:
            record = jobs.nodes.get(node.node)
            check = Check(node.node, record.field if record else None, node.passed)
            found.setdefault(jobs.owner(node.node), []).append((node.ended, check))
    return found
