"""`hamilton-ol pii`."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Cli, InProcess
from tests.support.lineages import graph

FLOW = graph(
    *("people>age>train>model", "age>band>report", "age>mean"),
    people={"kind": "loader", "owners": ("data",)},
    age={"kind": "column", "part_of": "people", "field": "age", "tags": {"PII": "true"}},
    band={"tags": {"PII": "stop"}, "owners": ("privacy",)},
    model={"tags": {"artifact": "model"}, "owners": ("science",), "type": "Forest"},
    report={"tags": {"artifact": "report"}},
)


@pytest.fixture
def ask(cli: InProcess, tmp_path: Path) -> Cli:
    path = tmp_path / "flow.json"
    path.write_text(json.dumps(FLOW.to_json()), encoding="utf-8")
    return lambda *arguments: cli("pii", *arguments, "--from", path)


def test_json_tells_all_of_the_contract(ask: Cli) -> None:
    done = ask("--json")
    assert (done.code, done.err) == (0, "")
    assert done.document == {
        "tags": ["PII", "GDPR", "HIPAA"],
        "count": 1,
        "columns": [
            {
                "name": "age",
                "of": "people",
                "tags": ["PII"],
                "owners": ["data"],
                "artifacts": [
                    {
                        "name": "model",
                        "kind": "model",
                        "type": "Forest",
                        "owners": ["science"],
                        "columns": [],
                        "datasets": [],
                    }
                ],
                "leaves": [{"name": "mean", "kind": "function", "owners": []}],
                "barriers": [{"name": "band", "why": "PII=stop", "owners": ["privacy"]}],
            }
        ],
    }


def test_a_table_lists_artifacts_and_barriers(ask: Cli) -> None:
    done = ask()
    lines = [line.split() for line in done.out.splitlines()]
    assert lines[1:] == [
        ["age", "PII", "model", "model", "science"],
        ["age", "PII", "mean", "taken", "by", "nothing", "(no", "owner)"],
        ["age", "PII", "band", "barrier:", "PII=stop", "privacy"],
    ]
    assert done.err == "1 result tagged PII or GDPR or HIPAA\n"


def test_other_tags_can_be_asked_for_and_set(ask: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("--tag", "artifact", "--json").document["count"] == 2
    monkeypatch.setenv("HAMILTON_OL_SENSITIVE_TAGS", "nothing")
    done = ask()
    assert (done.code, done.out) == (0, "")
    assert "what nobody has tagged is not found" in done.err
