"""`hamilton-ol select`, `upstream`, `downstream`, `path`, `sources`, `owners`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Dataset
from tests.support.commands import Cli, InProcess, on_terminal
from tests.support.lineages import graph
from tests.support.stores import RUN, plain_store

FLOW = graph(
    "location>people>age>train>model",
    "people>sex>train",
    "size>model",
    size={"kind": "input"},
    location={"kind": "input", "type": "str"},
    people={
        "type": "DataFrame",
        "module": "flow",
        "tags": {"source": "prod.people", "owner": "data"},
        "owners": ("data",),
        "sources": (Dataset("hamilton", "prod.people"),),
        "columns": (("age", "int"), ("sex", "str"), ("town", "str")),
    },
    age={"kind": "column", "field": "age", "part_of": "people", "tags": {"PII": ("true", "x")}},
    sex={"kind": "column", "field": "sex", "part_of": "people"},
    model={"tags": {"artifact": "model"}, "owners": ("science",)},
)


@pytest.fixture
def ask(cli: InProcess, tmp_path: Path) -> Cli:
    """Asks the graph above."""
    path = tmp_path / "flow.json"
    path.write_text(json.dumps(FLOW.to_json()), encoding="utf-8")
    return lambda *arguments: cli(*arguments, "--from", path)


def names(document: object) -> list[str]:
    assert isinstance(document, dict)
    assert document["count"] == len(document["nodes"])
    return [node["name"] for node in document["nodes"]]


def test_select_tells_all_of_the_contract(ask: Cli) -> None:
    done = ask("select", "age", "--json")
    assert (done.code, done.err) == (0, "")
    assert done.document == {
        "query": "age",
        "count": 1,
        "nodes": [
            {
                "name": "age",
                "kind": "column",
                "type": "",
                "module": "",
                "tags": {"PII": ["true", "x"]},
                "depth": None,
            }
        ],
    }


def test_upstream_and_downstream_tell_how_far_away_nodes_are(ask: Cli) -> None:
    done = ask("upstream", "train", "--json")
    assert done.document["query"] == "+train"
    assert [(node["name"], node["depth"]) for node in done.document["nodes"]] == [
        *(("train", 0), ("age", 1), ("sex", 1), ("people", 2), ("location", 3)),
    ]
    assert names(ask("downstream", "people", "--json").document) == [
        *("people", "age", "sex", "train", "model"),
    ]
    one = ask("downstream", "people", "--depth", 1, "--json").document
    assert (one["query"], names(one)) == ("people+1", ["people", "age", "sex"])


def test_x_may_be_a_query(ask: Cli) -> None:
    done = ask("downstream", "tag:PII=true", "--json").document
    assert (done["query"], names(done)) == ("tag:PII=true+", ["age", "train", "model"])


def test_a_path_has_edges(ask: Cli) -> None:
    done = ask("path", "people", "train", "--json").document
    assert (done["query"], names(done)) == ("people..train", ["people", "age", "sex", "train"])
    assert done["edges"] == [
        {"from": "people", "to": "age", "argument": ""},
        {"from": "age", "to": "train", "argument": ""},
        {"from": "people", "to": "sex", "argument": ""},
        {"from": "sex", "to": "train", "argument": ""},
    ]


def test_no_way_is_an_answer(ask: Cli) -> None:
    done = ask("path", "model", "people")
    assert (done.code, done.out, done.err) == (0, "", "0 nodes\nNo way leads there.\n")
    assert ask("path", "model", "people", "--json").document["nodes"] == []


def test_downstream_of_a_source_by_owner(ask: Cli) -> None:
    done = ask("downstream", "--source", "prod.people", "--by", "owner", "--json").document
    assert done["query"] == 'source:"prod.people"+'
    assert done["owners"] == [
        {"owner": "data", "count": 3, "nodes": ["people", "age", "sex"]},
        {"owner": "science", "count": 1, "nodes": ["model"]},
        {"owner": None, "count": 1, "nodes": ["train"]},
    ]
    assert done["inputs"] == []
    lines = ask("downstream", "--source", "prod.people", "--by", "owner").out.splitlines()
    assert lines[-1].split() == ["(no", "owner)", "1", "train"]


def test_sources_are_told_once_with_what_is_taken_of_them(ask: Cli) -> None:
    done = ask("sources", "--of", "model", "--json").document
    assert done == {
        "query": "+model",
        "count": 1,
        "sources": [
            {
                "name": "prod.people",
                "namespace": "hamilton",
                "readers": ["people"],
                "columns": ["age", "sex"],
                "owners": ["data"],
            }
        ],
    }
    assert ask("sources", "--of", "size", "--json").document["sources"] == []
    assert "prod.people  hamilton   people   age, sex  data" in ask("sources").out


def test_where_no_source_is_known_it_is_not_said_that_there_is_none(ask: Cli) -> None:
    done = ask("sources", "--of", "size")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("No source is known: a tag `source`, or a loader")


def test_a_loader_that_does_not_say_what_it_reads_is_a_source_without_a_name(
    cli: InProcess, tmp_path: Path
) -> None:
    path = tmp_path / "g.json"
    path.write_text(json.dumps(graph("a>b", a={"kind": "loader"}).to_json()), encoding="utf-8")
    (row,) = cli("sources", "--from", path, "--json").document["sources"]
    assert (row["name"], row["readers"]) == (None, ["a"])
    assert "(not named)" in cli("sources", "--from", path).out


def test_owners_are_told_with_what_nobody_owns(ask: Cli) -> None:
    done = ask("owners", "--of", "train", "--json").document
    assert done["query"] == "+train"
    assert done["owners"] == [
        {"owner": "data", "count": 3, "nodes": ["people", "age", "sex"]},
        {"owner": None, "count": 1, "nodes": ["train"]},
    ]
    assert done["inputs"] == ["location"]
    *_, unowned, inputs = ask("owners").out.splitlines()
    assert unowned.split() == ["(no", "owner)", "1", "train"]
    assert inputs.split() == ["(inputs)", "2", "location,", "size"]


def test_a_table_for_a_person_and_the_number_on_stderr(ask: Cli) -> None:
    done = ask("upstream", "age")
    first, *rows = done.out.splitlines()
    assert first.split() == ["node", "kind", "type", "module", "tags", "depth"]
    assert rows[0].split() == ["age", "column", "PII=true|x", "0"]
    assert done.err == "3 nodes\n"
    assert "depth" not in ask("select", "age").out


def test_each_part_is_explained(ask: Cli) -> None:
    done = ask("select", "age+ and kind:function", "--explain", "--json").document
    assert [(part["part"], part["count"]) for part in done["parts"]] == [
        *(("age+ and kind:function", 2), ("age+", 3), ("age", 1), ("kind:function", 3)),
    ]
    lines = ask("select", "age+ and kind:function", "--explain").out.splitlines()
    assert lines[2] == "3        age+"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("select", "age or"), 2, "  age or\n        ^\n"),
        (("select", "age+ modell"), 3, "  age+ modell\n       ^^^^^^\nHint: Is 'model' meant?"),
        (("upstream", "modell"), 3, '  +"modell"\n   ^^^^^^^^\n'),
        (("path", "age", "modell"), 3, "no node 'modell'"),
        (("sources", "--of", "x"), 3, "no node 'x'"),
        (("upstream",), 2, "Give the name of a node, or --source."),
        (("upstream", "age", "--source", "x"), 2, "Give the name of a node, or --source."),
        (("select", "tga:x"), 2, "Is 'tag' meant?"),
    ],
)
def test_what_is_wrong_is_shown_at_its_place(
    ask: Cli, words: tuple[str, ...], code: int, told: str
) -> None:
    done = ask(*words)
    assert (done.code, done.out) == (code, "")
    assert told in done.err


def test_control_characters_of_a_name_reach_no_terminal(cli: InProcess, tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    evil = graph("a>\x1b[31mred", a={"doc": "\x07", "tags": {"\x1b]0;": "\n"}})
    path.write_text(json.dumps(evil.to_json()), encoding="utf-8")
    for words in (("select", "*"), ("downstream", "a"), ("owners",), ("select", "a..\x1bx")):
        done = cli(*words, "--from", path)
        assert not any(sign in done.out + done.err for sign in "\x1b\x07")


def test_a_run_of_the_store_is_asked_by_default(
    cli: InProcess, store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plain_store(store)
    monkeypatch.chdir(tmp_path)
    for source in ((), ("--from", "run:latest"), ("--from", f"run:{RUN[:5]}")):
        done = cli("upstream", "b", "--store", store, "--json", *source)
        assert names(done.document) == ["b", "a", "x"]
    assert cli("upstream", "b", "--store", store, "--from", "run:zzz").code == 3
    assert cli("upstream", "b", "--store", tmp_path / "no").code == 6
    assert cli("select", "status:succeeded", "--store", store).out.count("\n") == 3


def test_modules_are_asked_without_a_store(
    cli: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "flow.py").write_text("def a(x: int) -> int:\n    return x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert names(cli("upstream", "a", "--from", "flow.py", "--json").document) == ["a", "x"]
    assert cli("upstream", "a", "--from", "module:nope").code == 4
    (tmp_path / "bad.py").write_text("import nope\n", encoding="utf-8")
    done = cli("upstream", "a", "--from", ".")
    assert "Not complete: bad could not be loaded: ModuleNotFoundError" in done.err


def test_on_a_terminal_a_table_is_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "flow.json"
    path.write_text(json.dumps(FLOW.to_json()), encoding="utf-8")
    code, shown = on_terminal(monkeypatch, "upstream", "train", "--from", path)
    assert code == 0
    assert "people" in shown
    assert "5 nodes" in shown


def test_code_that_nobody_trusts_is_read_and_not_executed(
    cli: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "open('executed', 'w')\n\n\ndef a(x: int) -> int:\n    return x\n"
    (tmp_path / "flow.py").write_text(text, encoding="utf-8")
    done = cli("upstream", "a", "--from", "flow.py", "--no-import", "--json")
    assert names(done.document) == ["a", "x"]
    assert "nothing was executed: it may not be exact" in done.err
    assert not (tmp_path / "executed").exists()
    cli("upstream", "a", "--from", "flow.py", "--json")
    assert (tmp_path / "executed").exists()


def test_saved_questions_of_the_project_can_be_asked(
    ask: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = '[tool.hamilton_ol.questions]\npersonal = "tag:PII=true+"\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert names(ask("select", "$personal and tag:artifact", "--json").document) == ["model"]
    assert names(ask("upstream", "$personal", "--depth", 0, "--json").document) == [
        *("age", "train", "model"),
    ]
    assert len(ask("select", "$personal", "--explain", "--json").document["parts"]) == 1
    assert "There are: $personal." in ask("select", "$other").err
    listed = ask("catalog", "$personal", "--json").document["nodes"]
    assert len(listed) == 3
    assert len(ask("export", "$personal", "--format", "json").document["nodes"]) == 3


def test_help_shows_the_language(cli: InProcess) -> None:
    done = cli("select", "--help")
    assert "tag:PII=true" in done.out
    assert "sinks(tag:PII+)" in done.out


@pytest.mark.parametrize("words", [("upstream", "b"), ("select", "tag:x+"), ("sources",)])
def test_a_question_about_a_run_imports_nothing_heavy(store: Path, words: tuple[str, ...]) -> None:
    plain_store(store)
    arguments = [*words, "--from", "run:latest", "--store", str(store), "--json"]
    code = (
        "import sys; from hamilton_ol.cli.main import main\n"
        f"try: main({arguments!r})\nexcept SystemExit as end: assert not end.code\n"
        "heavy = {'hamilton', 'pandas', 'networkx', 'scipy', 'rich', 'openlineage', 'sqlalchemy'}\n"
        "heavy |= {'subprocess', 'msgspec', 'asyncio', 'ssl', 'hamilton_ol.cli.failures'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_the_graph_of_the_tests_is_whole() -> None:
    assert LineageGraph.from_json(FLOW.to_json()) == FLOW
