"""What is reached from where: by scipy in what is large, in plain Python elsewhere.

Nothing recurses, so a dataflow of 100,000 steps is no deeper than one of two, and cycles end.
"""

import sys
from collections import deque
from typing import Any

import numpy as np

from hamilton_ol.graph.adjacency import Adjacency, Ints, Mask

_SCIPY = "scipy.sparse.csgraph"
LARGE = 30_000  # edges; walking fewer takes less time than importing scipy does
WIDE = 64  # levels that are looked at as arrays; a graph with more of them is narrow


def reached(edges: Adjacency, roots: Ints) -> Mask:
    """The nodes that can be reached from some, and these.

    Args:
        edges: in the direction to go.
        roots: where to begin.
    """
    if not len(roots) or not len(edges.targets):
        return _mask(edges.count, roots)
    if not (_pays(edges) or vars(edges).get("sweep")):  # once it is made, it is quicker
        return plain(edges, roots)
    return compiled(edges, roots) if edges.sweep is None else edges.sweep.reached(roots)


def _pays(edges: Adjacency) -> bool:
    """Whether scipy is worth its import."""
    return _SCIPY in sys.modules or len(edges.targets) > LARGE


def compiled(edges: Adjacency, roots: Ints) -> Mask:
    """`reached`, by scipy: one more node has the roots as its neighbours, so one search does."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - takes 0.3 s
    from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415

    count = edges.count
    targets = np.concatenate([edges.targets, roots]).astype(np.int32, copy=False)
    starts = np.append(edges.starts, np.int32(len(targets)))
    parts = np.ones(len(targets)), targets, starts
    matrix = csr_matrix(parts, shape=(count + 1, count + 1), copy=False)
    order = breadth_first_order(matrix, count, return_predecessors=False)
    return _mask(count, order[1:])


def plain(edges: Adjacency, roots: Ints) -> Mask:
    """`reached`, in Python."""
    starts, targets = edges.lists
    seen = bytearray(edges.count)
    rest: list[int] = roots.tolist()
    while rest:
        node = rest.pop()
        if not seen[node]:
            seen[node] = 1
            rest += targets[starts[node] : starts[node + 1]]
    return np.frombuffer(seen, np.bool_).copy()


def within(edges: Adjacency, roots: Ints, depth: int | None) -> Mask:
    """The nodes that are at most `depth` edges away from some, and these; None is any number."""
    if depth is None:
        return reached(edges, roots)
    seen = _mask(edges.count, roots)
    frontier = np.flatnonzero(seen).astype(np.int32)
    for level in range(depth):
        if not len(frontier):
            break
        if level == WIDE:
            return distances(edges, roots, depth) >= 0
        found = edges.after(frontier)
        frontier = np.unique(found[~seen[found]])
        seen[frontier] = True
    return seen


def distances(edges: Adjacency, roots: Ints, depth: int | None = None) -> Ints:
    """int32 (nodes): how many edges each is away from the nearest root; -1 where none leads."""
    starts, targets = edges.lists
    found = [-1] * edges.count
    rest: deque[int] = deque()
    for root in roots.tolist():
        found[root] = 0
        rest.append(root)
    while rest:
        node = rest.popleft()
        step = found[node] + 1
        if depth is not None and step > depth:
            break
        for neighbour in targets[starts[node] : starts[node + 1]]:
            if found[neighbour] < 0:
                found[neighbour] = step
                rest.append(neighbour)
    return np.array(found, np.int32)


def shortest(down: Adjacency, up: Adjacency, origins: Ints, targets: Ints) -> list[int]:
    """The nodes of one shortest path between two sets, in its order; none where there is none.

    Of several, always the same one.
    """
    away = distances(up, targets)
    ends = [node for node in origins.tolist() if away[node] >= 0]
    if not ends:
        return []
    path = [min(ends, key=lambda node: (away[node], node))]
    while away[path[-1]]:
        step = away[path[-1]] - 1
        path.append(min(node for node in down.of(path[-1]).tolist() if away[node] == step))
    return path


def order(down: Adjacency, up: Adjacency) -> list[int]:
    """The nodes, each after all that lead to it; those on a cycle, and behind one, are left out."""
    starts, targets = down.lists
    missing: Any = up.degrees.tolist()
    found = [node for node, count in enumerate(missing) if not count]
    for node in found:  # grows
        for neighbour in targets[starts[node] : starts[node + 1]]:
            missing[neighbour] -= 1
            if not missing[neighbour]:
                found.append(neighbour)
    return found


def longest(down: Adjacency, up: Adjacency) -> Ints:
    """int32 (nodes): edges of the longest path to each; -1 on a cycle, and behind one."""
    if down.levels is not None:
        return down.levels
    starts, targets = down.lists
    walked, found = order(down, up), [0] * down.count
    for node in walked:
        step = found[node] + 1
        for neighbour in targets[starts[node] : starts[node + 1]]:
            found[neighbour] = max(found[neighbour], step)
    lengths = np.full(down.count, -1, np.int32)
    lengths[walked] = np.array(found, np.int32)[walked]
    return lengths


def _mask(count: int, nodes: Ints) -> Mask:
    found = np.zeros(count, np.bool_)
    found[nodes] = True
    return found
