"""What consumers need otherwise than the standard says."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from hamilton_ol.config import PROFILES as SETTABLE
from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.mapping.options import Options
from hamilton_ol.mapping.profiles import PROFILES
from hamilton_ol.records import DatasetAccess, Parent
from tests.support.demo_golden import demo_run
from tests.support.events import dataset, event_of, parsed, places, schema, sources_of
from tests.support.events_lint import lint
from tests.support.events_rules import broken_rules
from tests.support.flows import events
from tests.support.official import OFFICIAL
from tests.support.runs import RUN_ID, graph, node, ran, run, table
from tests.support.runs_random import History, histories, texts

DATAHUB = {"profile": "datahub", "granularity": "node"}
#: A table that is read, kept in memory because it is asked for, and saved.
SHOP = run(
    graph(
        node("orders", tags={"source": "prod.orders"}),
        node("kept", "orders"),
        node("save", "kept", kind="saver"),
    ),
    *(ran(name, n, n + 1, schema=table(a="int64")) for n, name in enumerate(("orders", "kept"))),
    ran("save", 3, 4),
    requested=("kept", "save"),
    accesses=(DatasetAccess("save", "write", "postgresql://h:5432/d", "s.t"),),
)


@pytest.mark.parametrize(("profile", "length"), [("marquez", 255), ("generic", 300)])
def test_a_fields_name_is_cut_where_marquez_has_no_room(profile: str, length: int) -> None:
    whole = graph(node("t"), node("y", "t"))
    long = table(**{"x" * 300: "int64"})
    nodes = ran("t", 1, 2, schema=long), ran("y", 2, 3)
    found = events(run(whole, *nodes), profile=profile)
    made = dataset(event_of(found, "dag.t"), "t", "outputs")
    (name,) = schema(made)
    assert len(name) == length


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_known_consumers_find_nothing_to_complain_of_in_the_demo(profile: str, store: Path) -> None:
    found = events(demo_run(store), profile=profile)
    problems = {problem for event in found for problem in lint(json.loads(event.text))}
    # OpenMetadata draws no edge for the dataflow's own job, and none for what has no input.
    assert problems <= {"OpenMetadata: COMPLETE without both inputs and outputs makes no edge"}
    assert OFFICIAL is None or problems


def test_every_profile_can_be_set() -> None:
    assert sorted(SETTABLE) == sorted(PROFILES)


@pytest.mark.parametrize("profile", ["datahub", "openmetadata"])
@pytest.mark.parametrize(("asked", "told"), [("auto", "artifact"), ("node", "node")])
def test_a_catalogue_gets_artifacts_unless_somebody_asks(
    profile: str, asked: str, told: str
) -> None:
    found = texts(SHOP, granularity=asked, profile=profile)
    assert found == texts(SHOP, granularity=told, profile=profile)
    assert not EventMapper(Options(granularity=asked, profile=profile)).is_coarse_by_size(SHOP)


@pytest.mark.parametrize("profile", sorted(PROFILES))
@settings(max_examples=40, deadline=None)
@given(history=histories())
def test_no_rule_is_broken_for_any_consumer(profile: str, history: History) -> None:
    final = texts(history.whole, granularity="auto", profile=profile)
    assert broken_rules(final) == []
    for time in history.moments():
        so_far = texts(history.view(time), granularity="auto", profile=profile)
        assert so_far == final[: len(so_far)]


# --- DataHub -------------------------------------------------------------------------------------


def test_datahub_can_tell_results_of_two_dataflows_apart() -> None:
    def named(job: str) -> str:
        found = events(run(graph(node("x")), ran("x", 1, 2), started={"job": job}), **DATAHUB)
        (made,) = parsed(found[-2])["outputs"]
        return str(made["name"])

    assert [named("shop"), named("office")] == ["ns.shop.x", "ns.office.x"]


def test_datahub_finds_the_dataflow_before_the_first_dot_of_each_job() -> None:
    whole = run(graph(node("x")), ran("x", 1, 2), started={"job": "team.shop"})
    assert {event.job for event in events(whole, **DATAHUB)} == {"team-shop", "team-shop.x"}
    assert {event.job for event in events(whole)} == {"team.shop", "team.shop.x"}


def test_datahub_is_told_of_no_parent_but_one_that_is_not_the_dataflow() -> None:
    above = Parent(RUN_ID, "airflow", "nightly", RUN_ID, "airflow", "nightly")
    whole = run(graph(node("x")), ran("x", 1, 2), started={"parent": above})
    parents = {
        (event.job, event.type): parsed(event)["run"]["facets"].get("parent", {}).get("job")
        for event in events(whole, **DATAHUB)
    }
    outer = {"namespace": "airflow", "name": "nightly"}
    assert parents == {
        ("dag", "START"): outer,
        ("dag.x", "START"): None,
        ("dag.x", "COMPLETE"): None,
        ("dag", "COMPLETE"): outer,
    }


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("s3://b/a b[1].csv", "a%20b%5B1%5D.csv"),
        ("s3://b/100%.csv", "100%25.csv"),
        ("s3://b/a%20b/\u00fc.csv", "a%20b/\u00fc.csv"),
        ("/data/a b.csv", "/data/a b.csv"),
        ("prod table", "prod table"),
    ],
)
def test_datahub_drops_no_source(tag: str, name: str) -> None:
    whole = run(graph(node("x", tags={"source": tag})), ran("x", 1, 2))
    (source,) = event_of(events(whole, **DATAHUB), "dag.x")["inputs"]
    assert source["name"] == name
    assert "dataSource" not in source["facets"]
    (plain,) = event_of(events(whole), "dag.x")["inputs"]
    assert plain["facets"]["dataSource"]["name"] == plain["name"]
    assert "tags" not in source["facets"]  # the tag is the name, though it looks otherwise


# --- OpenMetadata --------------------------------------------------------------------------------


def test_openmetadata_joins_tables_through_what_is_kept_in_memory() -> None:
    end = event_of(events(SHOP, granularity="auto", profile="openmetadata"), "dag.save")
    assert places(end, "inputs") == [("ns", "prod.orders")]
    assert places(end, "outputs") == [("postgres://h:5432", "d.s.t")]
    (made,) = end["outputs"]
    assert sources_of(made) == {"a": {("prod.orders", "a", "DIRECT")}}
    plain = event_of(events(SHOP, granularity="artifact"), "dag.save")
    assert places(plain, "inputs") == [("inmemory://ns/dag", "kept")]


@pytest.mark.parametrize("granularity", ["node", "artifact", "dag"])
def test_openmetadata_is_told_of_nothing_that_it_cannot_keep(granularity: str) -> None:
    given_table = {"inputs.given": table(a="int64")}
    whole = SHOP._replace(context=SHOP.context._replace(tables=given_table))
    found = [parsed(e) for e in events(whole, granularity=granularity, profile="openmetadata")]
    told = {place for e in found for side in ("inputs", "outputs") for place in places(e, side)}
    assert told == {("ns", "prod.orders"), ("postgres://h:5432", "d.s.t")}


@settings(max_examples=40, deadline=None)
@given(history=histories())
def test_openmetadata_never_hears_of_memory(history: History) -> None:
    for granularity in ("node", "artifact", "dag"):
        found = texts(history.whole, granularity=granularity, profile="openmetadata")
        assert broken_rules(found) == []
        assert not any("inmemory://" in text for text in found)
