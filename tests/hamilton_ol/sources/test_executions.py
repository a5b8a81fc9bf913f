"""What a recorded run did, as facts."""

from hamilton_ol.records import Revision, RunFinished, Value
from hamilton_ol.sources.executions import facts_of_run
from tests.support.runs import ORIGIN, RUN_ID, failed, graph, node, ran, run

FLOW = graph(node("a"), node("b", "a"))


def test_the_error_of_a_node_is_a_sentence_with_its_frames() -> None:
    facts = facts_of_run(run(FLOW, ran("a", 0, 5, rows=7), failed("b", 5, 45), status="FAILED"))
    assert (facts.run_id, facts.job, facts.status) == (RUN_ID, "dag", "FAILED")
    assert facts.started == ORIGIN
    assert facts.executions["a"].rows == 7
    assert facts.executions["b"].seconds == 0.04
    assert facts.executions["b"].error == "ValueError: no"
    assert facts.executions["b"].frames == ("flow.py:1",)


def test_what_is_still_open_runs_while_its_process_does() -> None:
    going = facts_of_run(run(FLOW, ran("a", 0, 5), ran("b", 5, None), status="RUNNING"))
    gone = facts_of_run(run(FLOW, ran("a", 0, 5), ran("b", 5, None), status="DIED"))
    assert going.executions["b"].status == "RUNNING"
    assert gone.executions["b"].status == "ABORTED"
    assert (going.status, gone.status) == ("RUNNING", "DIED")
    assert gone.executions["b"].seconds is None  # nobody knows


def test_of_several_tasks_the_worst_counts_and_their_times_add_up() -> None:
    tasks = ran("b", 0, 10, task="1"), failed("b", 0, 20, task="2")
    found = facts_of_run(run(FLOW, *tasks, status="FAILED")).executions["b"]
    assert (found.status, found.seconds, found.rows) == ("FAILED", 0.03, None)


def test_commit_overrides_and_the_error_of_the_run() -> None:
    context = {"revision": Revision("abc", dirty=True), "overrides": {"a": Value("int")}}
    facts = facts_of_run(run(FLOW, status="FAILED", context=context))
    assert (facts.commit, facts.is_dirty, facts.given) == ("abc", True, frozenset({"a"}))
    ended = run(FLOW)._replace(finished=RunFinished(ORIGIN, "ABORTED"))
    assert facts_of_run(ended).error == ""


def test_what_a_run_was_given_is_told_as_far_as_it_may_be() -> None:
    context = {
        "inputs": {"n": Value("int", 3, shown=True), "key": Value("str", hash="ab12")},
        "config": {"secret": Value("str")},
        "overrides": {"a": Value("str", "x", shown=True)},
    }
    values = facts_of_run(run(FLOW, context=context)).values
    assert values == {
        "n": "3",
        "key": "not recorded, hash ab12",
        "secret": "not recorded",
        "a": "x",
    }
