"""Drivers of every kind: each run is recorded as it was, and comes out as it would without us."""

import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hamilton import base, driver
from hamilton.execution import executors, grouping
from hamilton.io.materialization import to
from hamilton.lifecycle.default import GracefulErrorAdapter
from hamilton.plugins.h_threadpool import FutureAdapter

from hamilton_ol import OpenLineageHook
from hamilton_ol.demo.__main__ import REQUESTED
from hamilton_ol.demo.__main__ import build as build_demo
from hamilton_ol.demo.__main__ import inputs as demo_inputs
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.flows import Flows, build, latest

FLOW = """
    def doubled(number: int) -> int:
        return 2 * number

    def total(doubled: int, number: int) -> int:
        return doubled + number
"""
INPUTS = {"number": 3}


def _statuses(run: Run) -> dict[str, str | None]:
    return {node.node: node.status for node in run.nodes}


def _runs(store: Path) -> list[Run]:
    assert flush_all(10)
    reader = StoreReader(store)
    return [reader.run(run.run_id) for run in reader.runs()]


# --- ways to make and to execute a driver --------------------------------------------------------

Hooks = list[OpenLineageHook]


def _builder(flow: Any, hooks: Hooks) -> driver.Builder:
    return driver.Builder().with_modules(flow).with_adapters(*hooks)


def _executed(flow: Any, hooks: Hooks) -> Any:
    return _builder(flow, hooks).build().execute(["total"], inputs=INPUTS)


def _by_function(flow: Any, hooks: Hooks) -> Any:
    return _builder(flow, hooks).build().execute([flow.total], inputs=INPUTS)


def _old(flow: Any, hooks: Hooks) -> Any:
    adapter: Any = [base.DictResult(), *hooks]
    return driver.Driver(INPUTS, flow, adapter=adapter).execute(["total"])


def _old_with_a_table(flow: Any, hooks: Hooks) -> Any:
    adapter: Any = [base.PandasDataFrameResult(), *hooks]
    return driver.Driver(INPUTS, flow, adapter=adapter).execute(["total"]).to_dict()


def _materialized(flow: Any, hooks: Hooks) -> Any:
    saver = to.memory(id="total__saved", dependencies=["total"], combine=base.DictResult())
    made = _builder(flow, hooks).build()
    return made.materialize(saver, additional_vars=["total"], inputs=INPUTS)[1]


def _with_materializers(flow: Any, hooks: Hooks) -> Any:
    saver = to.memory(id="total__saved", dependencies=["total"], combine=base.DictResult())
    made = _builder(flow, hooks).with_materializers(saver).build()
    return {"total": made.execute(["total", "total__saved"], inputs=INPUTS)["total"]}


def _dynamic(strategy: grouping.GroupingStrategy, flow: Any, hooks: Hooks) -> Any:
    made = _builder(flow, hooks).enable_dynamic_execution(allow_experimental_mode=True)
    threads = made.with_remote_executor(executors.MultiThreadingExecutor(2))
    return threads.with_grouping_strategy(strategy).build().execute(["total"], inputs=INPUTS)


def _in_futures(flow: Any, hooks: Hooks) -> Any:
    adapter = FutureAdapter(2)
    with adapter.executor:
        made = driver.Builder().with_modules(flow).with_adapters(adapter, *hooks).build()
        return made.execute(["total"], inputs=INPUTS)


def _copied(flow: Any, hooks: Hooks) -> Any:
    return _executed(flow, copy.deepcopy(hooks))


