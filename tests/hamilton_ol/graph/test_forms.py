"""A graph as networkx, pandas and JSON have it."""

import json
import math
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hamilton_ol.errors import GraphError
from hamilton_ol.graph.documents import SCHEMA
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from tests.support.lineages import graph, rich

ROOT = Path(__file__).parents[3]
PUBLISHED = json.loads((ROOT / "schemas/LineageGraph/1-0-0.json").read_text("utf-8"))
ENDS = {"origin", "target"}
VALIDATOR = Draft202012Validator(PUBLISHED)


@given(rich())
@settings(max_examples=30)
def test_the_view_of_networkx_equals_its_own_graph(made: LineageGraph) -> None:
    expected: nx.DiGraph[str] = nx.DiGraph()
    for one in made.nodes:
        attributes = {key: value for key, value in one._asdict().items() if key != "id"}
        expected.add_node(one.id, **attributes)
    for edge in made.edges:
        rest = {key: value for key, value in edge._asdict().items() if key not in ENDS}
        expected.add_edge(edge.origin, edge.target, **rest)
    expected.graph["name"] = made.name
    for ours in (made.nx, made.to_networkx(), made.nx.copy()):
        assert nx.utils.graphs_equal(ours, expected)
    assert nx.number_weakly_connected_components(made.nx) == (
        nx.number_weakly_connected_components(expected)
    )
    assert dict(made.nx.in_degree()) == dict(expected.in_degree())
    assert set(made.nx.reverse().edges) == {(b, a) for a, b in expected.edges}


def test_the_view_cannot_be_changed_and_the_copy_can() -> None:
    small = graph("a>b")
    with pytest.raises(nx.NetworkXError, match=r"[Ff]rozen"):
        small.nx.add_node("c")
    copy = small.to_networkx()
    copy.add_edge("b", "c")
    assert list(small) == ["a", "b"]


def test_the_view_costs_nothing_until_it_is_used() -> None:
    code = (
        "import sys; from tests.support.lineages import graph; g = graph('a>b'); g.upstream('b')\n"
        "print(sorted({'networkx', 'pandas', 'scipy'} & set(sys.modules)))\n"
        "g.nx; print('networkx' in sys.modules, 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)  # noqa: PLW1510
    assert done.stdout.splitlines() == ["[]", "True False"], done.stderr


def test_pandas_has_a_row_for_each_node() -> None:
    table = graph("a>b", b={"type": "int", "rows": 3}).to_pandas()
    assert list(table.index) == ["a", "b"]
    assert [table.index.name, *table.columns] == list(Node._fields)
    assert table.loc["b", "type"] == "int"
    assert list(graph("a>b>c").upstream("b").to_pandas().index) == ["a", "b"]


# --- JSON ----------------------------------------------------------------------------------------


@given(rich())
@settings(max_examples=30)
def test_json_values_tell_the_same_graph(made: LineageGraph) -> None:
    text = json.dumps(made.to_json())
    VALIDATOR.validate(json.loads(text))
    again = LineageGraph.from_json(json.loads(text))
    assert again == made
    assert again.columns.columns == made.columns.columns
    assert json.dumps(again.to_json()) == text
    assert pickle.loads(pickle.dumps(made)) == made


def test_the_schema_is_published_under_its_name_and_explains_every_field() -> None:
    assert PUBLISHED["$id"] == SCHEMA
    Draft202012Validator.check_schema(PUBLISHED)
    fields = PUBLISHED["$defs"]["Node"]["properties"], PUBLISHED["$defs"]["Edge"]["properties"]
    assert [set(found) for found in fields] == [set(Node._fields), set(Edge._fields)]
    assert all(one["description"] for found in fields for one in found.values())


def test_what_is_not_known_is_skipped() -> None:
    found = {"nodes": [{"id": "a", "colour": "red"}], "edges": [], "more": 1}
    assert list(LineageGraph.from_json(found)) == ["a"]


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([], "the document is list, expected an object"),
        ({"nodes": {}}, "nodes is dict, expected a list"),
        ({"nodes": [{"name": "a"}]}, "nodes[0] has no 'id'"),
        ({"nodes": [{"id": 1}]}, "nodes[0].id is int, expected a text"),
        ({"nodes": [{"id": "a", "rows": True}]}, "nodes[0].rows is bool, expected a whole number"),
        ({"nodes": [{"id": "a", "rows": 10**30}]}, "nodes[0].rows is int, expected a whole number"),
        ({"nodes": [{"id": "a", "seconds": math.nan}]}, "seconds is float, expected a number"),
        ({"nodes": [{"id": "a", "tags": {"x": [1]}}]}, "nodes[0].tags.x is int, expected a text"),
        ({"nodes": [{"id": "a"}, {"id": "a"}]}, "Two nodes have the id 'a'"),
        ({"nodes": [], "edges": [{"origin": "a", "target": "b"}]}, "An edge names 'a'"),
        ({"columns": [["a"]]}, "columns[0] has 1 items, expected 2"),
        ({"$schema": SCHEMA.replace("1-0-0", "2-0-0")}, "no graph of a version that is known"),
        ({"texts": {"f": None}}, "texts.f is NoneType, expected a text"),
    ],
)
def test_what_is_wrong_in_a_document_is_named(found: Any, message: str) -> None:
    with pytest.raises(GraphError, match=re.escape(message)):
        LineageGraph.from_json(found)


KEYS = st.sampled_from(
    ["id", "name", "tags", "columns", "origin", "target", "rows", "seconds", "x"]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.fixed_dictionaries({}, optional={"nodes": JSON, "edges": JSON, "columns": JSON}) | JSON)
def test_any_values_are_a_graph_or_a_clear_error(found: Any) -> None:
    try:
        made = LineageGraph.from_json(found)
    except GraphError:
        return
    assert LineageGraph.from_json(made.to_json()) == made
