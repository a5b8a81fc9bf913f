"""`hamilton-ol catalog` and `report`."""

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hamilton import ad_hoc_utils, driver

from hamilton_ol import OpenLineageHook
from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from hamilton_ol.store.writers import flush_all
from tests.support.commands import InProcess
from tests.support.repositories import Repository, use_old_git

FLOW = '''
import pandas as pd
from hamilton.function_modifiers import check_output, extract_columns, tag, tag_outputs


@tag_outputs(age={"PII": "true"})
@extract_columns("age")
@tag(source="prod.people", owner="data", target_="people")
def people(location: str) -> pd.DataFrame:
    """All people."""
    return pd.DataFrame({"age": [30, 40]})


@check_output(range=(0, 100))
@tag(artifact="model", owner="science")
def model(age: pd.Series, depth: int) -> float:
    """Mean of the age."""
    return float(age.mean()) + depth
'''


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "store"
    build(OpenLineageHook(JOB, store=folder)).execute(list(REQUESTED), inputs=inputs())
    assert flush_all(60)
    return folder


@pytest.fixture
def flow(tmp_path: Path, extensions: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    Repository(tmp_path / "project").commit({"flow.py": FLOW}, author="Grace")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project" / "flow.py"


def test_a_report_on_a_run_says_what_the_model_is_made_of(cli: InProcess, store: Path) -> None:
    done = cli("report", "model", "--store", store, "--json")
    assert done.code == 0
    told = done.document
    assert set(told) == {
        *("title", "facts", "training_data", "hyperparameters", "steps", "checks", "owners"),
        *("personal_data", "packages"),
    }
    assert told["facts"]["class_of_the_result"] == "RandomForestClassifier"
    assert told["facts"]["owner"] == "data-science"
    values = {row["name"]: row["value"] for row in told["hyperparameters"]}
    assert (values["random_state"], values["max_depth"]) == ("42", "None")
    (data,) = told["training_data"]
    assert (data["source"], data["version"], data["rows"]) == ("prod.kaggle", None, "600")
    assert data["columns"] == "survived, pclass, sex, age, sibsp, parch, fare, cabin, embarked"
    assert data["schema"].startswith("11 columns, ")
    assert data["code"] == next(r["version"] for r in told["steps"] if r["step"] == "titanic_data")
    assert data["read_at"] >= told["facts"]["started"]
    assert "nothing recorded the state" in cli("report", "model", "--store", store).out
    assert [row["column"] for row in told["personal_data"]] == ["sex", "age"]
    assert [row["step"] for row in told["steps"]][-1] == "fit_random_forest"


@pytest.mark.parametrize("form", ["md", "html", "csv"])
def test_two_reports_on_the_same_input_are_the_same_bytes(
    cli: InProcess, store: Path, tmp_path: Path, form: str
) -> None:
    for name in ("one", "two"):
        assert (
            cli("report", "model", "--store", store, "--output", tmp_path / f"{name}.{form}").code
            == 0
        )
    one, two = ((tmp_path / f"{name}.{form}").read_bytes() for name in ("one", "two"))
    assert one == two
    assert b"random_state" in one


def test_a_report_on_code_knows_revision_author_and_checks(cli: InProcess, flow: Path) -> None:
    told = cli("report", "model", "--from", flow, "--json").document
    assert len(told["facts"]["revision"]) == 40
    assert [(row["step"], row["changed_by"]) for row in told["steps"]] == [
        ("people", "Grace"),
        ("model", "Grace"),
    ]
    assert [row["of"] for row in told["checks"]] == ["model"]
    assert [row["owner"] for row in told["owners"]] == ["data", "science"]
    assert {row["name"] for row in told["hyperparameters"]} == {"location", "depth"}


def test_a_report_on_a_revision_is_on_this_revision(cli: InProcess, flow: Path) -> None:
    repository = Repository(flow.parent)
    first = repository.git("rev-parse", "HEAD")
    repository.commit({flow.name: flow.read_text("utf-8").replace("All people", "All")}, "Ada")
    told = cli("report", "model", "--from", f"git:{first}", "--from", flow.name, "--json").document
    assert told["facts"]["revision"] == first
    assert {row["changed_by"] for row in told["steps"]} == {"Grace"}
    listed = cli("catalog", "--from", f"git:{first}", "--from", flow.name, "--json").document
    assert {row["changed_by"] for row in listed["nodes"]} == {None, "Grace"}


def test_a_report_on_what_is_in_no_repository_names_no_revision(
    cli: InProcess, flow: Path, tmp_path: Path
) -> None:
    assert flow.is_file()
    other = tmp_path / "graph.json"
    other.write_text(json.dumps({"nodes": [{"id": "model"}], "edges": []}), encoding="utf-8")
    told = cli("report", "model", "--from", other, "--json").document
    assert "revision" not in told["facts"]


def test_a_catalog_lists_each_node_once(cli: InProcess, flow: Path) -> None:
    told = cli("catalog", "--from", flow, "--json").document
    rows = {row["node"]: row for row in told["nodes"]}
    assert len(rows) == len(told["nodes"])
    assert rows["people"]["documentation"] == "All people."
    assert (rows["people"]["owner"], rows["people"]["changed_by"]) == ("data", "Grace")
    assert rows["people"]["version"]
    some = cli("catalog", "owner:science", "--from", flow, "--format", "csv").out
    assert [row["node"] for row in csv.DictReader(io.StringIO(some))] == ["model"]


def test_nodes_without_an_owner_have_a_table_of_their_own(cli: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "flow.py"
    file.write_text("def a(x: int) -> int:\n    return x\n", encoding="utf-8")
    text = cli("catalog", "--from", file).out
    assert text.index("| x |") < text.index("## Without an owner") < text.index("| a |")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("report", "nobody"), 3),
        (("report",), 2),
        (("report", "model", "--format", "pdf"), 2),
        (("catalog", "nobody"), 3),
        (("report", "model", "--output", "no/such/folder/x.md"), 2),
        (("report", "model", "--output", "x.pdf"), 2),
        (("catalog", "--output", "x.pdf"), 2),
    ],
)
def test_mistakes_have_their_exit_codes(
    cli: InProcess, flow: Path, words: tuple[str, ...], code: int
) -> None:
    done = cli(*words, "--from", flow)
    assert (done.code, done.out) == (code, "")


