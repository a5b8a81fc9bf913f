"""For tests of dataflows: what a result is made of, as an assertion."""

from collections.abc import Collection, Iterator
from typing import Any

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.sensitive import TAGS, sensitive
from hamilton_ol.graph.sources import sources_of

__all__ = ["assert_lineage"]


def assert_lineage(
    dataflow: Any,
    node: str,
    *,
    sources: Collection[str] | None = None,
    inputs: Collection[str] | None = None,
    owners: Collection[str] | None = None,
    sensitive_columns: Collection[str] | None = None,
    upstream: Collection[str] = (),
    not_upstream: Collection[str] = (),
) -> None:
    """Check what a result comes from; what is not given is not checked, and nothing is executed.

    >>> assert_lineage(dr, "model", sources={"prod.kaggle"}, sensitive_columns=())

    Args:
        dataflow: a driver of Hamilton, or a LineageGraph.
        node: name of the result.
        sources: names of all sources that it is made of.
        inputs: names of all inputs that it depends on.
        owners: all who own something that it is made of.
        sensitive_columns: names of all results tagged PII, GDPR or HIPAA that reach it.
        upstream: names of nodes that it must come from; there may be more.
        not_upstream: names of nodes that it must not come from.

    Raises:
        AssertionError: it is not so; the message names all that differs.
        UnknownNodeError: there is no such node.
    """
    __tracebackhide__ = True
    graph = _graph(dataflow)
    expected = {
        "sources": sources,
        "inputs": inputs,
        "owners": owners,
        "sensitive columns": sensitive_columns,
    }
    found = _found(graph, graph[node].id)
    wrong = [
        *(
            f
            for what, names in expected.items()
            if names is not None
            for f in _differ(what, set(names), found[what])
        ),
        *(f"does not come from {name!r}" for name in sorted(set(upstream) - found["upstream"])),
        *(f"comes from {name!r}" for name in sorted(set(not_upstream) & found["upstream"])),
    ]
    if wrong:
        raise AssertionError(
            f"The lineage of {node!r} is not as expected: it " + "; it ".join(wrong)
        )


def _graph(dataflow: Any) -> LineageGraph:
    if isinstance(dataflow, LineageGraph):
        return dataflow
    from hamilton_ol.sources.drivers import lineage  # noqa: PLC0415 - loads Hamilton

    return lineage(dataflow)


def _found(graph: LineageGraph, node: str) -> dict[str, set[str]]:
    above = graph.upstream(node)
    rows = sensitive(graph, TAGS)
    return {
        "sources": {row.name for row in sources_of(above) if row.name},
        "inputs": {one.name for one in above.nodes if one.kind == "input"},
        "owners": {owner for one in above.nodes for owner in one.owners},
        "sensitive columns": {row.node.name for row in rows if node in row.reached},
        "upstream": {one.name for one in above.nodes},
    }


def _differ(what: str, expected: set[str], found: set[str]) -> Iterator[str]:
    for names, verb in ((expected - found, "lacks"), (found - expected, "also has")):
        if names:
            yield f"{verb} the {what} {', '.join(map(repr, sorted(names)))}"
