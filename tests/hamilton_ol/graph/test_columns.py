"""The graph of columns: all that is told of nodes that are there, each once."""

from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.graph.columns import Column, ColumnEdge, column_graph

INDEX = {"a": 0, "b": 1}
COLUMNS = st.builds(Column, st.sampled_from(["a", "b", "gone"]), st.sampled_from(["x", "y", ""]))
EDGES = st.builds(ColumnEdge, COLUMNS, COLUMNS, st.booleans())


@given(st.lists(COLUMNS, max_size=6), st.lists(EDGES, max_size=8))
def test_each_column_and_edge_of_what_is_there_is_told_once(
    columns: list[Column], edges: list[ColumnEdge]
) -> None:
    made = column_graph(INDEX, columns, edges)
    kept = [e for e in dict.fromkeys(edges) if {e.origin.node, e.target.node} <= set(INDEX)]
    ends = {end for edge in kept for end in edge[:2]}
    named = {column for column in columns if column.node in INDEX}
    assert made.edges == tuple(kept)
    assert sorted(made.columns) == sorted(ends | named)
    assert [made.number(column) for column in made.columns] == [*range(len(made.columns))]
    assert Column("gone", "x") not in made


def test_columns_that_are_named_come_first_in_their_order() -> None:
    edge = ColumnEdge(Column("b", "y"), Column("a", "x"))
    named = [Column("b", "x"), Column("a", "x"), Column("b", "x")]
    assert column_graph(INDEX, named, [edge]).columns == (*named[:2], Column("b", "y"))
