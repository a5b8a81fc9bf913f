"""`hamilton-ol demo`, as somebody sees it who has just installed the package."""

import importlib.util
import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Done, InProcess, in_process_of_its_own
from tests.support.servers import Target
from tests.support.stores import plain_store


@pytest.fixture
def demo(store: Path, extensions: None, monkeypatch: pytest.MonkeyPatch) -> Done:
    """The demo, run in a process of its own."""
    monkeypatch.setenv("HAMILTON_OL_STORE", str(store))
    return in_process_of_its_own("demo")


def test_the_demo_shows_its_run_and_three_things_to_ask(demo: Done, cli: InProcess) -> None:
    assert demo.code == 0, demo.err
    assert demo.err.startswith("Running a dataflow that trains a random forest")
    facts = dict(line.split(None, 1) for line in demo.out.split("\n\n")[0].strip().splitlines())
    assert "succeeded" in facts["run"]
    assert "prod.kaggle" in facts["source"]
    assert facts["model"].startswith("fit_random_forest <- ")
    assert facts["model"].endswith("prod.kaggle.sex")
    assert "age, sex" in demo.out
    show, events, push = [
        line.split("  ")[1] for line in demo.out.splitlines() if line.startswith("  hamilton-ol ")
    ]
    shown = cli(*shlex.split(show)[1:])
    assert (shown.code, "fit_random_forest" in shown.out) == (0, True)
    printed = cli(*shlex.split(events)[1:])
    assert json.loads(printed.out.splitlines()[0])["job"]["name"] == "titanic"
    with Target() as target:
        sent = cli(*shlex.split(push.replace("http://localhost:5000", target.url))[1:])
    assert (sent.code, target.texts) == (0, printed.out.splitlines())


def test_json_is_one_document(cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain_store(store)
    monkeypatch.setenv("HAMILTON_OL_STORE", str(store))
    stamp = {"hamilton_ol.run_id": "01a1fdf1-7b27-7ea1-88f5-9969ade1a296"}
    child(monkeypatch, f"noise\n{json.dumps(stamp)}\n")
    done = cli("demo", "--json")
    assert (done.code, list(done.document)) == (0, ["run_id", "store", "events", "next"])
    assert done.document["events"] == 6
    assert [line.split()[1] for line in done.document["next"]] == ["show", "events", "push"]
    assert done.err.startswith("Running")


@pytest.mark.parametrize(
    ("used", "found", "told"),
    [
        (".venv/bin/hamilton-ol", None, ".venv/bin/hamilton-ol"),
        (".venv/bin/hamilton-ol", "/usr/bin/hamilton-ol", "hamilton-ol"),
        ("somewhere/else.py", None, "hamilton-ol"),
    ],
)
def test_what_to_call_next_can_be_called(
    cli: InProcess,
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    used: str,
    found: str | None,
    told: str,
) -> None:
    plain_store(store)
    monkeypatch.setenv("HAMILTON_OL_STORE", str(store))
    monkeypatch.setattr(sys, "argv", [used, "demo"])
    monkeypatch.setattr(shutil, "which", lambda _name: found)
    child(monkeypatch, '{"hamilton_ol.run_id": "01a1fdf1-7b27-7ea1-88f5-9969ade1a296"}')
    following = cli("demo", "--json").document["next"]
    assert [line.split()[0] for line in following] == [told] * 3


def child(monkeypatch: pytest.MonkeyPatch, out: str, err: str = "", code: int = 0) -> None:
    """Let the demo's process end like this, without running it."""

    def run(words: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(words, code, out, err)

    monkeypatch.setattr(subprocess, "run", run)


@pytest.mark.parametrize(
    ("out", "err", "code", "told"),
    [
        ("", "Traceback\nImportError: no\x1b[2J", 1, "The demo failed:\nTraceback\nImportError"),
        ("", "", 0, "The demo failed"),
        ("{}", "", 0, "The demo ran, but recorded nothing"),
    ],
)
def test_a_demo_that_fails_says_why(
    cli: InProcess,
    monkeypatch: pytest.MonkeyPatch,
    out: str,
    err: str,
    code: int,
    told: str,
) -> None:
    child(monkeypatch, out, err, code)
    done = cli("demo")
    assert (done.code, done.out) == (4, "")
    assert f"Error: {told}" in done.err
    assert "\x1b" not in done.err


def test_a_missing_extra_says_how_to_install_it(
    cli: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    done = cli("demo")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        'Error: The demo needs scikit-learn\nHint: pip install "hamilton-ol[demo]"\n'
    )


@pytest.mark.parametrize("variable", ["HAMILTON_OL_DISABLED", "OPENLINEAGE_DISABLED"])
def test_a_demo_without_recording_is_not_run(
    cli: InProcess, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "true")
    done = cli("demo")
    assert (done.code, done.out) == (2, "")
    assert f"Hint: It is disabled by {variable}." in done.err
