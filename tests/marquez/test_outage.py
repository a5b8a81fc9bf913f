"""A Marquez that is killed while it is told of a run, and started again."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.support.cable import Cable
from tests.support.commands import InProcess
from tests.support.flows import Flows
from tests.support.marquez.dataflows import SHOP, SHOP_NODES, shop_edges
from tests.support.marquez.recorded import Recorder
from tests.support.marquez.seen import ends, kept, runs, states, versions
from tests.support.marquez.server import MarquezDouble

CARRIED = 8  # events until the cable is cut, of twelve


@pytest.fixture(params=[False, True], ids=["answer-came", "answer-lost"])
def cable(request: pytest.FixtureRequest, recorder: Recorder) -> Iterator[Cable]:
    """To the server, to be cut once; a live one cannot be killed for a test."""
    with Cable(recorder.marquez.url, CARRIED, loses_last=request.param) as cable:
        yield cable


def test_nothing_is_left_running_after_a_server_was_killed_in_mid_run(
    recorder: Recorder,
    flows: Flows,
    cable: Cable,
    double: MarquezDouble | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cli, to = InProcess(capsys), ("--to", cable.url, "--store", recorder.store)
    recorder.record(flows.module(SHOP), "total", fails=False)
    assert cli("push", *to).code == 5
    if double:
        double.stop()
    cable.mend()
    if double:
        double.start()
    assert states(recorder)["flow"] == states(recorder)["revenue"] == "RUNNING"

    assert cli("push", *to).code == 0
    assert set(states(recorder).values()) == {"COMPLETED"}
    assert recorder.edges("total") == shop_edges(recorder)
    assert versions(recorder) == dict.fromkeys(SHOP_NODES, 1)
    assert runs(recorder) == ends(recorder)
    told = Counter((event.run_id, event.type) for event in recorder.events)
    assert (kept(recorder) - told).total() == cable.loses_last
    assert set(kept(recorder)) == set(told)
