"""Random queries, and what they mean, said once more in sets and by networkx."""

import fnmatch
from collections.abc import Callable
from functools import reduce
from typing import Any

import networkx as nx
from hypothesis import strategies as st

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.select.syntax import (
    And,
    Call,
    Condition,
    Glob,
    Minus,
    Name,
    Not,
    Or,
    Path,
    Query,
    Reach,
    Regex,
    Saved,
    Words,
)

Nodes = frozenset[str]
PARTS = ["or", "and", "not", "(", ")", "..", "+", "2+", "+1", "@", "-", "|", "&", "!", ",", " "]
WORDS = ["n0", "n1", "n*", '"n 2"', "tag:", "tag:PII=true", "kind:", "rows:>1", "near(", "/n[01]/"]
#: Texts that look like queries.
ALMOST = st.lists(st.sampled_from([*PARTS, *WORDS]), max_size=12).map("".join)


def names(most: int = 5) -> st.SearchStrategy[Query]:
    """Names of nodes called n0, n1, ..."""
    return st.integers(0, most).map(lambda number: Name(f"n{number}"))


def queries(operands: st.SearchStrategy[Query] | None = None) -> st.SearchStrategy[Query]:
    """Queries of up to a dozen parts."""
    return st.recursive(_operands() if operands is None else operands, _around, max_leaves=8)


def _operands() -> st.SearchStrategy[Query]:
    words = st.builds(Words, st.sampled_from(["a", "b-c", "x*", "s3://b/k", "1.5"]))
    exact = st.builds(Words, st.text(max_size=5), st.just(True))
    fields = st.sampled_from(["tag", "owner", "type", "kind", "col", "doc", "name"])
    return st.one_of(
        names(),
        st.builds(Name, st.text(min_size=1, max_size=6)),
        st.sampled_from([Glob("*"), Glob("n?"), Glob("*_x*"), Saved("mine")]),
        st.sampled_from([Regex("n[01]"), Regex("/"), Regex("a\\.b"), Regex("\\\\/")]),
        st.builds(Condition, fields, words | exact),
        st.builds(Condition, st.just("tag"), words | exact, key=words | exact),
        st.builds(
            Condition, st.just("rows"), st.just(Words("10")), st.sampled_from([">", "<=", "="])
        ),
    )


def _around(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    steps = st.sampled_from([None, -1, 0, 1, 2])
    return st.one_of(
        st.builds(Or, several),
        st.builds(And, several),
        st.builds(Minus, several),
        st.builds(Path, several),
        st.builds(Not, inner),
        st.builds(Reach, inner, st.sampled_from([-1, 0, 2]), steps),
        st.builds(Reach, inner, st.none(), st.sampled_from([-1, 1])),
        st.builds(Reach, inner, is_built=st.just(True)),
        st.builds(Call, st.sampled_from(sorted(_CALLS)), inner.map(lambda part: (part,))),
        st.builds(Call, st.just("near"), st.tuples(inner, st.integers(0, 3))),
        st.builds(Call, st.just("between"), st.tuples(inner, inner)),
    )


def meaning(said: Query, graph: LineageGraph, theirs: "nx.DiGraph[str]") -> Nodes:
    """The ids that a query means, of nodes that have nothing but names.

    Args:
        said: with names, patterns, and what puts them together.
        graph: that is asked.
        theirs: the same graph, of networkx.
    """

    def of(part: Query) -> Nodes:
        return meaning(part, graph, theirs)

    match said:
        case Name(text):
            return frozenset({text})
        case Glob(pattern):
            return frozenset(fnmatch.filter(theirs, pattern))
        case Not(part):
            return frozenset(theirs) - of(part)
        case Or(parts):
            return reduce(frozenset.union, map(of, parts))
        case And(parts):
            return reduce(frozenset.intersection, map(of, parts))
        case Minus(parts):
            return reduce(frozenset.difference, map(of, parts))
    return _ways(said, theirs, of)


def _ways(said: Query, theirs: "nx.DiGraph[str]", of: Callable[[Query], Nodes]) -> Nodes:
    match said:
        case Path(steps):
            return _path(theirs, [of(step) for step in steps])
        case Reach(part, up, down, is_built):
            return _reach(theirs, of(part), up, down, is_built=is_built)
        case Call("between", (begin, end)):
            return _path(theirs, [of(begin), of(end)])  # type: ignore[arg-type]
        case Call("near", (part, steps)):
            return _within(theirs.to_undirected(), of(part), steps)  # type: ignore[arg-type]
        case Call(function, (part,)):
            return _CALLS[function](theirs, of(part))  # type: ignore[arg-type]
    raise AssertionError(said)


def _within(theirs: Any, nodes: Nodes, steps: int | None) -> Nodes:
    found = (nx.single_source_shortest_path_length(theirs, node, cutoff=steps) for node in nodes)
    return nodes.union(*found)


def _all(steps: int) -> int | None:
    return None if steps < 0 else steps


def _reach(
    theirs: "nx.DiGraph[str]", nodes: Nodes, up: int | None, down: int | None, *, is_built: bool
) -> Nodes:
    if is_built:
        return _within(theirs.reverse(copy=False), _within(theirs, nodes, None), None)
    above = Nodes() if up is None else _within(theirs.reverse(copy=False), nodes, _all(up))
    return above | (Nodes() if down is None else _within(theirs, nodes, _all(down)))


def _path(theirs: "nx.DiGraph[str]", steps: list[Nodes]) -> Nodes:
    """Of every choice of one node a step: all that lies between."""
    begin, *rest = steps
    chains = [(node, frozenset({node})) for node in begin]
    for step in rest:
        chains = [
            (end, passed | (_within(theirs, Nodes({last}), None) & _above(theirs, end)))
            for last, passed in chains
            for end in step
            if nx.has_path(theirs, last, end)
        ]
        chains = [
            (end, reduce(frozenset.union, (p for e, p in chains if e == end)))
            for end in {end for end, _ in chains}
        ]
    return Nodes().union(*(passed for _, passed in chains))


def _above(theirs: "nx.DiGraph[str]", node: str) -> Nodes:
    return _within(theirs.reverse(copy=False), Nodes({node}), None)


_CALLS: dict[str, Callable[["nx.DiGraph[str]", Nodes], Nodes]] = {
    "roots": lambda g, ns: frozenset(n for n in ns if not ns & set(g.predecessors(n))),
    "sinks": lambda g, ns: frozenset(n for n in ns if not ns & set(g.successors(n))),
    "parents": lambda g, ns: Nodes().union(*(g.predecessors(n) for n in ns)),
    "children": lambda g, ns: Nodes().union(*(g.successors(n) for n in ns)),
    "near": lambda g, ns: _within(g.to_undirected(), ns, 1),
}
