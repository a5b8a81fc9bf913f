"""Which jobs a dataflow has: a node that owns itself, and all that is folded into it."""

from collections.abc import Mapping
from functools import cached_property

from hamilton_ol.records import Dependency, GraphRecord, NodeRecord, NodeRun

OUTSIDE = frozenset({"input", "config"})


class JobGraph:
    """The jobs of one graph.

    Attributes:
        record: the graph.
        nodes: {name: node}.
        members: {owner: names of its nodes, the owner first}.
        arguments: {owner: what its nodes take from other jobs and from outside, in order}.
    """

    def __init__(self, record: GraphRecord) -> None:
        self.record = record
        self.nodes: Mapping[str, NodeRecord] = {node.name: node for node in record.nodes}
        self.members = self._members()
        self._needed: dict[tuple[str, ...], frozenset[str]] = {}
        self.arguments = {owner: self._arguments(names) for owner, names in self.members.items()}

    def _members(self) -> dict[str, tuple[str, ...]]:
        members: dict[str, list[str]] = {}
        for node in self.record.nodes:
            if node.kind in OUTSIDE:
                continue
            names = members.setdefault(node.owner, [])
            names.insert(0, node.name) if node.name == node.owner else names.append(node.name)
        return {owner: tuple(names) for owner, names in members.items()}

    def _arguments(self, names: tuple[str, ...]) -> tuple[Dependency, ...]:
        inside = set(names)
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

    def lasting(self, owner: str) -> frozenset[str]:
        """The nodes of a job that its run lasts for: all but what is taken out of its result."""
        names = self.members.get(owner, ())
        return frozenset(name for name in names if self.nodes[name].field is None)

    def needed(self, requested: tuple[str, ...]) -> frozenset[str]:
        """The nodes that a run executes for its requested outputs, if nothing is overridden."""
        if requested not in self._needed:
            found, rest = set[str](), [name for name in requested if name in self.nodes]
            while rest:
                name = rest.pop()
                if name not in found:
                    found.add(name)
                    rest += [d.name for d in self.nodes[name].dependencies if d.name in self.nodes]
            self._needed[requested] = frozenset(found)
        return self._needed[requested]

    def columns(self, owner: str) -> dict[str, NodeRecord]:
        """{column or key: node} of the nodes that a result is taken apart into."""
        found: dict[str, NodeRecord] = {}
        for name in self.members.get(owner, ()):
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
