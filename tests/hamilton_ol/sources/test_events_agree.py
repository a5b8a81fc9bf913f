"""The graph of our own events is that of the run which they tell of."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from hamilton_ol.config import resolve
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.outside import with_datasets
from hamilton_ol.records import Run
from hamilton_ol.sources.dataflows import graph_of_run
from hamilton_ol.sources.eventgraph import graph_of_events
from tests.support.demo_golden import demo_run
from tests.support.runs_random import History, histories, texts

SETTINGS = resolve({}, environ={})
#: What events do not tell: places and texts of functions, and what only the code of a node that was
#: not executed says. Owners and sources are facets and no tags there; times are in microseconds.
TOLD = ("id", "name", "kind", "part_of", "status", "columns", "sources", "sinks", "owners")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return demo_run(tmp_path_factory.mktemp("demo"))


def events_of(run: Run, **options: Any) -> list[dict[str, Any]]:
    return [json.loads(text) for text in texts(run, **options)]


def of_events(run: Run, **options: Any) -> LineageGraph:
    return graph_of_events(events_of(run, **options), SETTINGS)


def of_run(run: Run) -> LineageGraph:
    return with_datasets(graph_of_run(run, SETTINGS))


def edges(graph: LineageGraph) -> set[tuple[str, str, str]]:
    return {(edge.origin, edge.target, edge.kind) for edge in graph.edges}


def test_the_demo_has_the_same_nodes_and_edges(run: Run) -> None:
    told, known = of_events(run), of_run(run)
    assert set(told.ids) == set(known.ids)
    assert edges(told) == edges(known)
    assert (len(told), len(told.edges)) == (38, 52)


def test_nodes_that_were_executed_say_the_same(run: Run) -> None:
    told, known = of_events(run), of_run(run)
    for node in known.nodes:
        if node.status and not node.part_of:
            ours, theirs = (
                {field: getattr(graph[node.id], field) for field in (*TOLD, "doc", "code")}
                for graph in (told, known)
            )
            assert ours == theirs
            assert told[node.id].seconds == pytest.approx(node.seconds, abs=1e-6)


def test_personal_data_are_the_same_columns(run: Run) -> None:
    for graph in (of_events(run), of_run(run)):
        assert {node.id for node in graph.nodes if "PII" in node.tags} == {"age", "sex"}


def test_columns_lead_to_the_source_in_both(run: Run) -> None:
    for graph in (of_events(run), of_run(run)):
        columns = graph.columns
        wanted = [column.node == "fit_random_forest" for column in columns.columns]
        found = columns.reached(np.array(wanted), is_up=True)
        source = {
            c.name
            for c, is_in in zip(columns.columns, found, strict=True)
            if is_in and c.node.startswith("dataset:")
        }
        assert source >= {"age", "sex", "fare", "survived"}
        assert "name" not in source


@pytest.mark.parametrize("granularity", ["artifact", "dag"])
def test_coarser_events_list_the_same_nodes_with_what_they_take(run: Run, granularity: str) -> None:
    told, known = of_events(run, granularity=granularity), of_run(run)
    within = {edge for edge in edges(known) if edge[2] == "argument"}
    assert {edge for edge in edges(told) if edge[2] == "argument"} == within
    assert set(known.ids) <= set(told.ids)


def test_several_runs_of_one_dataflow_are_one_graph(run: Run) -> None:
    events = events_of(run)
    year = f'"{events[0]["eventTime"][:5]}'
    text = json.dumps(events).replace(year, f'"{int(year[1:5]) + 1}-')
    later = json.loads(text.replace(run.run_id, "0" * 36))
    graph = graph_of_events([*later, *events], SETTINGS)
    assert edges(graph) == edges(of_run(run))
    seen = graph["fit_random_forest"]
    assert seen.first_seen is not None
    assert seen.last_seen is not None
    assert (seen.last_seen - seen.first_seen) // (86400 * 10**9) in (365, 366)


def test_two_dataflows_join_on_the_dataset_that_both_name(run: Run) -> None:
    events = events_of(run)
    other = json.loads(
        json.dumps(events).replace('"titanic', '"other').replace("/titanic", "/other")
    )
    graph = graph_of_events([*events, *other], SETTINGS)
    reached = graph.downstream("dataset:hamilton:prod.kaggle")
    models = {node.id for node in reached.nodes if node.name == "fit_random_forest"}
    assert models == {
        "job:hamilton:titanic.fit_random_forest",
        "job:hamilton:other.fit_random_forest",
    }


@settings(max_examples=60, deadline=None)
@given(history=histories())
def test_random_runs_have_the_same_nodes_and_arguments(history: History) -> None:
    run = history.whole
    told = graph_of_events([json.loads(text) for text in texts(run)], SETTINGS)
    known = graph_of_run(run, SETTINGS)
    inner = {node.id for node in known.nodes}
    within = {edge for edge in edges(told) if edge[2] == "argument"}
    assert within == edges(known)
    unused = {node.id for node in known.nodes if node.kind in ("input", "config")}
    assert inner - set(told.ids) <= unused
