"""What is said of runs: who started them, what they were given, how each node fared."""

import json
from typing import Any

import pytest

import hamilton_ol
from hamilton_ol.mapping.runfacets import MOST_NODES
from hamilton_ol.records import ErrorRecord, Parent, Revision, RunFinished, Value
from tests.support.events import Json, event_of, parsed
from tests.support.flows import events
from tests.support.runs import MS, ORIGIN, RUN_ID, column, failed, graph, node, one, ran, run

CHAIN = graph(node("x"), node("y", "x"))
NODES = ran("x", 1, 2, schema=one("int"), type="int"), ran("y", 2, 4.5)
PARENT = Parent(
    "22222222-2222-4333-8444-555555555555",
    "airflow",
    "nightly.train",
    "33333333-2222-4333-8444-555555555555",
    "airflow",
    "nightly",
)


def facets(job: str, *types: str, options: Any = None, **given: Any) -> Json:
    """The facets of a run of CHAIN."""
    found = events(run(CHAIN, *NODES, **given), **(options or {}))
    facets: Json = event_of(found, job, *types)["run"]["facets"]
    return facets


def parent(found: Json) -> tuple[str, ...]:
    return tuple(
        part[key][name]
        for part in (found["parent"], found["parent"]["root"])
        for key, name in (("run", "runId"), ("job", "namespace"), ("job", "name"))
    )


OWN = (RUN_ID, "ns", "dag")
ABOVE = (PARENT.run_id, PARENT.namespace, PARENT.job)
ROOT = (PARENT.root_run_id, PARENT.root_namespace, PARENT.root_job)


def test_the_dataflow_is_the_parent_and_root_of_its_nodes() -> None:
    assert parent(facets("dag.x", "START")) == (*OWN, *OWN)
    assert "parent" not in facets("dag", "START")


def test_a_parent_of_the_dataflow_is_the_root_of_its_nodes() -> None:
    started = {"parent": PARENT}
    assert parent(facets("dag", "START", started=started)) == (*ABOVE, *ROOT)
    assert parent(facets("dag.x", "START", started=started)) == (*OWN, *ROOT)


@pytest.mark.parametrize("job", ["dag", "dag.x"])
@pytest.mark.parametrize(("profile", "is_told"), [("marquez", False), ("generic", True)])
def test_an_end_repeats_the_parent_but_for_marquez(job: str, profile: str, is_told: bool) -> None:
    given = {"started": {"parent": PARENT}, "options": {"profile": profile}}
    assert ("parent" in facets(job, **given)) == is_told
    assert "parent" in facets(job, "START", **given)


@pytest.mark.parametrize("job", ["dag", "dag.x"])
def test_every_event_names_the_engine_and_what_tells_of_it(job: str) -> None:
    for types in (("START",), ("COMPLETE",)):
        engine = facets(job, *types)["processing_engine"]
        assert (engine["name"], engine["version"]) == ("hamilton", "1.90.0")
        assert engine["openlineageAdapterVersion"] == hamilton_ol.__version__


def parameters(found: Json) -> dict[str, str | None]:
    rows = found["executionParameters"]["parameters"]
    assert all(row["key"].endswith(f".{row['name']}") for row in rows)
    return {row["key"]: row.get("value") for row in rows}


GIVEN: dict[str, Any] = {
    "inputs": {
        "name": Value("str", "age", shown=True),
        "secret": Value("str", hash="0" * 24),
        "size": Value("float", 0.25, shown=True),
        "nothing": Value("NoneType", None, shown=True),
    },
    "config": {"fast": Value("bool", True, shown=True)},
}


def test_the_end_tells_the_values_that_are_in_the_open_and_the_names_of_others() -> None:
    assert parameters(facets("dag", context=GIVEN)) == {
        "config.fast": "true",
        "input.name": "age",
        "input.nothing": "null",
        "input.secret": None,
        "input.size": "0.25",
    }


