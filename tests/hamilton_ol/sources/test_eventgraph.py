"""Graphs of what other producers tell."""

import gc
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamilton_ol.config import resolve
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources.eventgraph import graph_of_events
from hamilton_ol.sources.eventjson import event_parsed
from hamilton_ol.sources.problems import Problems
from tests.support.foreign import WAREHOUSE, dataset, event, schema

SETTINGS = resolve({}, environ={})
SECOND = 10**9
JOB, RAW, CLEAN = "job:etl:load", f"dataset:{WAREHOUSE}:raw", f"dataset:{WAREHOUSE}:clean"


def graph(*events: Any, sources: dict[str, str] | None = None) -> LineageGraph:
    return graph_of_events(
        events, resolve({"sources": sources}, environ={}) if sources else SETTINGS
    )


def edges(of: LineageGraph) -> set[tuple[str, str]]:
    return {(edge.origin, edge.target) for edge in of.edges}


def load(second: int = 0, kind: str = "COMPLETE", **more: Any) -> dict[str, Any]:
    """A job that reads `raw` and writes `clean`."""
    return event("load", second, kind, inputs=[dataset("raw")], outputs=[dataset("clean")], **more)


def test_jobs_and_datasets_join_on_namespace_and_name() -> None:
    model = event("model", inputs=[dataset("clean")], outputs=[dataset("scores")])
    elsewhere = event("copy", inputs=[dataset("clean", "s3://bucket")])
    found = graph(load(), model, elsewhere)
    assert edges(found) == {
        *((RAW, JOB), (JOB, CLEAN), (CLEAN, "job:etl:model")),
        ("job:etl:model", f"dataset:{WAREHOUSE}:scores"),
        ("dataset:s3://bucket:clean", "job:etl:copy"),
    }
    kinds = {node.id: node.kind for node in found.nodes}
    assert (kinds[RAW], kinds[CLEAN], kinds[JOB]) == ("source", "dataset", "job")
    assert kinds[f"dataset:{WAREHOUSE}:scores"] == "sink"


def test_over_runs_everything_has_a_first_and_a_last_time() -> None:
    old = event("load", 1, inputs=[dataset("older")], run="r0")
    found = graph(load(5), old, load(3, run="r2"))
    by = {(edge.origin, edge.target): edge for edge in found.edges}
    spans = {key: (edge.last_seen or 0) - (edge.first_seen or 0) for key, edge in by.items()}
    assert spans == {
        (RAW, JOB): 2 * SECOND,
        (JOB, CLEAN): 2 * SECOND,
        (f"dataset:{WAREHOUSE}:older", JOB): 0,
    }
    job = found[JOB]
    assert (job.last_seen or 0) - (job.first_seen or 0) == 4 * SECOND


def test_a_job_has_the_state_and_the_duration_of_its_latest_run() -> None:
    began, failed = load(1, "START", run="new"), load(4, "FAIL", run="new")
    found = graph(failed, load(0, run="old"), began)[JOB]
    assert (found.status, found.seconds) == ("FAILED", 3.0)
    assert graph(load(0), began)[JOB].status == "RUNNING"


def test_of_each_facet_the_latest_counts_and_what_was_deleted_is_gone() -> None:
    def told(second: int, **facets: Any) -> dict[str, Any]:
        return event("load", second, outputs=[dataset("clean", **facets)])

    found = graph(
        told(3, schema=schema(a="int", b="text")),
        told(1, schema=schema(a="old"), documentation={"description": "clean rows"}),
        told(2, tags={"tags": [{"key": "pii", "value": "true"}]}),
        told(4, tags={"_deleted": True}),
    )[CLEAN]
    assert found.columns == (("a", "int"), ("b", "text"))
    assert (found.doc, dict(found.tags)) == ("clean rows", {})


def test_facets_of_jobs_are_what_people_ask_for() -> None:
    facets = {
        "documentation": {"description": "loads"},
        "ownership": {"owners": [{"name": "team:data"}, {"name": "ada"}, {"name": 7}]},
        "tags": {"tags": [{"key": "tier", "value": "1"}, {"key": "tier", "value": "2"}]},
        "jobType": {"integration": "SPARK", "jobType": "SQL_JOB", "processingType": "BATCH"},
        "sql": {"query": "select 1"},
        "sourceCodeLocation": {"url": "https://git.example/a.sql"},
    }
    found = graph(load(job_facets=facets))
    job = found[JOB]
    assert (job.doc, job.owners, job.type) == ("loads", ("team:data", "ada"), "SPARK SQL_JOB")
    assert (dict(job.tags), job.file) == ({"tier": ("1", "2")}, "https://git.example/a.sql")
    assert found.texts[job.function] == "select 1"


def test_columns_are_traced_through_jobs_of_any_producer() -> None:
    def refs(*pairs: tuple[str, str], kind: str = "DIRECT") -> list[dict[str, Any]]:
        how = [{"type": kind, "subtype": "IDENTITY"}]
        return [
            {"namespace": WAREHOUSE, "name": name, "field": field, "transformations": how}
            for name, field in pairs
        ]

    lineage = {
        "fields": {
            "mail": {"inputFields": refs(("raw", "email"))},
            "total": {"inputFields": refs(("raw", "price"), ("raw", "tax"))},
        },
        "dataset": refs(("raw", "deleted"), kind="INDIRECT"),
    }
    clean = dataset("clean", schema=schema(mail="text", total="int"), columnLineage=lineage)
    found = graph(
        event("load", inputs=[dataset("raw", schema=schema(email="text"))], outputs=[clean])
    )
    told = {(e.origin.name, e.target.name, e.direct) for e in found.columns.edges}
    assert told == {
        *(("email", "mail", True), ("price", "total", True), ("tax", "total", True)),
        *(("deleted", "", False), ("", "mail", False), ("", "total", False)),
    }


