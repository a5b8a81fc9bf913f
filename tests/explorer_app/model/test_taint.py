"""Where personal data goes, on the cards and in the inspector."""

from explorer_app.model.commands import COMMANDS
from explorer_app.model.inspector import page_of
from explorer_app.model.lenses import lens_of
from explorer_app.model.looks import looks_of
from explorer_app.model.page import Item, Labels
from explorer_app.model.session import Session
from explorer_app.model.taint import sensitive_keys, taint_of
from explorer_app.qt.lenslegend import legend_of
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.graph.scene.graphcards import cards_of
from hamilton_ol.graph.scene.words import TONE
from hamilton_ol.graph.sensitive import TAGS, sensitive
from tests.support.samples import FOREST, sample


def stopped() -> LineageGraph:
    """Personal data that is made anonymous on one of two ways."""
    nodes = [
        Node("age", "age", tags={"PII": "true"}),
        Node("band", "band", tags={"anonymized": "true"}),
        Node("report", "report", tags={"artifact": "csv"}),
        Node("model", "model", tags={"artifact": "model"}),
        Node("other", "other"),
    ]
    edges = [Edge("age", "band"), Edge("band", "report"), Edge("age", "model")]
    return LineageGraph(nodes, edges)


def test_it_is_what_the_library_says() -> None:
    taint = taint_of(sample(), TAGS)
    told = sensitive(sample(), TAGS)
    wanted = set().union(*(row.reached for row in told)) & set(sample().ids)
    assert {sample().ids[n] for n in taint.carries.nonzero()[0].tolist()} == wanted
    ends = {sample().ids[n] for n in taint.ends}
    assert {end.node.id for row in told for end in row.ends} <= ends
    assert {FOREST, "encoders", "X_test", "y_test"} <= ends


def test_a_barrier_stops_it_and_what_lies_behind_is_free() -> None:
    graph = stopped()
    taint = taint_of(graph, TAGS)
    assert taint.barriers == {1: "anonymized=true"}
    assert taint.ends == (3,)
    assert taint.free.nonzero()[0].tolist() == [2]


def test_a_barrier_that_nothing_takes_is_no_end() -> None:
    nodes = [
        Node("age", "age", tags={"PII": "true"}),
        Node("band", "band", tags={"anonymized": "true", "artifact": "csv"}),
    ]
    taint = taint_of(LineageGraph(nodes, [Edge("age", "band")]), TAGS)
    assert (taint.ends, taint.barriers) == ((), {1: "anonymized=true"})


def test_the_legend_explains_barriers_where_there_are_some() -> None:
    for graph, count in ((stopped(), 1), (sample(), 0)):
        lens = lens_of(Session(graph), cards_of(graph), "pii")
        assert [entry.sign for entry in legend_of(lens)].count("barrier") == count


def test_the_lens_is_offered_where_something_is_tagged() -> None:
    [command] = [one for one in COMMANDS if one.id == "lens-pii"]
    bare = LineageGraph([Node("a", "a", tags={"x": "y"})], [])
    assert [command.can(Session(graph)) for graph in (stopped(), bare)] == [True, False]


def test_cards_say_what_they_carry_and_what_is_free_does_not_step_back() -> None:
    session = Session(stopped())
    session.look_at("tag:PII=true+", "pii")
    looks = looks_of(session, cards_of(session.graph))
    assert looks.tone.tolist() == [TONE["pii"], TONE["barrier"], 0, TONE["pii"], 0]
    assert looks.dim.tolist() == [False, False, False, False, True]
    assert looks.ends.tolist() == [False, False, False, True, False]
    assert looks.barrier.tolist() == [False, True, False, False, False]
    assert looks.edge_tone.tolist() == [TONE["pii"], 0, TONE["pii"]]
    assert not looks.edge_dim.any()
    labels = taint_of(session.graph, TAGS).labels(cards_of(session.graph))
    assert {card: [tag.text for tag in tags] for card, tags in labels.items()} == {
        0: ["age"],
        1: ["anonymized"],
        3: ["age"],
    }


def test_a_long_name_of_what_is_carried_makes_no_card_wide() -> None:
    name = "value_of_a_customer_in_the_last_twelve_months"
    nodes = [Node(name, name, tags={"PII": "true"}), Node("model", "model")]
    graph = LineageGraph(nodes, [Edge(name, "model")])
    labels = taint_of(graph, TAGS).labels(cards_of(graph))
    assert [tag.text for tag in labels[1]] == ["value_of_a_cu…nths"]


def test_the_inspector_lists_ends_and_barriers() -> None:
    session = Session(stopped())
    session.look_at("tag:PII=true+", "pii")
    page = page_of(session)
    assert page.title == "Where it ends"
    assert page.text == "age reaches 1 end. 1 barrier on the way."
    assert page.sections[0].lines == (
        Item("artifact", "model", "no owner", 3),
        Labels((("age", "pii"),)),
    )
    assert page.sections[1].lines == (Item("barrier", "band", "tag anonymized=true", 1),)


def test_tags_are_found_as_they_are_written() -> None:
    graph = LineageGraph([Node("a", "a", tags={"pii": "true", "x": "y"})], [])
    assert sensitive_keys(graph, TAGS) == ["pii"]
