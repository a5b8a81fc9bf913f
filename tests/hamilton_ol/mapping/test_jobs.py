"""Which nodes are one job, and when that job starts and ends."""

from pathlib import Path
from typing import Any

import pytest
from hamilton import driver
from hamilton.execution import executors

from hamilton_ol import OpenLineageHook
from hamilton_ol.mapping.blocks import collectors
from hamilton_ol.mapping.jobs import JobGraph
from hamilton_ol.records import ColumnUse, Dependency
from tests.support.events import dataset, event_of, names, sources_of, told
from tests.support.flows import Flows, events, execute, latest
from tests.support.runs import MS, ORIGIN, column, failed, graph, node, ran, run

TASKS = """
    from hamilton.htypes import Collect, Parallelizable

    def part(count: int) -> Parallelizable[int]:
        yield from range(count)

    def squared(part: int) -> int:
        return 10 // (part - {bad}) if {bad} else part * part

    def total(squared: Collect[int]) -> int:
        return sum(squared)
"""


def in_tasks(flows: Flows, store: Path, *, bad: int = 0) -> list[Any]:
    dr = (
        driver.Builder()
        .enable_dynamic_execution(allow_experimental_mode=True)
        .with_remote_executor(executors.SynchronousLocalTaskExecutor())
        .with_modules(flows.module(TASKS.format(bad=bad)))
        .with_adapters(OpenLineageHook("job", store=store))
        .build()
    )
    if bad:
        with pytest.raises(ZeroDivisionError):
            dr.execute(["total"], inputs={"count": 5})
    else:
        dr.execute(["total"], inputs={"count": 5})
    return events(latest(store))


def test_a_block_is_one_run_of_each_of_its_jobs_and_counts_its_tasks(
    flows: Flows, store: Path
) -> None:
    found = in_tasks(flows, store)
    assert told(found) == [
        "START job",
        *(
            f"{kind} job.{n}"
            for n in ("part", "squared", "total")
            for kind in ("START", "COMPLETE")
        ),
        "COMPLETE job",
    ]
    end = event_of(found, "job.squared")
    assert end["run"]["facets"]["hamilton_node"]["tasks"] == {"count": 5, "failed": 0}
    assert names(event_of(found, "job.total"), "inputs") == ["squared"]


def test_a_block_fails_if_one_of_its_tasks_does(flows: Flows, store: Path) -> None:
    found = in_tasks(flows, store, bad=3)
    end = event_of(found, "job.squared")
    assert end["eventType"] == "FAIL"
    assert end["run"]["facets"]["hamilton_node"]["tasks"] == {"count": 4, "failed": 1}
    assert "ZeroDivisionError" in end["run"]["facets"]["errorMessage"]["message"]
    assert "START job.total" not in told(found)


BLOCK = graph(
    node("part", kind="expand"),
    node("outside"),
    node("x", "part", "outside"),
    node("y", "x", "part"),
    node("all", "y", kind="collect"),
    node("after", "all"),
)


def test_a_block_lasts_from_its_first_task_to_its_last() -> None:
    nodes = [ran("part", 1, 2), ran("outside", 1, 2)]
    nodes += [ran("x", start, start + 3, task=f"{start}") for start in (5, 9, 4)]
    nodes += [ran("y", start + 3, start + 4, task=f"{start}") for start in (5, 9, 4)]
    found = events(run(BLOCK, *nodes, ran("all", 20, 21), ran("after", 21, 22)))
    times = {(e.type, e.job): (e.time - ORIGIN) / MS for e in found}
    assert (times["START", "dag.x"], times["COMPLETE", "dag.x"]) == (4, 12)
    assert (times["START", "dag.y"], times["COMPLETE", "dag.y"]) == (7, 13)


def test_jobs_of_a_block_that_were_not_collected_abort_when_the_run_fails() -> None:
    nodes = ran("part", 1, 2), ran("outside", 1, 2), ran("x", 3, 4, task="0"), failed("y", 5, 6)
    found = told(events(run(BLOCK, *nodes, status="FAILED")))
    assert found[-4:] == ["ABORT dag.x", "START dag.y", "FAIL dag.y", "FAIL dag"]


def test_what_is_between_expand_and_collect_is_executed_many_times() -> None:
    nodes = {each.name: each for each in BLOCK.nodes}
    assert collectors(nodes) == {"x": frozenset({"all"}), "y": frozenset({"all"})}


def test_the_nodes_of_a_job_take_together_what_it_takes() -> None:
    jobs = JobGraph(
        graph(
            node("t"),
            node("x_raw", Dependency("t", uses=(ColumnUse("item", "a"),)), owner="x"),
            node("x", "x_raw", Dependency("t", uses=(ColumnUse("item", "b"),)), "gone"),
        )
    )
    (taken,) = jobs.arguments["x"]
    assert taken.uses is not None
    assert {use.name for use in taken.uses} == {"a", "b"}


def test_one_node_that_may_use_the_whole_of_an_argument_counts_for_all() -> None:
    taken = Dependency("t", uses=(ColumnUse("item", "a"),))
    jobs = JobGraph(graph(node("t"), node("x_raw", taken, owner="x"), node("x", "x_raw", "t")))
    assert [d.uses for d in jobs.arguments["x"]] == [None]


def test_a_run_needs_what_its_outputs_take_but_nothing_above_an_override() -> None:
    jobs = JobGraph(graph(node("a"), node("b", "a"), node("c", "b"), node("d", "a")))
    assert jobs.needed(("c", "gone"), frozenset()) == {"a", "b", "c"}
    assert jobs.needed(("c",), frozenset({"b"})) == {"c"}


def test_the_checked_form_of_a_column_stands_for_it() -> None:
    raw = column("a_raw", "t", field="a", documentation="raw")
    final = node("a", "a_raw", owner="t", field="a", documentation="final")
    for nodes in ((raw, final), (final, raw)):
        assert JobGraph(graph(node("t"), *nodes)).columns("t")["a"].documentation == "final"


DECORATED = """
    from hamilton.function_modifiers import (
        check_output, config, mutate, parameterize, pipe_input, source, step, subdag, value
    )

    def plus(number: int, more: int) -> int:
        return number + more

    @check_output(range=(0, 99), importance="warn")
    @pipe_input(step(plus, more=1), step(plus, more=value(2)))
    def piped(number: int) -> int:
        return number

    @parameterize(low={"limit": value(1)}, high={"limit": value(9)})
    def part(piped: int, limit: int) -> int:
        return min(piped, limit)

    @config.when(fast=True)
    def speed__fast(low: int, high: int) -> int:
        return low + high

    @config.when(fast=False)
    def speed__slow(low: int) -> int:
        return low

    def inner(start: int) -> int:
        return start

    @subdag(inner, inputs={"start": source("speed")})
    def outer(inner: int) -> int:
        return inner
"""


def test_decorated_functions_are_the_jobs_that_a_reader_of_the_code_expects(
    flows: Flows, store: Path
) -> None:
    flow = flows.module(DECORATED)
    found = events(execute(flow, ["outer"], store, inputs={"number": 3}, fast=True))
    jobs = {event.job for event in found if event.type == "COMPLETE"}
    functions = ("piped", "low", "high", "speed", "outer.start", "outer.inner", "outer")
    assert jobs == {"job", *(f"job.{name}" for name in functions)}
    folded = event_of(found, "job.piped")["run"]["facets"]["hamilton_node"]["folded"]
    assert len(folded) >= 3
    high = dataset(event_of(found, "job.high"), "high", "outputs")
    assert sources_of(high) == {"high": {("piped", "piped", "DIRECT")}}
