"""Runs and tasks on many threads: each is told as its own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hamilton import driver
from hamilton.execution import executors
from hamilton.plugins.h_threadpool import FutureAdapter

from hamilton_ol import OpenLineageHook
from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.flows import Flows, build, latest

FLOW = """
    def doubled(number: int) -> int:
        return 2 * number

    def total(doubled: int, number: int) -> int:
        return doubled + number
"""
BLOCK = """
    from hamilton.htypes import Collect, Parallelizable

    def part(number: int) -> Parallelizable[int]:
        yield from range(number)

    def squared(part: int) -> int:
        return act(part)

    def total(squared: Collect[int]) -> int:
        return sum(squared)

    def act(part: int) -> int:
        return part * part
"""
INPUTS = {"number": 3}


def _statuses(run: Run) -> dict[str, str | None]:
    return {node.node: node.status for node in run.nodes}


def _runs(store: Path) -> list[Run]:
    assert flush_all(10)
    reader = StoreReader(store)
    return [reader.run(run.run_id) for run in reader.runs()]


def test_drivers_on_many_threads_share_a_hook_and_mix_nothing_up(flows: Flows, store: Path) -> None:
    """All of them are within a node at the same time, again and again."""
    count, hook = 6, OpenLineageHook(store=store)
    barrier = threading.Barrier(count, timeout=60)
    modules = [
        flows.module(
            f"""
            def first_{n}(number: int) -> int:
                wait()
                return number

            def second_{n}(first_{n}: int) -> int:
                wait()
                return first_{n} + {n}

            wait = None
            """,
            f"flow_{n}",
        )
        for n in range(count)
    ]

    def work(n: int) -> None:
        module = modules[n % 3]  # two threads share a driver's modules
        made, name = build([module], hook, thread=n), f"second_{n % 3}"
        for turn in range(5):
            assert made.execute([name], inputs={"number": turn}) == {name: turn + n % 3}

    for module in modules:
        vars(module)["wait"] = barrier.wait
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(work, range(count)))
    runs = _runs(store)
    assert len(runs) == 5 * count
    for run in runs:
        n, value = run.started.job.removeprefix("flow_"), run.context.inputs["number"].value
        assert _statuses(run) == {f"first_{n}": "SUCCEEDED", f"second_{n}": "SUCCEEDED"}
        assert (run.status, run.started.parent, len(run.nodes)) == ("SUCCEEDED", None, 2)
        assert int(n) == run.context.config["thread"].value % 3  # type: ignore[operator]
        assert value in range(5)
    assert hook.problems == {}


def test_one_driver_on_many_threads_makes_a_run_each(flows: Flows, store: Path) -> None:
    dr = build([flows.module(FLOW)], OpenLineageHook(store=store))
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda n: dr.execute(["total"], inputs={"number": n}), range(40)))
    assert results == [{"total": 3 * n} for n in range(40)]
    runs = _runs(store)
    assert sorted(run.context.inputs["number"].value for run in runs) == list(range(40))  # type: ignore[type-var]
    assert {tuple(_statuses(run)) for run in runs} == {("doubled", "total")}


def _on_threads(flow: Any, *adapters: Any) -> driver.Driver:
    builder = driver.Builder().enable_dynamic_execution(allow_experimental_mode=True)
    builder = builder.with_remote_executor(executors.MultiThreadingExecutor(4))
    return builder.with_modules(flow).with_adapters(*adapters).build()


def test_a_task_that_fails_on_a_thread_fails_its_run_and_no_other_task(
    flows: Flows, store: Path
) -> None:
    flow, barrier = flows.module(BLOCK), threading.Barrier(3, timeout=60)

    def act(part: int) -> int:
        barrier.wait()  # all of them have begun
        return 1 // part

    vars(flow)["act"] = act
    with pytest.raises(ZeroDivisionError):
        _on_threads(flow, OpenLineageHook(store=store)).execute(["total"], inputs={"number": 3})
    run = latest(store)
    squared = [node for node in run.nodes if node.node == "squared"]
    assert run.status == "FAILED"
    assert sorted(str(node.status) for node in squared) == ["FAILED", "SUCCEEDED", "SUCCEEDED"]
    assert len({node.task for node in squared}) == 3


def test_a_node_that_ends_after_its_run_is_told_all_the_same(flows: Flows, store: Path) -> None:
    flow = flows.module("""
        def late(number: int) -> int:
            return wait(number)

        def failing(number: int) -> int:
            return fail(number)

        wait = fail = None
    """)
    begun, over = threading.Event(), threading.Event()

    def wait(number: int) -> int:
        begun.set()
        assert over.wait(60)
        return number

    def fail(_: int) -> int:
        assert begun.wait(60)
        raise ValueError("no")

    vars(flow).update(wait=wait, fail=fail)
    adapter = FutureAdapter(2)
    made = driver.Builder().with_modules(flow).with_adapters(adapter, OpenLineageHook(store=store))
    with adapter.executor:
        with pytest.raises(ValueError, match="no"):
            made.build().execute(["failing", "late"], inputs=INPUTS)
        assert _statuses(latest(store)) == {"failing": "FAILED", "late": "ABORTED"}
        over.set()
    run = latest(store)
    assert run.status == "FAILED"
    assert _statuses(run) == {"failing": "FAILED", "late": "SUCCEEDED"}
