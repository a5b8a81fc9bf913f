"""Stores and runs that are not as they should be: every command says so in the same way."""

import json
from pathlib import Path

import pytest

from hamilton_ol.store import lines
from tests.support.commands import InProcess
from tests.support.stores import (
    GRAPH,
    OTHER,
    RUN,
    graph,
    header,
    node,
    plain_store,
    run_lines,
    segment,
    started,
)

#: Every command that reads the store, without RUN.
READING = (["runs"], ["show"], ["events"], ["stamp"], ["push", "--to", "http://127.0.0.1:9"])
#: Those that read one run.
ONE_RUN = READING[1:]


def words(command: list[str], store: Path, run: str = "latest") -> list[object]:
    """A command on a store, for a run if it takes one."""
    return [*command, "--store", store, *([run] if command[0] != "runs" else [])]


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
@pytest.mark.parametrize("as_json", [False, True])
def test_no_store_yet(cli: InProcess, store: Path, command: list[str], *, as_json: bool) -> None:
    done = cli(*words(command, store), *(["--json"] if as_json else []))
    assert (done.code, done.out) == (6, "")
    assert done.err == (
        f"Error: There is no store of recorded runs yet: {store}\n"
        "Hint: Run a dataflow with OpenLineageHook, or `hamilton-ol demo`; "
        "--store or HAMILTON_OL_STORE names another folder.\n"
    )


@pytest.mark.parametrize("command", ONE_RUN, ids=lambda c: c[0])
def test_a_store_without_runs(cli: InProcess, store: Path, command: list[str]) -> None:
    segment(store)
    done = cli(*words(command, store))
    assert (done.code, done.out) == (3, "")
    assert f"Error: No run is recorded in {store}\nHint: Run a dataflow" in done.err


@pytest.mark.parametrize("command", ONE_RUN, ids=lambda c: c[0])
def test_a_run_that_is_not_there(cli: InProcess, store: Path, command: list[str]) -> None:
    done = cli(*words(command, plain_store(store), "beef"))
    assert (done.code, done.out) == (3, "")
    assert "Error: No recorded run begins with 'beef'\nHint: `hamilton-ol runs`" in done.err


@pytest.mark.parametrize("command", ONE_RUN, ids=lambda c: c[0])
def test_a_prefix_of_several_runs(cli: InProcess, store: Path, command: list[str]) -> None:
    done = cli(*words(command, plain_store(store, RUN, OTHER), "01a1"))
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "Error: 2 recorded runs begin with '01a1'\n"
        f"  {OTHER}\n  {RUN}\nHint: Give more of the id.\n"
    )


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
def test_a_store_from_the_future(cli: InProcess, store: Path, command: list[str]) -> None:
    segment(plain_store(store), '{"v":2,"k":"thought"}\n')
    done = cli(*words(command, store))
    assert (done.code, done.out) == (6, "")
    assert "was written by a newer version of hamilton-ol (format 2)" in done.err
    assert "Hint: Upgrade with `pip install -U hamilton-ol`" in done.err


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
def test_a_segment_that_cannot_be_read(cli: InProcess, store: Path, command: list[str]) -> None:
    (plain_store(store) / "segments" / "2026-01-01" / "x.ndjson").mkdir()
    done = cli(*words(command, store))
    assert (done.code, done.out) == (6, "")
    assert "x.ndjson cannot be read" in done.err
    assert "Hint: Look at its permissions" in done.err


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
def test_a_store_that_is_a_file(cli: InProcess, store: Path, command: list[str]) -> None:
    store.write_text("not a folder", encoding="utf-8")
    done = cli(*words(command, store))
    assert (done.code, done.out) == (6, "")
    assert f"Error: The store is not a folder: {store}" in done.err


@pytest.mark.parametrize("command", ONE_RUN[:-1], ids=lambda c: c[0])  # push asks the target first
@pytest.mark.parametrize("held", ["", "{", "[]", '{"fingerprint":1}'])
def test_a_broken_graph(cli: InProcess, store: Path, command: list[str], held: str) -> None:
    told = [lines.run_line(started()), lines.graph_line(GRAPH, "broken", graph()), node("a", 1)]
    segment(store, header(), *told)
    (store / "graphs").mkdir()
    (store / "graphs" / "broken.json").write_text(held, encoding="utf-8")
    done = cli(*words(command, store))
    assert (done.code, done.out) == (6, "")
    assert "broken.json cannot be read" in done.err
    assert "Hint: Remove the file" in done.err


def test_a_run_without_its_graph_is_shown_as_far_as_it_is_known(
    cli: InProcess, store: Path
) -> None:
    told = [lines.run_line(started()), lines.graph_line(GRAPH, "gone", graph()), node("a", 1)]
    segment(store, header(), *told)
    shown = cli("show", "--store", store, "--json")
    assert (shown.code, shown.document["fingerprint"]) == (0, None)
    assert [n["name"] for n in shown.document["nodes"]] == ["a"]
    assert "the graph of its dataflow is not in the store" in shown.err
    told_as = [json.loads(line)["eventType"] for line in _lines(cli, store)]
    assert told_as == ["START", "START", "COMPLETE", "ABORT"]


def _lines(cli: InProcess, store: Path) -> list[str]:
    done = cli("events", "--store", store)
    assert done.code == 0
    return done.out.splitlines()


@pytest.mark.parametrize("garbage", [b"", b"\0" * 99, b"\xff\xfe\n", b"{\n", b"[1]\n", b"torn"])
def test_garbage_in_segments_harms_no_run(cli: InProcess, store: Path, garbage: bytes) -> None:
    segment(store, garbage, name="garbage")
    segment(store, b"\n", header(), *run_lines(), garbage)
    for command in READING[:4]:
        done = cli(*words(command, store))
        assert (done.code, done.err) == (0, "")
        assert "titanic" in done.out


@pytest.mark.parametrize("held", [b"", b"{", b'{"format":2,"lines":1,"segments":3}'])
def test_a_broken_index_is_made_anew(cli: InProcess, store: Path, held: bytes) -> None:
    expected = cli("runs", "--store", plain_store(store))
    (store / "index.json").write_bytes(held)
    assert cli("runs", "--store", store) == expected


def test_an_index_that_cannot_be_written_is_not_missed(cli: InProcess, store: Path) -> None:
    (plain_store(store) / "index.json").mkdir()
    done = cli("runs", "--store", store)
    assert (done.code, done.err) == (0, "")
    assert "titanic" in done.out


def test_a_store_that_may_not_be_entered(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(self: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "is_dir", forbidden)
    done = cli("runs", "--store", store)
    assert done.code == 6
    assert "Permission denied" in done.err
    assert "Hint: Look at the permissions" in done.err


def test_the_store_of_the_settings_is_read(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMILTON_OL_STORE", str(plain_store(store)))
    assert "titanic" in cli("runs").out


@pytest.mark.parametrize("command", READING, ids=lambda c: c[0])
def test_a_setting_that_means_nothing_stops_a_command(
    cli: InProcess, store: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMILTON_OL_PROFILE", "atlas")
    monkeypatch.setenv("HAMILTON_OL_RETENTION_DAYS", "soon")
    done = cli(*words(command, plain_store(store)))
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "Error: profile: HAMILTON_OL_PROFILE holds 'atlas', "
        "expected one of marquez, generic, datahub, openmetadata\n"
        "retention_days: HAMILTON_OL_RETENTION_DAYS holds 'soon', "
        "expected a whole number, 0 or more\n"
        "Hint: `hamilton-ol config` shows all settings.\n"
    )
