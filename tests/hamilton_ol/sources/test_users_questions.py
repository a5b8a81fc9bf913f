"""What people ask of one dataflow, each question under its number.

The dataflow is the demo: as its driver has it, and as a run of it recorded.
"""

import inspect

import pytest
from hamilton import driver

from hamilton_ol.config import resolve
from hamilton_ol.demo import features
from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset
from hamilton_ol.graph.sources import sources_of
from hamilton_ol.hook.lifecycle import OpenLineageHook
from hamilton_ol.sources.dataflows import graph_of_run
from hamilton_ol.sources.drivers import lineage
from tests.support.flows import Flows, latest
from tests.support.runs import failed, graph, node, ran, run

MODEL = "fit_random_forest"
SETTINGS = resolve({})


@pytest.fixture(scope="module", params=["driver", "run"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LineageGraph:
    """The demo's graph, either way."""
    if request.param == "driver":
        return lineage(build())
    store = tmp_path_factory.mktemp("questions") / "store"
    build(OpenLineageHook(JOB, store=store)).execute(list(REQUESTED), inputs=inputs())
    return graph_of_run(latest(store), SETTINGS)


@pytest.fixture(scope="module")
def dr() -> driver.Driver:
    """The demo's driver, which answers some questions itself."""
    return build()


def names(variables: list[driver.Variable]) -> set[str]:
    return {variable.name for variable in variables}


def test_q1_which_columns_and_sources_does_the_model_use(demo: LineageGraph) -> None:
    (source,) = sources_of(demo.upstream(MODEL))
    assert (source.namespace, source.name) == ("hamilton", "prod.kaggle")
    taken = {"pclass", "sex", "age", "sibsp", "parch", "fare", "cabin", "embarked"}
    assert demo.select(f"+{MODEL} and kind:column and module:data_loading") == taken
    # An input names the column of `target`: the code alone may mean any.
    is_run = any(node.status for node in demo.nodes)
    assert set(source.columns) - taken == {"survived"} | (set() if is_run else {"name", "ticket"})


def test_q3_who_and_what_is_hit_by_bad_data(demo: LineageGraph) -> None:
    hit = demo.select("source:prod.kaggle+")
    assert hit == demo.downstream("titanic_data")
    assert {owner for one in hit.nodes for owner in one.owners} == {
        *("data-engineering", "data-science"),
    }
    assert demo.select("source:prod.kaggle+ and kind:artifact") == {
        *("encoders", "training_set_v1", MODEL),
    }


def test_q5_where_does_one_start_when_a_run_broke() -> None:
    record = graph(node("raw"), node("clean", "raw"), node("model", "clean"), node("other"))
    broken = run(record, ran("raw", 0, 1), failed("clean", 1, 2), status="FAILED")
    made = graph_of_run(broken, SETTINGS)
    assert made.select("status:failed") == {"clean"}
    assert made.select("+status:failed") == {"raw", "clean"}
    assert made.select("status:failed+") == {"clean", "model"}


def test_q6_data_sources_of_a_model(demo: LineageGraph) -> None:
    assert [row.name for row in sources_of(demo.upstream(MODEL))] == ["prod.kaggle"]
    assert sources_of(demo.upstream("prefit_random_forest")) == []


def test_q7_what_is_there_and_who_owns_it(demo: LineageGraph) -> None:
    functions = demo.select("kind:function").nodes
    assert all(one.doc and one.module for one in functions)
    assert demo.select("owner:*") == {"titanic_data", "encoders", "training_set_v1", MODEL}
    assert "sex_encoder" in demo.select("not owner:* and kind:function")


def test_q8_where_does_personal_data_end_up(demo: LineageGraph) -> None:
    assert demo.select("age+ and kind:artifact") == {"training_set_v1", MODEL}
    assert demo.select("sex+ and kind:artifact") == {"training_set_v1", MODEL, "encoders"}
    assert demo.select("tag:PII=true+ and kind:artifact") == {"training_set_v1", MODEL, "encoders"}


def test_q9_what_is_personal_and_what_takes_it(demo: LineageGraph) -> None:
    assert demo.select("tag:PII=true") == demo.select("tag:pii") == {"age", "sex"}
    assert demo.select("children(tag:PII)") == {"training_set_v1", "sex_encoder", "sex_category"}


@pytest.mark.parametrize(
    ("value", "is_personal"),
    [('"true"', True), ("'True'", True), ('["true"]', True), ("'False'", False)],
)
def test_q9_however_it_is_written(flows: Flows, value: str, is_personal: bool) -> None:
    source = f"""
    from hamilton.function_modifiers import tag

    @tag(pii={value})
    def age() -> int:
        return 1
    """
    made = lineage(driver.Builder().with_modules(flows.module(source)).build())
    assert (
        made.select("tag:PII") == made.select("tag:PII=true") == ({"age"} if is_personal else set())
    )


def test_q10_all_sources_each_once(flows: Flows) -> None:
    source = """
    import pandas as pd
    from hamilton.function_modifiers import extract_columns, tag, tag_outputs

    @tag_outputs(a={"source": "prod.x"}, b={"source": "prod.x"}, c={"source": "prod.x"})
    @extract_columns("a", "b", "c")
    def loaded() -> pd.DataFrame:
        return pd.DataFrame()
    """
    made = lineage(driver.Builder().with_modules(flows.module(source)).build())
    (row,) = sources_of(made.select("*"))
    assert (row.name, row.readers, row.columns) == ("prod.x", ("loaded",), ("a", "b", "c"))


def test_q11_what_is_upstream(demo: LineageGraph, dr: driver.Driver) -> None:
    assert demo.upstream(MODEL) == demo.select(f"+{MODEL}") == names(dr.what_is_upstream_of(MODEL))


def test_q12_teams_upstream(demo: LineageGraph) -> None:
    teams = {owner for one in demo.upstream(MODEL).nodes for owner in one.owners or (None,)}
    assert teams == {None, "data-science", "data-engineering"}


@pytest.mark.parametrize("name", ["titanic_data", "age"])
def test_q13_what_is_downstream(demo: LineageGraph, dr: driver.Driver, name: str) -> None:
    found = demo.downstream(name)
    assert found == demo.select(f"{name}+") == names(dr.what_is_downstream_of(name))


def test_q14_what_is_between(demo: LineageGraph, dr: driver.Driver) -> None:
    between = demo.select(f"age..{MODEL}")
    assert between == names(dr.what_is_the_path_between("age", MODEL))
    shortest = demo.select(f"shortest(age, {MODEL})")
    assert {"age", MODEL} <= shortest <= between


def test_q15_what_flows_into_the_encoders(demo: LineageGraph) -> None:
    made = demo.upstream("encoders").graph()
    assert set(made) == {
        *("location", "index_col", "titanic_data", "sex", "cabin", "embarked", "encoders"),
        *("sex_encoder", "cabin_encoder", "embarked_encoder"),
    }
    assert len(made.edges) == 11


def test_q16_production_features(demo: LineageGraph, dr: driver.Driver) -> None:
    expected = dr.list_available_variables(tag_filter={"importance": "production"})
    assert demo.select('tag:importance="production"') == names(expected)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("tag:PII", {"PII": None}),
        ('tag:owner="data-science"', {"owner": "data-science"}),
        ('tag:owner="data-science" or tag:owner="x"', {"owner": ["data-science", "x"]}),
        ("tag:owner tag:artifact", {"owner": None, "artifact": None}),
        ('tag:owner tag:source="prod.kaggle"', {"owner": None, "source": "prod.kaggle"}),
        ("tag:nothing", {"nothing": None}),
    ],
)
def test_q16_tags_are_found_as_hamilton_finds_them(
    demo: LineageGraph, dr: driver.Driver, query: str, wanted: dict[str, str | list[str]]
) -> None:
    assert demo.select(query) == names(dr.list_available_variables(tag_filter=wanted))


