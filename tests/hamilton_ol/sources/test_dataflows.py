"""The graph of a run, and the columns of dataflows."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.config import resolve
from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from hamilton_ol.graph.columns import WHOLE, Column
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset
from hamilton_ol.graph.outside import with_datasets
from hamilton_ol.hook.lifecycle import OpenLineageHook
from hamilton_ol.records import ColumnUse, DatasetAccess, Dependency, GraphRecord
from hamilton_ol.sources.dataflows import NO_GRAPH, graph_of_record, graph_of_run
from hamilton_ol.sources.drivers import lineage
from tests.support.flows import Flows, execute, latest
from tests.support.graphs_random import graphs
from tests.support.runs import column, graph, node, ran, run, table

SETTINGS = resolve({})


@pytest.fixture(scope="module")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> LineageGraph:
    store = tmp_path_factory.mktemp("demo") / "store"
    build(OpenLineageHook(JOB, store=store)).execute(list(REQUESTED), inputs=inputs())
    return graph_of_run(latest(store), SETTINGS)


def direct(made: LineageGraph, node: str, name: str) -> set[Column]:
    """The columns that a column comes from directly."""
    target = Column(node, name)
    return {e.origin for e in made.columns.edges if e.target == target and e.direct}


def reached(made: LineageGraph, *begin: Column) -> set[str]:
    """The nodes with columns that come from some columns."""
    columns = made.columns
    mask = columns.reached(np.isin(np.arange(len(columns.columns)), [*map(columns.number, begin)]))
    return {made.ids[n] for n in np.flatnonzero(columns.nodes_of(mask, len(made)))}


def test_a_run_and_its_driver_have_the_same_graph(demo_run: LineageGraph) -> None:
    static = lineage(build())
    assert demo_run.edges == static.edges
    assert demo_run.name == "titanic"
    for one, other in zip(demo_run.nodes, static.nodes, strict=True):
        same = one._replace(status="", seconds=None, rows=None, run="", columns=other.columns)
        assert same == other
        assert {name for name, _ in other.columns} <= {name for name, _ in one.columns}


def test_only_a_run_knows_what_was_executed(demo_run: LineageGraph) -> None:
    executed = {one.id for one in demo_run.nodes if one.status == "SUCCEEDED"}
    wanted = demo_run.upstream(*REQUESTED) - {n.id for n in demo_run.nodes if n.kind == "input"}
    assert executed >= wanted
    assert demo_run["deck"].status == ""
    assert demo_run["fit_random_forest"].seconds is not None
    assert demo_run["training_set_v1"].rows == 600
    assert dict(demo_run["training_set_v1"].columns)["age"] == "int64"


def test_both_know_owners_sources_places_and_texts(demo_run: LineageGraph) -> None:
    for made in (demo_run, lineage(build())):
        found = made["titanic_data"]
        assert found.owners == ("data-engineering",)
        assert found.sources == (Dataset("hamilton", "prod.kaggle"),)
        assert (found.module, found.line) == ("hamilton_ol.demo.data_loading", 21)
        assert found.file.endswith("hamilton_ol/demo/data_loading.py")
        assert "def titanic_data" in made.texts[found.function]
        assert (made["age"].kind, made["age"].part_of) == ("column", "titanic_data")
        assert made["age"].tags == {"PII": "true"}


def test_a_run_follows_columns_through_tables(demo_run: LineageGraph) -> None:
    assert direct(demo_run, "training_set_v1", "family") == {Column("family", "family")}
    assert direct(demo_run, "family", "family") == {
        Column("sibsp", "sibsp"),
        Column("parch", "parch"),
    }
    assert direct(demo_run, "target", "target") == {
        Column("titanic_data", "survived"),
        Column("target_col", "target_col"),
    }


def test_what_is_outside_can_be_nodes_on_which_graphs_join(demo_run: LineageGraph) -> None:
    made = with_datasets(demo_run)
    assert len(made) == len(demo_run) + 1
    assert "dataset:hamilton:prod.kaggle" in made.upstream("fit_random_forest")
    assert made["prod.kaggle"].kind == "source"
    assert made.downstream("prod.kaggle") == demo_run.downstream("titanic_data") | {
        "dataset:hamilton:prod.kaggle"
    }
    age = Column("titanic_data", "age")
    assert direct(made, *age) == {Column("dataset:hamilton:prod.kaggle", "age")}
    assert with_datasets(made).nodes == made.nodes


def test_what_was_read_and_written_is_known_of_its_function(flows: Flows, store: Path) -> None:
    path = store.parent / "x.csv"
    pd.DataFrame({"a": [1]}).to_csv(path, index=False)
    source = f"""
    import pandas as pd
    from hamilton.function_modifiers import load_from, save_to, value

    @save_to.csv(path=value({str(path)!r}), output_name_="saved")
    @load_from.csv(path=value({str(path)!r}))
    def loaded(data: pd.DataFrame) -> pd.DataFrame:
        return data
    """
    found = execute(flows.module(source), ["loaded", "saved"], store)
    made = graph_of_run(found, SETTINGS)
    there = (Dataset("file", str(path)),)
    assert (made["loaded"].sources, made["loaded"].sinks) == (there, there)
    assert with_datasets(made)[str(path)].kind == "dataset"
    assert with_datasets(made).cycles != ()


def test_a_run_without_a_graph_says_so() -> None:
    made = graph_of_run(run(None, ran("a", 0, 1), requested=("a",)), SETTINGS)
    assert list(made) == ["a"]
    assert made.problems == (NO_GRAPH,)


def test_of_several_executions_the_worst_counts() -> None:
    nodes = ran("a", 0, 1, rows=3), ran("a", 1, 3, status="FAILED"), ran("a", 3, None)
    found = graph_of_run(run(graph(node("a")), *nodes), SETTINGS)["a"]
    assert (found.status, found.seconds, found.rows) == ("FAILED", 0.003, None)


# --- columns -------------------------------------------------------------------------------------


def test_a_column_that_a_body_takes_is_followed_and_no_other() -> None:
    taken = Dependency("t", uses=(ColumnUse("item", "a"),))
    record = graph(
        node("t", type="DataFrame"), column("a", "t"), column("b", "t"), node("f", taken)
    )
    made = graph_of_record(record, SETTINGS)
    assert {e.origin for e in made.columns.edges if e.target.node == "f"} == {Column("t", "a")}


def test_a_column_of_which_nothing_is_said_may_come_from_anything() -> None:
    record = graph(node("x"), node("t", "x", type="DataFrame"), column("a", "t"))
    made = graph_of_record(record, SETTINGS)
    assert reached(made, Column("x", "x")) == {"x", "t", "a"}


def test_a_new_column_may_come_from_every_argument() -> None:
    record = graph(node("age"), node("size"), node("t", "age", "size", type="DataFrame"))
    seen = ran("t", 0, 1, schema=table(age="int64", total="int64"))
    made = graph_of_run(run(record, seen), SETTINGS)
    total = {e.origin for e in made.columns.edges if e.target == Column("t", "total")}
    assert total == {Column("age", "age"), Column("t", WHOLE)}
    assert reached(made, Column("size", "size")) == {"size", "t"}


def test_a_column_that_its_table_has_not_got_is_followed_all_the_same() -> None:
    record = graph(node("t", type="DataFrame"), column("z", "t"), node("f", "z"))
    made = graph_of_run(run(record, ran("t", 0, 1, schema=table(a="int64"))), SETTINGS)
    assert reached(made, Column("z", "z")) == {"z", "f"}
    assert reached(made, Column("t", WHOLE)) >= {"z", "f"}


def test_what_only_filters_rows_reaches_every_column() -> None:
    record = graph(node("age"), node("sex"), node("t", "age", "sex", type="DataFrame"))
    seen = ran("t", 0, 1, schema=table(age="int64"))
    made = graph_of_run(run(record, seen), SETTINGS)
    edges = {(e.origin, e.target, e.direct) for e in made.columns.edges}
    age, sex, whole = Column("age", "age"), Column("sex", "sex"), Column("t", WHOLE)
    assert edges == {
        (age, Column("t", "age"), True),
        (sex, whole, False),
        (whole, Column("t", "age"), False),
    }


@given(graphs(), st.booleans())
def test_columns_are_nodes_columns_and_follow_edges(record: GraphRecord, is_run: bool) -> None:
    accesses = (DatasetAccess("n0", "read", "/data/x.csv"),)
    nodes = [ran(n.name, 0, 1) for n in record.nodes if n.kind not in {"input", "config"}]
    made = (
        graph_of_run(run(record, *nodes, accesses=accesses), SETTINGS)
        if is_run
        else graph_of_record(record, SETTINGS)
    )
    made = with_datasets(made)
    for edge in made.columns.edges:
        assert edge.target.node in made.downstream(edge.origin.node)
    for one in {found.node for found in made.columns.columns if not made[found.node].part_of}:
        jobs = {made[other].part_of or other for other in made.downstream(one)}
        assert reached(made, *(c for c in made.columns.columns if c.node == one)) >= jobs