def test_a_report_without_a_store_says_so(cli: InProcess, tmp_path: Path) -> None:
    assert cli("report", "model", "--store", tmp_path / "none").code == 6


DATA = """
import pandas as pd
from hamilton.function_modifiers import load_from, source


@load_from.csv(path=source("path"), inject_="people")
def model(people: pd.DataFrame, more: pd.DataFrame) -> int:
    return len(people) + len(more)
"""


def test_what_was_read_has_a_version_and_what_was_given_has_a_schema(
    cli: InProcess, tmp_path: Path
) -> None:
    module = ad_hoc_utils.module_from_source(DATA)
    path, store = tmp_path / "people.csv", tmp_path / "store"
    path.write_text("age,name\n30,a\n40,b\n", encoding="utf-8")
    hook = OpenLineageHook("people", store=store)
    dr = driver.Builder().with_modules(module).with_adapters(hook).build()
    given = pd.DataFrame({"age": [1], "size": [2.0]})
    dr.execute(["model"], inputs={"path": str(path), "more": given})
    assert flush_all(60)
    told = cli("report", "model", "--store", store, "--json").document["training_data"]
    read, table = sorted(told, key=lambda row: str(row["source"]) == "more")
    assert read["version"].startswith(f"{path}: {path.stat().st_size} bytes, last changed 20")
    assert read["rows"] == "2"
    assert (table["source"], table["namespace"]) == ("more", "(given to the run)")
    assert (table["version"], table["columns"]) == (None, "age, size")
    assert table["schema"].startswith("2 columns, ")


def test_a_source_without_columns_has_none(cli: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "flow.py"
    text = "from hamilton.function_modifiers import tag\n\n@tag(source='raw')\ndef a() -> int:\n"
    file.write_text(f"{text}    return 1\n\ndef b(a: int) -> int:\n    return a\n", "utf-8")
    (data,) = cli("report", "b", "--from", file, "--json").document["training_data"]
    assert (data["source"], data["columns"], data["version"]) == ("raw", None, None)


@pytest.mark.parametrize("words", [("catalog",), ("report", "model")])
def test_where_git_is_not_to_be_asked_that_is_noted_and_the_rest_is_told(
    cli: InProcess,
    flow: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    Repository(flow.parent).git("config", "filter.odd.clean", "false")
    use_old_git(monkeypatch, tmp_path / "bin")
    done = cli(*words, "--from", "flow.py", "--no-import")
    assert (done.code, "Mean of the age" in done.out or "model" in done.out) == (0, True)
    assert "git 2.30 would run what the settings of" in done.err
    assert "(odd), so it is not asked: git 2.31 or newer can leave them out." in done.err
