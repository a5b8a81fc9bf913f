"""What jobs take and leave in memory: results, inputs, overrides, what a result builder makes."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hamilton import base, driver

from hamilton_ol import OpenLineageHook
from tests.support.events import dataset, event_of, names, places, schema, sources_of, told
from tests.support.flows import Flows, build, events, execute, latest

FLOW = """
    import pandas as pd
    from hamilton.function_modifiers import extract_columns

    @extract_columns("a", "b")
    def table(number: int) -> pd.DataFrame:
        '''What is loaded.'''
        return pd.DataFrame({"a": [number], "b": [2.5]})

    def total(a: pd.Series, b: pd.Series) -> float:
        return float((a + b).sum())

    def share(total: float, number: int) -> float:
        return number / total
"""


def test_every_result_is_a_dataset_that_is_marked_as_temporary(flows: Flows, store: Path) -> None:
    found = events(execute(flows.module(FLOW), ["share"], store, inputs={"number": 3}))
    share = event_of(found, "job.share")
    assert places(share, "inputs") == [("inmemory://hamilton/job", "total")]
    assert places(share, "outputs") == [("inmemory://hamilton/job", "share")]
    for one in (*share["inputs"], *share["outputs"]):
        kind = one["facets"]["datasetType"]
        assert (kind["datasetType"], kind["subType"]) == ("JOB_OUTPUT", "TEMPORARY")


def test_the_number_of_rows_is_told_once_by_who_made_them(flows: Flows, store: Path) -> None:
    found = events(execute(flows.module(FLOW), ["total"], store, inputs={"number": 3}))
    made = dataset(event_of(found, "job.table"), "table", "outputs")
    assert made["outputFacets"]["outputStatistics"]["rowCount"] == 1
    assert "inputFacets" not in dataset(event_of(found, "job.total"), "table")


def overridden(flows: Flows, store: Path, requested: str, **overrides: Any) -> Any:
    hook = OpenLineageHook("job", store=store)
    dr = build([flows.module(FLOW)], hook)
    dr.execute([requested], inputs={"number": 3}, overrides=overrides)
    return events(latest(store))


def test_an_overridden_node_has_no_job_and_is_an_input_of_its_consumers(
    flows: Flows, store: Path
) -> None:
    found = overridden(flows, store, "share", total=4.0)
    assert told(found) == ["START job", "START job.share", "COMPLETE job.share", "COMPLETE job"]
    assert event_of(found, "job")["run"]["facets"]["hamilton_run"]["overrides"] == ["total"]
    total = dataset(event_of(found, "job.share"), "total")
    assert schema(total) == {"total": "float"}
    assert sources_of(dataset(event_of(found, "job.share"), "share", "outputs")) == {
        "share": {("total", "total", "DIRECT")}
    }


def test_an_overridden_table_has_the_columns_that_it_was_given(flows: Flows, store: Path) -> None:
    found = overridden(flows, store, "total", table=pd.DataFrame({"a": [1], "b": [2], "c": [3]}))
    assert "START job.table" not in told(found)
    total = event_of(found, "job.total")
    assert schema(dataset(total, "table")) == dict.fromkeys("abc", "int64")
    assert sources_of(dataset(total, "total", "outputs")) == {
        "total": {("table", "a", "DIRECT"), ("table", "b", "DIRECT")}
    }


def test_an_overridden_column_is_a_dataset_of_its_own(flows: Flows, store: Path) -> None:
    found = overridden(flows, store, "total", a=pd.Series([1.5]))
    assert names(event_of(found, "job.total"), "inputs") == ["a", "table"]
    assert schema(dataset(event_of(found, "job.total"), "a")) == {"a": "float64"}


def test_an_input_that_is_a_table_is_a_dataset_and_any_other_a_parameter(
    flows: Flows, store: Path
) -> None:
    flow = flows.module("""
        import pandas as pd

        def chosen(people: pd.DataFrame, column: str, share: float) -> pd.Series:
            return people[column] * share
    """)
    people = pd.DataFrame({"age": [1], "name": ["x"]})
    given = {"people": people, "column": "age", "share": 0.5}
    found = events(execute(flow, ["chosen"], store, inputs=given))
    chosen = event_of(found, "job.chosen")
    assert places(chosen, "inputs") == [("inmemory://hamilton/job", "inputs.people")]
    assert schema(dataset(chosen, "inputs.people")) == {"age": "int64", "name": "str"}
    assert sources_of(dataset(chosen, "chosen", "outputs")) == {
        "chosen": {("inputs.people", "age", "DIRECT")}
    }
    parameters = event_of(found, "job")["run"]["facets"]["executionParameters"]["parameters"]
    assert {p["key"]: p.get("value") for p in parameters} == {
        "input.column": "age",
        "input.people": None,
        "input.share": "0.5",
    }


def test_a_series_that_is_given_has_one_field(flows: Flows, store: Path) -> None:
    flow = flows.module("def twice(values: object) -> object:\n    return values * 2")
    found = events(execute(flow, ["twice"], store, inputs={"values": pd.Series([1])}))
    read = dataset(event_of(found, "job.twice"), "inputs.values")
    assert schema(read) == {"values": "int64"}


def assembled(flows: Flows, store: Path, way: str) -> Any:
    hook, flow = OpenLineageHook("job", store=store), flows.module(FLOW)
    if way == "old driver":
        adapter: Any = [base.SimplePythonDataFrameGraphAdapter(), hook]
        dr = driver.Driver({}, flow, adapter=adapter)
    else:
        builder = driver.Builder().with_modules(flow)
        dr = builder.with_adapters(base.PandasDataFrameResult(), hook).build()
    dr.execute(["a", "total"], inputs={"number": 3})
    return events(latest(store))


@pytest.mark.parametrize("way", ["builder", "old driver"])
def test_a_table_that_a_result_builder_makes_is_the_output_of_a_job(
    flows: Flows, store: Path, way: str
) -> None:
    found = assembled(flows, store, way)
    assert told(found)[-3:] == ["START job.result", "COMPLETE job.result", "COMPLETE job"]
    made = event_of(found, "job.result")
    assert names(made, "inputs") == ["table", "total"]
    assert names(made, "outputs") == ["result"]
    result = dataset(made, "result", "outputs")
    assert schema(result) == {"a": "int64", "total": "float64"}
    assert sources_of(result) == {
        "a": {("table", "a", "DIRECT")},
        "total": {("total", "total", "DIRECT")},
    }
    assert result["outputFacets"]["outputStatistics"]["rowCount"] == 1
    parent = event_of(found, "job.result", "START")["run"]["facets"]["parent"]
    assert parent["run"]["runId"] == found[0].run_id


def test_outputs_that_are_returned_as_they_are_make_no_such_job(flows: Flows, store: Path) -> None:
    found = events(execute(flows.module(FLOW), ["a", "total"], store, inputs={"number": 3}))
    assert "START job.result" not in told(found)


def test_a_function_that_is_called_result_keeps_its_name(flows: Flows, store: Path) -> None:
    flow = flows.module("""
        import pandas as pd

        def result() -> pd.Series:
            return pd.Series([1])
    """)
    builder = driver.Builder().with_modules(flow)
    hook = OpenLineageHook("job", store=store)
    builder.with_adapters(base.PandasDataFrameResult(), hook).build().execute(["result"])
    found = told(events(latest(store)))
    assert found[1:3] == ["START job.result", "COMPLETE job.result"]
    assert found[3:5] == ["START job.build_result", "COMPLETE job.build_result"]
