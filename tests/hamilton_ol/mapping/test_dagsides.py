"""The dataflow as the only job: what it read and wrote, and where the columns come from."""

from pathlib import Path
from typing import Any

from hamilton import base, driver

from hamilton_ol import OpenLineageHook
from hamilton_ol.mapping.columns import CAP
from hamilton_ol.records import (
    ColumnUse,
    DatasetAccess,
    Dependency,
    NodeRecord,
    Parent,
    RunFinished,
    Schema,
    Value,
)
from tests.support.events import (
    Json,
    dataset,
    event_of,
    names,
    parsed,
    places,
    schema,
    sources_of,
    sources_of_all,
    told,
)
from tests.support.flows import Flows, events, latest
from tests.support.runs import RUN_ID, failed, graph, node, one, ran, run, table

SEEN = table(a="int64", b="str")
MEMORY = "inmemory://ns/dag"


def alone(*record: NodeRecord, schemas: dict[str, Schema], **options: Any) -> list[Any]:
    """The events of a run of these nodes, one after the other."""
    nodes = [ran(n.name, k, k + 1, schema=schemas.get(n.name)) for k, n in enumerate(record, 1)]
    return events(run(graph(*record), *nodes, **options), granularity="dag")


RAW = node("raw", tags={"source": "prod.x"})
CHAIN = RAW, node("half", "raw"), node("y", "half")


def lineage(*record: NodeRecord, output: str = "y", **schemas: Schema) -> Json:
    return dataset(parsed(alone(*record, schemas=schemas)[-1]), output, "outputs")


def item(name: str, of: str) -> Dependency:
    return Dependency(of, uses=(ColumnUse("item", name),))


def test_sources_are_inputs_and_what_was_asked_for_are_outputs() -> None:
    start, end = alone(*CHAIN, schemas={"raw": SEEN, "half": SEEN, "y": one("int")})
    for event in map(parsed, (start, end)):
        assert places(event, "inputs") == [("ns", "prod.x")]
        assert places(event, "outputs") == [(MEMORY, "y")]
        assert schema(dataset(event, "prod.x")) == {"a": "int64", "b": "str"}
        assert schema(dataset(event, "y", "outputs")) == {"y": "int"}
    assert start.run_id == end.run_id == RUN_ID


# --- lineage through the whole graph -------------------------------------------------------------


def test_a_way_is_direct_if_every_step_is() -> None:
    record = RAW, node("half", item("a", "raw")), node("y", "half")
    made = lineage(*record, raw=SEEN, half=one("Series"), y=one("int"))
    assert sources_of(made) == {"y": {("prod.x", "a", "DIRECT")}}


def test_one_indirect_step_makes_the_whole_way_indirect() -> None:
    made = lineage(*CHAIN, raw=SEEN, half=one("int"), y=one("int"))
    assert sources_of(made) == {"y": {("prod.x", "a", "INDIRECT"), ("prod.x", "b", "INDIRECT")}}


def test_one_direct_way_is_enough() -> None:
    record = *CHAIN[:2], node("y", "half", item("a", "raw"))
    made = lineage(*record, raw=SEEN, half=one("int"), y=one("int"))
    assert sources_of(made) == {"y": {("prod.x", "a", "DIRECT"), ("prod.x", "b", "INDIRECT")}}


def test_columns_that_are_only_passed_on_are_the_same_as_in_the_source() -> None:
    made = lineage(RAW, raw=SEEN, output="raw")
    subtypes = {
        transformation["subtype"]
        for field in made["facets"]["columnLineage"]["fields"].values()
        for ref in field["inputFields"]
        for transformation in ref["transformations"]
    }
    assert subtypes == {"IDENTITY"}


def test_where_a_step_claims_nothing_the_whole_depends_on_what_came_before() -> None:
    record = RAW, node("half", "raw"), node("y", item("new", "half"))
    made = lineage(*record, raw=SEEN, half=table(new="int64"), y=one("int"))
    assert sources_of(made) == {}
    assert sources_of_all(made) == {("prod.x", "a", "INDIRECT"), ("prod.x", "b", "INDIRECT")}


def test_columns_that_a_step_dropped_still_count_for_the_whole() -> None:
    record = RAW, node("half", "raw"), node("y", item("a", "half"))
    made = lineage(*record, raw=SEEN, half=table(a="int64"), y=one("int"))
    assert sources_of(made) == {"y": {("prod.x", "a", "DIRECT")}}
    assert sources_of_all(made) == {("prod.x", "b", "INDIRECT")}


