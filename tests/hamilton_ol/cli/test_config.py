"""`hamilton-ol config`."""

from pathlib import Path

import pytest

from hamilton_ol.config import SETTINGS
from tests.support.commands import InProcess, on_terminal


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with settings, in which commands are started from a folder below."""
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    path = tmp_path / "pyproject.toml"
    path.write_text(
        '[tool.hamilton_ol]\nnamespace = "prod"\nstore = "runs"\nmask = ["iban", "ssn"]\n'
        '[tool.hamilton_ol.sources]\nkaggle = "postgres://ada:hunter2@db/kaggle?sslkey=1"\n',
        encoding="utf-8",
    )
    return path


def rows(text: str) -> dict[str, list[str]]:
    """{setting: the rest of its row}."""
    return {line.split()[0]: line.split()[1:] for line in text.splitlines()[1:]}


def test_every_setting_is_shown_with_its_origin(
    cli: InProcess, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENLINEAGE_NAMESPACE", "dev")
    done = cli("config")
    shown = rows(done.out)
    assert (done.code, done.err) == (0, "")
    assert list(shown) == [setting.name for setting in SETTINGS]
    assert shown["namespace"] == ["dev", "OPENLINEAGE_NAMESPACE"]
    assert shown["store"] == [str(project.parent / "runs"), str(project)]
    assert shown["mask"] == ["iban,", "ssn", str(project)]
    assert shown["disabled"] == ["false", "default"]
    assert shown["job_name"] == ["default"]


def test_an_option_comes_before_all(cli: InProcess, tmp_path: Path) -> None:
    assert rows(cli("config", "--store", tmp_path / "x").out)["store"] == [
        str(tmp_path / "x"),
        "argument",
    ]


def test_json_is_one_document(cli: InProcess, project: Path) -> None:
    document = cli("config", "--json").document
    assert document["problems"] == []
    assert document["settings"]["namespace"] == {
        "value": "prod",
        "origin": str(project),
        "does": "Namespace of the jobs.",
        "variables": ["HAMILTON_OL_NAMESPACE", "OPENLINEAGE_NAMESPACE"],
    }
    assert document["settings"]["mask"]["value"] == ["iban", "ssn"]


@pytest.mark.parametrize("option", [[], ["--json"]], ids=["text", "json"])
def test_passwords_in_settings_are_not_shown(cli: InProcess, option: list[str]) -> None:
    done = cli("config", *option)
    assert "postgres://db/kaggle" in done.out
    assert "hunter2" not in done.out + done.err
    assert "sslkey" not in done.out


def test_where_the_store_would_be_is_shown(cli: InProcess, project: Path) -> None:
    project.write_text("", encoding="utf-8")
    assert rows(cli("config").out)["store"] == [str(project.parent / ".hamilton_ol"), "default"]


def test_what_is_left_out_is_told_and_no_failure(
    cli: InProcess, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMILTON_OL_RETENTION_DAYS", "soon")
    project.write_text('[tool.hamilton_ol]\nnamspace = "x"\n', encoding="utf-8")
    for done in (cli("config"), cli("config", "--json")):
        assert done.code == 0
        first, second = done.err.splitlines()
        assert first.startswith("Left out: retention_days: HAMILTON_OL_RETENTION_DAYS holds 'soon'")
        assert second.startswith(f"Left out: namspace: {project} has it, but there is no such")
        assert second.endswith("; is namespace meant?")
    assert len(cli("config", "--json").document["problems"]) == 2


def test_a_table_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown = on_terminal(monkeypatch, "config", columns=300)
    assert code == 0
    assert "──" in shown
    assert "prod" in shown


TARGETS = """
[tool.hamilton_ol.targets]
marquez = "http://localhost:5000"
[tool.hamilton_ol.targets.archive]
url = "https://ada:hunter2@archive.example"
granularity = "dag"
proxy = "http://ada:hunter2@proxy:3128"
ca_file = "ca.pem"
headers = { X-Api-Key = "hunter2" }
verify = false
[tool.hamilton_ol.targets.catalog]
url = "https://catalog.example"
api_key_env = "CATALOG_KEY"
[tool.hamilton_ol.targets.known]
url = "https://known.example"
api_key = "hunter2"
timeout = 3
[tool.hamilton_ol.targets.log]
transport = { type = "kafka", topic = "t", config = { "sasl.password" = "hunter2" } }
"""


def test_every_target_has_a_line_with_its_origin_and_without_secrets(
    cli: InProcess, project: Path
) -> None:
    project.write_text(TARGETS, encoding="utf-8")
    done = cli("config")
    shown = {name: " ".join(row) for name, row in rows(done.out).items()}
    assert (done.code, done.err) == (0, "")
    assert shown["targets"] == f"marquez, archive, catalog, known, log {project}"
    assert shown["targets.marquez"] == f"http://localhost:5000/api/v1/lineage {project}"
    assert shown["targets.archive"] == (
        "https://archive.example/api/v1/lineage, granularity dag, "
        f"ca_file {project.parent / 'ca.pem'}, verify false, proxy http://proxy:3128, "
        f"headers X-Api-Key {project}"
    )
    assert "api_key CATALOG_KEY" in shown["targets.catalog"]
    assert "/lineage, api_key ***, connect_timeout 3, " in shown["targets.known"]
    assert shown["targets.log"] == f"kafka:///t {project}"
    assert "hunter2" not in done.out + cli("config", "--json").out


def test_targets_are_in_the_document(
    cli: InProcess, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write_text(TARGETS, encoding="utf-8")
    found = cli("config", "--json").document["settings"]["targets"]
    assert found["origin"] == str(project)
    assert found["value"][2] == {
        "name": "catalog",
        "address": "https://catalog.example/api/v1/lineage",
        "origin": str(project),
        "api_key": "CATALOG_KEY",
    }
    monkeypatch.setenv("OPENLINEAGE_URL", "http://localhost:5000")
    found = cli("config", "--json").document["settings"]["targets"]
    assert found["origin"] == found["value"][0]["origin"] == "OPENLINEAGE_URL"
