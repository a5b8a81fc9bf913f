"""Queries that follow columns."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.graph.columns import WHOLE, Column, ColumnEdge, column_graph
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge
from hamilton_ol.graph.select.columnflow import column_flow
from hamilton_ol.graph.select.facts import COLUMNS
from tests.support.lineages import graph, node, pairs


def columned() -> LineageGraph:
    """`age` and `sex` go different ways through tables; `total` is not known to come from either."""
    edges = [
        ColumnEdge(Column("t", "age"), Column("u", "age")),
        ColumnEdge(Column("t", "sex"), Column("u", "sex")),
        ColumnEdge(Column("u", "age"), Column("f", "f")),
        ColumnEdge(Column("u", "sex"), Column("g", "g"), direct=False),
    ]
    nodes = [node(one) for one in "tufg"]
    wide = [one._replace(columns=(("age", ""), ("sex", ""))) for one in nodes[:2]] + nodes[2:]
    return LineageGraph(
        wide,
        [Edge("t", "u"), Edge("u", "f"), Edge("u", "g")],
        columns=lambda index: column_graph(index, (), edges),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("col:age+", "tuf"),
        ("col:sex+", "tug"),
        ("t+", "tufg"),
        ("+col:g", "tug"),
        ("col:f", "f"),
        ("(col:age or col:sex)+", "tufg"),
        ("(col:age t)+1", "tu"),
        ("(col:age or f)+", "tufg"),
        ("(col:sex - t)+", "ug"),
        ("col:age col:sex", "tu"),
        ("(col:* col:sex)+", "tufg"),
        ("col:age..f", "tuf"),
    ],
)
def test_columns_are_followed_where_they_are_known(query: str, expected: str) -> None:
    assert columned().select(query) == set(expected)


def test_where_nothing_is_known_of_columns_all_of_them_are_followed() -> None:
    wide = {"columns": (("age", ""), ("sex", ""))}
    made = graph("a>job>b>f", "b>step>f", a=wide, b=wide, step={"part_of": "f"})
    assert made.select("col:sex+") == {"a", "job", "b", "step", "f"}
    assert made.select("+col:f") == {"f", "step", "b", "job", "a"}
    assert made.select("col:sex+1") == {"a", "job", "b", "step", "f"}
    assert made.select("(col:age a)+1") == {"a", "job"}


@st.composite
def partly_known(draw: st.DrawFn) -> LineageGraph:
    """A graph of which some nodes say what their columns come from, and some are parts of others."""
    count, edges = draw(pairs(5))
    ids, names = [f"n{n}" for n in range(count)], ["a", "b", WHOLE]
    column = st.builds(Column, st.sampled_from(ids), st.sampled_from(names))
    told = draw(st.lists(st.builds(ColumnEdge, column, column), max_size=3))
    wide = st.sampled_from([(), (("a", ""),), (("a", ""), ("b", ""))])
    part = st.sampled_from(["", *ids, "gone"])
    return LineageGraph(
        [node(one, columns=draw(wide), part_of=draw(part)) for one in ids],
        [Edge(ids[a], ids[b]) for a, b in edges],
        columns=lambda index: column_graph(index, (), told),
    )


def written_out(made: LineageGraph) -> "nx.DiGraph[Column]":
    """The same flow with an edge for each column that a silent node may take."""
    flow: nx.DiGraph[Column] = nx.DiGraph((edge.origin, edge.target) for edge in made.columns.edges)
    told = {edge.target.node for edge in made.columns.edges}
    for one in made.nodes:
        flow.add_nodes_from(Column(one.id, name) for name in (*COLUMNS(one), WHOLE))
    of = {id_: [column for column in flow if column.node == id_] for id_ in made}
    for one in made.nodes:
        if told.isdisjoint((one.id, one.part_of)):
            whole = Column(one.id, WHOLE)
            flow.add_edges_from((whole, column) for column in of[one.id])
            for above in made.nodes:
                if any((e.origin, e.target) == (above.id, one.id) for e in made.edges):
                    flow.add_edges_from((column, whole) for column in of[above.id])
    return flow


@given(partly_known(), st.data())
def test_columns_reach_what_they_would_with_every_edge_written_out(
    made: LineageGraph, data: st.DataObject
) -> None:
    flow, theirs = column_flow(made), written_out(made)
    begin = data.draw(st.sampled_from([column for column in theirs if column.name != WHOLE]))
    root = flow.of(made.index[begin.node], begin.name)
    for is_up, reach in ((False, nx.descendants), (True, nx.ancestors)):
        found = flow.reached(root, is_up=is_up)
        ours = {(made.ids[flow.owners[n]], flow.names[n]) for n in np.flatnonzero(found)}
        expected = {*reach(theirs, begin), begin}
        assert {one for one in ours if one[1]} == {tuple(one) for one in expected if one.name}
        nodes = flow.nodes_of(found, len(made))
        assert {made.ids[n] for n in np.flatnonzero(nodes)} == {one.node for one in expected}
