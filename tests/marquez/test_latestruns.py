"""The runs that a Marquez tells of, with what became of each node in them."""

import uuid
from contextlib import suppress
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from hamilton import driver
from hamilton.function_modifiers.base import InvalidDecoratorException

from explorer_app.loading.lastruns import read_with_run
from explorer_app.loading.messages import Load
from hamilton_ol import OpenLineageHook
from hamilton_ol.config import resolve
from hamilton_ol.graph.runs import RunFacts, is_of, with_run
from hamilton_ol.sources.executions import facts_of_run
from hamilton_ol.sources.marquez import graph_of_marquez, read_marquez
from hamilton_ol.sources.marquezruns import runs_of_jobs
from tests.support.flows import Flows, build, events, latest
from tests.support.marquez.client import MarquezClient
from tests.support.marquez.dataflows import SHOP, SHOP_NODES
from tests.support.marquez.recorded import Recorder

#: A table that has a column less than the code says.
LACKING = SHOP.replace('"quantity": [2, 1], ', "")


def _told(run: RunFacts) -> dict[str, tuple[str, int | None, str]]:
    """{node: (status, rows, beginning of its error)}."""
    return {node: (one.status, one.rows, one.error[:10]) for node, one in run.executions.items()}


def test_each_run_comes_with_its_nodes(marquez: MarquezClient, store: Path, flows: Flows) -> None:
    recorder = Recorder(marquez, store)
    good = recorder.execute(flows.module(SHOP), "total", fails=False)
    bad = recorder.execute(flows.module(SHOP, "again"), "total", fails=True)
    settings = resolve({}, environ={})
    graph, jobs = read_marquez(marquez.url, marquez.namespace, settings)
    found = runs_of_jobs(graph, jobs)
    assert [run.run_id for run in found] == [bad.run_id, good.run_id]
    assert [run.status for run in found] == ["FAILED", "SUCCEEDED"]
    assert all(is_of(graph, run) for run in found)
    assert found[0].executions["revenue"].status == "FAILED"
    assert found[0].executions["revenue"].error
    assert found[1].executions["revenue"].status == "SUCCEEDED"
    assert found[1].executions["revenue"].seconds is not None
    shown = with_run(graph, found[0])
    assert shown["revenue"].status == "FAILED"
    assert shown["total"].status == "SKIPPED"
    assert shown["price"].status == "SUCCEEDED"  # a column has no job of its own
    for run, recorded in zip(found, (bad, good), strict=True):
        assert _told(run) == _told(facts_of_run(recorded))
    source = f"marquez:{marquez.url}#{marquez.namespace}"
    seen, told = read_with_run(Load((source,)), settings, lambda _done, _all: None)
    assert set(seen) == set(graph)
    assert (told.runs, told.is_shown) == (tuple(found), False)


def test_a_run_skips_nothing_of_another_dataflow(
    marquez: MarquezClient, store: Path, flows: Flows
) -> None:
    shop, other = Recorder(marquez, store, "shop"), Recorder(marquez, store, "other")
    shop.execute(flows.module(SHOP), "amount", fails=False)
    run = other.execute(flows.module(SHOP, "again"), "amount", fails=False)
    settings = resolve({}, environ={})
    graph, jobs = read_marquez(marquez.url, marquez.namespace, settings)
    found = runs_of_jobs(graph, jobs)
    shown = with_run(graph, next(one for one in found if one.run_id == run.run_id))
    name = f"job:{marquez.namespace}:"
    assert shown[f"{name}other.amount"].status == "SUCCEEDED"
    assert shown[f"{name}other.revenue"].status == "SKIPPED"
    assert {shown[node].status for node in shown if node.startswith(f"{name}shop.")} == {""}


def test_a_run_that_another_program_started_is_told(
    marquez: MarquezClient, store: Path, flows: Flows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENLINEAGE_PARENT_ID", f"airflow/nightly/{uuid.uuid4()}")
    run = Recorder(marquez, store).execute(flows.module(SHOP), "amount", fails=False)
    settings = resolve({}, environ={})
    graph, jobs = read_marquez(marquez.url, marquez.namespace, settings)
    runs = runs_of_jobs(graph, jobs)
    found = next(one for one in runs if one.run_id == run.run_id)
    assert found.job == "flow"
    assert _told(found) == _told(facts_of_run(run))
    assert [graph[node].kind for node in found.executions] == [
        "function",
        "function",
        "column",
        "column",
    ]


def test_rows_are_those_of_the_latest_run(
    marquez: MarquezClient, store: Path, flows: Flows
) -> None:
    run = Recorder(marquez, store).execute(flows.module(SHOP), "total", fails=False)
    graph = graph_of_marquez(marquez.url, marquez.namespace, resolve({}, environ={}))
    rows = {node: graph[node].rows for node in SHOP_NODES}
    assert rows == {node: facts_of_run(run).executions[node].rows for node in SHOP_NODES}
    assert rows["orders"] == 2


def test_what_was_given_is_not_skipped(marquez: MarquezClient, store: Path, flows: Flows) -> None:
    recorder, module = Recorder(marquez, store), flows.module(SHOP)

    def given(hook: OpenLineageHook) -> driver.Driver:
        made = build([module], hook)
        made.execute = partial(made.execute, overrides={"domain": pd.Series(["x", "y"])})  # type: ignore[method-assign]
        return made

    recorder.drive(given, ("total",), {"fails": False})
    recorder.send(*recorder.events)
    settings = resolve({}, environ={})
    graph, jobs = read_marquez(marquez.url, marquez.namespace, settings)
    (found,) = runs_of_jobs(graph, jobs)
    assert found.given == {"domain"}
    shown = with_run(graph, found)
    assert [shown[node].status for node in ("domain", "email", "total")] == [
        "",
        "SKIPPED",
        "SUCCEEDED",
    ]


def test_a_column_that_failed_says_why(marquez: MarquezClient, store: Path, flows: Flows) -> None:
    recorder = Recorder(marquez, store)
    good = recorder.execute(flows.module(SHOP), "total", fails=False)
    module = flows.module(LACKING, "again")
    with suppress(InvalidDecoratorException):
        recorder.execute(module, "total", fails=False)
    bad = latest(store)
    recorder.send(*events(bad, profile="marquez"))
    settings = resolve({}, environ={})
    graph, jobs = read_marquez(marquez.url, marquez.namespace, settings)
    found = runs_of_jobs(graph, jobs)
    assert [run.run_id for run in found] == [bad.run_id, good.run_id]
    assert found[0].executions["orders"].status == "SUCCEEDED"
    assert found[0].executions["quantity"].status == "FAILED"
    assert (
        found[0]
        .executions["quantity"]
        .error.startswith("InvalidDecoratorException: No such column: quantity")
    )


def test_a_run_that_failed_before_its_first_function_is_told(
    marquez: MarquezClient, store: Path, flows: Flows
) -> None:
    recorder, module = Recorder(marquez, store), flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    bad = recorder.execute(module, "total", fails="no truth value")
    settings = resolve({}, environ={})
    graph, jobs = read_marquez(marquez.url, marquez.namespace, settings)
    found = runs_of_jobs(graph, jobs)[0]
    assert (found.run_id, found.status, found.executions) == (bad.run_id, "FAILED", {})
    assert "fails" in found.error
    assert is_of(graph, found)
    assert with_run(graph, found)["total"].status == "SKIPPED"
