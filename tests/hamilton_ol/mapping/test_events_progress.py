"""A run in progress: what is told of it stays true, and it is told as soon as it can be."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from hypothesis import given, settings

from hamilton_ol.records import Run
from hamilton_ol.store.reader import StoreReader
from tests.support.events import event_of, names, told
from tests.support.events_rules import broken_rules
from tests.support.flows import Flows, events, execute
from tests.support.runs import graph, node, one, ran, run
from tests.support.runs_random import History, histories, texts


@settings(max_examples=150, deadline=None)
@given(histories())
def test_what_is_told_of_a_run_in_progress_begins_what_is_told_later(history: History) -> None:
    final = texts(history.whole)
    for time in history.moments():
        so_far = texts(history.view(time))
        assert so_far == final[: len(so_far)]


@settings(max_examples=50, deadline=None)
@given(histories())
def test_no_rule_is_broken_whatever_happens_in_a_run(history: History) -> None:
    assert broken_rules(texts(history.whole)) == []
    assert broken_rules(texts(history.whole, profile="generic", level="full")) == []


FLOW = """
    import pandas as pd
    from hamilton.function_modifiers import check_output, extract_columns, save_to, source

    @extract_columns("a", "b")
    def table(number: int) -> pd.DataFrame:
        return pd.DataFrame({"a": [number], "b": [2]})

    @check_output(range=(0, 100))
    def checked(a: pd.Series, table: pd.DataFrame, column: str) -> int:
        return int((a + table[column]).sum())

    @save_to.json(path=source("path"), output_name_="saved")
    def final(checked: int, b: pd.Series) -> dict:
        return {"total": checked + int(b.sum())}
"""


def views(store: Path, folder: Path) -> Iterator[Run]:
    """The run as it was on disk after each line."""
    (segment,) = (store / "segments").rglob("*.ndjson")
    lines = segment.read_bytes().splitlines(keepends=True)
    for count in range(2, len(lines) + 1):
        copy = folder / str(count)
        shutil.copytree(store, copy, ignore=shutil.ignore_patterns("index*"))
        (copy / segment.relative_to(store)).write_bytes(b"".join(lines[:count]))
        yield StoreReader(copy).run("latest")


def test_every_line_on_disk_adds_to_what_is_told(flows: Flows, store: Path, tmp_path: Path) -> None:
    module: ModuleType = flows.module(FLOW)
    given = {"number": 3, "column": "b", "path": str(tmp_path / "final.json")}
    final = [e.text for e in events(execute(module, ["final", "saved"], store, inputs=given))]
    lengths = []
    for view in views(store, tmp_path / "views"):
        so_far = texts(view)
        lengths.append(len(so_far))
        assert so_far == final[: len(so_far)]
    assert lengths[0] == 0
    assert lengths == sorted(lengths)
    assert lengths[-1] == len(final)


CHAIN = graph(node("first"), node("second", "first"))


def test_nothing_is_told_before_the_graph_and_what_it_was_given_are_known() -> None:
    begun = run(CHAIN, status="RUNNING")
    assert told(events(begun)) == ["START dag"]
    assert events(run(CHAIN, status="RUNNING", context={"complete": False})) == []
    assert events(run(None, status="RUNNING", requested=("second",))) == []


def test_a_run_that_ended_while_its_graph_was_read_waits_for_it() -> None:
    assert events(run(CHAIN, ran("first", 1, 2), context={"complete": False}, alive=True)) == []


def test_what_ended_is_told_at_once() -> None:
    so_far = run(CHAIN, ran("first", 1, 2), ran("second", 3, None), status="RUNNING")
    assert told(events(so_far)) == ["START dag", "START dag.first", "COMPLETE dag.first"]


def test_the_start_of_a_node_that_goes_on_is_told_a_second_later() -> None:
    apart, long = graph(node("first"), node("other")), ran("first", 1, None)
    later = run(apart, long, ran("other", 2, 1001), status="RUNNING")
    assert told(events(later))[:2] == ["START dag", "START dag.first"]
    earlier = run(apart, long, ran("other", 2, 1000.9), status="RUNNING")
    assert told(events(earlier)) == ["START dag"]


def test_a_block_that_may_have_further_tasks_has_no_end_yet() -> None:
    part, inner = node("part", kind="expand"), node("inner", "part")
    block = graph(part, inner, node("all", "inner", kind="collect"))
    tasks = [ran("inner", start, start + 1, task=f"{start}") for start in (3, 1100)]
    so_far = told(events(run(block, ran("part", 1, 2), *tasks, status="RUNNING")))
    assert so_far == ["START dag", "START dag.part", "COMPLETE dag.part", "START dag.inner"]
    collected = run(block, ran("part", 1, 2), *tasks, ran("all", 1200, None), status="RUNNING")
    assert told(events(collected)) == [*so_far, "COMPLETE dag.inner"]


def test_a_died_run_is_told_to_its_end_and_aborts_when_it_was_last_seen() -> None:
    died = run(CHAIN, ran("first", 1, 2), ran("second", 3, None), status="DIED")
    found = events(died)
    assert told(found)[-3:] == ["START dag.second", "ABORT dag.second", "ABORT dag"]
    assert found[-2].time <= died.last_seen + 1000


def test_a_died_run_without_a_graph_is_told_from_its_nodes() -> None:
    died = run(None, ran("first", 1, 2, schema=one("int")), status="DIED", requested=("second",))
    assert told(events(died))[1:3] == ["START dag.first", "COMPLETE dag.first"]
    assert names(event_of(events(died), "dag.first"), "outputs") == ["first"]
