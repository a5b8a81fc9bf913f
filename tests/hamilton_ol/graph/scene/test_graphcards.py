"""A lineage graph as cards."""

import numpy as np
import pytest

import hamilton_ol
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import KINDS as NODE_KINDS
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.scene.graphcards import cards_of, dressed, grouping_by, scene_of_graph
from hamilton_ol.graph.scene.kinds import kind_of
from hamilton_ol.graph.scene.words import KINDS
from tests.support.scenes import Flat


@pytest.fixture(scope="module")
def graph() -> LineageGraph:
    from hamilton import driver

    from hamilton_ol.demo import data_loading, features, model_pipeline, sets

    modules = (data_loading, features, model_pipeline, sets)
    return hamilton_ol.lineage(driver.Builder().with_modules(*modules).build())


def test_columns_are_rows_of_the_card_they_come_from(graph: LineageGraph) -> None:
    made = cards_of(graph)
    table = made.cards.names.index("titanic_data")
    assert set(made.cards.fields_of(table)) == {
        node.name for node in graph.nodes if node.part_of == "titanic_data"
    }
    assert "age" not in made.cards.names
    assert len(made.cards) + len(made.cards.row_names) == len(graph)


def test_every_node_is_found_on_its_card(graph: LineageGraph) -> None:
    made = cards_of(graph)
    for number, node in enumerate(graph.nodes):
        card, row = int(made.card[number]), int(made.row[number])
        written = made.cards.fields_of(card)[row] if row >= 0 else made.cards.names[card]
        assert written == node.name


def test_every_link_is_an_edge_of_the_graph(graph: LineageGraph) -> None:
    made = cards_of(graph)
    for link in range(len(made.links)):
        edge = graph.edges[int(made.edge[link])]
        assert made.cards.names[made.links.target[link]] == edge.target
        origin, row = int(made.links.origin[link]), int(made.links.row[link])
        written = made.cards.fields_of(origin)[row] if row >= 0 else made.cards.names[origin]
        assert written == edge.origin
    assert len(made.links) == len(graph.edges) - len(made.cards.row_names)


@pytest.mark.parametrize("kind", NODE_KINDS)
def test_every_kind_of_node_has_a_look(kind: str) -> None:
    assert kind_of(Node("a", "a", kind)) in KINDS
    assert kind_of(Node("a", "a", kind)) != "unknown"


def test_artifacts_and_unknown_kinds_are_told_apart() -> None:
    assert kind_of(Node("a", "a", tags={"artifact": "model"})) == "artifact"
    assert kind_of(Node("a", "a", "something else")) == "unknown"


def test_it_gets_places(graph: LineageGraph) -> None:
    made = cards_of(graph)
    scene = scene_of_graph(made, Flat())
    assert np.isfinite(scene.boxes).all()
    assert (scene.edges.route >= 0).all()


def test_cards_are_grouped_by_what_their_nodes_have_in_common(graph: LineageGraph) -> None:
    made = cards_of(graph)
    grouping = grouping_by(graph, made, lambda node: node.module)
    named = dict(zip(made.cards.names, grouping.of_card.tolist(), strict=True))
    assert named["random_state"] == -1
    assert named["sex_encoder"] == named["family"] != named["titanic_data"]


def test_an_empty_graph_is_an_empty_scene() -> None:
    scene = scene_of_graph(cards_of(LineageGraph([], [])), Flat())
    assert len(scene) == 0
    assert scene.bounds == (0.0, 0.0, 0.0, 0.0)


def test_a_column_without_its_table_has_a_card() -> None:
    graph = LineageGraph([Node("x", "x", "column", part_of="gone", field="x")], [])
    assert cards_of(graph).cards.names == ("x",)


def test_a_cycle_is_drawn() -> None:
    nodes = [Node(name, name) for name in "ab"]
    graph = LineageGraph(nodes, [Edge("a", "b"), Edge("b", "a")])
    assert len(scene_of_graph(cards_of(graph), Flat()).edges) == 2


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("ClassifierMixin", "ClassifierMixin"),
        ("dict[str, LabelEncoder]", "dict[…]"),
        ("dict[str, int]", "dict[str, int]"),
        ("RandomForestClassifier", "RandomForestCla…"),
        ("AVeryLongNameOfAType[int]", "AVeryLongNameOf…"),
    ],
)
def test_a_type_leaves_room_for_a_note_beside_it(type_: str, expected: str) -> None:
    made = cards_of(LineageGraph([Node("a", "a", type=type_), Node("b", "b", type=type_)], []))
    assert dressed(made, {}, ("12 ms", "")).cards.types == (expected, type_)