def test_columns_within_columns_are_named_with_them() -> None:
    inner = {
        "fields": [{"name": "who", "type": "struct", "fields": [{"name": "age", "type": "int"}]}]
    }
    found = graph(event("load", outputs=[dataset("clean", schema=inner)]))
    assert found[CLEAN].columns == (("who", "struct"), ("who.age", "int"))


def test_a_dataset_of_several_names_is_one_by_the_name_it_was_told_by_first() -> None:
    links = {
        "identifiers": [{"namespace": "hive://metastore", "name": "db.clean", "type": "TABLE"}]
    }
    written = event("load", outputs=[dataset("clean", symlinks=links)])
    read = event("model", 1, inputs=[dataset("db.clean", "hive://metastore")])
    for events in ((written, read), (read, written)):
        found = graph(*events)
        first = CLEAN if events[0] is written else "dataset:hive://metastore:db.clean"
        assert edges(found) == {(JOB, first), (first, "job:etl:model")}


def test_a_dataset_of_several_names_was_seen_from_the_first_to_the_last_time_of_any() -> None:
    one = dataset("orders", "duckdb://shop.duckdb")
    other = dataset("orders", "duckdb:///data/shop.duckdb")
    said = {"duckdb://shop.duckdb/orders": "duckdb:///data/shop.duckdb/orders"}
    for seconds in ((1, 5), (5, 1)):
        events = (event("a", seconds[0], outputs=[one]), event("b", seconds[1], inputs=[other]))
        found = graph(*events, sources=said)["orders"]
        assert (found.last_seen or 0) - (found.first_seen or 0) == 4 * SECOND


def test_a_person_can_say_what_a_dataset_really_is() -> None:
    relative = dataset("shop.main.orders", "duckdb://shop.duckdb")
    absolute = dataset("shop.main.orders", "duckdb:///data/shop.duckdb")
    events = (event("dbt", outputs=[relative]), event("model", inputs=[absolute]))
    said = {"duckdb://shop.duckdb/shop.main.orders": "duckdb:///data/shop.duckdb/shop.main.orders"}
    assert len(graph(*events)) == 4
    assert len(graph(*events, sources=said)) == 3


def test_job_events_and_dataset_events_tell_without_a_run() -> None:
    job = {**load(), "run": None}
    del job["eventType"]
    alone = {
        "eventTime": "2026-03-04T05:06:09Z",
        "dataset": dataset("lonely", schema=schema(a="int")),
    }
    found = graph(job, alone)
    assert edges(found) == {(RAW, JOB), (JOB, CLEAN)}
    assert found[f"dataset:{WAREHOUSE}:lonely"].columns == (("a", "int"),)
    assert found[JOB].status == ""


def test_what_is_no_event_is_named_and_the_rest_is_taken() -> None:
    problems = Problems()
    events: list[dict[str, Any]] = [
        {},
        {"job": {"namespace": "x"}},
        {"job": 7, "run": "r"},
        {**load(), "outputs": [{"namespace": "n"}, 3, None]},
    ]
    found = graph_of_events(events, SETTINGS, problems)
    assert edges(found) == {(RAW, JOB)}
    assert [problem.split(":")[0] for problem in found.problems] == [
        f"event {n}" for n in (1, 2, 3, 4)
    ]


@pytest.mark.parametrize(
    "name", ["<b>&amp;</b>", "a\u202eb", "x" * 10_000, "\0", "%lineage ", "../../etc/passwd"]
)
def test_names_are_kept_as_they_are(name: str) -> None:
    found = graph(event(name, outputs=[dataset(name)]))
    assert {node.name for node in found.nodes} == {name}


@pytest.mark.parametrize("is_on", [True, False])
def test_garbage_is_collected_afterwards_as_it_was_before(*, is_on: bool) -> None:
    def torn() -> Iterator[dict[str, Any]]:
        yield load()
        raise KeyboardInterrupt

    (gc.enable if is_on else gc.disable)()
    try:
        with pytest.raises(KeyboardInterrupt):
            graph_of_events(torn(), SETTINGS)
        assert gc.isenabled() is is_on
    finally:
        gc.enable()


def test_what_somebody_froze_stays_so() -> None:
    gc.freeze()
    try:
        graph(load())
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = (
    *("job", "run", "inputs", "outputs", "dataset", "namespace", "name", "facets", "eventType"),
    *("eventTime", "schema", "fields", "columnLineage", "inputFields", "tags", "symlinks"),
    *("identifiers", "ownership", "owners", "hamilton_run", "hamilton_nodes", "nodes", "parent"),
    *("transformations", "columnLineage", "outputFacets", "outputStatistics", "symlinks"),
    *("dependencies", "owner", "jobType", "integration", "type", "field", "rowCount"),
)
SHAPED = st.recursive(
    JSON | st.sampled_from(["HAMILTON", "x", "START", "2026-01-01T00:00:00Z"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=40,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), SHAPED, max_size=6), max_size=4))
def test_whatever_stands_in_events_makes_a_graph(events: list[dict[str, Any]]) -> None:
    found = graph(*events)
    assert found.columns is not None
    assert LineageGraph.from_json(found.to_json()) == found
    read: list[Any] = [event_parsed(json.dumps(event).encode()) for event in events]
    assert graph(*read) == found


def test_a_facet_with_a_number_of_thousands_of_digits_is_named() -> None:
    line = json.dumps(load()).replace('"facets": {}', '"facets": {"schema": 12345}')
    read: Any = event_parsed(line.replace("12345", "1" * 5000).encode())
    found = graph(read)
    assert edges(found) == set()
    assert "event 1: not all of it can be read" in found.problems[0]
