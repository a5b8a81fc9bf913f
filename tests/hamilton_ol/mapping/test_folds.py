"""Artifacts: which functions are one, what is folded into them, when they begin and end."""

from typing import Any

import pytest

from hamilton_ol.records import DatasetAccess, NodeRecord, RunFinished, Value
from tests.support.events import Json, event_of, names, parsed, places, tags, told
from tests.support.flows import events
from tests.support.runs import MS, ORIGIN, column, failed, graph, node, one, ran, run, table

SEEN = table(a="int64", b="str")
FLOW = (
    node("raw", tags={"source": "prod.x"}),
    node("clean", "raw"),
    node("kept", "clean", tags={"artifact": "table"}),
    node("extra", "clean"),
    node("model", "kept", "extra"),
)
RAN = (
    ran("raw", 1, 2, schema=SEEN),
    ran("clean", 3, 4, schema=SEEN),
    ran("kept", 5, 6, schema=SEEN),
    ran("extra", 7, 8, schema=one("int")),
    ran("model", 9, 10, schema=one("Model")),
)
MEMORY = "inmemory://ns/dag"
SIDES = ("inputs", "outputs")


def artifacts(*nodes: Any, record: tuple[NodeRecord, ...] = FLOW, **options: Any) -> list[Any]:
    return events(run(graph(*record), *nodes, **options), granularity="artifact")


def test_what_lies_between_artifacts_is_folded_into_all_that_are_made_of_it() -> None:
    found = artifacts(*RAN)
    kept, model = event_of(found, "dag.kept"), event_of(found, "dag.model")
    assert places(kept, "inputs") == [("ns", "prod.x")]
    assert places(model, "inputs") == [("ns", "prod.x"), (MEMORY, "kept")]
    assert places(model, "outputs") == [(MEMORY, "model")]
    folded = model["run"]["facets"]["hamilton_node"]["folded"]
    assert folded == ["raw", "clean", "extra"]


def test_a_job_lasts_from_its_first_folded_node_to_its_artifact() -> None:
    times = {(e.type, e.job): round((e.time - ORIGIN) / MS) for e in artifacts(*RAN)}
    assert times["START", "dag.kept"] == times["START", "dag.model"] == 1
    assert (times["COMPLETE", "dag.kept"], times["COMPLETE", "dag.model"]) == (6, 10)


def test_the_dataflows_own_job_has_no_edges() -> None:
    end = event_of(artifacts(*RAN), "dag")
    assert (end["inputs"], end["outputs"]) == ([], [])
    assert len(end["run"]["facets"]["hamilton_nodes"]["nodes"]) == 5


def test_an_artifact_is_described_by_its_own_function() -> None:
    kept = event_of(artifacts(*RAN), "dag.kept")
    assert tags(kept["job"]) == tags(kept["outputs"][0]) == {("artifact", "table")}


def jobs_of(*record: NodeRecord, requested: tuple[str, ...] = ()) -> set[str]:
    nodes = [ran(n.name, k, k + 1) for k, n in enumerate(record) if n.kind != "input"]
    found = artifacts(*nodes, record=record, requested=requested)
    return {event.job.removeprefix("dag.") for event in found if event.job != "dag"}


@pytest.mark.parametrize(
    ("tag", "is_one"),
    [
        ({"artifact": "model"}, True),
        ({"Artifact": "true"}, True),
        ({"artifact": "False"}, False),
        ({"artifact": "no"}, False),
        ({"artifact": ""}, False),
        ({"artifacts": "x"}, False),
    ],
)
def test_a_tag_makes_an_artifact(tag: dict[str, str], is_one: bool) -> None:
    assert jobs_of(node("x", tags=tag), node("y", "x")) == ({"x", "y"} if is_one else {"y"})


def test_a_tagged_or_requested_column_makes_its_table_one() -> None:
    table_ = node("t"), column("a", "t", tags={"artifact": "x"}), node("y", "a")
    assert jobs_of(*table_) == {"t", "y"}
    assert jobs_of(node("t"), column("a", "t"), node("y", "a"), requested=("a", "y")) == {"t", "y"}


def test_a_saver_is_an_artifact_and_what_it_saves_is_not() -> None:
    saver = node("save", "x", kind="saver", type="dict")
    assert jobs_of(node("x"), saver, requested=("save",)) == {"save"}
    assert jobs_of(node("x"), saver, requested=("save", "x")) == {"save", "x"}
    own = node("x_save", "x", owner="x", kind="saver")
    assert jobs_of(node("x"), own, node("y", "x"), requested=("y", "x_save")) == {"x", "y"}
    assert jobs_of(node("x"), own, node("y", "x"), requested=("y",)) == {"y"}


