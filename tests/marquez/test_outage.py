"""A Marquez that is killed while it is told of a run, and started again."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cable import Cable
from tests.support.commands import InProcess, environ
from tests.support.flows import Flows, events, latest
from tests.support.marquez.dataflows import SHOP, SHOP_NODES, shop_edges
from tests.support.marquez.recorded import Recorder
from tests.support.marquez.seen import ends, kept, runs, states, versions
from tests.support.marquez.server import MarquezDouble

CARRIED = 8  # events until the cable is cut, of twelve
#: Runs the shop with a hook that sends by itself, and gives it all the time that it needs.
PROGRAM = """
import os

import flow
from hamilton import driver
from hamilton_ol import OpenLineageHook

os.environ["HAMILTON_OL_EXIT_SECONDS"] = "60"
names = {name: os.environ[name] for name in ("namespace", "store")}
hook = OpenLineageHook("flow", targets=os.environ["url"], **names)
dr = driver.Builder().with_modules(flow).with_adapters(hook).build()
dr.execute(["total"], inputs={"fails": False})
"""


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


@pytest.mark.usefixtures("extensions")
def test_what_a_program_could_not_send_itself_is_sent_later(
    recorder: Recorder,
    flows: Flows,
    cable: Cable,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    flows.module(SHOP)
    spec = {"url": cable.url, "namespace": recorder.marquez.namespace, "store": str(recorder.store)}
    subprocess.run([sys.executable, "-c", PROGRAM], cwd=tmp_path, env=environ() | spec, check=True)
    cable.mend()
    assert states(recorder)["flow"] == states(recorder)["revenue"] == "RUNNING"

    to = ("--to", cable.url, "--store", recorder.store)
    assert InProcess(capsys)("push", *to).code == 0
    recorder.events = events(latest(recorder.store))
    assert set(states(recorder).values()) == {"COMPLETED"}
    assert runs(recorder) == ends(recorder)
    told = Counter((event.run_id, event.type) for event in recorder.events)
    assert (kept(recorder) - told).total() == cable.loses_last
