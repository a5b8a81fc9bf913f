"""Recorded runs, read back in whatever state their process left them."""

import os
from pathlib import Path

import pytest

from hamilton_ol.errors import AmbiguousRunError, RunNotFoundError, StoreUnreadableError
from hamilton_ol.records import Parent
from hamilton_ol.store import lines
from hamilton_ol.store.liveness import SILENT, Process
from hamilton_ol.store.reader import StoreReader
from tests.support.stores import (
    DEAD,
    INT_LINE,
    LIVING,
    MS,
    OTHER,
    RUN,
    T0,
    header,
    node,
    plain_store,
    run_id,
    run_lines,
    segment,
    started,
)

FAR = Process(1, "1", "another boot pid:[1]")  # of another host


# --- the list ------------------------------------------------------------------------------------


def test_runs_are_listed_the_newest_first(store: Path) -> None:
    for number in (2, 0, 1):
        segment(store, *run_lines(run_id(number), time=T0 + number), name=str(number))
    assert [run.run_id for run in StoreReader(store).runs()] == [run_id(2), run_id(1), run_id(0)]


def test_a_row_tells_how_a_run_went(store: Path) -> None:
    segment(store, header(), *run_lines(end="FAILED"), node("c", 9, status="FAILED"))
    (row,) = StoreReader(store).runs()
    assert (row.job, row.namespace, row.requested) == ("titanic", "hamilton", ("b",))
    assert (row.status, row.started, row.ended) == ("FAILED", T0, T0 + 100 * MS)
    assert (row.nodes, row.failed, row.parent) == (3, 1, "")


def test_a_store_without_runs_has_an_empty_list(store: Path) -> None:
    segment(store)
    assert StoreReader(store).runs() == []


def test_nodes_of_a_run_that_nobody_began_are_no_run(store: Path) -> None:
    segment(store, header(), node("a", 1))
    assert StoreReader(store).runs() == []


def test_a_run_has_nodes_of_several_processes(store: Path) -> None:
    segment(store, header(), *run_lines(), name="main")
    for number in range(2):
        segment(store, header(), INT_LINE, node(f"w{number}", 50), name=f"worker-{number}")
    reader = StoreReader(store)
    (row,) = reader.runs()
    assert (row.job, row.nodes) == ("titanic", 4)
    run = reader.run(RUN)
    assert [n.node for n in run.nodes] == ["a", "b", "w0", "w1"]
    assert all(n.schema is not None for n in run.nodes)


def test_a_run_goes_on_in_the_next_segment_of_its_process(store: Path) -> None:
    told = [line for line in run_lines() if '"finish"' not in line]
    segment(store, header(), *told, name="1")
    segment(store, header(), told[0], node("c", 9), run_lines()[-1], name="0")
    (row,) = StoreReader(store).runs()
    assert (row.nodes, row.status) == (3, "SUCCEEDED")
    assert [n.node for n in StoreReader(store).run(RUN).nodes] == ["a", "b", "c"]


# --- whether a run goes on -----------------------------------------------------------------------


@pytest.mark.parametrize(("process", "status"), [(LIVING, "RUNNING"), (DEAD, "DIED")])
def test_a_run_without_an_end_runs_as_long_as_its_process(
    store: Path, process: Process, status: str
) -> None:
    segment(store, header(process), *run_lines(end=None))
    reader = StoreReader(store)
    assert reader.runs()[0].status == reader.run(RUN).status == status


@pytest.mark.parametrize("process", [FAR, None])
@pytest.mark.parametrize(("silence", "status"), [(SILENT - 1, "RUNNING"), (SILENT + 1, "DIED")])
def test_a_process_of_another_host_is_gone_when_it_is_silent(
    store: Path, process: Process | None, silence: float, status: str
) -> None:
    path = segment(store, header(process), *run_lines(end=None))
    os.utime(path, (1000, 1000))
    reader = StoreReader(store, now=lambda: 1000 + silence)
    assert reader.runs()[0].status == status


def test_a_worker_that_lives_does_not_keep_a_dead_run_alive(store: Path) -> None:
    segment(store, header(DEAD), *run_lines(end=None), name="main")
    segment(store, header(LIVING), node("w", 9), name="worker")
    assert StoreReader(store).run(RUN).status == "DIED"


def test_a_run_whose_end_is_written_has_ended_whatever_its_process_does(store: Path) -> None:
    segment(store, header(LIVING), *run_lines())
    assert StoreReader(store).runs()[0].status == "SUCCEEDED"


# --- which run is meant --------------------------------------------------------------------------


@pytest.mark.parametrize("reference", [RUN, RUN[:13], RUN.upper(), f" {RUN} ", "01A1FDF1-7"])
def test_a_run_is_found_by_its_id_or_the_beginning_of_it(store: Path, reference: str) -> None:
    assert StoreReader(plain_store(store, RUN, OTHER)).find(reference) == RUN


