"""The adapter itself: how it is made, switched off, copied to other processes, and what it says."""

import copy
import inspect
import pickle
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hamilton.lifecycle import base

from hamilton_ol import HamiltonOLError, OpenLineageHook
from hamilton_ol.hook import lifecycle
from hamilton_ol.store import writers
from tests.support.flows import Flows, build, latest

FLOW = """
    def doubled(number: int) -> int:
        return 2 * number
"""
PARENT = "ns/scheduled/01a1fdf1-7b27-7ea1-88f5-9969ade1a296"


@pytest.fixture
def flow(flows: Flows) -> Any:
    return flows.module(FLOW)


def _execute(flow: Any, *hooks: Any) -> None:
    assert build([flow], *hooks).execute(["doubled"], inputs={"number": 3}) == {"doubled": 6}


# --- made ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"job_name": 3},
        {"namespace": ["x"]},
        {"sources": "x"},
        {"granularity": "column"},
        {"targets": 3},
        {"targets": "ftp://x"},
        {"targets": {"a": {"api_kye": "x"}}},
        {"targets": ["http://a", "http://a/api/v1/lineage"]},
        {"parent": "nobody"},
        {"parent": "ns/job/no-id"},
        {"parent": 3},
        {"store": 3},
        {"tags": ["x"]},
        {"tags": {"x": 1}},
        {"tags": {1: "x"}},
    ],
    ids=str,
)
def test_arguments_that_mean_nothing_are_refused_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(HamiltonOLError) as raised:
        OpenLineageHook(**wrong)
    assert next(iter(wrong)) in str(raised.value)


@pytest.mark.parametrize("variable", ["HAMILTON_OL_RECORD_LEVEL", "HAMILTON_OL_RETENTION_DAYS"])
def test_a_setting_that_means_nothing_stops_nobody(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch, variable: str, warned: None
) -> None:
    monkeypatch.setenv(variable, "a typo")
    _execute(flow, OpenLineageHook(store=store))
    assert latest(store).status == "SUCCEEDED"


def test_a_parent_in_the_environment_that_names_nobody_stops_nobody_and_is_told(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch, warned: None
) -> None:
    monkeypatch.setenv("OPENLINEAGE_PARENT_ID", "a typo")
    hook = OpenLineageHook(store=store, parent=PARENT)
    _execute(flow, hook)
    run = latest(store)
    assert run.started.parent is not None
    assert run.started.parent.job == "scheduled"
    assert run.problems == hook.problems == {"OPENLINEAGE_PARENT_ID names no parent run": 1}


def test_making_a_hook_touches_no_disk_and_starts_no_thread(store: Path) -> None:
    before = threading.active_count()
    hook = OpenLineageHook(store=store)
    assert pickle.loads(pickle.dumps(hook)).problems == hook.problems == {}
    assert not store.exists()
    assert threading.active_count() <= before


def test_every_callback_that_the_hook_has_is_switched_off_with_it() -> None:
    """Those that Hamilton calls it for, and no other; it may add arguments to any of them."""
    bases = [kind for kind in OpenLineageHook.__mro__ if kind.__module__ == base.__name__]
    named = {name for kind in bases for name in vars(kind) if name.startswith(("pre_", "post_"))}
    assert named == set(lifecycle._CALLBACKS)
    for name in named:
        takes = inspect.signature(getattr(OpenLineageHook, name)).parameters.values()
        assert any(parameter.kind is parameter.VAR_KEYWORD for parameter in takes)


# --- switched off --------------------------------------------------------------------------------


@pytest.mark.parametrize("variable", ["HAMILTON_OL_DISABLED", "OPENLINEAGE_DISABLED"])
def test_a_hook_that_is_switched_off_does_nothing(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "true")
    hook, before = OpenLineageHook(store=store, parent=PARENT), threading.active_count()
    for made in (hook, pickle.loads(pickle.dumps(hook)), copy.deepcopy(hook)):
        _execute(flow, made)
        assert made.problems == {}
    assert not store.exists()
    assert threading.active_count() <= before
    assert store not in writers._writers


def test_a_hook_that_was_pickled_while_it_was_off_stays_off(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMILTON_OL_DISABLED", "true")
    pickled = pickle.dumps(OpenLineageHook(store=store))
    monkeypatch.delenv("HAMILTON_OL_DISABLED")
    _execute(flow, pickle.loads(pickled))
    assert not store.exists()


def test_a_hook_that_cannot_be_made_ready_is_switched_off_and_says_so(
    flow: Any, store: Path, monkeypatch: pytest.MonkeyPatch, swallowed: list[Any]
) -> None:
    def fail(_: Path | None) -> Path:
        raise RuntimeError

    monkeypatch.setattr(lifecycle, "place_of", fail)
    hook = OpenLineageHook(store=store)
    _execute(flow, hook)
    assert hook.problems == {"the hook: RuntimeError": 1}
    assert not store.exists()


# --- copied --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "duplicate", [lambda hook: pickle.loads(pickle.dumps(hook)), copy.copy, copy.deepcopy]
)
def test_a_copy_records_as_the_hook_itself(
    flow: Any, store: Path, duplicate: Callable[[OpenLineageHook], OpenLineageHook]
) -> None:
    hook = OpenLineageHook(
        "job", namespace="ns", parent=PARENT, store=store, tags={"team": "x"}, sources={"a": "b"}
    )
    _execute(flow, hook)
    first = latest(store)
    _execute(flow, duplicate(duplicate(hook)))
    second = latest(store)
    assert first.run_id != second.run_id
    for name in ("job", "namespace", "parent", "tags"):
        assert getattr(second.started, name) == getattr(first.started, name)
    assert second.status == "SUCCEEDED"


@pytest.mark.parametrize("is_used", [True, False], ids=["used", "not used"])
def test_a_copy_finds_the_store_of_the_hook_wherever_it_wakes_up(
    flow: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_used: bool
) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    for folder in (here, elsewhere):
        folder.mkdir()
        (folder / "pyproject.toml").touch()
    monkeypatch.chdir(here)
    hook = OpenLineageHook("job")
    if is_used:
        _execute(flow, hook)
        assert latest(here / ".hamilton_ol").status == "SUCCEEDED"
    pickled = pickle.dumps(hook)
    monkeypatch.chdir(elsewhere)
    _execute(flow, pickle.loads(pickled))
    assert latest(here / ".hamilton_ol").status == "SUCCEEDED"
    assert not (elsewhere / ".hamilton_ol").exists()


def test_a_pickled_hook_holds_nothing_of_what_was_run(flow: Any, store: Path) -> None:
    hook = OpenLineageHook("job", store=store)
    before = pickle.dumps(hook)
    for number in range(3):
        build([flow], hook).execute(["doubled"], inputs={"number": number})
    latest(store)
    assert pickle.dumps(hook) == before
