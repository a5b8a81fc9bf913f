"""What jobs read and wrote outside the process, and what that is called.

A source's name is what the person's settings say, else where its loader found it, else its
function's `source` tag.
"""

from hamilton_ol.mapping.naming import DatasetId, dataset_of, declared_dataset
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import Profile
from hamilton_ol.mapping.shapes import LONG, Shape, Shapes, named
from hamilton_ol.mapping.subgraphs import Subgraph
from hamilton_ol.mapping.used import Used, distinct
from hamilton_ol.records import DatasetAccess, Run


class Outside:
    """The sources and sinks of one run.

    Args:
        subgraph: the part of the run's graph that its jobs consist of.
        run: the run.
        options: what decides about names.
        profile: rules of the consumer.
        shapes: of the run's results.
    """

    def __init__(
        self,
        subgraph: Subgraph,
        run: Run,
        options: Options,
        profile: Profile,
        shapes: Shapes,
    ) -> None:
        self._subgraph, self._options, self._shapes = subgraph, options, shapes
        self._called = profile.outside
        self._fallback = options.source_namespace or run.started.namespace
        self._accesses: dict[tuple[str, str], list[DatasetAccess]] = {}
        for access in run.accesses:
            owner = subgraph.jobs.owner(access.node)
            self._accesses.setdefault((owner, access.mode), []).append(access)

    def accesses_at(self, owner: str, start: int) -> tuple[DatasetAccess, ...]:
        """What of a job's accesses can be told when it starts."""
        return tuple(self._until(start + LONG, owner, "read")) if self._accesses else ()

    def accesses(self, owner: str, end: int) -> tuple[DatasetAccess, ...]:
        """What a job had read and written by then."""
        if not self._accesses:
            return ()
        return (*self._until(end, owner, "read"), *self._until(end, owner, "write"))

    def sources_at(self, owner: str, start: int) -> list[Used]:
        """What a job read, as it can be told when it starts.

        Args:
            owner: the job's node.
            start: when.
        """
        accesses = self._until(start + LONG, owner, "read")
        if (
            owner in self._subgraph.loaders and not accesses
        ):  # what the loader will say comes before what a tag says
            return []
        return self._named(owner, accesses, self._shapes.result_at(owner, start))

    def sources(self, owner: str, end: int) -> list[Used]:
        """What a job read: what its loaders say, else what its `source` tags name.

        Args:
            owner: the job's node.
            end: when the job ended.
        """
        accesses = self._until(end, owner, "read")
        return self._named(owner, accesses, self._shapes.result(owner, end))

    def _until(self, time: int, owner: str, mode: str) -> list[DatasetAccess]:
        """What a job's nodes had read or written by then."""
        found = self._accesses.get((owner, mode), ())
        return [access for access in found if self._shapes.is_there(access.node, time)]

    def _named(self, owner: str, accesses: list[DatasetAccess], told: Shape | None) -> list[Used]:
        values = self._subgraph.sources.get(owner, ())
        if not accesses and not values:
            return []
        found = [self._read(owner, access, told, values) for access in accesses]
        said = [used for used in found if used is not None]
        return distinct(said or [self._tagged(owner, value, told) for value in values])

    def written(self, owner: str, saved: Shape, end: int) -> list[Used]:
        """What a job wrote.

        Args:
            owner: the job's node.
            saved: the fields of what it writes, where a saver does not say.
            end: when the job ended.
        """
        found = []
        for access in self._until(end, owner, "write"):
            names = access.location, access.node
            identity = self._options.mapped(self._fallback, *names) or self._place(access)
            if identity is not None:
                shape = named(owner, access.schema) if access.schema else saved
                found.append(Used(self._called(identity), shape, "sink", owner, access))
        return distinct(found)

    def _read(
        self, owner: str, access: DatasetAccess, told: Shape | None, values: tuple[str, ...]
    ) -> Used | None:
        names = access.location, access.node, *values, owner
        identity = self._options.mapped(self._fallback, *names) or self._place(access)
        if identity is None:
            return None
        shape = named(owner, access.schema) if access.schema else told
        lost = self._lost(identity, values)
        return Used(self._called(identity), shape, "source", owner, access, lost=lost)

    def _tagged(self, owner: str, value: str, told: Shape | None) -> Used:
        mapped = self._options.mapped(self._fallback, value, owner)
        identity = mapped or declared_dataset(value, self._fallback)
        lost = self._lost(identity, (value,))
        return Used(self._called(identity), told, "source", owner, lost=lost)

    def _lost(self, identity: DatasetId, values: tuple[str, ...]) -> tuple[str, ...]:
        """The values that mean another name than the dataset got."""
        return tuple(v for v in values if declared_dataset(v, self._fallback) != identity)

    def _place(self, access: DatasetAccess) -> DatasetId | None:
        return dataset_of(access.location, access.table, self._fallback)
