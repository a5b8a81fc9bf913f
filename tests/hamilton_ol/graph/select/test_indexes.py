"""Which nodes have which values: the same as when each node is asked."""

from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.select.facts import tag_values
from hamilton_ol.graph.select.vocabulary import FIELD, FIELDS
from tests.support.lineages import graph, rich

ASKED = [field for field in FIELDS if field.values is not None]


def expected(of: LineageGraph, name: str, value: str) -> list[int]:
    """The numbers of the nodes that say so, one by one; and of the results of such columns."""
    field = FIELD[name]
    assert field.values is not None
    found = {n for n, node in enumerate(of.nodes) if value in tuple(field.values(node))}
    columns = [n for n in found if field.is_of_whole and of.nodes[n].field]
    wholes = {of.index.get(of.nodes[n].part_of, -1) for n in columns} - {-1}
    return sorted(found | wholes)


@given(rich(), st.sampled_from(ASKED))
def test_an_index_finds_the_nodes_that_say_so(of: LineageGraph, field: object) -> None:
    assert isinstance(field, type(ASKED[0]))
    assert field.values is not None
    index = of.facts.index(field.name, field.values, is_of_whole=field.is_of_whole)
    said = {value for node in of.nodes for value in field.values(node)}
    assert set(index.values) == said
    for value in [*said, "what nobody says"]:
        assert index.having(value) == expected(of, field.name, value)
        mask = index.matching(value.__eq__)
        assert mask.nonzero()[0].tolist() == expected(of, field.name, value)


@given(rich())
def test_tags_are_found_by_key_in_any_case_and_by_each_value(of: LineageGraph) -> None:
    keys = {key.lower() for node in of.nodes for key in node.tags}
    assert set(of.facts.tags) == keys
    for key, index in of.facts.tags.items():
        for value in {value for node in of.nodes for value in tag_values(node, key)}:
            found = [n for n, node in enumerate(of.nodes) if value in tag_values(node, key)]
            assert index.having(value) == found


def test_what_is_said_of_a_column_is_said_of_its_result() -> None:
    made = graph(
        "table>age",
        age={"field": "age", "part_of": "table", "tags": {"source": "prod"}},
        other={"field": "x", "part_of": "nowhere", "tags": {"source": "prod"}},
    )
    assert made.select("source:prod") == {"table", "age", "other"}
