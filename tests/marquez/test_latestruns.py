"""The runs that a Marquez tells of, with what became of each node in them."""

from pathlib import Path

from explorer_app.loading.lastruns import last_run
from explorer_app.loading.messages import Load
from hamilton_ol.config import resolve
from hamilton_ol.graph.runs import is_of, with_run
from hamilton_ol.sources.marquez import graph_of_marquez
from hamilton_ol.sources.marquezruns import runs_of_marquez
from tests.support.flows import Flows
from tests.support.marquez.client import MarquezClient
from tests.support.marquez.dataflows import SHOP
from tests.support.marquez.recorded import Recorder


def test_each_run_comes_with_its_nodes(marquez: MarquezClient, store: Path, flows: Flows) -> None:
    recorder = Recorder(marquez, store)
    good = recorder.execute(flows.module(SHOP), "total", fails=False)
    bad = recorder.execute(flows.module(SHOP, "again"), "total", fails=True)
    settings = resolve({}, environ={})
    graph = graph_of_marquez(marquez.url, marquez.namespace, settings)
    found = runs_of_marquez(marquez.url, marquez.namespace, settings, graph)
    assert [run.run_id for run in found] == [bad.run_id, good.run_id]
    assert [run.status for run in found] == ["FAILED", "SUCCEEDED"]
    assert all(is_of(graph, run) for run in found)
    assert found[0].executions["revenue"].status == "FAILED"
    assert found[0].executions["revenue"].error
    assert found[1].executions["revenue"].status == "SUCCEEDED"
    assert found[1].executions["revenue"].seconds is not None
    shown = with_run(graph, found[0])
    assert shown["revenue"].status == "FAILED"
    assert shown["total"].status == "SKIPPED"
    source = f"marquez:{marquez.url}#{marquez.namespace}"
    told = last_run(graph, Load((source,)), settings)
    assert (told.runs, told.is_shown) == (tuple(found), False)
