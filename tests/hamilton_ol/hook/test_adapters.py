"""Beside other adapters, whatever these do: what is recorded is what happened."""

from pathlib import Path
from typing import Any

import pytest
from hamilton.lifecycle import base

from hamilton_ol import OpenLineageHook
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.flows import Flows, build, latest

FLOW = """
    def first(number: int) -> int:
        return number

    def second(first: int) -> int:
        return act(first)

    def third(second: int) -> int:
        return second + 1

    def act(first: int) -> int:
        return first
"""
INPUTS = {"number": 3}


class Spoiler(
    base.BasePreGraphExecute,
    base.BasePreNodeExecute,
    base.BasePostNodeExecute,
    base.BasePostGraphExecute,
):
    """Another adapter, which may raise at one of its callbacks.

    Attributes:
        where: it raises; nowhere when this is empty.
        node: at which node.
        calls: of its callbacks.
    """

    def __init__(self, where: str = "", node: str = "second") -> None:
        self.where, self.node, self.calls = where, node, list[str]()

    def pre_graph_execute(self, **_: Any) -> None:
        self._meet("pre_graph_execute", self.node)

    def pre_node_execute(self, **given: Any) -> None:
        self._meet("pre_node_execute", given["node_"].name)

    def post_node_execute(self, **given: Any) -> None:
        self._meet("post_node_execute", given["node_"].name)

    def post_graph_execute(self, **_: Any) -> None:
        self._meet("post_graph_execute", self.node)

    def _meet(self, where: str, node: str) -> None:
        self.calls.append(where)
        if (where, node) == (self.where, self.node):
            raise RuntimeError(f"spoiled at {where}")


@pytest.fixture
def flow(flows: Flows) -> Any:
    return flows.module(FLOW)


def _statuses(run: Run) -> dict[str, str | None]:
    return {node.node: node.status for node in run.nodes}


def _spoilt(
    flow: Any, store: Path, where: str, *, is_first: bool
) -> tuple[Run, OpenLineageHook, Any]:
    """A run that another adapter spoils, and the driver, which nobody spoils any more."""
    spoiler, hook = Spoiler(where), OpenLineageHook("job", store=store)
    dr = build([flow], *([spoiler, hook] if is_first else [hook, spoiler]))
    with pytest.raises(RuntimeError, match="spoiled"):
        dr.execute(["third"], inputs=INPUTS)
    spoiler.where = ""
    return latest(store), hook, dr


def _goes_on(store: Path, hook: OpenLineageHook, dr: Any) -> None:
    """The next run is recorded as if nothing had been."""
    assert dr.execute(["third"], inputs=INPUTS) == {"third": 4}
    run = latest(store)
    assert run.status == "SUCCEEDED"
    assert run.started.parent is None
    assert _statuses(run) == dict.fromkeys(("first", "second", "third"), "SUCCEEDED")
    assert len(run.nodes) == 3
    assert hook.problems == {}


def test_other_adapters_are_called_as_without_the_hook(flow: Any, store: Path) -> None:
    alone, before, after = Spoiler(), Spoiler(), Spoiler()
    plain = build([flow], alone).execute(["third"], inputs=INPUTS)
    hook = OpenLineageHook("job", store=store)
    assert build([flow], before, hook, after).execute(["third"], inputs=INPUTS) == plain
    assert before.calls == after.calls == alone.calls
    assert latest(store).status == "SUCCEEDED"


@pytest.mark.parametrize(
    ("where", "is_first", "status"),
    [
        ("pre_node_execute", True, None),  # Hamilton does not tell us of the node
        ("pre_node_execute", False, "ABORTED"),  # its function was never called
        ("post_node_execute", True, "ABORTED"),  # nor how it ended
        ("post_node_execute", False, "SUCCEEDED"),
    ],
)
def test_an_adapter_that_raises_at_a_node_fails_the_run(
    flow: Any, store: Path, where: str, is_first: bool, status: str | None
) -> None:
    run, hook, dr = _spoilt(flow, store, where, is_first=is_first)
    assert run.status == "FAILED"
    assert run.finished is not None
    assert run.finished.error is not None
    assert run.finished.error.message == f"spoiled at {where}"
    second = {} if status is None else {"second": status}
    assert _statuses(run) == {"first": "SUCCEEDED", **second}
    _goes_on(store, hook, dr)


@pytest.mark.parametrize("is_first", [True, False])
def test_an_adapter_that_raises_at_a_node_that_fails_hides_no_failure_from_us(
    flow: Any, store: Path, is_first: bool
) -> None:
    flow.act = lambda first: first // 0
    run, hook, dr = _spoilt(flow, store, "post_node_execute", is_first=is_first)
    assert run.status == "FAILED"
    assert _statuses(run) == {"first": "SUCCEEDED", "second": "ABORTED" if is_first else "FAILED"}
    flow.act = lambda first: first
    _goes_on(store, hook, dr)


def test_an_adapter_that_raises_at_the_end_of_a_run_leaves_it_as_it_was(
    flow: Any, store: Path
) -> None:
    run, hook, dr = _spoilt(flow, store, "post_graph_execute", is_first=False)
    assert run.status == "SUCCEEDED"
    _goes_on(store, hook, dr)


@pytest.mark.parametrize(
    ("where", "is_first"), [("pre_graph_execute", False), ("post_graph_execute", True)]
)
def test_a_run_of_whose_end_nobody_tells_stays_open_and_harms_no_other(
    flow: Any, store: Path, where: str, is_first: bool
) -> None:
    run, hook, dr = _spoilt(flow, store, where, is_first=is_first)
    assert run.status == "RUNNING"
    _goes_on(store, hook, dr)


def test_an_adapter_that_prevents_a_run_leaves_no_trace_of_it(flow: Any, store: Path) -> None:
    spoiler = Spoiler("pre_graph_execute")
    hook = OpenLineageHook("job", store=store)
    dr = build([flow], spoiler, hook)
    with pytest.raises(RuntimeError):
        dr.execute(["third"], inputs=INPUTS)
    assert not store.exists()
    spoiler.where = ""
    _goes_on(store, hook, dr)


def test_a_node_whose_own_driver_is_spoiled_is_no_parent_of_what_comes_later(
    flow: Any, flows: Flows, store: Path
) -> None:
    """The inner driver's node never ends, as far as we are told; the outer one goes on."""
    inner = flows.module("def inner() -> int:\n    return 1", "inner_flow")
    hook, spoiler = OpenLineageHook(store=store), Spoiler("pre_node_execute", "inner")
    spoilt = build([inner], hook, spoiler)

    def act(first: int) -> int:
        with pytest.raises(RuntimeError):
            spoilt.execute(["inner"])
        spoiler.where = ""
        spoilt.execute(["inner"])
        spoiler.where = "pre_node_execute"
        return first

    flow.act = act
    build([flow], hook).execute(["third"], inputs=INPUTS)
    assert flush_all(10)
    reader = StoreReader(store)
    runs = [reader.run(found.run_id) for found in reader.runs()]
    outer = next(run for run in runs if run.started.job == "flow")
    assert _statuses(outer) == dict.fromkeys(("first", "second", "third"), "SUCCEEDED")
    within = [run for run in runs if run is not outer]
    assert sorted(run.status for run in within) == ["FAILED", "SUCCEEDED"]
    assert {run.started.parent.job for run in within if run.started.parent} == {"flow.second"}
    assert len({run.started.parent for run in within}) == 1
