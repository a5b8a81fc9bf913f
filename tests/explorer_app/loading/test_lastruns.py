"""Which recorded run a graph comes with."""

from pathlib import Path

import pytest

from explorer_app.loading.lastruns import last_run, read_with_run, recorded
from explorer_app.loading.messages import Load, ReadRuns, Recorded
from hamilton_ol.config import resolve
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from tests.support.servers import Reply, Target
from tests.support.stores import OTHER, RUN, plain_store

ROWS = [Node("a", "a"), Node("b", "b")]


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with two runs of the dataflow `a -> b`."""
    return str(plain_store(tmp_path / "store", RUN, OTHER))


def test_code_comes_with_its_last_run(store: str) -> None:
    (run,) = last_run(LineageGraph(ROWS, []), Load(("flow.py",), store)).runs
    assert run.executions.keys() == {"a", "b"}
    assert run.status == "SUCCEEDED"


def test_a_run_of_something_else_is_none(store: str) -> None:
    assert last_run(LineageGraph(ROWS[:1], []), Load(("flow.py",), store)) == Recorded(())


def test_a_run_comes_with_itself(store: str) -> None:
    (run,) = last_run(LineageGraph([], []), Load((f"run:{RUN}",), store)).runs
    assert run.run_id == RUN


def test_events_come_with_no_run(store: str) -> None:
    assert last_run(LineageGraph(ROWS, []), Load(("events:x",), store)) == Recorded(())


def test_what_cannot_be_read_is_left_out(store: str, tmp_path: Path) -> None:
    asked = ReadRuns((OTHER, "ffffffff", RUN), store)
    assert [run.run_id for run in recorded(asked).runs] == [OTHER, RUN]
    assert recorded(ReadRuns((RUN,), str(tmp_path / "nowhere"))) == Recorded(())


def test_a_marquez_is_asked_once_for_its_jobs_and_their_runs() -> None:
    told = b'{"namespaces": [{"name": "ns"}], "jobs": [], "datasets": []}'
    with Target(*[Reply(200, told)] * 3) as target:
        read_with_run(Load((f"marquez:{target.url}#ns",)), resolve({}, environ={}), print)
    assert [got.path.partition("?")[0].rpartition("/")[2] for got in target.got] == [
        "namespaces",
        "jobs",
    ]
