"""Which nodes a run executes many times: those between an `expand` and its `collect`."""

from collections.abc import Mapping

from hamilton_ol.records import NodeRecord

Nodes = Mapping[str, NodeRecord]


def collectors(nodes: Nodes) -> dict[str, frozenset[str]]:
    """{node within a block: the nodes that collect its results}."""
    found: dict[str, set[str]] = {}
    for node in nodes.values():
        if node.kind == "collect":
            for name in _block(node, nodes):
                found.setdefault(name, set()).add(node.name)
    return {name: frozenset(names) for name, names in found.items()}


def _block(collect: NodeRecord, nodes: Nodes) -> set[str]:
    """The nodes that the results of an `expand` pass on their way to a `collect`."""
    above, rest, inside = set[str](), _parents(collect, nodes), set[str]()
    while rest:
        name = rest.pop()
        if name not in above:
            above.add(name)
            if nodes[name].kind != "expand":
                rest += _parents(nodes[name], nodes)
    starts = {name for name in above if nodes[name].kind == "expand"}
    grows = True
    while grows:  # as often as the block is deep
        more = {
            name
            for name in above - starts - inside
            if not (starts | inside).isdisjoint(_parents(nodes[name], nodes))
        }
        inside |= more
        grows = bool(more)
    return inside


def _parents(node: NodeRecord, nodes: Nodes) -> list[str]:
    return [d.name for d in node.dependencies if d.name in nodes]
