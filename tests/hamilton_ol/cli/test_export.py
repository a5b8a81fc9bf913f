"""`hamilton-ol export`."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Cli, InProcess
from tests.support.lineages import graph

FLOW = graph("a>b>c", "x>c", x={"kind": "input"}, c={"tags": {"artifact": "model"}})


@pytest.fixture
def ask(cli: InProcess, tmp_path: Path) -> Cli:
    path = tmp_path / "flow.json"
    path.write_text(json.dumps(FLOW.to_json()), encoding="utf-8")
    return lambda *arguments: cli("export", *arguments, "--from", path)


def test_a_picture_is_the_default(ask: Cli) -> None:
    done = ask()
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("<svg ")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("p.svg", b"<svg "),
        ("p.dot", b"digraph "),
        ("p.gv", b"digraph "),
        ("p.mmd", b"flowchart LR"),
        ("p.csv", b"name,kind,"),
        ("p.html", b"<!doctype html>"),
        ("p.JSON", b"{"),
        ("p.png", b"\x89PNG"),
    ],
)
def test_the_format_is_as_the_file_ends(ask: Cli, tmp_path: Path, name: str, start: bytes) -> None:
    done = ask("--output", tmp_path / name, "--theme", "dark")
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_selection_is_exported_alone(ask: Cli) -> None:
    for words in (("+b",), ("--select", "+b")):
        document = ask(*words, "--format", "json").document
        assert [node["id"] for node in document["nodes"]] == ["a", "b"]


def test_what_is_given_is_cut(ask: Cli) -> None:
    document = ask("+c", "--given", "b", "--json").document
    assert sorted(node["id"] for node in document["nodes"]) == ["b", "c", "x"]


def test_json_tells_what_was_written(ask: Cli, tmp_path: Path) -> None:
    file = tmp_path / "p.svg"
    assert ask("--output", file, "--json").document == {
        "format": "svg",
        "output": str(file),
        "count": 4,
        "edges": 3,
    }


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--output", "p.xyz"), 2, "says no format"),
        (("--format", "gif"), 2, "gif"),
        (("a", "--select", "b"), 2, "not both"),
        (("nobody",), 3, "nobody"),
        (("--given", "nobody"), 3, "nobody"),
        (("+",), 2, "+"),
        (("--output", "no/such/folder/p.svg"), 2, "cannot be written"),
    ],
)
def test_mistakes_have_their_exit_codes(
    ask: Cli, words: tuple[str, ...], code: int, said: str
) -> None:
    done = ask(*words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_too_much_for_a_picture_is_still_a_table(ask: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamilton_ol.cli.export.MOST_DRAWN", 3)
    done = ask("--format", "svg")
    assert (done.code, done.out) == (2, "")
    assert "select at most 3" in done.err
    assert ask("--format", "csv").code == 0


def test_a_picture_that_cannot_be_drawn_says_so(
    ask: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("hamilton_ol.graphfiles.find_spec", lambda _name: None)
    done = ask("--output", tmp_path / "p.png")
    assert done.code == 2
    assert "hamilton-ol[explorer]" in done.err