WAYS: dict[str, Callable[[Any, Hooks], Any]] = {
    "execute": _executed,
    "execute by function": _by_function,
    "old driver": _old,
    "old driver with a table": _old_with_a_table,
    "materialize": _materialized,
    "with_materializers": _with_materializers,
    "dynamic, one by one": lambda *given: _dynamic(grouping.GroupNodesIndividually(), *given),
    "dynamic, all as one": lambda *given: _dynamic(grouping.GroupNodesAllAsOne(), *given),
    "dynamic, by level": lambda *given: _dynamic(grouping.GroupNodesByLevel(), *given),
    "futures": _in_futures,
    "copied hook": _copied,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_run_is_recorded_whichever_way_it_is_executed(
    flows: Flows, store: Path, way: str
) -> None:
    flow, hook = flows.module(FLOW), OpenLineageHook(store=store)
    plain = WAYS[way](flow, [])
    assert pickle.dumps(WAYS[way](flow, [hook])) == pickle.dumps(plain)
    run = latest(store)
    assert (run.started.job, run.status) == ("flow", "SUCCEEDED")
    assert run.started.requested[0] == "total"
    assert run.graph is not None
    assert _statuses(run).items() >= {"doubled": "SUCCEEDED", "total": "SUCCEEDED"}.items()
    beside = set(_statuses(run)) - {"doubled", "total"}
    assert {name.partition("__")[2] for name in beside} <= {"saved", "saved_build_result"}
    assert hook.problems == {}


def test_results_from_a_cache_are_those_without_a_hook(
    flows: Flows, store: Path, tmp_path: Path
) -> None:
    flow, hook = flows.module(FLOW), OpenLineageHook(store=store)
    for _ in range(2):
        made = _builder(flow, [hook]).with_cache(path=str(tmp_path / "cache")).build()
        assert made.execute(["total"], inputs=INPUTS) == {"total": 9}
    assert [(run.status, set(_statuses(run))) for run in _runs(store)] == [
        ("SUCCEEDED", {"doubled", "total"})
    ] * 2


def test_an_overridden_node_is_not_executed(flows: Flows, store: Path) -> None:
    dr = build([flows.module(FLOW)], OpenLineageHook(store=store))
    assert dr.execute(["total"], inputs=INPUTS, overrides={"doubled": 7}) == {"total": 10}
    run = latest(store)
    assert _statuses(run) == {"total": "SUCCEEDED"}
    assert run.context.overrides["doubled"].value == 7


@pytest.mark.parametrize(
    ("requested", "given"), [(["total"], {"number": "x"}), (["total"], {}), (["absent"], INPUTS)]
)
def test_a_run_that_never_gets_to_a_node_failed(
    flows: Flows, store: Path, requested: list[str], given: dict[str, Any]
) -> None:
    dr = build([flows.module(FLOW)], OpenLineageHook(store=store))
    with pytest.raises(ValueError):
        dr.execute(list(requested), inputs=given)
    run = latest(store)
    assert (run.status, run.nodes) == ("FAILED", ())


def test_the_demo_returns_the_same_bytes(store: Path) -> None:
    hook = OpenLineageHook(store=store)
    results = [
        pickle.dumps(build_demo(*hooks).execute(list(REQUESTED), inputs=demo_inputs()))
        for hooks in ([], [hook], [hook])
    ]
    assert results[1:] == [results[0]] * 2
    assert [run.status for run in _runs(store)] == ["SUCCEEDED"] * 2
    assert hook.problems == {}


# --- sentinels -----------------------------------------------------------------------------------

FAILING = """
    def failing(number: int) -> int:
        raise ValueError("no")

    def after(failing: int) -> int:
        return failing

    def beside(number: int) -> int:
        return number
"""


@pytest.mark.parametrize(
    ("sentinel", "status"), [(pd.NaT, "SENTINEL"), ("", "SENTINEL"), (None, "SUCCEEDED")]
)
def test_a_node_that_was_replaced_by_a_sentinel_did_not_succeed(
    flows: Flows, store: Path, sentinel: Any, status: str
) -> None:
    """With None nobody can tell."""
    hook, adapter = OpenLineageHook(store=store), GracefulErrorAdapter(ValueError, sentinel)
    flow = flows.module(FAILING)
    made = driver.Builder().with_modules(flow).with_adapters(adapter, hook).build()
    result = made.execute(["after", "beside"], inputs=INPUTS)
    assert result["after"] is sentinel
    run = latest(store)
    assert run.status == "SUCCEEDED"
    assert _statuses(run) == {"failing": status, "after": status, "beside": "SUCCEEDED"}