@pytest.mark.parametrize("reference", ["latest", "LATEST"])
def test_the_latest_run_is_the_one_that_began_last(store: Path, reference: str) -> None:
    segment(store, *run_lines(RUN, time=T0 + 1), name="1")
    segment(store, *run_lines(OTHER), name="2")
    assert StoreReader(store).find(reference) == RUN


def test_an_id_that_begins_another_id_is_itself(store: Path) -> None:
    assert StoreReader(plain_store(store, "run", "run-2")).find("run") == "run"


def test_several_runs_that_begin_so_are_named(store: Path) -> None:
    reader = StoreReader(plain_store(store, RUN, OTHER))
    with pytest.raises(AmbiguousRunError, match="2 recorded runs begin with '01a1'") as caught:
        reader.find("01a1")
    assert set(caught.value.candidates) == {RUN, OTHER}


def test_of_very_many_candidates_some_are_named(store: Path) -> None:
    reader = StoreReader(plain_store(store, *map(run_id, range(30))))
    with pytest.raises(AmbiguousRunError, match="30 recorded runs") as caught:
        reader.find("0000")
    assert len(caught.value.candidates) == 10


def test_a_run_that_is_not_there_is_not_found(store: Path) -> None:
    with pytest.raises(RunNotFoundError, match="'beef'") as caught:
        StoreReader(plain_store(store)).find("beef")
    assert "hamilton-ol runs" in caught.value.hint


def test_a_store_without_runs_says_so(store: Path) -> None:
    segment(store)
    with pytest.raises(RunNotFoundError, match="No run is recorded") as caught:
        StoreReader(store).find("latest")
    assert "OpenLineageHook" in caught.value.hint


# --- one run -------------------------------------------------------------------------------------


def test_runs_that_name_each_other_are_kept_apart(store: Path) -> None:
    parent = Parent(RUN, "hamilton", "titanic", RUN, "hamilton", "titanic")
    child = started(OTHER, job="child", parent=parent)
    segment(store, header(), *run_lines(RUN), lines.run_line(child), *run_lines(OTHER)[1:])
    reader = StoreReader(store)
    assert reader.run(RUN).started.job == "titanic"
    assert reader.run(OTHER).started == child


def test_the_lines_of_other_runs_are_not_read(store: Path) -> None:
    path = segment(store, header(), *run_lines(OTHER), *run_lines(RUN))
    reader = StoreReader(store)
    data = path.read_bytes()
    path.write_bytes(data.replace(OTHER.encode(), RUN.encode()))  # as long as before: nobody looks
    assert reader.run(RUN).problems == {}
    assert len(reader.run(RUN).nodes) == len(StoreReader(store).run(RUN).nodes) == 2


def test_what_was_written_since_is_read_too(store: Path) -> None:
    segment(store, header(), *run_lines(end=None))
    reader = StoreReader(store)
    segment(store, node("c", 9))
    assert [n.node for n in reader.run(RUN).nodes] == ["a", "b", "c"]


def test_a_torn_last_line_is_left_out(store: Path) -> None:
    segment(store, header(), *run_lines(end=None), node("c", 9)[:-30])
    run = StoreReader(store).run(RUN)
    assert [n.node for n in run.nodes] == ["a", "b"]
    assert run.problems == {}


def test_a_line_that_is_torn_within_a_run_is_counted(store: Path) -> None:
    begin, *rest = run_lines()
    segment(store, header(), begin, f"{node('c', 9)[:-30]}\n", *rest)
    run = StoreReader(store).run(RUN)
    assert [n.node for n in run.nodes] == ["a", "b"]
    assert run.problems == {"a line could not be understood": 1}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_that_an_editor_wrote_is_read(store: Path, mark: bytes, end: str) -> None:
    segment(store, mark, *(line.replace("\n", end) for line in (header(), *run_lines())))
    run = StoreReader(store).run(RUN)
    assert (len(run.nodes), run.status, run.graph is not None) == (2, "SUCCEEDED", True)


def test_a_run_is_the_same_with_and_without_the_index(store: Path) -> None:
    plain_store(store, RUN, OTHER)
    first = StoreReader(store)
    second = StoreReader(store)  # from the index
    (store / "index.json").unlink()
    third = StoreReader(store)
    assert first.runs() == second.runs() == third.runs()
    assert first.run(RUN) == second.run(RUN) == third.run(RUN)


def test_a_segment_that_goes_before_its_run_is_read_is_no_accident(store: Path) -> None:
    path = segment(store, header(), *run_lines())
    reader = StoreReader(store)
    path.unlink()
    assert reader.run(RUN).nodes == ()


def test_a_segment_that_cannot_be_read_any_more_is_named(store: Path) -> None:
    path = segment(store, header(), *run_lines())
    reader = StoreReader(store)
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreUnreadableError, match="000000-1-aa"):
        reader.run(RUN)