def test_the_start_tells_no_texts_because_they_may_yet_turn_out_to_be_in_the_open() -> None:
    told = parameters(facets("dag", "START", context=GIVEN))
    assert {key for key, value in told.items() if value is not None} == {
        "config.fast",
        "input.nothing",
        "input.size",
    }


def test_tags_of_the_run_are_the_users() -> None:
    tags = facets("dag", started={"tags": {"team": "x"}})["tags"]["tags"]
    assert tags == [{"key": "team", "value": "x", "source": "USER"}]


def test_the_dataflows_run_says_what_recreates_it() -> None:
    context = {
        "inputs": {"b": Value("int"), "a": Value("int")},
        "overrides": {"z": Value("int")},
        "config_hash": "h1:0",
        "revision": Revision("c" * 40, dirty=True),
        "python": "3.11.0",
        "packages": {"pandas": "3.0"},
    }
    for types in (("START",), ("COMPLETE",)):
        own = facets("dag", *types, context=context)["hamilton_run"]
        assert own["requested"] == ["y"]
        assert (own["inputs"], own["overrides"], own["config"]) == (["a", "b"], ["z"], [])
        assert own["revision"] == {"commit": "c" * 40, "dirty": True}
        assert own["fingerprint"] == "f1:0"
        assert (own["configHash"], own["python"]) == ("h1:0", "3.11.0")
        assert own["packages"] == {"pandas": "3.0"}


def test_what_could_not_be_recorded_is_told_at_the_end() -> None:
    problems = {"looking at a result": 2}
    assert facets("dag", problems=problems)["hamilton_run"]["problems"] == problems
    assert "problems" not in facets("dag", "START", problems=problems)["hamilton_run"]


def rows(found: Json) -> dict[str, Any]:
    return {row["name"]: row for row in found["hamilton_nodes"]["nodes"]}


def test_the_dataflows_end_has_the_whole_graph_and_how_each_node_fared() -> None:
    whole = graph(
        node("i", kind="input"),
        node("t", "i", type="DataFrame"),
        column("a", "t"),
        node("y", "a"),
        node("not_asked", "t"),
    )
    bad = failed("y", 4, 5)
    found = events(run(whole, ran("t", 1, 3.5), ran("a", 3.5, 4), bad, status="FAILED"))
    nodes = rows(event_of(found, "dag")["run"]["facets"])
    assert nodes == {
        "t": {
            "name": "t",
            "kind": "function",
            "type": "DataFrame",
            "dependencies": ["i"],
            "status": "SUCCEEDED",
            "durationMs": 2.5,
        },
        "a": {
            "name": "a",
            "kind": "function",
            "type": "Series",
            "dependencies": ["t"],
            "owner": "t",
            "status": "SUCCEEDED",
            "durationMs": 0.5,
        },
        "y": {
            "name": "y",
            "kind": "function",
            "type": "int",
            "dependencies": ["a"],
            "status": "FAILED",
            "durationMs": 1.0,
        },
        "not_asked": {
            "name": "not_asked",
            "kind": "function",
            "type": "int",
            "dependencies": ["t"],
        },
    }


def test_the_list_of_all_nodes_has_their_tags() -> None:
    tags = {"PII": "true", "owner": "ada", "use": ["a", "b"]}
    whole = graph(node("t", type="DataFrame"), column("a", "t", tags=tags))
    nodes = rows(event_of(events(run(whole, ran("t", 1, 2))), "dag")["run"]["facets"])
    assert nodes["a"]["tags"] == [{"key": "PII", "value": "true"}, {"key": "use", "value": "a,b"}]
    assert "tags" not in nodes["t"]