def test_a_source_that_several_functions_read_has_all_columns_that_they_know() -> None:
    other = node("other", tags={"source": "prod.x"})
    record = RAW, other, node("y", item("a", "raw"), item("c", "other"))
    schemas = {"raw": SEEN, "other": table(c="int64", a="int64"), "y": one("int")}
    end = parsed(alone(*record, schemas=schemas)[-1])
    assert schema(dataset(end, "prod.x")) == {"a": "int64", "b": "str", "c": "int64"}
    expected = {("prod.x", "a", "DIRECT"), ("prod.x", "c", "DIRECT")}
    assert sources_of(dataset(end, "y", "outputs")) == {"y": expected}


def test_a_wide_source_is_capped_and_the_event_says_so() -> None:
    wide = table(**{f"c{n}": "int64" for n in range(CAP + 1)})
    end = parsed(alone(*CHAIN, schemas={"raw": wide, "half": one("int"), "y": one("int")})[-1])
    made = dataset(end, "y", "outputs")
    assert sources_of(made) == {}
    assert len(sources_of_all(made)) == CAP
    assert end["run"]["facets"]["hamilton_run"]["capped"] == ["prod.x"]


def test_one_column_of_a_wide_source_is_told_however_many_tables_are_between() -> None:
    wide = table(**{f"c{n}": "int64" for n in range(3 * CAP)})
    record = RAW, node("half", "raw"), node("y", item("c250", "half"))
    end = parsed(alone(*record, schemas={"raw": wide, "half": wide, "y": one("int")})[-1])
    assert sources_of(dataset(end, "y", "outputs")) == {"y": {("prod.x", "c250", "DIRECT")}}


# --- other outputs, other inputs -----------------------------------------------------------------


def test_what_was_saved_is_an_output_and_what_the_saver_returns_is_none() -> None:
    record = RAW, node("save", "raw", kind="saver", type="dict")
    access = DatasetAccess("save", "write", "/out.csv", format="csv", size=9, modified=1.5)
    start, end = map(parsed, alone(*record, schemas={"raw": SEEN}, accesses=(access,)))
    assert places(start, "outputs") == []
    assert places(end, "outputs") == [("file", "/out.csv")]
    made = dataset(end, "/out.csv", "outputs")
    assert sources_of(made) == {n: {("prod.x", n, "DIRECT")} for n in "ab"}
    assert made["facets"]["version"]["datasetVersion"] == "9-1.500000"


def test_the_table_of_a_result_builder_is_an_output(flows: Flows, store: Path) -> None:
    flow = flows.module("""
        import pandas as pd
        from hamilton.function_modifiers import extract_columns, tag

        @extract_columns("a", "b")
        @tag(source="prod.x")
        def raw() -> pd.DataFrame:
            return pd.DataFrame({"a": [1, 2], "b": [3, 4]})

        def total(a: pd.Series, b: pd.Series) -> pd.Series:
            return a + b
    """)
    adapters = base.SimplePythonGraphAdapter(base.PandasDataFrameResult())
    hook = OpenLineageHook("job", store=store)
    builder = driver.Builder().with_modules(flow).with_adapters(adapters, hook)
    builder.build().execute(["a", "total"])
    end = event_of(events(latest(store), granularity="dag"), "job")
    assert names(end, "outputs") == ["raw", "total", "result"]
    result = dataset(end, "result", "outputs")
    direct = {("prod.x", "a", "DIRECT"), ("prod.x", "b", "DIRECT")}
    assert sources_of(result) == {"a": {("prod.x", "a", "DIRECT")}, "total": direct}
    assert result["outputFacets"]["outputStatistics"]["rowCount"] == 2


def test_rows_are_those_of_each_output() -> None:
    record = node("x"), node("y")
    nodes = ran("x", 1, 2, rows=5, schema=SEEN), ran("y", 2, 3, rows=7, schema=SEEN)
    end = parsed(events(run(graph(*record), *nodes), granularity="dag")[-1])
    rows = [one_["outputFacets"]["outputStatistics"]["rowCount"] for one_ in end["outputs"]]
    assert rows == [5, 7]


