"""`hamilton-ol show`."""

import json
import math
import re
from pathlib import Path

import pytest

from hamilton_ol.records import (
    DatasetAccess,
    ErrorRecord,
    Parent,
    Revision,
    RunContext,
    RunFinished,
    Schema,
    Value,
)
from hamilton_ol.store import lines
from tests.support.commands import InProcess, on_terminal
from tests.support.stores import MS, OTHER, RUN, T0, header, node, plain_store, run_lines, segment

TABLE = Schema((("age", "int64"), ("sex", "str")), table=True)


def rich_run(store: Path) -> None:
    """A run with something in every place."""
    table_id, table_line = lines.schema_line(TABLE)
    context = RunContext(
        inputs={"url": Value("str", hash="k1:ab"), "depth": Value("NoneType", None, shown=True)},
        config={"mode": Value("str", "fast", shown=True)},
        overrides={"model": Value("Model")},
        config_hash="h1:cd",
        revision=Revision("c" * 40, dirty=True, branch="main", remote="https://example.org/r"),
        packages={"pandas": "3.1.1"},
        python="3.11.7",
    )
    parent = Parent(OTHER, "airflow", "daily", OTHER, "airflow", "daily")
    error = ErrorRecord("ValueError", "no such number", ("flow.py:3 in b",), node="b")
    access = DatasetAccess("a", "read", location="/data/a.csv", format="csv", rows=3, size=99)
    result = f'{lines.result_part("DataFrame", table_id)},"rows":3'
    segment(
        store,
        header(),
        *run_lines(parent=parent, tags={"team": "x"}, nodes=(), end=None),
        lines.context_line(RUN, context),
        table_line,
        lines.node_line(lines.node_opening(RUN), '"a"', T0, T0 + MS, "SUCCEEDED", result),
        node("b", 2, status="FAILED", error=error),
        lines.start_line(RUN, "c", "t-1", T0 + 3 * MS),
        lines.access_line(RUN, access, table_id),
        lines.problem_line(RUN, "writing to the store: OSError 28", 3),
        lines.finish_line(RUN, RunFinished(T0 + 9 * MS, "FAILED", error)),
    )


def test_everything_that_is_known_is_shown(cli: InProcess, store: Path) -> None:
    rich_run(store)
    done = cli("show", "--store", store)
    text = [" ".join(line.split()) for line in done.out.splitlines()]
    assert done.code == 0
    for line in (
        f"run {RUN}",
        "job hamilton / titanic",
        "status FAILED",
        "took 9.0 ms",
        "requested b",
        f"parent daily {OTHER}",
        f"revision {'c' * 40} (with changes that are not committed)",
        "repository https://example.org/r",
        "branch main",
        "python 3.11.7",
        "packages pandas 3.1.1",
        "error ValueError in node b: no such number",
        "input url not recorded (hash k1:ab) str",
        "input depth None NoneType",
        "config mode fast str",
        "override model not recorded Model",
        "a SUCCEEDED 1.0 ms 3 2 DataFrame",
        "b FAILED 1.0 ms",
        "c [t-1] OPEN",
        "read /data/a.csv csv 3 a",
    ):
        assert line in text, line
    assert done.err == "Not complete: writing to the store: OSError 28 (3 times)\n"


def test_json_is_one_document_with_all_of_it(cli: InProcess, store: Path) -> None:
    rich_run(store)
    shown = cli("show", RUN[:8], "--store", store, "--json").document
    assert list(shown) == [
        *("run_id", "job", "namespace", "status", "started", "ended", "requested", "parent"),
        *("tags", "revision", "fingerprint", "inputs", "config", "overrides", "config_hash"),
        *("python", "packages", "error", "nodes", "accesses", "problems"),
    ]
    assert shown["inputs"] == {
        "url": {"type": "str", "hash": "k1:ab"},
        "depth": {"type": "NoneType", "value": None},
    }
    assert shown["error"]["stack"] == ["flow.py:3 in b"]
    assert shown["nodes"][0] == {
        "name": "a",
        "task": None,
        "status": "SUCCEEDED",
        "started": "2026-01-01T00:00:00.000000+00:00",
        "ended": "2026-01-01T00:00:00.001000+00:00",
        "seconds": 0.001,
        "type": "DataFrame",
        "rows": 3,
        "columns": [["age", "int64"], ["sex", "str"]],
        "error": None,
    }
    assert (shown["nodes"][2]["status"], shown["nodes"][2]["ended"]) == ("OPEN", None)
    assert shown["accesses"][0]["location"] == "/data/a.csv"
    assert shown["problems"] == {"writing to the store: OSError 28": 3}


def test_the_latest_run_is_shown_by_default(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(OTHER, time=T0 - 1), *run_lines(RUN))
    assert cli("show", "--store", store, "--json").document["run_id"] == RUN


def test_an_error_without_words_is_told_by_its_type(cli: InProcess, store: Path) -> None:
    error = ErrorRecord("KeyboardInterrupt", "", node="b")
    finished = lines.finish_line(RUN, RunFinished(T0 + MS, "ABORTED", error))
    segment(store, header(), *run_lines(end=None), finished)
    shown = [" ".join(line.split()) for line in cli("show", "--store", store).out.splitlines()]
    assert "error KeyboardInterrupt in node b" in shown


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_does_not_know_are_told_by_name(
    cli: InProcess, store: Path, number: float
) -> None:
    context = RunContext(inputs={"x": Value("float", number, shown=True)})
    segment(store, header(), *run_lines(), lines.context_line(RUN, context))
    done = cli("show", "--store", store, "--json")
    document = json.loads(done.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert document["inputs"]["x"]["value"] == str(number)


def test_tables_are_drawn_on_a_terminal(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rich_run(store)
    code, shown = on_terminal(monkeypatch, "show", "--store", store)
    assert code == 0
    assert "\x1b[1;31mFAILED" in shown
    assert "──" in shown


def test_a_very_long_table_is_plain_text_on_a_terminal_too(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = [f"n{number}" for number in range(600)]
    segment(store, header(), *run_lines(nodes=nodes))
    _, shown = on_terminal(monkeypatch, "show", "--store", store)
    assert "n599  SUCCEEDED  1.0 ms" in shown


@pytest.mark.parametrize("option", [[], ["--json"]], ids=["text", "json"])
def test_names_with_control_characters_do_not_reach_the_terminal(
    store: Path, monkeypatch: pytest.MonkeyPatch, option: list[str]
) -> None:
    evil = "e\x1b[2J\x9b2J\x7f\u202e"
    segment(store, header(), *run_lines(job=evil, nodes=()), node(evil, 1))
    segment(store, lines.problem_line(RUN, evil, 1))
    code, shown = on_terminal(monkeypatch, "show", "--store", store, *option)
    ours = re.sub(r"\x1b\[[0-9;]*m", "", shown)  # colours of the table
    assert code == 0
    assert all(line.isprintable() for line in ours.splitlines())


def test_one_problem_is_told_without_a_count(cli: InProcess, store: Path) -> None:
    segment(plain_store(store), lines.problem_line(RUN, "the disk is full", 1))
    assert cli("show", "--store", store).err == "Not complete: the disk is full\n"
