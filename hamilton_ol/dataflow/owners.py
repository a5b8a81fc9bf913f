"""Which node's job each node belongs to.

A function is one job however many nodes its decorators make of it: the columns it is taken apart
into, the raw and validator nodes of its checks, the steps of its pipe, what loads its arguments
and saves its result. Decided by Hamilton's own closures and decorator tags, never by a shared
function alone: an external input carries its consumer's, and chained `@parameterize` shares one.
"""

from collections.abc import Mapping
from typing import Any

from hamilton.node import Node

from hamilton_ol.dataflow import functions

LOADER = "hamilton.data_loader"
HAS_METADATA = "hamilton.data_loader.has_metadata"
SAVER = "hamilton.data_saver"
RAW = ".raw"  # ends the name of what a pipe begins with

#: (the node that one is folded into directly, as which field of it).
Step = tuple[str, str | None] | None


def owners(nodes: Mapping[str, Node]) -> dict[str, tuple[str, str | None]]:
    """The owner of every node, and the column or key of the owner's result that the node is.

    Args:
        nodes: {name: node} of a whole graph.

    Returns:
        {name: (owner, field or None)}; a node that has a job of its own is its own owner.
    """
    folding = _Folding(nodes)
    steps = {name: folding.next(node) for name, node in nodes.items()}
    result: dict[str, tuple[str, str | None]] = {}
    for name in nodes:
        owner, field, seen = name, None, {name}
        while (following := steps.get(owner)) and following[0] not in seen:
            owner = following[0]
            field = field or following[1]
            seen.add(owner)
        result[name] = (owner, field)
    return result


class _Folding:
    """Finds what each node of a graph is folded into directly."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self._nodes = nodes
        self._kinds = {id(node): functions.wrapper(node) for node in nodes.values()}

    def next(self, node: Node) -> Step:
        if node.user_defined:
            return None
        kind = self._kinds[id(node)]
        if kind == functions.SAVER:
            return _saved(node)
        if kind == functions.BUILDER:
            return _sole([d for d in node.depended_on_by if d.tags.get(SAVER)])
        checked = self._checked(node)
        if checked or kind == functions.VALIDATOR:
            return _sole(checked)
        if kind == functions.CHECKED and (raw := self._raw(node)) is not None:
            return self._column(raw) or self._piped(node)
        if kind in functions.EXTRACTORS:
            return self._column(node)
        if kind == functions.LOADER or node.tags.get(HAS_METADATA):
            return _sole([d for d in node.depended_on_by if d.tags.get(LOADER)])
        return self._piped(node)

    def _checked(self, node: Node) -> list[Node]:
        """The checked forms of a node, or of what its validator validates."""
        return [d for d in node.depended_on_by if self._kind(d) == functions.CHECKED]

    def _raw(self, checked: Node) -> Node | None:
        """What is checked: the only dependency of a checked node that is no validator of it."""
        found = [d for d in checked.dependencies if self._kind(d) != functions.VALIDATOR]
        return found[0] if len(found) == 1 else None

    def _kind(self, node: Node) -> str:
        return self._kinds.get(id(node), "")

    def _column(self, node: Node) -> Step:
        """A column or key is a part of its function's result; one of another function's is not."""
        if self._kind(node) not in functions.EXTRACTORS or not node.dependencies:
            return None
        parent = node.dependencies[0]
        return (parent.name, self._field(node)) if _same_function(parent, node) else None

    def _field(self, node: Node) -> str:
        """The column or key; of a tuple's items only the node's name tells one."""
        for argument in ("column_to_extract", "field_to_extract"):
            if isinstance(name := functions.default_of(node, argument), str):
                return name
        checked = next(iter(self._checked(node)), node)
        return (self._final(checked) or checked).name.rpartition(".")[2]

    def _final(self, node: Node) -> Node | None:
        """What the pipe ends in that begins with this node."""
        name = node.name
        final = self._nodes.get(name.removesuffix(RAW)) if name.endswith(RAW) else None
        return final if final is not None and _same_function(final, node) else None

    def _piped(self, node: Node) -> Step:
        """A step runs another function than the one it was declared with."""
        final = self._final(node)
        if final is not None:
            return final.name, None
        declared, ran = functions.origin(node), functions.ran(node)
        is_step = ran is not None and declared is not None and ran is not declared
        is_joined = self._kind(node) == functions.APPENDER
        is_selected = bool(node.tags.get(LOADER)) and ".select_data." in node.name
        return _follower(node) if is_step or is_joined or is_selected else None


def _saved(node: Node) -> Step:
    """A saver under a decorator belongs to what it saves; any other has a job of its own."""
    found = [d for d in node.dependencies if _same_function(d, node)]
    name = functions.default_of(node, "__data_node_name")
    data = [d for d in found if d.name == name or d.name.endswith(f".{name}")]
    return _sole(data or found)


def _follower(node: Node) -> Step:
    """What takes this node on: neighbours by name, and its first argument is this node."""
    found = [d for d in node.depended_on_by if _same_function(d, node)]
    namespace = node.name.rpartition(".")[0]

    def rank(follower: Node) -> tuple[bool, bool]:
        takes = next(iter(follower.input_types), None) == node.name
        return follower.name.startswith(namespace), takes

    return (max(found, key=rank).name, None) if found else None


def _same_function(one: Node, other: Node) -> bool:
    return _identity(one) is not None and _identity(one) == _identity(other)


def _identity(node: Node) -> tuple[int, ...] | None:
    made_of: Any = node.originating_functions
    return tuple(id(f) for f in made_of) if made_of and not node.user_defined else None


def _sole(nodes: list[Node]) -> tuple[str, None] | None:
    names = {node.name for node in nodes}
    return (names.pop(), None) if len(names) == 1 else None
