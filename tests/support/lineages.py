"""Lineage graphs for tests: by hand and at random, with cycles and without."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from hamilton_ol.graph.columns import Column, ColumnEdge, column_graph
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import EDGES, KINDS, Dataset, Edge, Node

TEXTS = st.text(max_size=6)
SEEN = st.none() | st.integers(0, 1 << 62)  # nanoseconds since the epoch


def node(id_: str, **fields: Any) -> Node:
    """A node that is called as its id, if nothing else is said."""
    return Node(id_, **{"name": id_, **fields})


def graph(*edges: str, **nodes: Mapping[str, Any]) -> LineageGraph:
    """The graph of edges as `a>b>c`; `nodes` are what is known of some of them."""
    paths = [edge.split(">") for edge in edges]
    ids = dict.fromkeys((*(node for path in paths for node in path), *nodes))
    pairs = [pair for path in paths for pair in pairwise(path)]
    return LineageGraph(
        [node(one, **nodes.get(one, {})) for one in ids], [Edge(*pair) for pair in pairs]
    )


def layered(count: int, seed: int = 0) -> LineageGraph:
    """Many nodes, each of which takes two or three of those not far before it."""
    chance = np.random.default_rng(seed)
    ends = np.repeat(np.arange(1, count), chance.integers(2, 4, count - 1))
    begins = ends - 1 - (chance.random(len(ends)) * np.minimum(ends, 2000)).astype(int)
    nodes = [
        node(
            f"n{n}",
            type=("Series", "DataFrame", "int")[n % 3],
            module=f"m{n % 50}",
            tags={"PII": "true"} if n % 997 == 5 else {"stage": "raw"},
            owners=(f"team{n % 7}",),
        )
        for n in range(count)
    ]
    pairs = zip(begins.tolist(), ends.tolist(), strict=True)
    return LineageGraph(nodes, [Edge(f"n{a}", f"n{b}") for a, b in pairs])


@st.composite
def pairs(draw: Any, most: int = 9) -> tuple[int, list[tuple[int, int]]]:
    """(number of nodes, edges), with cycles and loops."""
    count = draw(st.integers(1, most))
    place = st.integers(0, count - 1)
    return count, draw(st.lists(st.tuples(place, place), max_size=3 * count))


def lineage(count: int, edges: Sequence[tuple[int, int]]) -> LineageGraph:
    """The graph of these edges; nodes are called n0, n1, ..."""
    nodes = [node(f"n{n}") for n in range(count)]
    return LineageGraph(nodes, [Edge(f"n{a}", f"n{b}", argument=f"x{a}") for a, b in edges])


@st.composite
def rich(draw: Any) -> LineageGraph:
    """A graph of which all kinds of things are known."""
    count, edges = draw(pairs(6))
    ids = [f"n{n}" for n in range(count)]
    nodes = [draw(_nodes(one)) for one in ids]
    known = [Column(n.id, c) for n in nodes for c, _ in n.columns]
    column = st.builds(Column, st.sampled_from(ids), TEXTS)
    flows = draw(st.lists(st.builds(ColumnEdge, column, column, st.booleans()), max_size=4))
    return LineageGraph(
        nodes,
        [draw(_edges(ids[a], ids[b])) for a, b in edges],
        name=draw(TEXTS),
        columns=lambda index: column_graph(index, known, flows),
        texts=draw(st.dictionaries(TEXTS, TEXTS, max_size=2)),
        problems=draw(st.lists(TEXTS, max_size=2)),
    )


def _nodes(id_: str) -> st.SearchStrategy[Node]:
    names = st.lists(TEXTS, max_size=2).map(tuple)
    values = st.one_of(TEXTS, names)
    datasets = st.lists(st.builds(Dataset, TEXTS, TEXTS), max_size=2).map(tuple)
    texts = ("type", "namespace", "module", "function", "file", "doc", "part_of", "field")
    return st.builds(
        Node,
        id=st.just(id_),
        name=st.one_of(st.just(id_), st.sampled_from(["same", "other"])),
        kind=st.sampled_from(sorted(KINDS)),
        line=st.integers(0, 99),
        tags=st.dictionaries(TEXTS, values, max_size=2),
        owners=names,
        columns=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
        sources=datasets,
        sinks=datasets,
        seconds=st.one_of(st.none(), st.floats(0, 99)),
        rows=st.one_of(st.none(), st.integers(0, 99)),
        first_seen=SEEN,
        last_seen=SEEN,
        **dict.fromkeys((*texts, "code", "variant", "status"), TEXTS),
    )


def _edges(origin: str, target: str) -> st.SearchStrategy[Edge]:
    kinds = st.sampled_from(sorted(EDGES))
    ends = st.just(origin), st.just(target)
    return st.builds(Edge, *ends, kinds, TEXTS, st.booleans(), first_seen=SEEN, last_seen=SEEN)
