"""`hamilton-ol runs`."""

import re
from pathlib import Path

import pytest

from hamilton_ol.store import lines
from tests.support.commands import InProcess, on_terminal
from tests.support.stores import (
    DEAD,
    LIVING,
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


def test_runs_are_aligned_plain_text_in_a_pipe(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    segment(store, header(), *run_lines(), node("c", 9, status="FAILED"))
    done = cli("runs", "--store", store)
    first, second = done.out.splitlines()
    assert first.split() == ["run", "job", "status", "started", "took", "nodes", "requested"]
    assert second.startswith("01a1fdf1  titanic  SUCCEEDED  20")
    assert second.endswith("100.0 ms  3, 1 failed  b")
    assert first.index("took") == second.index("100.0")
    assert (done.code, done.err) == (0, "")


def test_json_is_one_document(cli: InProcess, store: Path) -> None:
    done = cli("runs", "--store", plain_store(store), "--json")
    assert (done.code, done.err) == (0, "")
    assert done.document == [
        {
            "run_id": RUN,
            "job": "titanic",
            "namespace": "hamilton",
            "status": "SUCCEEDED",
            "started": "2026-01-01T00:00:00.000000+00:00",
            "ended": "2026-01-01T00:00:00.100000+00:00",
            "nodes": 2,
            "failed": 0,
            "requested": ["b"],
            "parent": None,
        }
    ]


def test_a_table_is_drawn_on_a_terminal(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown = on_terminal(monkeypatch, "runs", "--store", plain_store(store))
    assert code == 0
    assert "──" in shown
    assert "\x1b[32mSUCCEEDED" in shown


def test_the_id_of_a_run_is_in_one_piece_on_a_narrow_terminal(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, shown = on_terminal(monkeypatch, "runs", "--store", plain_store(store), columns=40)
    assert RUN[:8] in shown
    assert max(map(len, re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines())) <= 40


def some_runs(store: Path) -> None:
    """Five runs, of two jobs, each with an end of its own."""
    ends = ("SUCCEEDED", "FAILED", "ABORTED", None, None)
    for number, end in enumerate(ends):
        job = "odd" if number % 2 else "even"
        process = LIVING if number == 4 else DEAD
        told = run_lines(run_id(number), end=end, time=T0 + number, job=job)  # type: ignore[arg-type]
        segment(store, header(process), *told, name=str(number))


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ([], [4, 3, 2, 1, 0]),
        (["--job", "odd"], [3, 1]),
        (["--status", "failed"], [1]),
        (["--status", "DIED"], [3]),
        (["--status", "running"], [4]),
        (["--status", "aborted", "--job", "even"], [2]),
        (["-n", "2"], [4, 3]),
        (["--limit", "0"], [4, 3, 2, 1, 0]),
    ],
)
def test_runs_can_be_chosen(
    cli: InProcess, store: Path, options: list[str], numbers: list[int]
) -> None:
    some_runs(store)
    done = cli("runs", "--store", store, "--json", *options)
    assert [row["run_id"] for row in done.document] == [run_id(number) for number in numbers]


def test_it_says_that_there_are_older_ones(cli: InProcess, store: Path) -> None:
    some_runs(store)
    for option in ([], ["--json"]):
        done = cli("runs", "--store", store, "-n", "1", *option)
        assert done.err == "4 older runs are not shown (--limit 0 shows all).\n"


def test_a_status_that_there_is_not_is_wrong_usage(cli: InProcess, store: Path) -> None:
    done = cli("runs", "--store", plain_store(store), "--status", "sad")
    assert done.code == 2
    assert "succeeded" in done.err


@pytest.mark.parametrize(
    ("options", "told"),
    [([], "No run is recorded yet"), (["--job", "x"], "No run is recorded yet")],
)
def test_an_empty_store_is_no_failure(
    cli: InProcess, store: Path, options: list[str], told: str
) -> None:
    segment(store)
    done = cli("runs", "--store", store, *options)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"{told} ({store}).\n"


def test_an_empty_list_is_a_document_too(cli: InProcess, store: Path) -> None:
    done = cli("runs", "--store", plain_store(store), "--job", "other", "--json")
    assert (done.code, done.document) == (0, [])
    assert done.err == f"No recorded run is like that ({store}).\n"


def test_a_run_that_has_not_ended_took_no_time_yet(cli: InProcess, store: Path) -> None:
    segment(store, header(LIVING), lines.run_line(started(OTHER)))
    done = cli("runs", "--store", store, "--json")
    assert (done.document[0]["status"], done.document[0]["ended"]) == ("RUNNING", None)
