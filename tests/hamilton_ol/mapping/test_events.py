"""Which events are told of a run, in which order, with which ids."""

from itertools import pairwise
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings

from tests.support.events import event_of, names, parsed, told
from tests.support.flows import events
from tests.support.runs import (
    ORIGIN,
    RUN_ID,
    column,
    failed,
    graph,
    node,
    one,
    ran,
    run,
    table,
)
from tests.support.runs_random import History, histories, plain_events

CHAIN = graph(node("first"), node("second", "first"))
CHAINED = ran("first", 1, 2, schema=one("int")), ran("second", 2, 3, schema=one("int"))


def test_the_dataflow_is_told_first_and_last_and_producers_before_consumers() -> None:
    assert told(events(run(CHAIN, *CHAINED))) == [
        "START dag",
        "START dag.first",
        "COMPLETE dag.first",
        "START dag.second",
        "COMPLETE dag.second",
        "COMPLETE dag",
    ]


def test_times_are_those_of_the_records_to_the_microsecond() -> None:
    found = [parsed(event)["eventTime"] for event in events(run(CHAIN, *CHAINED))]
    assert found[0] == "2027-01-15T08:00:00.000000+00:00"
    assert found[1] == "2027-01-15T08:00:00.001000+00:00"


def test_what_takes_no_time_by_the_clock_is_told_in_the_order_of_the_graph() -> None:
    backwards = graph(node("a", "b"), node("b", "c"), node("c"))
    found = events(run(backwards, *(ran(name, 1, 1) for name in "abc")))
    expected = [f"{kind} dag.{name}" for name in "cba" for kind in ("START", "COMPLETE")]
    assert told(found)[1:-1] == expected
    times = [event.time for event in found]
    assert all(later - earlier >= 1000 for earlier, later in pairwise(times))


def test_a_producer_that_ends_as_its_consumer_starts_is_told_first() -> None:
    backwards = graph(node("a", "b"), node("b"))
    found = told(events(run(backwards, ran("a", 2, 3), ran("b", 1, 2))))
    assert found.index("COMPLETE dag.b") < found.index("START dag.a")


@settings(max_examples=50, deadline=None)
@given(histories())
def test_what_a_start_lists_was_there_before_it(history: History) -> None:
    made: dict[str, int] = {}
    for ran_node in history.whole.nodes:
        end = ran_node.ended or history.whole.last_seen
        made[ran_node.node] = min(end, made.get(ran_node.node, end))
    for event in plain_events(history.whole):
        if event.type == "START":
            assert all(made.get(name, 0) <= event.time for name in names(parsed(event), "inputs"))


def test_ids_can_be_computed_by_anybody() -> None:
    found = events(run(CHAIN, *CHAINED))
    first = uuid5(UUID(RUN_ID), "first")
    assert [event.run_id for event in found[:3]] == [RUN_ID, str(first), str(first)]
    assert [event.id for event in found[1:3]] == [
        str(uuid5(first, "START")),
        str(uuid5(first, "COMPLETE")),
    ]
    assert [parsed(event)["run"]["runId"] for event in found] == [e.run_id for e in found]
    assert len({event.id for event in found}) == len(found)


@pytest.mark.parametrize("status", ["FAILED", "ABORTED"])
def test_what_failed_names_its_outputs_without_facets(status: str) -> None:
    last = failed("second", 2, 3) if status == "FAILED" else ran("second", 2, 3, status="ABORTED")
    found = events(run(CHAIN, CHAINED[0], last, status=status))
    end = event_of(found, "dag.second")
    assert end["eventType"] == {"FAILED": "FAIL", "ABORTED": "ABORT"}[status]
    assert end["outputs"] == [{"namespace": "inmemory://ns/dag", "name": "second"}]
    assert names(end, "inputs") == ["first"]
    assert event_of(found, "dag")["eventType"] == end["eventType"]


def test_what_raised_is_told_where_it_did_and_by_the_dataflow() -> None:
    bad = failed("second", 2, 3)
    whole = run(CHAIN, CHAINED[0], bad, status="FAILED")
    assert whole.finished is not None
    found = events(run(CHAIN, CHAINED[0], bad, status="FAILED"))
    message = event_of(found, "dag.second")["run"]["facets"]["errorMessage"]
    assert message["message"] == "ValueError: no"
    assert message["stackTrace"] == "flow.py:1"
    assert message["programmingLanguage"] == "PYTHON"


def test_a_job_some_nodes_of_which_never_ran_aborts_with_the_run() -> None:
    checked = graph(
        node("x_raw", owner="x"),
        node("x_check", "x_raw", owner="x", kind="check"),
        node("x", "x_raw", "x_check"),
        node("y"),
    )
    found = events(run(checked, ran("x_raw", 1, 2), failed("y", 1, 5), status="FAILED"))
    assert told(found)[-3:] == ["FAIL dag.y", "ABORT dag.x", "FAIL dag"]
    assert found[-2].time == ORIGIN + 6_000_000


def test_what_goes_on_after_the_run_failed_is_not_told() -> None:
    apart = graph(node("bad"), node("slow"), node("late"))
    nodes = failed("bad", 1, 2), ran("slow", 1, 90), ran("late", 50, 60)
    early = run(apart, nodes[0], status="FAILED", requested=("bad", "slow", "late"))
    found = events(run(apart, *nodes, finished=early.finished, requested=("bad", "slow", "late")))
    assert "FAIL dag.bad" in told(found)
    assert told(found)[-2:] == ["ABORT dag.slow", "FAIL dag"]
    assert "START dag.late" not in told(found)


def test_a_failure_that_another_process_dates_after_the_end_is_told_all_the_same() -> None:
    early = run(graph(node("bad")), failed("bad", 1, 2), status="FAILED")
    late = run(graph(node("bad")), failed("bad", 1, 9), finished=early.finished)
    assert told(events(late))[-2:] == ["FAIL dag.bad", "FAIL dag"]


TABLE = graph(node("t", type="DataFrame"), column("a", "t"), column("b", "t"), node("y", "a"))
WHOLE = ran("t", 1, 2, schema=table(a="int64", b="int64"))


def test_a_column_taken_later_does_not_prolong_the_job_of_its_table() -> None:
    found = events(run(TABLE, WHOLE, ran("a", 3, 4), ran("y", 4, 5), ran("b", 6, 7)))
    assert told(found)[1:3] == ["START dag.t", "COMPLETE dag.t"]
    assert told(found).count("COMPLETE dag.t") == 1
    assert found[2].time == ORIGIN + 2_000_000


def test_a_column_that_cannot_be_taken_fails_a_run_of_its_own() -> None:
    found = events(run(TABLE, WHOLE, failed("a", 3, 4), status="FAILED"))
    assert told(found) == [
        "START dag",
        "START dag.t",
        "COMPLETE dag.t",
        "START dag.t",
        "FAIL dag.t",
        "FAIL dag",
    ]
    assert found[3].run_id == str(uuid5(UUID(RUN_ID), "a"))
    assert parsed(found[4])["run"]["facets"]["errorMessage"]["message"] == (
        "node 'a': ValueError: no"
    )
    assert names(parsed(found[4]), "outputs") == ["t"]


def test_columns_of_a_table_that_failed_do_not_fail_again() -> None:
    nodes = [ran(name, n, n + 1, status="SENTINEL") for n, name in enumerate(("t", "a", "y"))]
    found = told(events(run(TABLE, *nodes)))
    assert [each for each in found if each.startswith("FAIL")] == ["FAIL dag.t", "FAIL dag.y"]
