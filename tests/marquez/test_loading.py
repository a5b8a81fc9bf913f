"""What a Marquez knows, loaded again, is the graph of what it was told."""

from pathlib import Path

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.errors import DataflowError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources.eventgraph import graph_of_events
from hamilton_ol.sources.marquez import graph_of_marquez
from tests.support.events import parsed
from tests.support.flows import Flows
from tests.support.marquez.client import MarquezClient
from tests.support.marquez.dataflows import SHOP, SHOP_NODES
from tests.support.marquez.recorded import Recorder


@pytest.fixture
def recorder(marquez: MarquezClient, store: Path, flows: Flows) -> Recorder:
    """Has recorded and sent a run of the shop."""
    recorder = Recorder(marquez, store)
    recorder.execute(flows.module(SHOP), "total", fails=False)
    return recorder


def loaded(recorder: Recorder, namespace: str | None = None) -> LineageGraph:
    settings = resolve({}, environ={})
    marquez = recorder.marquez
    return graph_of_marquez(marquez.url, namespace or marquez.namespace, settings)


def told(recorder: Recorder) -> LineageGraph:
    events = [parsed(event) for event in recorder.events]
    return graph_of_events(events, resolve({}, environ={}))


def edges(graph: LineageGraph) -> set[tuple[str, str, str]]:
    return {(edge.origin, edge.target, edge.kind) for edge in graph.edges}


def test_nodes_edges_and_columns_are_those_of_the_events(recorder: Recorder) -> None:
    ours, theirs = told(recorder), loaded(recorder)
    assert edges(theirs) == edges(ours)
    assert {n.id: (n.kind, n.status, n.columns) for n in theirs.nodes} == {
        n.id: (n.kind, n.status, n.columns) for n in ours.nodes
    }
    assert {edge[:2] for edge in theirs.columns.edges} == {edge[:2] for edge in ours.columns.edges}
    assert {theirs[node].module for node in (*SHOP_NODES, "price")} == {"flow"}
    assert (theirs["price"].rows, theirs["total"].rows) == (2, None)


def test_a_failed_run_is_seen_as_one(recorder: Recorder, flows: Flows) -> None:
    good = loaded(recorder)["price"].run
    bad = recorder.execute(flows.module(SHOP, "again"), "total", fails=True)
    found = loaded(recorder)
    assert found["revenue"].status == "FAILED"
    assert found["price"].run == found["revenue"].run == bad.run_id
    assert (found["total"].status, found["total"].run) == ("SUCCEEDED", good)


PERSONAL = SHOP.replace(
    "@extract_col", '@tag_outputs(email={"PII": "true"})\n    @extract_col'
).replace("columns, tag", "columns, tag, tag_outputs")


def test_a_column_is_personal_data_also_while_it_is_missing(
    marquez: MarquezClient, store: Path, flows: Flows
) -> None:
    recorder = Recorder(marquez, store)
    recorder.execute(flows.module(PERSONAL), "amount", fails=False)
    lacking = flows.module(PERSONAL.replace(', "email": ["a@x", "b@y"]', ""), "again")
    recorder.execute(lacking, "amount", fails=False)
    assert dict(loaded(recorder)["email"].tags) == {"PII": "true"}


@pytest.mark.parametrize("granularity", ["artifact", "dag"])
def test_what_is_no_job_has_its_tags_too(
    marquez: MarquezClient, store: Path, flows: Flows, granularity: str
) -> None:
    recorder = Recorder(marquez, store, granularity=granularity)
    recorder.execute(flows.module(PERSONAL), "total", fails=False)
    assert dict(loaded(recorder)["email"].tags) == {"PII": "true"}


def test_while_it_runs_a_dataflow_has_the_nodes_that_it_had(
    recorder: Recorder, flows: Flows
) -> None:
    before = loaded(recorder)
    recorder.record(flows.module(SHOP, "again"), "total", fails=False)
    recorder.send(*recorder.events[:2])
    found = loaded(recorder)
    assert set(found) == set(before)
    assert edges(found) == edges(before)
    assert found["price"].status == ""
    assert {found[node].status for node in SHOP_NODES} == {"RUNNING", "SUCCEEDED"}


def test_progress_reaches_its_end(recorder: Recorder) -> None:
    seen: list[tuple[int, int]] = []
    marquez = recorder.marquez
    graph_of_marquez(
        marquez.url, marquez.namespace, resolve({}, environ={}), lambda *step: seen.append(step)
    )
    assert seen[-1][0] == seen[-1][1] >= 12


def test_a_namespace_that_there_is_not_is_named_with_those_that_there_are(
    recorder: Recorder,
) -> None:
    with pytest.raises(DataflowError, match="no namespace 'nobody'") as caught:
        loaded(recorder, "nobody")
    assert "It knows: " in caught.value.hint