def test_what_is_saved_is_an_output_with_the_columns_of_the_source() -> None:
    record = FLOW[0], node("save", "raw", kind="saver", type="dict")
    access = DatasetAccess("save", "write", "/out.csv", format="csv", rows=3, size=9)
    ended = RAN[0], ran("save", 3, 4, schema=one("dict"))
    end = event_of(artifacts(*ended, record=record, accesses=(access,)), "dag.save")
    assert places(end, "outputs") == [("file", "/out.csv")]
    fields = end["outputs"][0]["facets"]["columnLineage"]["fields"]
    assert [ref["name"] for ref in fields["a"]["inputFields"]] == ["prod.x"]
    assert end["outputs"][0]["outputFacets"]["outputStatistics"]["rowCount"] == 3


# --- trouble -------------------------------------------------------------------------------------


def test_a_folded_node_that_fails_fails_every_artifact_that_needs_it_and_is_named() -> None:
    found = artifacts(RAN[0], failed("clean", 3, 4), status="FAILED")
    assert told(found) == [
        *("START dag", "START dag.kept", "START dag.model"),
        *("FAIL dag.kept", "FAIL dag.model", "FAIL dag"),
    ]
    for job in ("dag.kept", "dag.model"):
        end = event_of(found, job)
        assert end["run"]["facets"]["errorMessage"]["message"] == "node 'clean': ValueError: no"
        assert end["outputs"] == [{"namespace": MEMORY, "name": job.removeprefix("dag.")}]
        assert names(end, "inputs") == ["prod.x"]


def test_an_artifact_that_fails_itself_needs_no_name_and_others_abort() -> None:
    record = *FLOW, node("other", "extra")
    asked = "model", "other"
    nodes = *RAN[:4], failed("model", 9, 10)
    found = artifacts(*nodes, record=record, requested=asked, status="FAILED")
    message = event_of(found, "dag.model")["run"]["facets"]["errorMessage"]["message"]
    assert message == "ValueError: no"
    assert event_of(found, "dag.other")["eventType"] == "ABORT"
    assert event_of(found, "dag.kept")["eventType"] == "COMPLETE"


def test_an_artifact_none_of_whose_nodes_began_is_not_told() -> None:
    record = node("x"), node("y")
    found = artifacts(failed("x", 1, 2), record=record, requested=("x", "y"), status="FAILED")
    assert told(found) == ["START dag", "START dag.x", "FAIL dag.x", "FAIL dag"]


def test_a_folded_result_that_was_replaced_fails_the_artifact_and_is_named() -> None:
    lost = [each._replace(status="SENTINEL", schema=None) for each in RAN[1:]]
    message = event_of(artifacts(RAN[0], *lost), "dag.model")["run"]["facets"]["errorMessage"]
    assert message["message"].startswith("node 'clean': GracefulErrorAdapter")


def test_a_source_that_was_never_read_is_left_out_until_its_columns_are_known() -> None:
    second = node("late", tags={"source": "prod.late"})
    record = FLOW[0], second, node("y", "raw", "late")
    bad = failed("raw", 1, 2)
    end = event_of(artifacts(bad, record=record, status="FAILED"), "dag.y")
    assert names(end, "inputs") == ["prod.x"]
    known = {"known": {"late": SEEN}}
    end = event_of(artifacts(bad, record=record, status="FAILED", context=known), "dag.y")
    assert set(names(end, "inputs")) == {"prod.x", "prod.late"}


# --- what a run was given ------------------------------------------------------------------------


def test_an_override_is_where_a_fold_ends() -> None:
    overridden = {"overrides": {"clean": Value("DataFrame")}, "tables": {"overrides.clean": SEEN}}
    found = artifacts(*RAN[2:], context=overridden)
    assert places(event_of(found, "dag.kept"), "inputs") == [(MEMORY, "clean")]
    assert places(event_of(found, "dag.model"), "inputs") == [(MEMORY, "clean"), (MEMORY, "kept")]


def test_an_overridden_artifact_has_no_job() -> None:
    given = {"overrides": {"kept": Value("DataFrame")}, "tables": {"overrides.kept": SEEN}}
    found = artifacts(*RAN[:2], *RAN[3:], context=given)
    assert {event.job for event in found} == {"dag", "dag.model"}
    assert places(event_of(found, "dag.model"), "inputs") == [("ns", "prod.x"), (MEMORY, "kept")]


@pytest.mark.parametrize("granularity", ["artifact", "dag"])
def test_a_function_made_and_read_nothing_of_whose_column_only_the_check_was_executed(
    granularity: str,
) -> None:
    raw = column("a_raw", "raw", field="a")
    check = node("a_check", "a_raw", owner="raw", field="a", kind="check")
    whole = run(graph(FLOW[0], raw, check), ran("a_check", 1, 2, passed=True))
    given = whole.context._replace(overrides={"a_raw": Value("Series")})
    found = events(whole._replace(context=given), granularity=granularity)
    assert [places(event, side) for event in map(parsed, found) for side in SIDES] == [[]] * 4


