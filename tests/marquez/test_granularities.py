"""However many jobs a run becomes: one connected graph, and columns that come from the source."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from tests.support.flows import Flows
from tests.support.marquez.client import Edges, MarquezClient
from tests.support.marquez.dataflows import SHOP, hamiltons_edges
from tests.support.marquez.recorded import Recorder
from tests.support.marquez.seen import ends, runs, states

ARTIFACTS = ("training_set_v1", "fit_random_forest", "encoders")
FEATURES = {"pclass", "age", "fare", "sex", "cabin", "embarked", "sibsp", "parch"}


def of_artifacts(recorder: Recorder) -> Edges:
    """The edges of the demo's artifacts, written down by hand."""
    source, job, result = recorder.source_id("prod.kaggle"), recorder.job_id, recorder.result_id
    return {
        *((source, job(name)) for name in ARTIFACTS),
        *((job(name), result(name)) for name in ARTIFACTS),
        (result("training_set_v1"), job("fit_random_forest")),
    }


def of_dataflow(recorder: Recorder) -> Edges:
    """The edges of the demo as one job."""
    dag = recorder.job_id()
    asked = {(dag, recorder.result_id(name)) for name in REQUESTED}
    return {(recorder.source_id("prod.kaggle"), dag), *asked}


EXPECTED: dict[str, Callable[[Recorder], Edges]] = {
    "node": hamiltons_edges,
    "artifact": of_artifacts,
    "dag": of_dataflow,
}


@pytest.fixture(params=list(EXPECTED))
def told(request: pytest.FixtureRequest, marquez: MarquezClient, store: Path) -> Recorder:
    """Has recorded and sent a run of the demo at a granularity."""
    recorder = Recorder(marquez, store, JOB, request.param)
    recorder.drive(build, REQUESTED, inputs())
    recorder.send(*recorder.events)
    return recorder


def test_the_graph_is_connected_and_the_same_from_everywhere(told: Recorder) -> None:
    expected = EXPECTED[told.granularity](told)
    marquez = told.marquez
    assert marquez.edges("dataset", marquez.namespace, "prod.kaggle") == expected
    for name in REQUESTED:
        assert marquez.edges("dataset", told.memory, name) == expected


def test_columns_of_the_model_are_traced_to_the_source(told: Recorder) -> None:
    edges = told.columns("fit_random_forest")
    ends = {source for _, source in edges} - {field for field, _ in edges}
    reached = {end for end in ends if end.startswith("prod.kaggle.")}
    assert reached == {f"prod.kaggle.{column}" for column in (*FEATURES, "survived")}


def test_runs_states_and_durations_are_ours_at_each_granularity(told: Recorder) -> None:
    assert runs(told) == ends(told)


@pytest.mark.parametrize("granularity", ["artifact", "dag"])
def test_a_failed_function_makes_the_job_fail_that_it_is_folded_into(
    marquez: MarquezClient, store: Path, flows: Flows, granularity: str
) -> None:
    recorder = Recorder(marquez, store, granularity=granularity)
    module = flows.module(SHOP)
    recorder.execute(module, "total", fails=False)
    before = marquez.edges("dataset", recorder.memory, "total")
    recorder.execute(module, "total", fails=True)
    assert set(states(recorder).values()) == {"FAILED"}
    assert marquez.edges("dataset", recorder.memory, "total") == before
    for name in marquez.jobs():
        last, _ = marquez.runs(name)
        assert "no revenue today" in last["facets"]["errorMessage"]["message"]
