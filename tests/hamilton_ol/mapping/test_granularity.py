"""How many jobs a run becomes, whatever it does; and that no rule depends on it."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings

from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.mapping.granularity import MOST_FUNCTIONS
from hamilton_ol.mapping.options import Options
from hamilton_ol.records import GraphRecord, NodeRun, Value
from tests.support.events import Json, names, parsed, places, told
from tests.support.events_classes import differences
from tests.support.events_rules import broken_rules
from tests.support.flows import events
from tests.support.runs import column, graph, node, ran, run, table
from tests.support.runs_random import History, histories, plain_events, texts

COARSE = pytest.mark.parametrize("granularity", ["artifact", "dag"])


# --- by size -------------------------------------------------------------------------------------


def chain(functions: int) -> GraphRecord:
    """A dataflow of this many functions, the last of which is asked for; and columns of each."""
    steps = [node("n0", "x")] + [node(f"n{n}", f"n{n - 1}") for n in range(1, functions)]
    return graph(node("x", kind="input"), *steps, *(column(f"c{n}", f"n{n}") for n in range(9)))


@pytest.mark.parametrize(
    ("functions", "expected"), [(MOST_FUNCTIONS, "node"), (MOST_FUNCTIONS + 1, "artifact")]
)
def test_a_dataflow_of_more_than_200_functions_is_told_as_artifacts(
    functions: int, expected: str
) -> None:
    last = f"n{functions - 1}"
    nodes = [ran(f"n{n}", n, n + 1) for n in range(functions)]
    whole = run(chain(functions), *nodes, requested=(last,))
    assert texts(whole, granularity="auto") == texts(whole, granularity=expected)
    assert EventMapper(Options(granularity="auto")).is_coarse_by_size(whole) == (expected != "node")
    assert not EventMapper(Options(granularity="artifact")).is_coarse_by_size(whole)


def test_the_size_is_the_dataflows_whatever_a_run_asks_of_it() -> None:
    whole = run(chain(MOST_FUNCTIONS + 1), ran("n0", 1, 2), requested=("n0",))
    assert texts(whole, granularity="auto") == texts(whole, granularity="artifact")


# --- any run -------------------------------------------------------------------------------------


@COARSE
@settings(max_examples=100, deadline=None)
@given(history=histories())
def test_what_is_told_of_a_run_in_progress_begins_what_is_told_later(
    granularity: str, history: History
) -> None:
    final = texts(history.whole, granularity=granularity)
    for time in history.moments():
        so_far = texts(history.view(time), granularity=granularity)
        assert so_far == final[: len(so_far)]


@COARSE
@settings(max_examples=60, deadline=None)
@given(history=histories())
def test_no_rule_is_broken_whatever_happens_in_a_run(granularity: str, history: History) -> None:
    found = texts(history.whole, granularity=granularity)
    assert broken_rules(found) == []
    assert differences(found) == []
    generic = texts(history.whole, granularity=granularity, profile="generic", level="full")
    assert broken_rules(generic) == []


@COARSE
@settings(max_examples=30, deadline=None)
@given(history=histories(), other=histories())
def test_what_was_mapped_before_makes_no_difference(
    granularity: str, history: History, other: History
) -> None:
    mapper = EventMapper(Options(granularity=granularity))
    shared = other.whole._replace(graph=history.whole.graph)
    for each in (history.whole, other.whole, shared, history.whole):
        assert texts(each, mapper) == texts(each, granularity=granularity)


@settings(max_examples=60, deadline=None)
@given(histories())
def test_jobs_of_artifacts_are_some_of_those_of_functions_with_their_ids(history: History) -> None:
    fine = {(e.job, e.run_id) for e in plain_events(history.whole)}
    coarse = {(e.job, e.run_id) for e in plain_events(history.whole, granularity="artifact")}
    ended = {n.node for n in history.whole.nodes}
    begun = {(job, run_id) for job, run_id in coarse if job.removeprefix("dag.") in ended}
    assert begun <= fine  # others failed before the artifact's own function began


@COARSE
@settings(max_examples=60, deadline=None)
@given(history=histories())
def test_a_start_lists_nothing_that_is_not_there_yet(granularity: str, history: History) -> None:
    made: dict[str, int] = {}
    for each in history.whole.nodes:
        end = each.ended or history.whole.last_seen
        made[each.node] = min(end, made.get(each.node, end))
    for event in plain_events(history.whole, granularity=granularity):
        if event.type == "START":
            assert all(made.get(name, 0) <= event.time for name in names(parsed(event), "inputs"))


@settings(max_examples=60, deadline=None)
@given(histories())
def test_an_artifact_is_complete_before_what_is_made_of_it(history: History) -> None:
    kinds = {n.kind for n in history.whole.graph.nodes} if history.whole.graph else set()
    if "saver" in kinds:  # a job that also saves may end after others took its result
        return
    made: set[tuple[str, str]] = set()
    found = [parsed(event) for event in plain_events(history.whole, granularity="artifact")]
    outputs = {place for event in found for place in places(event, "outputs")}
    for event in found:
        if event["eventType"] == "COMPLETE":
            assert made.issuperset(outputs.intersection(places(event, "inputs")))
            made.update(places(event, "outputs"))


# --- lineage: the long way round -----------------------------------------------------------------

Column = tuple[str, str, str]


def claims(event: Json) -> Iterator[tuple[Column, Column, bool]]:
    """(output field, input field, whether directly) that an event tells of."""
    for one in event["outputs"]:
        for name, field in one["facets"].get("columnLineage", {"fields": {}})["fields"].items():
            for ref in field["inputFields"]:
                (how,) = ref["transformations"]
                source = ref["namespace"], ref["name"], ref["field"]
                yield (one["namespace"], one["name"], name), source, how["type"] == "DIRECT"


def ends(history: History, granularity: str) -> list[Json]:
    found = [parsed(e) for e in plain_events(history.whole, granularity=granularity)]
    return [event for event in found if event["eventType"] == "COMPLETE"]


def in_part(*nodes: NodeRun, **given: Any) -> History:
    """A run of two functions, of the second of which only a part is executed."""
    seen = table(a="int64", b="str")
    record = graph(
        node("first", tags={"source": "prod.x"}),
        node("load", owner="second", kind="loader"),
        node("raw", "load", "first", owner="second"),
        node("check", "raw", owner="second", kind="check"),
        node("second", "raw", "check"),
    )
    whole = run(record, *[each._replace(schema=seen) for each in nodes], **given)
    return History(whole, whole.started.time, None)


@COARSE
@example(history=in_part(ran("load", 1, 2), ran("first", 3, 4), requested=("load", "first")))
@example(
    history=in_part(
        ran("check", 1, 2),
        ran("first", 3, 4),
        requested=("check", "first"),
        context={"overrides": {"raw": Value("int")}},
    )
)
@settings(max_examples=100, deadline=None)
@given(history=histories(ends=["SUCCEEDED"]))
def test_lineage_is_what_one_finds_who_follows_the_functions_step_by_step(
    granularity: str, history: History
) -> None:
    steps: dict[Column, list[tuple[Column, bool]]] = {}
    for event in ends(history, "node"):
        for made, taken, is_direct in claims(event):
            steps.setdefault(made, []).append((taken, is_direct))
    for event in ends(history, granularity):
        border = set(places(event, "inputs"))
        outputs = {made for made in steps if made[:2] in places(event, "outputs")}
        expected = {
            (made, taken): is_direct
            for made in outputs
            for taken, is_direct in _ways(made, steps, border).items()
        }
        assert {(made, taken): is_direct for made, taken, is_direct in claims(event)} == expected


def _ways(
    made: Column, steps: dict[Column, list[tuple[Column, bool]]], border: set[tuple[str, str]]
) -> dict[Column, bool]:
    """{column of an input: whether directly} that a column comes from."""
    found: dict[Column, bool] = {}
    rest = [(made, True)]
    while rest:
        column_, is_direct_so_far = rest.pop()
        for taken, is_direct in steps.get(column_, ()):
            is_whole_way = is_direct_so_far and is_direct
            if taken[:2] in border:
                found[taken] = found.get(taken, False) or is_whole_way
            else:
                rest.append((taken, is_whole_way))
    return found


def test_other_granularities_tell_the_same_end_of_the_run() -> None:
    whole = run(chain(2), ran("n0", 1, 2), ran("n1", 2, 3), requested=("n1",))
    assert told(events(whole, granularity="dag")) == ["START dag", "COMPLETE dag"]
    node_end, dag_end = (parsed(events(whole, granularity=g)[-1]) for g in ("node", "dag"))
    assert node_end["run"] == dag_end["run"]
    assert node_end["eventTime"] == dag_end["eventTime"]
    assert (node_end["outputs"], names(dag_end, "outputs")) == ([], ["n1"])
