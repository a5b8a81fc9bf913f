"""Which node's job each node belongs to.

A function is one job however many nodes its decorators make of it: the columns it is taken apart
into, the raw and validator nodes of its checks, the steps of its pipe, what loads its arguments
and saves its result. Decided by decorator tags, node roles and Hamilton's own closures, never by a
shared function: an external input carries its consumer's, and chained `@parameterize` shares one.
"""

from collections.abc import Mapping
from typing import Any

from hamilton.node import Node

from hamilton_ol.dataflow import functions

LOADER = "hamilton.data_loader"
HAS_METADATA = "hamilton.data_loader.has_metadata"
SAVER = "hamilton.data_saver"


def owners(nodes: Mapping[str, Node]) -> dict[str, tuple[str, str | None]]:
    """The owner of every node, and the column or key of the owner's result that the node is.

    Args:
        nodes: {name: node} of a whole graph.

    Returns:
        {name: (owner, field or None)}; a node that has a job of its own is its own owner.
    """
    steps = {name: _next(node) for name, node in nodes.items()}
    result: dict[str, tuple[str, str | None]] = {}
    for name in nodes:
        owner, field, seen = name, None, {name}
        while (following := steps.get(owner)) and following[0] not in seen:
            owner = following[0]
            field = field or following[1]
            seen.add(owner)
        result[name] = (owner, field)
    return result


def _next(node: Node) -> tuple[str, str | None] | None:
    """The node that this one is folded into directly, and as which field of it."""
    if node.user_defined:
        return None
    if node.tags.get(LOADER):
        return _loads_for(node)
    kind = functions.wrapper(node)
    if kind == functions.SAVER:
        return _sole([d for d in node.dependencies if _same_function(d, node)])
    if kind == functions.BUILDER:
        return _sole([d for d in node.depended_on_by if d.tags.get(SAVER)])
    checked = [d for d in node.depended_on_by if functions.wrapper(d) == functions.CHECKED]
    if kind == functions.VALIDATOR:
        return _sole(checked)
    final = next((d for d in checked if node.name == f"{d.name}_raw"), None)
    if final is not None:
        return final.name, None
    if kind == functions.CHECKED:
        return _checked_column(node)
    if kind in functions.EXTRACTORS:
        return _column(node)
    return _pipe_step(node)


def _loads_for(node: Node) -> tuple[str, None] | None:
    consumers = node.depended_on_by
    if node.tags.get(HAS_METADATA):
        return _sole([d for d in consumers if d.tags.get(LOADER)])
    if ".select_data." in node.name:
        return _sole([d for d in consumers if _same_function(d, node)])
    return None


def _column(node: Node) -> tuple[str, str | None] | None:
    """A column or key is a part of its function's result; one of another function's is not."""
    parent = node.dependencies[0] if node.dependencies else None
    if parent is None or not _same_function(parent, node):
        return None
    return parent.name, functions.extracted(node)


def _checked_column(node: Node) -> tuple[str, str | None] | None:
    """The checked form of a column stands for the column."""
    raw = next((d for d in node.dependencies if d.name == f"{node.name}_raw"), None)
    if raw is None or functions.wrapper(raw) not in functions.EXTRACTORS:
        return None
    return _column(raw)


def _pipe_step(node: Node) -> tuple[str, None] | None:
    """A step runs another function than the one it was declared with; `.raw` begins a pipe."""
    declared = functions.origin(node)
    ran = functions.body(node)
    is_step = ran is not None and declared is not None and ran is not declared
    is_joined = functions.wrapper(node) == functions.APPENDER
    if not (is_step or is_joined or node.name.endswith(".raw")):
        return None
    return _sole([d for d in node.depended_on_by if _same_function(d, node)])


def _same_function(one: Node, other: Node) -> bool:
    return _identity(one) is not None and _identity(one) == _identity(other)


def _identity(node: Node) -> tuple[int, ...] | None:
    made_of: Any = node.originating_functions
    return tuple(id(f) for f in made_of) if made_of and not node.user_defined else None


def _sole(nodes: list[Node]) -> tuple[str, None] | None:
    names = {node.name for node in nodes}
    return (names.pop(), None) if len(names) == 1 else None