def test_q17_where_is_age_used(demo: LineageGraph) -> None:
    used = demo.select("col:age+")
    assert {"titanic_data", "age", "training_set_v1", MODEL} <= used
    assert used.isdisjoint({"sex_encoder", "encoders", "family", "deck"})
    assert demo.select("children(age)") == {"training_set_v1"}


def test_q18_who_owns_a_feature(demo: LineageGraph) -> None:
    assert demo["encoders"].owners == ("data-science",)
    assert demo["family"].owners == ()


def test_q19_how_is_a_feature_computed(demo: LineageGraph) -> None:
    found = demo["sex_category"]
    assert found.doc == "The number of the passenger's sex."
    assert demo.texts[found.function].strip() == inspect.getsource(features.sex_category).strip()
    assert found.code
    assert demo.select("1+sex_category") == {"sex_category", "sex", "sex_encoder"}


def test_q20_what_was_this_very_model_trained_on(demo: LineageGraph) -> None:
    sources = {dataset for one in demo.upstream(MODEL).nodes for dataset in one.sources}
    assert sources == {Dataset("hamilton", "prod.kaggle")}


def test_q23_what_is_to_be_trained_again_after_a_change(demo: LineageGraph) -> None:
    assert demo.select("sex_encoder+ and tag:artifact=model") == {MODEL}
    assert demo.select("deck+ and tag:artifact=model") == set()