def test_a_table_that_was_given_is_an_input_of_all_that_fold_who_takes_it() -> None:
    record = node("people", kind="input"), node("x", "people"), node("y", "x"), node("z", "x")
    nodes = [ran(name, k, k + 1, schema=SEEN) for k, name in enumerate("xyz", 1)]
    context = {"tables": {"inputs.people": SEEN}, "inputs": {"people": Value("DataFrame")}}
    found = artifacts(*nodes, record=record, context=context)
    for job in ("dag.y", "dag.z"):
        assert names(event_of(found, job), "inputs") == ["inputs.people"]
        assert names(event_of(found, job, "START"), "inputs") == ["inputs.people"]


# --- tasks, tables, progress ---------------------------------------------------------------------


def test_an_artifact_that_many_tasks_make_is_one_run() -> None:
    record = (
        node("part", kind="expand"),
        node("step", "part"),
        node("made", "step", tags={"artifact": "x"}),
        node("all", "made", kind="collect"),
    )
    tasks = [ran("step", t, t + 1, task=f"{t}") for t in (3, 7)]
    tasks += [ran("made", t, t + 2, task=f"{t - 1}", schema=one("int")) for t in (4, 8)]
    found = artifacts(ran("part", 1, 2), *tasks, ran("all", 20, 21), record=record)
    times = {(e.type, e.job): round((e.time - ORIGIN) / MS) for e in found}
    assert (times["START", "dag.made"], times["COMPLETE", "dag.made"]) == (1, 10)
    assert names(event_of(found, "dag.all"), "inputs") == ["made"]


def test_a_table_made_of_the_outputs_has_a_job_of_its_own() -> None:
    whole = run(graph(*FLOW), *RAN, requested=("kept", "extra"))
    assert whole.finished is not None
    result = RunFinished(whole.finished.time, "SUCCEEDED", result=table(a="int64", extra="int"))
    end = event_of(events(whole._replace(finished=result), granularity="artifact"), "dag.result")
    assert (names(end, "inputs"), names(end, "outputs")) == (["kept", "extra"], ["result"])


def test_an_artifact_is_complete_while_others_are_made() -> None:
    so_far = artifacts(*RAN[:3], ran("extra", 7, None), ran("model", 1100, None), status="RUNNING")
    assert told(so_far)[-1] == "COMPLETE dag.kept"
    assert len(so_far) == 4


def test_a_column_of_an_artifact_that_cannot_be_taken_fails_a_run_of_its_own() -> None:
    record = node("t", tags={"artifact": "x"}), column("a", "t"), node("y", "a")
    nodes = ran("t", 1, 2, schema=SEEN), failed("a", 3, 4)
    found = artifacts(*nodes, record=record, status="FAILED")
    assert told(found)[1:-1] == ["START dag.t", "COMPLETE dag.t", "START dag.t", "FAIL dag.t"]


def test_a_folded_column_that_cannot_be_taken_fails_what_needs_it() -> None:
    record = node("t"), column("a", "t"), node("y", "a")
    nodes = ran("t", 1, 2, schema=SEEN), failed("a", 3, 4)
    found = artifacts(*nodes, record=record, status="FAILED")
    assert told(found)[1:-1] == ["START dag.y", "FAIL dag.y"]


def test_something_folded_that_was_read_and_has_no_name_is_said() -> None:
    record = node("x.load", owner="x", kind="loader"), node("x", "x.load"), node("y", "x")
    nodes = ran("x.load", 1, 2), ran("x", 2, 3), ran("y", 3, 4)
    facet: Json = event_of(artifacts(*nodes, record=record), "dag.y")["run"]["facets"]
    assert facet["hamilton_node"]["unnamedSource"] is True


def test_checks_that_are_folded_are_told_and_those_of_inputs_are_assertions() -> None:
    record = (
        node("x_raw", owner="x"),
        node("x_check", "x_raw", owner="x", kind="check"),
        node("x", "x_raw", "x_check"),
        node("y", "x", tags={"artifact": "x"}),
        node("y_check", "y", owner="y", kind="check"),
        node("z", "y"),
    )
    nodes = [
        ran(n.name, k, k + 1, passed=True if n.kind == "check" else None)
        for k, n in enumerate(record, 1)
    ]
    found = artifacts(*nodes, record=record, requested=("y_check", "z"))
    tests = event_of(found, "dag.y")["run"]["facets"]["test"]["tests"]
    assert {test["name"] for test in tests} == {"x_check", "y_check"}
    (taken,) = event_of(found, "dag.z")["inputs"]
    (assertion,) = taken["inputFacets"]["dataQualityAssertions"]["assertions"]
    assert assertion["assertion"] == "y_check"


def test_the_second_run_of_a_graph_finds_its_folds_again() -> None:
    whole = run(graph(*FLOW), *RAN)
    first, again = (events(each, granularity="artifact") for each in (whole, whole))
    assert [parsed(event) for event in first] == [parsed(event) for event in again]
