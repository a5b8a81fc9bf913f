"""A store that somebody removes, moves or replaces while a run is written to it."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.store import appender, writer
from hamilton_ol.store.writers import flush_all
from tests.hamilton_ol.hook.recovery import FLOW, cause, execute, is_whole, newest, runs, settle
from tests.support.flows import Flows, build

REMOVED = "somebody removed the file that this run was written to"


@pytest.fixture
def flow(flows: Flows) -> Any:
    made = flows.module(FLOW)
    vars(made)["act"] = lambda number: number
    return made


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that failed is tried again soon, and nobody waits long for one that hangs."""
    monkeypatch.setattr(appender, "RETRY", 0.01)
    monkeypatch.setattr(writer, "AT_EXIT", 0.2)


def _remove_segments(store: Path) -> None:
    shutil.rmtree(store / "segments")


def _remove_files(store: Path) -> None:
    for path in store.rglob("*.*"):
        path.unlink()


@pytest.mark.parametrize("remove", [shutil.rmtree, _remove_segments, _remove_files])
def test_a_store_that_is_removed_in_the_middle_of_a_run_is_made_again(
    flow: Any, store: Path, remove: Callable[[Path], None], warned: None
) -> None:
    def act(number: int) -> int:
        settle()
        remove(store)
        return number

    flow.act, hook = act, OpenLineageHook("job", store=store)
    execute(flow, hook)
    run = newest(store)
    assert [(n.node, n.status) for n in run.nodes] == [
        ("second", "SUCCEEDED"),
        ("third", "SUCCEEDED"),
    ]
    assert run.status == "SUCCEEDED"
    assert run.graph is not None
    assert run.context.complete
    assert run.problems == hook.problems == {REMOVED: 1}


def test_a_store_that_is_removed_between_runs_is_made_again(
    flow: Any, store: Path, warned: None
) -> None:
    hook = OpenLineageHook("job", store=store)
    dr = build([flow], hook)
    for _ in range(3):
        dr.execute(["third"], inputs={"number": 1})
        assert is_whole(newest(store))
        settle()
        shutil.rmtree(store)
    assert set(hook.problems) == {REMOVED}


def test_a_store_that_is_moved_takes_its_runs_with_it(flow: Any, store: Path) -> None:
    moved = store.with_name("moved")

    def act(number: int) -> int:
        settle()
        store.rename(moved)
        return number

    flow.act, hook = act, OpenLineageHook("job", store=store)
    execute(flow, hook)
    assert flush_all(10)
    assert [run.status for run in runs(moved)] == ["SUCCEEDED"]
    assert [n.node for n in runs(moved)[0].nodes] == ["first", "second", "third"]


def test_a_store_that_became_a_file_is_made_when_the_file_is_gone(
    flow: Any, store: Path, swallowed: list[Any]
) -> None:
    def act(number: int) -> int:
        settle()
        shutil.rmtree(store)
        store.write_text("mine")
        return number

    flow.act, hook = act, OpenLineageHook("job", store=store)
    execute(flow, hook)
    assert not flush_all(0.05)
    assert store.read_text() == "mine"
    assert hook.problems.keys() >= {REMOVED, cause(errno.EEXIST)}
    store.unlink()
    run = newest(store)
    assert [n.node for n in run.nodes] == ["second", "third"]
    assert run.problems.keys() >= {REMOVED, cause(errno.EEXIST)}


def test_a_store_within_a_file_is_made_when_the_file_is_gone(
    flow: Any, store: Path, swallowed: list[Any]
) -> None:
    store.write_text("mine")
    hook = OpenLineageHook("job", store=store / "a" / "b")
    execute(flow, hook)
    assert not flush_all(0.05)
    assert hook.problems[cause(errno.ENOTDIR)] >= 1
    store.unlink()
    assert is_whole(newest(store / "a" / "b"))
