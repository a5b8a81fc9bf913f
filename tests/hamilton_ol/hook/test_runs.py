"""What a run leaves in the store."""

from pathlib import Path
from typing import Any

import pytest
from hamilton import base, driver
from hamilton.execution import executors

from hamilton_ol import OpenLineageHook, stamp
from tests.support.flows import Flows, build, events, execute, latest

PLAIN = """
    def doubled(number: int) -> int:
        '''Twice the number.'''
        return 2 * number

    def total(doubled: int, number: int) -> int:
        return doubled + number
"""

BLOCK = """
    from hamilton.htypes import Collect, Parallelizable

    def part(count: int) -> Parallelizable[int]:
        yield from range(count)

    def squared(part: int) -> int:
        return part * part

    def total(squared: Collect[int]) -> int:
        return sum(squared)
"""


def test_a_run_is_recorded_with_its_nodes_in_order(flows: Flows, store: Path) -> None:
    run = execute(flows.module(PLAIN), ["total"], store, inputs={"number": 3})
    assert run.status == "SUCCEEDED"
    assert [(n.node, n.status, n.type) for n in run.nodes] == [
        ("doubled", "SUCCEEDED", "int"),
        ("total", "SUCCEEDED", "int"),
    ]
    assert run.started.requested == ("total",)
    assert all(run.started.time <= n.started <= (n.ended or 0) for n in run.nodes)


def test_a_failing_node_fails_and_what_follows_is_absent(flows: Flows, store: Path) -> None:
    flow = flows.module("""
        def bad(number: int) -> int:
            raise ValueError("no such number")

        def after(bad: int) -> int:
            return bad
    """)
    hook = OpenLineageHook("job", store=store)
    with pytest.raises(ValueError, match="no such number"):
        build([flow], hook).execute(["after"], inputs={"number": 3})
    run = latest(store)
    assert run.status == "FAILED"
    assert [(n.node, n.status) for n in run.nodes] == [("bad", "FAILED")]
    told = [(e.type, e.job) for e in events(run)]
    assert told == [
        ("START", "job"),
        ("START", "job.bad"),
        ("FAIL", "job.bad"),
        ("FAIL", "job"),
    ]
    assert '"message":"ValueError: no such number"' in events(run)[2].text
    assert "node 'bad': ValueError: no such number" in events(run)[3].text


@pytest.mark.parametrize("interruption", ["KeyboardInterrupt", "SystemExit"])
def test_an_interruption_aborts(flows: Flows, store: Path, interruption: str) -> None:
    flow = flows.module(f"""
        def stopped(number: int) -> int:
            raise {interruption}
    """)
    hook = OpenLineageHook("job", store=store)
    with pytest.raises((KeyboardInterrupt, SystemExit)):
        build([flow], hook).execute(["stopped"], inputs={"number": 3})
    run = latest(store)
    assert run.status == "ABORTED"
    assert [(n.node, n.status) for n in run.nodes] == [("stopped", "ABORTED")]
    assert [e.type for e in events(run)] == ["START", "START", "ABORT", "ABORT"]


def test_a_run_by_who_handles_an_interruption_was_not_interrupted(
    flows: Flows, store: Path
) -> None:
    flow = flows.module("""
        def nothing(number: int) -> None:
            return None
    """)
    dr = build([flow], OpenLineageHook("job", store=store))

    def stop() -> None:
        raise KeyboardInterrupt

    try:
        stop()
    except KeyboardInterrupt:
        dr.execute(["nothing"], inputs={"number": 3})
    run = latest(store)
    assert (run.status, [n.status for n in run.nodes]) == ("SUCCEEDED", ["SUCCEEDED"])


def test_of_a_run_that_is_over_nothing_is_kept(flows: Flows, store: Path) -> None:
    hook = OpenLineageHook("job", store=store)
    build([flows.module(PLAIN)], hook).execute(["total"], inputs={"number": 3})
    latest(store)
    assert (hook._runs, hook._writer.active, hook._writer.appender.living) == ({}, set(), {})


def test_the_old_driver_is_recorded_too(flows: Flows, store: Path) -> None:
    adapter = [base.DefaultAdapter(), OpenLineageHook("old", store=store)]
    dr = driver.Driver({"number": 3}, flows.module(PLAIN), adapter=adapter)  # type: ignore[arg-type]
    assert dr.execute(["total"]) == {"total": 9}
    assert latest(store).started.job == "old"


def blocks(flows: Flows, executor: Any, hook: OpenLineageHook) -> driver.Driver:
    """A driver of `BLOCK`."""
    return (
        driver.Builder()
        .enable_dynamic_execution(allow_experimental_mode=True)
        .with_remote_executor(executor)
        .with_modules(flows.module(BLOCK))
        .with_adapters(hook)
        .build()
    )


def test_a_block_on_threads_is_one_run_of_one_job(flows: Flows, store: Path) -> None:
    dr = blocks(flows, executors.MultiThreadingExecutor(4), OpenLineageHook("threads", store=store))
    assert dr.execute(["total"], inputs={"count": 5}) == {"total": 30}
    run = latest(store)
    assert sum(n.node == "squared" for n in run.nodes) == 5
    of_squared = [e for e in events(run) if e.job == "threads.squared"]
    assert [e.type for e in of_squared] == ["START", "COMPLETE"]
    assert '"tasks":{"count":5,"failed":0}' in of_squared[1].text


def test_processes_are_seen_too(flows: Flows, store: Path, tmp_path: Path) -> None:
    dr = blocks(
        flows, executors.MultiProcessingExecutor(2), OpenLineageHook("processes", store=store)
    )
    assert dr.execute(["total"], inputs={"count": 3}) == {"total": 5}
    run = latest(store)
    assert sum(n.node == "squared" for n in run.nodes) == 3
    assert run.status == "SUCCEEDED"


def test_the_stamp_is_of_the_run_of_this_thread(flows: Flows, store: Path) -> None:
    run = execute(flows.module(PLAIN), ["total"], store, inputs={"number": 3})
    facts = stamp()
    assert facts["hamilton_ol.run_id"] == run.run_id
    assert facts["hamilton_ol.requested"] == "total"
    assert facts == stamp(run.run_id[:8], store=store)
    assert all(isinstance(value, str) for value in facts.values())
