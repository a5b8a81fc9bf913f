"""Runs, their states and times are those that were recorded."""

import pytest

from hamilton_ol.demo.__main__ import JOB
from tests.support.flows import Flows
from tests.support.marquez.dataflows import SHOP, SHOP_NODES, shop_edges
from tests.support.marquez.recorded import Recorder
from tests.support.marquez.seen import MS, colours, ends, runs, states, versions


def test_runs_states_and_durations_are_ours(demo: Recorder) -> None:
    assert runs(demo) == ends(demo)


def test_durations_are_those_of_the_nodes(recorder: Recorder, flows: Flows) -> None:
    run = recorder.execute(flows.module(SHOP), "total", fails=False)
    for node in run.nodes:
        if node.node in SHOP_NODES:
            (theirs,) = recorder.marquez.runs(f"flow.{node.node}")
            assert node.ended is not None
            assert abs(theirs["durationMs"] * MS - (node.ended - node.started)) <= 2 * MS


def test_runs_of_nodes_name_the_run_of_the_dataflow(demo: Recorder) -> None:
    (dag,) = demo.marquez.runs(JOB)
    for name in demo.marquez.jobs():
        (run,) = demo.marquez.runs(name)
        assert run["args"].get("run_id", run["id"]) == dag["id"]


def test_of_a_failed_run_the_nodes_before_are_completed_and_the_one_is_failed(
    recorder: Recorder, flows: Flows
) -> None:
    recorder.execute(flows.module(SHOP), "total", fails=True)
    before = {"orders": "COMPLETED", "amount": "COMPLETED", "domain": "COMPLETED"}
    assert states(recorder) == {**before, "revenue": "FAILED", "flow": "FAILED"}
    (run,) = recorder.marquez.runs("flow.revenue")
    assert "no revenue today" in run["facets"]["errorMessage"]["message"]


def test_the_failed_node_alone_has_the_colour_of_a_failure(
    recorder: Recorder, flows: Flows
) -> None:
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    recorder.execute(module, "total", fails=True)
    failed = dict.fromkeys(SHOP_NODES, "COMPLETED") | {"revenue": "FAILED"}
    assert colours(recorder, "total") == failed


@pytest.mark.parametrize("has_run_before", [True, False])
def test_a_failed_node_keeps_its_output(
    recorder: Recorder, flows: Flows, has_run_before: bool
) -> None:
    module = flows.module(SHOP)
    if has_run_before:
        recorder.execute(module, "total", fails=False)
    recorder.execute(module, "total", fails=True)
    output = recorder.job_id("revenue"), recorder.result_id("revenue")
    assert output in recorder.edges("revenue")
    if has_run_before:
        assert recorder.edges("revenue") == shop_edges(recorder)


def test_a_failed_run_leaves_the_columns_of_the_last_good_one(
    recorder: Recorder, flows: Flows
) -> None:
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    before = recorder.marquez.dataset(recorder.memory, "revenue")
    columns = recorder.columns("total")
    recorder.execute(module, "total", fails=True)
    after = recorder.marquez.dataset(recorder.memory, "revenue")
    assert after["fields"] == before["fields"] != []
    assert after["currentVersion"] == before["currentVersion"]
    assert recorder.columns("total") == columns


def test_while_a_node_runs_it_is_running_and_its_edges_are_what_they_were(
    recorder: Recorder, flows: Flows
) -> None:
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    recorder.record(module, "total", fails=False)
    *before, start = recorder.events[: _place(recorder, "START", "flow.revenue") + 1]
    recorder.send(*before, start)
    assert states(recorder)["revenue"] == states(recorder)["flow"] == "RUNNING"
    assert recorder.edges("revenue") == shop_edges(recorder)
    recorder.send(*recorder.events[len(before) + 1 :])
    assert set(states(recorder).values()) == {"COMPLETED"}


def _place(recorder: Recorder, kind: str, job: str) -> int:
    told = [(event.type, event.job) for event in recorder.events]
    return told.index((kind, job))


def test_the_last_event_sent_again_changes_nothing(recorder: Recorder, flows: Flows) -> None:
    recorder.execute(flows.module(SHOP), "total", fails=False)
    recorder.send(*[event for event in recorder.events if event.type != "START"])
    assert recorder.edges("total") == shop_edges(recorder)
    assert runs(recorder) == ends(recorder)
    assert versions(recorder) == dict.fromkeys(SHOP_NODES, 1)
