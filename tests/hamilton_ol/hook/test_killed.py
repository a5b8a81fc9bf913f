"""What is left of a run whose process ends in the middle of it."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from hamilton.lifecycle import NodeExecutionHook

from hamilton_ol import OpenLineageHook
from hamilton_ol.errors import StoreError
from hamilton_ol.records import Run
from hamilton_ol.store import writer
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.children import LIMIT, Signal, ended, forked, until
from tests.support.flows import Flows, build

FLOW = """
    def first() -> int:
        return 1

    def second(first: int) -> int:
        return act(first)

    def third(second: int) -> int:
        return second + 1

    act = None
"""


@pytest.fixture
def flow(flows: Flows) -> Any:
    return flows.module(FLOW)


def _latest(store: Path) -> Run:
    return StoreReader(store).run("latest")


def _is_known(store: Path) -> bool:
    """Whether the store knows the dataflow, and that its second node is executing."""
    try:
        run = _latest(store)
    except (StoreError, LookupError):
        return False
    return run.graph is not None and {n.node: n.status for n in run.nodes} == {
        "first": "SUCCEEDED",
        "second": None,
    }


def test_what_happened_before_a_kill_is_on_disk_and_the_run_died(flow: Any, store: Path) -> None:
    begun, never = Signal(), Signal()

    def wait(_: int) -> None:
        begun.say()
        never.wait()

    flow.act = wait
    hook = OpenLineageHook("job", store=store)
    driver = build([flow], hook)
    with forked(lambda: driver.execute(["third"])) as pid:
        begun.wait()
        until(lambda: _is_known(store))
        assert _latest(store).status == "RUNNING"
        os.kill(pid, signal.SIGKILL)
        assert ended(pid) == -signal.SIGKILL
    run = _latest(store)
    assert run.status == "DIED"
    assert run.started.requested == ("third",)


def test_what_begins_after_a_long_rest_is_on_disk_too(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = OpenLineageHook("job", store=store)

    class Resting(NodeExecutionHook):
        def run_before_node_execution(self, **_: Any) -> None:
            pass

        def run_after_node_execution(self, **_: Any) -> None:
            until(lambda: hook._writer.late == 0)  # the writer sleeps until somebody wakes it

    def act(number: int) -> int:
        until(lambda: _is_known(store))
        return number

    monkeypatch.setattr(writer, "QUIET", 0)
    monkeypatch.setattr(writer, "HEARTBEAT", 10 * LIMIT)
    flow.act = act
    assert build([flow], hook, Resting()).execute(["third"]) == {"third": 2}


@pytest.mark.parametrize("way", ["kill", "exit"])
def test_the_start_of_a_run_is_on_disk_before_its_first_node_can_end_the_process(
    flow: Any, store: Path, way: str
) -> None:
    driver = build([flow], OpenLineageHook("job", store=store))
    overrides = {"first": 1}

    def act() -> None:
        flow.act = lambda number: number
        driver.execute(["third"], overrides=overrides)
        assert flush_all(10)
        flow.act = lambda _: os._exit(7) if way == "exit" else os.kill(os.getpid(), signal.SIGKILL)
        driver.execute(["second"], overrides=overrides)

    with forked(act) as pid:
        assert ended(pid) in (7, -signal.SIGKILL)
    statuses = [(run.requested, run.status) for run in StoreReader(store).runs()]
    assert statuses == [(("second",), "DIED"), (("third",), "SUCCEEDED")]


def test_ctrl_c_aborts(flow: Any, store: Path) -> None:
    begun, never = Signal(), Signal()

    def wait(_: int) -> None:
        begun.say()
        never.wait()

    flow.act = wait
    driver = build([flow], OpenLineageHook("job", store=store))

    def act() -> None:
        with pytest.raises(KeyboardInterrupt):
            driver.execute(["third"])
        assert flush_all(10)

    with forked(act) as pid:
        begun.wait()
        os.kill(pid, signal.SIGINT)
        assert ended(pid) == 0
    run = _latest(store)
    assert run.status == "ABORTED"
    assert [(n.node, n.status) for n in run.nodes] == [
        ("first", "SUCCEEDED"),
        ("second", "ABORTED"),
    ]
    assert run.finished is not None
    assert run.finished.error is not None
    assert run.finished.error.type == "KeyboardInterrupt"


def test_an_interruption_before_the_first_node_aborts(flow: Any, store: Path) -> None:
    class Stopping(dict[str, Any]):
        def __contains__(self, _: object) -> bool:
            raise KeyboardInterrupt

    driver = build([flow], OpenLineageHook("job", store=store))
    with pytest.raises(KeyboardInterrupt):
        driver.execute(["third"], inputs=Stopping(x=1), overrides=Stopping(x=1))
    assert flush_all(10)
    assert _latest(store).status == "ABORTED"


def test_exit_in_a_node_is_an_exit(flow: Any, store: Path) -> None:
    flow.act = lambda _: sys.exit(3)
    driver = build([flow], OpenLineageHook("job", store=store))
    with pytest.raises(SystemExit) as raised:
        driver.execute(["third"])
    assert raised.value.code == 3
    assert flush_all(10)
    assert _latest(store).status == "ABORTED"
