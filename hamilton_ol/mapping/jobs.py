"""Which jobs a dataflow has: a node that owns itself, and all that is folded into it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from hamilton_ol.mapping.blocks import collectors
from hamilton_ol.mapping.tags import SOURCE_TAG, tag_values
from hamilton_ol.records import Dependency, GraphRecord, NodeRecord, NodeRun

OUTSIDE = frozenset({"input", "config"})


class JobGraph:
    """The jobs of one graph.

    Attributes:
        record: the graph.
        nodes: {name: node}.
        members: {owner: names of its nodes, the owner first}.
        arguments: {owner: what its nodes take from other jobs and from outside, in order}.
        producers: {owner: owners of those jobs, in the same order; an input is its own}.
        choosers: {owner: names of inputs whose values are names of columns that it takes}.
        sources: {owner: values of `source` tags on its nodes, each once}.
        loaders: owners of jobs that load data.
    """

    def __init__(self, record: GraphRecord) -> None:
        self.record = record
        self.nodes: Mapping[str, NodeRecord] = {node.name: node for node in record.nodes}
        self.members = self._members()
        self._needed: dict[tuple[tuple[str, ...], frozenset[str]], frozenset[str]] = {}
        self.arguments = {
            owner: self.taken_by(names, frozenset(names)) for owner, names in self.members.items()
        }
        self.producers = {
            owner: tuple(self.owner(taken.name) for taken in found)
            for owner, found in self.arguments.items()
        }
        self.choosers = {
            owner: tuple(
                use.name for taken in found for use in taken.uses or () if use.how == "input"
            )
            for owner, found in self.arguments.items()
        }
        self.sources = {owner: self._sources(owner) for owner in self.members}
        kinds = {owner: {node.kind for node in self.nodes_of(owner)} for owner in self.members}
        self.loaders = frozenset(owner for owner, found in kinds.items() if "loader" in found)
        self._columns = {owner: self._columns_of(names) for owner, names in self.members.items()}
        self._lasting = {
            owner: frozenset(name for name in names if self.nodes[name].field is None)
            for owner, names in self.members.items()
        }

    def _members(self) -> dict[str, tuple[str, ...]]:
        members: dict[str, list[str]] = {}
        for node in self.record.nodes:
            if node.kind in OUTSIDE:
                continue
            names = members.setdefault(node.owner, [])
            names.insert(0, node.name) if node.name == node.owner else names.append(node.name)
        return {owner: tuple(names) for owner, names in members.items()}

    def taken_by(self, names: Iterable[str], inside: frozenset[str]) -> tuple[Dependency, ...]:
        """What nodes take that does not lie inside, each once."""
        found: dict[str, Dependency] = {}
        for name in names:
            for dependency in self.nodes[name].dependencies:
                if dependency.name not in inside and dependency.name in self.nodes:
                    known = found.get(dependency.name)
                    found[dependency.name] = _wider(known, dependency) if known else dependency
        return tuple(found.values())

    @cached_property
    def result_name(self) -> str:
        """What the job is called that assembles the requested outputs."""
        return "build_result" if "result" in self.nodes else "result"

    def owner(self, node: str) -> str:
        """The node whose job a node belongs to."""
        record = self.nodes.get(node)
        return record.owner if record else node

    def nodes_of(self, owner: str) -> Iterator[NodeRecord]:
        """The nodes of a job, its owner first."""
        return (self.nodes[name] for name in self.members.get(owner, ()))

    def lasting(self, owner: str) -> frozenset[str]:
        """The nodes of a job that its run lasts for: all but what is taken out of its result."""
        return self._lasting.get(owner, frozenset())

    @cached_property
    def composed(self) -> Mapping[str, frozenset[str]]:
        """{owner: its nodes that take something from elsewhere} of jobs of several nodes."""
        several = [owner for owner in self.members if len(self.lasting(owner)) > 1]
        return {owner: self._takers(frozenset(self.members[owner])) for owner in several}

    def _takers(self, names: frozenset[str]) -> frozenset[str]:
        return frozenset(name for name in names if self.taken_by([name], names))

    def roots(self, owner: str) -> frozenset[str]:
        """The nodes of a job that take nothing from its others: if it reads, they do."""
        inside, nodes = self.lasting(owner), self.nodes
        return frozenset(
            name for name in inside if inside.isdisjoint(d.name for d in nodes[name].dependencies)
        )

    def taken_apart(self, owner: str) -> frozenset[str]:
        """The columns and keys of a result, which a job's run does not last for.

        Those that are executed many times count as the job's own.
        """
        if self.collectors(owner):
            return frozenset()
        return frozenset(self.members.get(owner, ())) - self.lasting(owner)

    def needed(self, requested: tuple[str, ...], overridden: frozenset[str]) -> frozenset[str]:
        """The nodes that a run executes.

        Args:
            requested: the outputs that it was asked for.
            overridden: nodes whose results it was given.
        """
        key = requested, overridden
        if key not in self._needed:
            found, rest = set[str](), list(requested)
            while rest:
                name = rest.pop()
                if name in self.nodes and name not in found and name not in overridden:
                    found.add(name)
                    rest += [d.name for d in self.nodes[name].dependencies]
            self._needed[key] = frozenset(found)
        return self._needed[key]

    @cached_property
    def _collectors(self) -> Mapping[str, frozenset[str]]:
        return collectors(self.nodes)

    def collectors(self, owner: str) -> frozenset[str]:
        """The nodes that collect what a job's nodes make, if these are executed many times."""
        if not self._collectors:
            return frozenset()
        found = (self._collectors.get(name, frozenset()) for name in self.lasting(owner))
        return frozenset[str]().union(*found)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """{node: a number that is larger than that of every node that it depends on}."""
        ranks: dict[str, int] = {}
        seen: set[str] = set()
        stack = [(name, False) for name in self.nodes]
        while stack:
            name, is_done = stack.pop()
            if is_done:
                ranks[name] = len(ranks)
            elif name in self.nodes and name not in seen:
                seen.add(name)
                stack.append((name, True))
                stack += [(d.name, False) for d in self.nodes[name].dependencies]
        return ranks

    def _sources(self, owner: str) -> tuple[str, ...]:
        found = (v for node in self.nodes_of(owner) for v in tag_values(node, SOURCE_TAG))
        return tuple(dict.fromkeys(found))

    def columns(self, owner: str) -> Mapping[str, NodeRecord]:
        """{column or key: node} of the nodes that a result is taken apart into."""
        return self._columns.get(owner, {})

    def _columns_of(self, names: tuple[str, ...]) -> dict[str, NodeRecord]:
        found: dict[str, NodeRecord] = {}
        for name in names:
            node = self.nodes[name]
            if node.field is None or node.kind == "check":
                continue
            is_final = name.rpartition(".")[2] == node.field  # not the raw form of a checked one
            if is_final or node.field not in found:
                found[node.field] = node
        return found


def _wider(one: Dependency, other: Dependency) -> Dependency:
    """Two nodes of a job take the same argument: of what either may use the whole, both may."""
    if one.uses is None or other.uses is None:
        return Dependency(one.name, one.required or other.required)
    return Dependency(one.name, one.required or other.required, one.uses + other.uses)


def without_graph(nodes: tuple[NodeRun, ...]) -> GraphRecord:
    """A graph of a run whose process died before it was written: nodes, and no edges."""
    names = dict.fromkeys(node.node for node in nodes)
    return GraphRecord("", tuple(NodeRecord(n, "function", "", owner=n) for n in names))