def test_what_was_given_is_an_input_and_no_output() -> None:
    context = {"overrides": {"half": Value("DataFrame")}, "tables": {"overrides.half": SEEN}}
    nodes = (ran("y", 3, 4, schema=one("int")),)
    whole = run(graph(*CHAIN), *nodes, requested=("y", "half"), context=context)
    end = parsed(events(whole, granularity="dag")[-1])
    assert (places(end, "inputs"), places(end, "outputs")) == ([(MEMORY, "half")], [(MEMORY, "y")])
    assert len(sources_of(dataset(end, "y", "outputs"))["y"]) == 2


# --- ends and beginnings -------------------------------------------------------------------------


def test_a_run_that_fails_names_its_outputs_and_the_node() -> None:
    nodes = ran("raw", 1, 2, schema=SEEN), failed("half", 3, 4)
    whole = run(graph(*CHAIN), *nodes, status="FAILED")
    assert whole.finished is not None
    over = RunFinished(whole.finished.time, "FAILED", nodes[1].error)
    end = parsed(events(whole._replace(finished=over), granularity="dag")[-1])
    assert end["eventType"] == "FAIL"
    assert end["outputs"] == [{"namespace": MEMORY, "name": "y"}]
    assert names(end, "inputs") == ["prod.x"]
    message = end["run"]["facets"]["errorMessage"]["message"]
    assert message == "node 'half': ValueError: no"


def test_an_output_that_an_adapter_replaced_was_not_made() -> None:
    record = *CHAIN, node("z", "raw")
    lost = [ran(n, k, k + 1, status="SENTINEL") for k, n in enumerate(("half", "y"), 2)]
    whole = run(graph(*record), ran("raw", 1, 2, schema=SEEN), *lost, ran("z", 5, 6))
    end = parsed(events(whole, granularity="dag")[-1])
    assert (end["eventType"], names(end, "outputs")) == ("COMPLETE", ["z"])


def test_a_run_is_begun_a_second_after_it_was_or_when_it_is_over() -> None:
    def so_far(end: float | None, status: str = "RUNNING") -> list[str]:
        nodes = ran("raw", 1, end, schema=SEEN), ran("half", end or 2, None)
        return told(events(run(graph(*CHAIN), *nodes, status=status), granularity="dag"))

    assert so_far(999) == []
    assert so_far(1000) == ["START dag"]
    assert so_far(999, "DIED") == ["START dag", "ABORT dag"]


def test_what_takes_longer_than_a_second_has_the_columns_that_an_earlier_run_saw() -> None:
    nodes = ran("raw", 1, 2000, schema=table(new="int")), ran("half", 2001, 2002)
    context = {"known": {"raw": SEEN}}
    whole = run(graph(*CHAIN), *nodes, ran("y", 2003, 2004), context=context)
    start, end = map(parsed, events(whole, granularity="dag"))
    assert schema(dataset(start, "prod.x")) == {"a": "int64", "b": "str"}
    assert (names(start, "outputs"), names(end, "outputs")) == ([], ["y"])
    assert schema(dataset(end, "prod.x")) == {"new": "int"}


def test_the_parent_of_a_run_is_told_as_ever() -> None:
    parent = Parent(RUN_ID, "ns", "above", RUN_ID, "ns", "above")
    start, end = alone(RAW, schemas={}, started={"parent": parent})
    assert parsed(start)["run"]["facets"]["parent"]["job"]["name"] == "above"
    assert "parent" not in parsed(end)["run"]["facets"]


def test_a_run_whose_graph_is_lost_is_told_all_the_same() -> None:
    died = run(None, ran("x", 1, 2, schema=one("int")), status="DIED", requested=("x",))
    for granularity in ("artifact", "dag"):
        assert told(events(died, granularity=granularity))[-1] == "ABORT dag"


def test_a_dataflow_too_large_for_an_event_loses_what_matters_least() -> None:
    wide = table(**{f"column_number_{n}": "int64" for n in range(90)})
    sources = [node(f"s{n}", tags={"source": f"prod.{n}"}) for n in range(15)]
    outputs = [node(f"y{n}", *(s.name for s in sources)) for n in range(15)]
    schemas = dict.fromkeys([n.name for n in (*sources, *outputs)], wide)
    end = alone(*sources, *outputs, schemas=schemas)[-1]
    assert len(end.text) <= 250_000
    assert "columnLineage" in parsed(end)["run"]["facets"]["hamilton_run"]["leftOut"]
