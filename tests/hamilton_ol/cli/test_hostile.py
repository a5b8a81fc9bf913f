"""Questions about a graph in which every name means harm: nothing of it reaches a terminal."""

import json
import re
from pathlib import Path

import pytest

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.names import NAMELESS
from tests.support.commands import InProcess, on_terminal
from tests.support.hostile import NAMES, hostile

QUESTIONS: tuple[tuple[str, ...], ...] = (
    *(("select", "*"), ("select", "tag:PII=true+", "--explain"), ("upstream", NAMES[-1])),
    *(("downstream", NAMES[0]), ("downstream", NAMES[0], "--by", "owner")),
    *(("path", NAMES[0], NAMES[-1]), ("sources",), ("owners",), ("pii",)),
    *(("catalog", "--format", form) for form in ("md", "html", "csv")),
    *(("report", NAMES[3], "--format", form) for form in ("md", "html", "csv")),
    *(("export", "--format", form) for form in ("svg", "html", "dot", "mermaid", "csv", "json")),
)
TABLES = tuple(words for words in QUESTIONS if words[0] not in ("catalog", "report", "export"))
#: All that moves a cursor, sets a colour, rings a bell, or turns text round.
HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The graph, as somebody sent it."""
    path = tmp_path / "graph.json"
    path.write_text(json.dumps(hostile().to_json()), encoding="utf-8")
    return path


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_what_is_printed_can_be_printed(cli: InProcess, file: Path, words: tuple[str, ...]) -> None:
    done = cli(*words, "--from", file)
    assert done.code == 0
    assert done.out
    assert not HARMFUL.search(done.out.replace("\r\n", "\n"))
    assert not HARMFUL.search(done.err)


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_a_document_has_nothing_that_cannot_be_printed(
    cli: InProcess, file: Path, words: tuple[str, ...]
) -> None:
    done = cli(*words, "--from", file, "--json")
    assert done.code == 0
    assert done.document
    assert not HARMFUL.search(done.out)


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_a_terminal_gets_only_its_own_colours(
    file: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, shown = on_terminal(monkeypatch, *words, "--from", file)
    assert code == 0
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n")
    assert not HARMFUL.search(plain)
    assert "\x1b[31mred" not in shown


def test_a_node_without_a_name_is_seen_in_a_table(cli: InProcess, tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_text(json.dumps(LineageGraph([Node("n", "")], []).to_json()), encoding="utf-8")
    assert NAMELESS in cli("select", "*", "--from", path).out
    assert cli("select", "*", "--from", path, "--json").document["nodes"][0]["name"] == ""