def test_the_list_of_all_nodes_has_their_modules_and_rows() -> None:
    whole = graph(node("t", module="shop.orders"), node("y", module="shop.orders"))
    nodes = [ran("t", 1, 2, rows=891), ran("y", 2, 3, task="1", rows=1), ran("y", 3, 4, task="2")]
    told = rows(event_of(events(run(whole, *nodes)), "dag")["run"]["facets"])
    assert (told["t"]["module"], told["t"]["rows"]) == ("shop.orders", 891)
    assert "rows" not in told["y"]  # of several tasks no number is that of the result
    least = rows(event_of(events(run(whole), level="minimal"), "dag")["run"]["facets"])
    assert "module" not in least["t"]


def test_a_very_large_graph_is_told_in_part_and_the_event_says_how_much_is_missing() -> None:
    whole = graph(*(node(f"n{number}") for number in range(MOST_NODES + 7)))
    found = events(run(whole, ran("n0", 1, 2), requested=("n0",)))
    own = event_of(found, "dag")["run"]["facets"]["hamilton_nodes"]
    assert len(own["nodes"]) == MOST_NODES
    assert own["leftOutNodes"] == 7


def test_a_nodes_run_says_what_it_is() -> None:
    whole = graph(node("x_raw", owner="x"), node("x", "x_raw", code="ab" * 8))
    found = events(run(whole, ran("x_raw", 1, 2), ran("x", 2, 3, type="int64")))
    own = event_of(found, "dag.x")["run"]["facets"]["hamilton_node"]
    assert {key: value for key, value in own.items() if key[0] != "_"} == {
        "node": "x",
        "kind": "function",
        "type": "int64",
        "code": "ab" * 8,
        "folded": ["x_raw"],
    }


def test_none_may_stand_for_a_failure_where_the_adapter_puts_it() -> None:
    for sentinel, is_possible in (("none", True), ("value", False), ("", False)):
        whole = graph(node("x"), sentinel=sentinel)
        found = events(run(whole, ran("x", 1, 2, type="NoneType")))
        own = event_of(found, "dag.x")["run"]["facets"]["hamilton_node"]
        assert own.get("sentinelPossible", False) == is_possible


def test_a_result_that_was_replaced_is_a_failure_of_its_job_not_of_the_run() -> None:
    found = events(run(graph(node("x")), ran("x", 1, 2, status="SENTINEL")))
    end = event_of(found, "dag.x")
    assert end["eventType"] == "FAIL"
    message = end["run"]["facets"]["errorMessage"]["message"]
    assert message == "GracefulErrorAdapter: replaced by GracefulErrorAdapter"
    assert event_of(found, "dag")["eventType"] == "COMPLETE"


def test_the_dataflow_names_the_node_that_failed() -> None:
    error = ErrorRecord("ValueError", "no", ("a", "b"), "y")
    finished = RunFinished(ORIGIN + 9 * MS, "FAILED", error)
    found = events(run(CHAIN, NODES[0], failed("y", 2, 3), finished=finished))
    told = event_of(found, "dag")["run"]["facets"]["errorMessage"]
    assert (told["message"], told["stackTrace"]) == ("node 'y': ValueError: no", "a\nb")


def test_only_names_types_and_tags_are_told_when_nothing_more_may_be() -> None:
    context = GIVEN | {"python": "3.11.0", "config_hash": "h1:0", "packages": {"p": "1"}}
    record = graph(
        node("x", documentation="What.", code="0" * 16, tags={"k": "v"}),
        node("y", "x"),
        texts={"f": "text"},
    )
    nodes = ran("x", 1, 2, schema=one("int"), rows=77, task="t"), failed("y", 2, 3)
    error = ErrorRecord("ValueError", "quoted", ("flow.py:1",), "y")
    finished = RunFinished(ORIGIN + 9 * MS, "FAILED", error)
    told = events(run(record, *nodes, context=context, finished=finished), level="minimal")
    text = json.dumps([parsed(event) for event in told])
    for hidden in ("What.", "0" * 16, "77", "3.11.0", "h1:0", "quoted", "flow.py", "0.25", 'no"'):
        assert hidden not in text, hidden
    for shown in ('"k"', '"x"', '"int"', "ValueError", '"secret"'):
        assert shown in text
