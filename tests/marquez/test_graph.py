"""The graph that Marquez draws is Hamilton's own."""

from hamilton_ol.demo.__main__ import JOB
from tests.support.flows import Flows
from tests.support.marquez.dataflows import SHOP, hamiltons_edges, shop_edges
from tests.support.marquez.recorded import Recorder


def test_the_lineage_graph_of_the_demo_is_hamiltons_own(demo: Recorder) -> None:
    assert demo.edges("fit_random_forest") == hamiltons_edges(demo)


def test_the_graph_is_the_same_from_every_node(demo: Recorder) -> None:
    whole, marquez = hamiltons_edges(demo), demo.marquez
    assert demo.edges("titanic_data") == whole
    assert marquez.edges("dataset", demo.memory, "encoders") == whole
    assert marquez.edges("dataset", marquez.namespace, "prod.kaggle") == whole


def test_near_a_node_the_graph_has_its_neighbours_with_all_that_they_touch(
    recorder: Recorder, flows: Flows
) -> None:
    recorder.execute(flows.module(SHOP), "total", fails=False)
    own = {edge for edge in shop_edges(recorder) if recorder.job_id("total") in edge}
    near = {edge for edge in shop_edges(recorder) if recorder.job_id("revenue") in edge}
    assert recorder.edges("total", depth=0) == own
    assert recorder.edges("total", depth=1) == own | near


def test_the_dataflows_own_job_is_not_in_the_graph_but_is_the_others_parent(
    demo: Recorder,
) -> None:
    jobs = demo.marquez.jobs()
    assert jobs[JOB]["inputs"] == jobs[JOB]["outputs"] == []
    assert {job["parentJobName"] for name, job in jobs.items() if name != JOB} == {JOB}
    assert {tuple(job["labels"]) for name, job in jobs.items() if name != JOB} == {
        ("NODE", "HAMILTON")
    }
    assert len(jobs) == len({event.job for event in demo.events})


def test_a_run_of_a_part_of_a_dataflow_leaves_the_rest_as_it_was(
    recorder: Recorder, flows: Flows
) -> None:
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    recorder.execute(module, "amount")
    assert recorder.edges("total") == shop_edges(recorder)
