"""No planted secret is in any byte that is stored, would be sent, logged or shown."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from hamilton_ol.cli.failures import report
from hamilton_ol.mapping.events import EventMapper
from hamilton_ol.mapping.options import Options
from hamilton_ol.records import Run
from tests.support.commands import InProcess
from tests.support.flows import Flows
from tests.support.secrets import Secrets
from tests.support.secrets_failures import ODD, failures
from tests.support.secrets_garden import Garden, leaks, plant, plant_environment


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Garden]:
    """All that the other tests look at."""
    folder = tmp_path_factory.mktemp("garden")
    flows = Flows(folder)
    yield plant(folder, flows)
    flows.forget()


def test_there_are_hundreds_of_secrets_of_all_kinds(garden: Garden) -> None:
    assert len({planted.secret for planted in garden.secrets}) > 400
    assert len({planted.kind for planted in garden.secrets}) > 300


def test_every_run_was_recorded(garden: Garden) -> None:
    assert garden.problems == {}
    assert sum(run.status == "SUCCEEDED" for run in garden.runs) == 3
    assert sum(run.status == "FAILED" for run in garden.runs) > 30
    assert all(run.context.complete for run in garden.runs)


def contents(store: Path) -> dict[str, str]:
    """{file: text} of a store."""
    files = [path for path in store.rglob("*") if path.is_file()]
    return {
        path.relative_to(store).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in files
    }


def test_no_secret_is_in_the_store(garden: Garden) -> None:
    texts = contents(garden.store)
    assert {name.partition("/")[0] for name in texts} >= {
        "graphs",
        "index.json",
        "known",
        "segments",
    }
    leaked = {name: found for name, text in texts.items() if (found := leaks(garden.secrets, text))}
    assert leaked == {}


def test_no_secret_is_in_a_store_of_every_value(tmp_path: Path, flows: Flows) -> None:
    garden = plant(tmp_path, flows, "full")
    text = "\n".join(contents(garden.store).values())
    told = {kind for kind, _ in leaks(garden.secrets, text)}
    assert told == {"plain input", "plain input of the wrong type"}  # by nothing are they secret


def test_no_secret_is_in_an_event(garden: Garden) -> None:
    assert leaks(garden.secrets, sent(garden.runs, Options())) == []


@pytest.mark.parametrize("level", ["minimal", "standard", "full"])
@pytest.mark.parametrize("profile", ["marquez", "generic"])
def test_no_secret_is_in_an_event_of_any_kind(garden: Garden, profile: str, level: str) -> None:
    failed = [run for run in garden.runs if run.started.job == "failing"]
    careless = [run for run in garden.runs if run.started.job == "careless"]
    text = sent([*careless, *failed[::8]], Options(profile=profile, level=level))
    assert leaks(garden.secrets, text) == []


def sent(runs: Sequence[Run], options: Options) -> str:
    """All that would be sent of runs."""
    mapper = EventMapper(options)
    texts = [event.text for run in runs for event in mapper.events(run)]
    assert len(texts) > 20
    return "\n".join(texts)


def test_nothing_is_logged(garden: Garden) -> None:
    assert garden.logged == []


@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.parametrize("command", ["show", "events", "stamp"])
def test_no_secret_is_in_what_is_shown_of_a_run(
    garden: Garden, capsys: pytest.CaptureFixture[str], command: str, form: tuple[str, ...]
) -> None:
    cli, text = InProcess(capsys), ""
    for run in garden.runs:
        done = cli(command, run.run_id, "--store", garden.store, *form)
        assert done.code == 0
        text += done.out + done.err
    assert leaks(garden.secrets, text) == []


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_secret_is_in_the_list_of_runs(
    garden: Garden, capsys: pytest.CaptureFixture[str], form: tuple[str, ...]
) -> None:
    done = InProcess(capsys)("runs", "--store", garden.store, "--limit", 0, *form)
    assert done.code == 0
    assert leaks(garden.secrets, done.out + done.err) == []


def test_no_secret_is_in_a_report_of_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = Secrets(3)
    environment = plant_environment(secrets, monkeypatch)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = [make() for kind, make in failures(secrets, "nobody", {}, environment) if kind != ODD]
    for error in made:
        assert report(error, ["push", "--to", secrets.new("argument", "http://a:{}@h/")]) == 70
    reports = [path.read_text("utf-8") for path in tmp_path.iterdir()]
    assert len(reports) == len(made)
    assert leaks(secrets.planted, "\n".join(reports) + capsys.readouterr().err) == []


def test_what_is_in_the_open_stays_readable(garden: Garden) -> None:
    run = next(run for run in garden.runs if run.status == "SUCCEEDED")
    graph = run.graph
    assert graph is not None
    nodes = {node.name: node for node in graph.nodes}
    assert {"token", "password", "age", "tokenizer"} <= nodes.keys()
    assert run.context.inputs["number"].value in (1, 100)
    assert run.context.inputs["database"].value == "postgres://db.example.com/sales"
    assert run.context.config["model"].value == "forest"
    assert set(run.context.config) > {"passwd", "api_key", "access_token"}
    assert run.started.tags == {"team": "data", "api_key": "***", "note": "token=***"}
    assert nodes["age"].tags["source"] == "postgres://db.example.com/sales"
    assert nodes["plain"].documentation == (
        "Takes a tokenizer; the author is not the auth, and 2 visas are no sas."
    )
    assert {access.location for access in run.accesses} == {
        "https://files.example.com/in.csv",
        "postgres://db.example.com/sales",
        "s3://bucket/out.csv",
    }
