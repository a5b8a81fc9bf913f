"""Which nodes queries mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.errors import QueryError, UnknownNodeError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset, Node
from hamilton_ol.graph.select.completion import complete
from hamilton_ol.graph.select.evaluation import explain
from hamilton_ol.graph.select.formatting import text_of
from hamilton_ol.graph.select.syntax import Glob, Query
from tests.support.lineages import graph, lineage, node, pairs
from tests.support.queries import meaning, names, queries

FLOW = graph(
    "raw>table>age>train>model",
    "table>sex>train",
    "size>model",
    "table>check",
    "table>spare",
    raw={"kind": "input"},
    size={"kind": "input"},
    table={
        "type": "pandas.DataFrame",
        "tags": {"source": "prod.kaggle", "owner": "data-engineering"},
        "owners": ("data-engineering",),
        "sources": (Dataset("file", "/data/x.csv"),),
        "columns": (("age", "int"), ("sex", "str")),
        "rows": 600,
        "seconds": 2.5,
        "status": "SUCCEEDED",
        "doc": "The passengers of a ship.",
        "file": "src/data_loading.py",
        "module": "demo.data_loading",
        "function": "demo.data_loading.table",
    },
    age={"kind": "column", "field": "age", "tags": {"PII": "true"}, "type": "Series"},
    sex={"kind": "column", "field": "sex", "tags": {"pii": ("True", "x")}, "type": "Series"},
    train={"tags": {"PII": "false", "stage": "train"}, "seconds": 0.2, "status": "FAILED"},
    model={"tags": {"artifact": "model", "Importance": "Production"}, "seconds": 60.0},
    check={"kind": "check"},
    spare={"namespace": "other"},
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("+train", "raw table age sex train"),
        ("age+", "age train model"),
        ("1+train+1", "age sex train model"),
        ("0+train", "train"),
        ("@age", "raw table age sex train size model"),
        ("raw..model", "raw table age sex train model"),
        ("raw..age..model", "raw table age train model"),
        ("raw..(age or check)..model", "raw table age train model"),
        ("model..raw", ""),
        ("(age or sex)..train", "age sex train"),
        ("tag:PII", "age sex"),
        ("tag:pii=true", "age sex"),
        ("tag:PII=yes", "age sex"),
        ("tag:PII=false", "train"),
        ("tag:PII=*", "age sex train"),
        ('tag:PII="true"', "age"),
        ("tag:importance=production", "model"),
        ('tag:importance="production"', ""),
        ("tag:st*=tr*", "train"),
        ("owner:data-*", "table"),
        ("not owner:*", "raw age sex train model size check spare"),
        ("type:dataframe", "table"),
        ("type:*Frame", "table"),
        ("type:DataFram", ""),
        ("kind:column", "age sex"),
        ("kind:artifact", "model"),
        ("module:data_loading", "table"),
        ("module:demo", "table"),
        ("module:loading", ""),
        ("file:data_loading.py", "table"),
        ("ns:other", "spare"),
        ("source:prod.kaggle", "table"),
        ("source:/data/*", "table"),
        ("source:file:/data/x.csv", "table"),
        ("source:file//data/x.csv", "table"),
        ("prod.kaggle", "table"),
        ("prod.kaggle..sex", "table sex"),
        ("doc:PASSENGERS", "table"),
        ('doc:"of a ship"', "table"),
        ("doc:pass*SHIP", "table"),
        ('doc:"pass*ship"', ""),
        ("status:failed+", "train model"),
        ("dur:>1s", "table model"),
        ("dur:<=200ms", "train"),
        ("dur:1m", "model"),
        ("rows:>0.5k", "table"),
        ("col:age", "table age"),
        ("name:s*", "sex size spare"),
        ("name:S*", ""),
        ("s?x", "sex"),
        ("/^s.x$/", "sex"),
        ("roots(+train)", "raw"),
        ("sinks(tag:PII+)", "model"),
        ("parents(train)", "age sex"),
        ("children(table)", "age sex check spare"),
        ("near(age)", "table age train"),
        ("near(age, 2)", "raw table age sex check spare train model"),
        ("between(age, model)", "age train model"),
        ("shortest(raw, train)", "raw table age train"),
        ("unused()", "spare"),
        ("critical(model)", "raw table age train model"),
        ("critical(none*)", ""),
        ("$mine - age", "sex"),
        ("*", "raw table age sex train model size check spare"),
    ],
)
def test_what_a_query_means(query: str, expected: str) -> None:
    assert FLOW.select(query, {"mine": "tag:PII"}) == set(expected.split())


def test_sets_are_those_of_whoever_asks() -> None:
    sets = {"sel": FLOW.select("age").mask, "view": FLOW.select("age or size").mask}
    assert FLOW.select("sel()+ - $all", {"all": "view()"}, sets) == {"train", "model"}
    assert [part.nodes for part in explain(FLOW, "sel()+", sets=sets)] == [3, 1]
    with pytest.raises(QueryError, match=r"sel\(\) is what is selected") as found:
        FLOW.select("age or sel()", sets={"view": sets["view"]})
    assert (found.value.start, found.value.end) == (7, 12)


def test_code_is_looked_for_in_the_text_of_functions() -> None:
    texts = {"demo.data_loading.table": "def table(): return pd.read_csv(x)"}
    made = LineageGraph(FLOW.nodes, FLOW.edges, texts=texts)
    assert made.select("code:READ_CSV") == {"table"}
    assert FLOW.select("code:read_csv") == set()


@given(pairs(6), st.data())
@settings(max_examples=60)
def test_any_query_means_what_sets_and_networkx_say(
    found: tuple[int, list[tuple[int, int]]], data: st.DataObject
) -> None:
    ours = lineage(*found)
    theirs = ours.to_networkx()
    some: st.SearchStrategy[Query] = names(len(ours) - 1) | st.sampled_from([Glob("*"), Glob("n?")])
    said = data.draw(queries(some))
    assert ours.select(text_of(said)) == meaning(said, ours, theirs)


def test_a_name_that_there_is_not_is_an_error_at_its_place_that_proposes() -> None:
    with pytest.raises(UnknownNodeError) as found:
        FLOW.select("age.. modl")
    error = found.value
    assert (error.start, error.end, error.query) == (6, 10, "age.. modl")
    assert error.hint == "Is 'model' meant?"


def test_an_id_wins_over_a_name_and_a_name_may_mean_several() -> None:
    made = LineageGraph(
        [node("a"), node("1", name="b"), node("2", name="b"), node("3", name="a")], []
    )
    assert made.select("a") == {"a"}
    assert made.select("b") == {"1", "2"}


@pytest.mark.parametrize(
    ("query", "message"),
    [("$b", "\\$b is about itself|\\$a is about itself"), ("$x", "No query is saved as \\$x")],
)
def test_a_saved_query_that_is_not_there_or_about_itself_is_an_error(
    query: str, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        FLOW.select(query, {"a": "$b+", "b": "age or $a"})


def test_depths_are_distances_from_where_the_query_begins() -> None:
    below = FLOW.select("table+")
    assert {one: below.depth(one) for one in below} == {
        "table": 0,
        "age": 1,
        "sex": 1,
        "check": 1,
        "spare": 1,
        "train": 2,
        "model": 3,
    }
    both = FLOW.select("1+train+1")
    assert [both.depth(one) for one in ("age", "train", "model")] == [1, 0, 1]
    way = FLOW.select("raw..model")
    assert way.depth("model") == 4
    assert FLOW.select("tag:PII").depth("age") is None


def test_each_part_is_explained() -> None:
    query = "tag:PII+ and not kind:column"
    told = [(p.depth, query[slice(*p.span)], p.nodes) for p in explain(FLOW, query)]
    assert told == [
        (0, query, 2),
        (1, "tag:PII+", 4),
        (2, "tag:PII", 2),
        (1, "not kind:column", 7),
        (2, "kind:column", 2),
    ]


def test_a_source_that_columns_are_tagged_with_is_read_by_the_whole() -> None:
    tagged = {"kind": "column", "part_of": "t", "field": "a", "tags": {"source": "s3://b/x"}}
    made = graph("t>a>f", "t>g", t={"sources": (Dataset("s3://b", "x"),)}, a=tagged)
    assert made.select("source:s3://b/x+") == made.select('"s3://b/x"+') == {"t", "a", "f", "g"}
    assert complete(made, "source:", 7).candidates[0].text == "source:x"
    only_tags = graph("t>a>f", "t>g", a=tagged)
    assert only_tags.select("source:s3://b/x") == {"t", "a"}


def test_a_graph_without_columns_knows_them_by_their_nodes() -> None:
    assert graph("age>b", b={"columns": (("x", "int"),)}).select("col:x or col:age") == {"age", "b"}


def test_a_query_may_be_asked_of_nothing() -> None:
    nothing = LineageGraph([], [])
    for query in (
        "*",
        "tag:x+",
        "col:x+",
        "dur:>1",
        "unused()",
        "critical(*)",
        "*..*",
        "near(*, 3)",
    ):
        assert nothing.select(query) == set()


def test_a_field_of_many_values_finds_each_of_them() -> None:
    many = LineageGraph([Node(f"n{n}", f"n{n}", owners=(f"o{n % 3}", "all")) for n in range(9)], [])
    assert len(many.select("owner:o1")) == 3
    assert len(many.select("owner:all")) == 9
