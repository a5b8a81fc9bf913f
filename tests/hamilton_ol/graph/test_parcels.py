"""A graph on its way to another process: it says the same, and takes less."""

import pickle

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from tests.support.lineages import rich


@given(rich())
@settings(max_examples=30)
def test_it_says_the_same(made: LineageGraph) -> None:
    again = pickle.loads(pickle.dumps(made))
    assert again == made
    assert again.columns.columns == made.columns.columns


@given(rich(), st.data())
@settings(max_examples=30)
def test_a_part_of_it_says_the_same(made: LineageGraph, data: st.DataObject) -> None:
    bits = st.lists(st.booleans(), min_size=len(made), max_size=len(made))
    mask = np.array(data.draw(bits), np.bool_)
    part = pickle.loads(pickle.dumps(made)).restricted(mask)
    assert part == made.restricted(mask)
    assert set(made.restricted(mask).columns.columns) <= set(part.columns.columns)
    assert {column.node for column in part.columns.columns} <= set(part)


def test_what_recurs_is_there_once() -> None:
    names = [(f"n{number}", "".join(list("me"))) for number in range(3)]
    nodes = [Node(name, name, module=f"{owner} too", owners=(owner,)) for name, owner in names]
    again = pickle.loads(pickle.dumps(LineageGraph(nodes, [Edge("n0", "n2")])))
    one, two, three = again.nodes
    assert one.module is two.module is three.module
    assert one.owners is two.owners is three.owners
    assert again.edges[0].origin is one.id
    assert one.name is one.id
