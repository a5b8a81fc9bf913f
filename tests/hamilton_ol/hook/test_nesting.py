"""A run that begins within a node is a part of the node's job."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hamilton import driver
from hamilton.execution import executors

from hamilton_ol import OpenLineageHook, stamp
from hamilton_ol.mapping.ids import node_run_id
from hamilton_ol.records import Parent, Run
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.flows import Flows, build

FLOW = """
    from hamilton.function_modifiers import extract_fields

    @extract_fields(dict(half=int))
    def parts_{name}(number: int) -> dict:
        return dict(half=act(number))

    def last_{name}(half: int) -> int:
        return half

    act = None
"""
ROOT = "ns/scheduled/01a1fdf1-7b27-7ea1-88f5-9969ade1a296"


@pytest.fixture
def make(flows: Flows) -> Callable[[str], Any]:
    return lambda name: flows.module(FLOW.format(name=name), name)


def _execute(module: Any, *hooks: OpenLineageHook) -> int:
    name = f"last_{module.__name__}"
    return int(build([module], *hooks).execute([name], inputs={"number": 1})[name])


def _runs(store: Path) -> dict[str, Run]:
    """{job: run}"""
    assert flush_all(10)
    reader = StoreReader(store)
    found = [reader.run(run.run_id) for run in reader.runs()]
    assert len({run.started.job for run in found}) == len(found)
    assert {run.status for run in found} == {"SUCCEEDED"}
    return {run.started.job: run for run in found}


def _parent(run: Run, root: Run) -> Parent:
    """The job of the node that begins other runs."""
    owner = f"parts_{run.started.job}"
    return Parent(
        run_id=node_run_id(run.run_id, owner),
        namespace="hamilton",
        job=f"{run.started.job}.{owner}",
        root_run_id=root.run_id,
        root_namespace="hamilton",
        root_job=root.started.job,
    )


def test_runs_within_runs_know_their_parent_and_the_outermost_run(
    make: Callable[[str], Any], store: Path
) -> None:
    outer, middle, inner = make("outer"), make("middle"), make("inner")
    hook, other = OpenLineageHook(store=store), OpenLineageHook(store=store)
    outer.act = lambda _: _execute(middle, hook)
    middle.act = lambda _: _execute(inner, other)  # whichever hook it is
    inner.act = lambda _: 5
    assert _execute(outer, hook) == 5
    runs = _runs(store)
    assert runs["outer"].started.parent is None
    assert runs["middle"].started.parent == _parent(runs["outer"], runs["outer"])
    assert runs["inner"].started.parent == _parent(runs["middle"], runs["outer"])


def test_a_run_after_a_run_has_no_parent(make: Callable[[str], Any], store: Path) -> None:
    outer, inner, later = make("outer"), make("inner"), make("later")
    hook = OpenLineageHook(store=store)
    outer.act = lambda _: _execute(inner, hook)
    inner.act = later.act = lambda number: number
    _execute(outer, hook)
    _execute(later, hook)
    assert _runs(store)["later"].started.parent is None


def test_a_driver_without_a_hook_is_no_part_of_anything(
    make: Callable[[str], Any], store: Path
) -> None:
    outer, middle, inner = make("outer"), make("middle"), make("inner")
    hook = OpenLineageHook(store=store)
    outer.act = lambda _: _execute(middle)
    middle.act = lambda _: _execute(inner, hook)
    inner.act = lambda number: number
    _execute(outer, hook)
    runs = _runs(store)
    assert runs.keys() == {"outer", "inner"}
    assert runs["inner"].started.parent == _parent(runs["outer"], runs["outer"])


def test_a_run_that_fails_within_a_node_that_goes_on_changes_nothing_for_it(
    make: Callable[[str], Any], store: Path
) -> None:
    outer, bad, good = make("outer"), make("bad"), make("good")
    hook = OpenLineageHook(store=store)

    def act(number: int) -> int:
        with pytest.raises(ZeroDivisionError):
            _execute(bad, hook)
        return _execute(good, hook)

    outer.act, bad.act, good.act = act, lambda number: number // 0, lambda number: number
    _execute(outer, hook)
    assert flush_all(10)
    reader = StoreReader(store)
    runs = {found.job: reader.run(found.run_id) for found in reader.runs()}
    statuses = {job: run.status for job, run in runs.items()}
    assert statuses == {"outer": "SUCCEEDED", "bad": "FAILED", "good": "SUCCEEDED"}
    assert runs["good"].started.parent == runs["bad"].started.parent
    assert runs["good"].started.parent == _parent(runs["outer"], runs["outer"])
    assert {node.status for node in runs["outer"].nodes} == {"SUCCEEDED"}


def test_a_node_around_comes_before_the_environment_and_that_before_the_code(
    make: Callable[[str], Any], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer, inner, alone = make("outer"), make("inner"), make("alone")
    hook = OpenLineageHook(store=store, parent=ROOT.replace("scheduled", "named"))
    outer.act = lambda _: _execute(inner, hook)
    inner.act = alone.act = lambda number: number
    _execute(alone, hook)
    monkeypatch.setenv("OPENLINEAGE_PARENT_ID", ROOT)
    _execute(outer, hook)
    parents = {job: run.started.parent for job, run in _runs(store).items()}
    assert parents["alone"] is not None
    assert parents["alone"].job == "named"
    assert parents["outer"] is not None
    assert parents["outer"].job == "scheduled"
    assert parents["inner"] is not None
    assert (parents["inner"].job, parents["inner"].root_job) == ("outer.parts_outer", "scheduled")


def test_tasks_on_threads_are_parents_of_what_they_begin_and_of_nothing_else(
    flows: Flows, store: Path
) -> None:
    outer = flows.module(
        """
        from hamilton.htypes import Collect, Parallelizable

        def part(count: int) -> Parallelizable[int]:
            yield from range(count)

        def worked(part: int) -> int:
            return act(part)

        def total(worked: Collect[int]) -> int:
            return sum(worked)

        act = None
        """,
        "outer",
    )
    inner = flows.module("def inner(number: int) -> int:\n    return number", "inner")
    hook, barrier = OpenLineageHook(store=store), threading.Barrier(3, timeout=60)
    made = build([inner], hook)

    def act(part: int) -> int:
        barrier.wait()
        found = made.execute(["inner"], inputs={"number": part})["inner"]
        barrier.wait()
        return int(found)

    vars(outer)["act"] = act
    builder = driver.Builder().enable_dynamic_execution(allow_experimental_mode=True)
    builder = builder.with_remote_executor(executors.MultiThreadingExecutor(3))
    dr = builder.with_modules(outer).with_adapters(hook).build()
    assert dr.execute(["total"], inputs={"count": 3}) == {"total": 3}
    assert flush_all(10)
    reader = StoreReader(store)
    runs = [reader.run(found.run_id) for found in reader.runs()]
    whole = next(run for run in runs if run.started.job == "outer")
    parents = [run.started.parent for run in runs if run is not whole]
    assert [parent.job for parent in parents if parent] == ["outer.worked"] * 3
    assert {p.run_id for p in parents if p} == {node_run_id(whole.run_id, "worked")}


def test_a_thread_of_its_own_is_in_no_node(make: Callable[[str], Any], store: Path) -> None:
    """A thread begins with a context of its own, which knows nothing of who started it."""
    outer, inner = make("outer"), make("inner")
    hook = OpenLineageHook(store=store)

    def act(_: int) -> int:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(_execute, inner, hook).result()

    outer.act, inner.act = act, lambda number: number
    _execute(outer, hook)
    assert _runs(store)["inner"].started.parent is None


def test_the_stamp_is_of_the_innermost_run_and_then_of_the_outer_one_again(
    make: Callable[[str], Any], store: Path
) -> None:
    outer, inner = make("outer"), make("inner")
    hook, stamps = OpenLineageHook(store=store), list[str]()

    def note(number: int) -> int:
        stamps.append(stamp()["hamilton_ol.job"])
        return number

    outer.act, inner.act = lambda number: note(note(number) + _execute(inner, hook)), note
    _execute(outer, hook)
    assert stamps == ["outer", "inner", "outer"]
