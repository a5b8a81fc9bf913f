"""`hamilton-ol events`."""

import json
from pathlib import Path

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.pipeline import event_mapper
from hamilton_ol.store.reader import StoreReader
from hamilton_ol.store.writers import flush_all
from tests.support.commands import InProcess, on_terminal
from tests.support.flows import Flows, execute
from tests.support.stores import LIVING, RUN, header, node, plain_store, run_lines, segment


def test_events_are_printed_one_a_line_as_they_are(cli: InProcess, store: Path) -> None:
    done = cli("events", "--store", plain_store(store))
    run = StoreReader(store).run("latest")
    expected = [event.text for event in event_mapper(resolve(environ={})).events(run)]
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == expected
    assert [json.loads(text)["eventType"] for text in expected] == [
        *("START", "START", "COMPLETE", "START", "COMPLETE", "COMPLETE"),
    ]


def test_json_is_one_array_of_the_same(cli: InProcess, store: Path) -> None:
    plain_store(store)
    lines = cli("events", "--store", store).out.splitlines()
    assert cli("events", RUN[:13], "--store", store, "--json").document == [
        json.loads(line) for line in lines
    ]


def test_the_same_run_gives_the_same_bytes_again(cli: InProcess, store: Path) -> None:
    first = cli("events", "--store", plain_store(store))
    (store / "index.json").unlink()
    assert cli("events", "--store", store) == first


def test_another_profile_may_give_others(cli: InProcess, flows: Flows, store: Path) -> None:
    flow = flows.module("""
        def bad(number: int) -> int:
            raise ValueError("no")
    """)
    with pytest.raises(ValueError, match="no"):
        execute(flow, ["bad"], store, inputs={"number": 1})
    assert flush_all(30)
    told = {
        profile: cli("events", "--store", store, "--profile", profile).out
        for profile in ("marquez", "generic")
    }
    assert told["marquez"] == cli("events", "--store", store).out
    assert told["marquez"] != told["generic"]
    assert '"parent"' in told["generic"].splitlines()[2]
    assert '"parent"' not in told["marquez"].splitlines()[2]


@pytest.mark.parametrize(("granularity", "count"), [("node", 6), ("artifact", 4), ("dag", 2)])
def test_a_run_becomes_as_many_jobs_as_are_asked_for(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch, granularity: str, count: int
) -> None:
    told = cli("events", "--store", plain_store(store), "--granularity", granularity)
    assert (told.code, told.err, len(told.out.splitlines())) == (0, "", count)
    monkeypatch.setenv("HAMILTON_OL_GRANULARITY", granularity)
    assert cli("events", "--store", store) == told


def test_a_person_is_told_that_a_large_dataflow_is_told_by_its_artifacts(
    cli: InProcess, flows: Flows, store: Path
) -> None:
    functions = ["def n0(x: int) -> int: return x"]
    functions += [f"def n{n}(n{n - 1}: int) -> int: return n{n - 1}" for n in range(1, 201)]
    execute(flows.module("\n\n".join(functions)), ["n200"], store, inputs={"x": 1})
    done = cli("events", "--store", store)
    assert len(done.out.splitlines()) == 4
    assert "more than 200 functions" in done.err
    assert "--granularity node" in done.err
    asked = cli("events", "--store", store, "--granularity", "node")
    assert (len(asked.out.splitlines()), asked.err) == (404, "")


@pytest.mark.parametrize("option", [["--profile", "other"], ["--granularity", "galaxy"]])
def test_a_choice_that_there_is_not_is_wrong_usage(
    cli: InProcess, store: Path, option: list[str]
) -> None:
    done = cli("events", "--store", plain_store(store), *option)
    assert (done.code, done.out) == (2, "")
    assert "is not" in done.err


@pytest.mark.parametrize("as_json", [[], ["--json"]], ids=["lines", "json"])
def test_a_run_in_progress_is_told_as_far_as_it_is_settled(
    cli: InProcess, store: Path, as_json: list[str]
) -> None:
    segment(store, header(LIVING), *run_lines(nodes=("a",), end=None))
    done = cli("events", "--store", store, *as_json)
    assert done.code == 0
    assert done.err == "The run is not finished: these are its events so far.\n"
    assert "COMPLETE" in done.out
    assert '"eventType":"ABORT"' not in done.out.replace(" ", "")


def test_a_run_whose_process_is_gone_ends_in_abort(cli: InProcess, store: Path) -> None:
    segment(store, header(), *run_lines(nodes=("a",), end=None))
    done = cli("events", "--store", store)
    assert json.loads(done.out.splitlines()[-1])["eventType"] == "ABORT"
    assert done.err == "The process of this run is gone, so the run ends in ABORT.\n"


def test_a_terminal_gets_documents_and_no_control_characters(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = "t\x1b[31m\x9b\x7f"
    segment(store, header(), *run_lines(job=evil, tags={"t": evil}), node(evil, 9))
    code, shown = on_terminal(monkeypatch, "events", "--store", store)
    lines = shown.splitlines()
    assert code == 0
    assert [json.loads(line)["producer"] for line in lines]
    assert all(line.isprintable() for line in lines)
