"""What functions of the language make of nodes. All masks are bool (nodes)."""

from typing import TYPE_CHECKING

import numpy as np

from hamilton_ol.graph import reachability
from hamilton_ol.graph.adjacency import Adjacency, Ints, Mask
from hamilton_ol.graph.select.facts import ARTIFACT_TAG, tag_values

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph

_USED_AS_THEY_ARE = frozenset({"input", "config", "saver", "check", "source", "sink", "dataset"})


def numbers(mask: Mask) -> Ints:
    """int32: the numbers of nodes."""
    return np.flatnonzero(mask).astype(np.int32)


def reach(edges: Adjacency, mask: Mask, steps: int = -1) -> Mask:
    """Some nodes, and those that are up to so many steps away; -1 for any number."""
    return reachability.within(edges, numbers(mask), None if steps < 0 else steps)


def path(graph: "LineageGraph", steps: list[Mask]) -> Mask:
    """All nodes on any way from the first nodes through the next ones to the last."""
    passed = [steps[0]]
    for step in steps[1:]:
        passed.append(step & reach(graph.down, passed[-1]))
    found: Mask = np.zeros(len(graph), np.bool_)
    end = passed.pop()
    while passed:
        above = reach(graph.up, end)
        begin = passed.pop() & above
        found |= reach(graph.down, begin) & above
        end = begin
    return found


def roots(graph: "LineageGraph", mask: Mask) -> Mask:
    """Those that come from no other of them."""
    return mask & ~_ends(graph.down, mask)


def sinks(graph: "LineageGraph", mask: Mask) -> Mask:
    """Those that no other of them comes from."""
    return mask & ~_ends(graph.up, mask)


def _ends(edges: Adjacency, mask: Mask) -> Mask:
    """The nodes to which an edge leads from some."""
    found: Mask = np.zeros(len(mask), np.bool_)
    found[edges.after(numbers(mask))] = True
    return found


def parents(graph: "LineageGraph", mask: Mask) -> Mask:
    """What they are made of directly."""
    return _ends(graph.up, mask)


def children(graph: "LineageGraph", mask: Mask) -> Mask:
    """What is made of them directly."""
    return _ends(graph.down, mask)


def near(graph: "LineageGraph", mask: Mask, steps: int = 1) -> Mask:
    """They, and what is so many steps away in any direction."""
    for _ in range(min(steps, len(graph))):
        wider = mask | _ends(graph.up, mask) | _ends(graph.down, mask)
        if np.array_equal(wider, mask):
            break
        mask = wider
    return mask


def between(graph: "LineageGraph", origins: Mask, targets: Mask) -> Mask:
    """All on any way from the first to the second."""
    return path(graph, [origins, targets])


def shortest(graph: "LineageGraph", origins: Mask, targets: Mask) -> Mask:
    """One way from the first to the second on which as few as can be are."""
    ends = numbers(origins), numbers(targets)
    return _mask(graph, reachability.shortest(graph.down, graph.up, *ends))


def unused(graph: "LineageGraph") -> Mask:
    """Results that nothing takes, and that are no artifacts."""
    idle = numbers(graph.down.degrees == 0).tolist()
    nodes = ((number, graph.nodes[number]) for number in idle)
    return _mask(
        graph,
        [
            number
            for number, node in nodes
            if node.kind not in _USED_AS_THEY_ARE and not tag_values(node, ARTIFACT_TAG)
        ],
    )


def critical(graph: "LineageGraph", mask: Mask) -> Mask:
    """The chain of nodes that ends in one of them and took longest, where it is known."""
    within = reach(graph.up, mask)
    best: dict[int, tuple[float, int]] = {}
    for number in graph.order:
        if within[number]:
            before = [(best[n][0], -n) for n in graph.up.of(number).tolist() if n in best]
            longest, last = max(before, default=(0.0, 1))
            best[number] = longest + (graph.nodes[number].seconds or 0.0), -last
    ends = [(best[number][0], -number) for number in numbers(mask).tolist()]
    chain, number = [], -max(ends, default=(0.0, 1))[1]
    while number >= 0:
        chain.append(number)
        number = best[number][1]
    return _mask(graph, chain)


def _mask(graph: "LineageGraph", nodes: list[int]) -> Mask:
    found: Mask = np.zeros(len(graph), np.bool_)
    found[nodes] = True
    return found
