"""What people ask of a dataflow, each question with the answer that they need.

The numbers are those of a list of questions. Q2, Q4, Q21, Q24 and Q25 are about two versions of a
dataflow, or about many runs, and are not asked here.
"""

import inspect
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from hamilton_ol import OpenLineageHook
from hamilton_ol.demo import features
from hamilton_ol.demo.__main__ import JOB, REQUESTED, build, inputs
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.records import Run
from tests.support.commands import InProcess
from tests.support.demo_files import demo_graph
from tests.support.flows import Flows, events, execute, latest
from tests.support.lineages import graph
from tests.support.two_jobs import run_two_jobs

SVG = "{http://www.w3.org/2000/svg}"
MODEL = "fit_random_forest"


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> InProcess:
    return InProcess(capsys)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store with one run of the demo."""
    folder = tmp_path_factory.mktemp("demo") / "store"
    build(OpenLineageHook(JOB, store=folder)).execute(list(REQUESTED), inputs=inputs())
    latest(folder)
    return folder


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The graph of the demo in a file."""
    return keep(demo_graph(), tmp_path)


def keep(told: LineageGraph, folder: Path) -> Path:
    file = folder / "graph.json"
    file.write_text(json.dumps(told.to_json()), encoding="utf-8")
    return file


def names(document: Any) -> set[str]:
    return {node["name"] for node in document["nodes"]}


def test_q1_which_columns_and_sources_does_the_model_use(cli: InProcess, demo: Path) -> None:
    told = cli("sources", "--of", MODEL, "--store", demo, "--json").document["sources"]
    assert [(row["name"], row["owners"]) for row in told] == [("prod.kaggle", ["data-engineering"])]
    assert set(told[0]["columns"]) >= {"age", "sex", "fare", "pclass", "cabin", "embarked"}
    assert "name" not in told[0]["columns"]


def test_q3_bad_data_came_in_who_and_what_is_hit(cli: InProcess, flows: Flows, store: Path) -> None:
    raw, _ = run_two_jobs(flows, store)
    words = ("downstream", "--source", raw, "--by", "owner", "--from", "store", "--store", store)
    told = cli(*words, "--json").document
    assert {"cleaned", "table", "model", "size"} <= names(told)
    by_owner = {row["owner"]: row["nodes"] for row in told["owners"]}
    assert "cleaned" in by_owner["data-engineering"]
    assert {"model", "size"} <= set(by_owner["data-science"])


@pytest.fixture
def broken(flows: Flows, store: Path) -> Run:
    source = """
    def raw(path: str) -> int:
        return 1

    def halved(raw: int) -> int:
        '''Half of it.'''
        raise ValueError("odd")

    def model(halved: int) -> int:
        return halved
    """
    with pytest.raises(ValueError, match="odd"):
        execute(flows.module(source), ["model"], store, inputs={"path": "x"})
    return latest(store)


def test_q5_it_broke_where_do_i_start(cli: InProcess, store: Path, broken: Run) -> None:
    told = cli("select", "status:failed", "--store", store, "--json").document
    assert names(told) == {"halved"}
    above = cli("upstream", "status:failed", "--store", store, "--json").document
    assert names(above) == {"path", "raw", "halved"}
    failed = [e for e in events(broken) if e.type == "FAIL"]
    assert any(event.job.endswith("halved") for event in failed)
    picture = cli("export", "--store", store).out
    assert {"halved", "failed", "skipped"} <= set(texts(picture))


def texts(picture: str) -> list[str]:
    root = ET.fromstring(picture)
    return [part.text or "" for part in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("form", ["md", "html", "csv"])
def test_q6_governance_asks_for_the_sources_of_a_model(
    cli: InProcess, demo: Path, tmp_path: Path, form: str
) -> None:
    file = tmp_path / f"report.{form}"
    assert cli("report", "model", "--store", demo, "--output", file).code == 0
    text = file.read_text(encoding="utf-8")
    in_cells = {
        "md": "| prod.kaggle |",
        "html": "<td>prod.kaggle</td>",
        "csv": "data,prod.kaggle,namespace",
    }
    assert text.count(in_cells[form]) == 1
    assert "data-engineering" in text


def test_q7_i_inherit_this_code_what_is_in_it(cli: InProcess, saved: Path) -> None:
    text = cli("catalog", "--from", saved).out
    line = next(row for row in text.splitlines() if row.startswith("| encoders |"))
    assert "All encoders together" in line
    assert "data-science" in line
    assert text.index("| encoders |") < text.index("## Without an owner") < text.index("| family |")


def reaches(document: Any) -> dict[str, list[tuple[str, list[str]]]]:
    return {
        row["name"]: [(end["name"], end["owners"]) for end in row["artifacts"]]
        for row in document["columns"]
    }


def test_q8_where_does_personal_data_end_up(cli: InProcess, saved: Path) -> None:
    science = ["data-science"]
    learnt = [("training_set_v1", science), (MODEL, science)]
    assert reaches(cli("pii", "--from", saved, "--json").document) == {
        "age": learnt,
        "sex": [("encoders", science), *learnt],
    }


@pytest.mark.parametrize("value", ["true", "True", ("true",), "False", ("no",), "stop"])
def test_q9_what_is_personal_data(cli: InProcess, tmp_path: Path, value: Any) -> None:
    told = graph("age>model", age={"tags": {"pii": value}}, model={"tags": {"artifact": "m"}})
    found = cli("pii", "--from", keep(told, tmp_path), "--json").document
    is_personal = value in ("true", "True", ("true",))
    assert [row["name"] for row in found["columns"]] == (["age"] if is_personal else [])


def test_q9_in_the_demo(cli: InProcess, saved: Path) -> None:
    assert names(cli("select", "tag:PII", "--from", saved, "--json").document) == {"age", "sex"}


def test_q10_all_my_sources_each_once(cli: InProcess, flows: Flows, tmp_path: Path) -> None:
    (tmp_path / "tagged.py").write_text(
        "import pandas as pd\n"
        "from hamilton.function_modifiers import extract_columns, tag\n\n\n"
        '@tag(source="prod.kaggle")\n@extract_columns("a", "b", "c")\n'
        "def table(location: str) -> pd.DataFrame:\n    return pd.DataFrame()\n",
        encoding="utf-8",
    )
    told = cli("sources", "--from", tmp_path / "tagged.py", "--json").document["sources"]
    assert [(row["name"], row["columns"]) for row in told] == [("prod.kaggle", ["a", "b", "c"])]


def driver_names(found: Any) -> set[str]:
    return {variable.name for variable in found}


@pytest.mark.parametrize("node", [MODEL, "encoders", "age"])
def test_q11_what_is_upstream(cli: InProcess, saved: Path, node: str) -> None:
    told = cli("upstream", node, "--from", saved, "--json").document
    assert names(told) == driver_names(build().what_is_upstream_of(node))


def test_q12_which_teams_are_upstream(cli: InProcess, saved: Path) -> None:
    told = cli("owners", "--of", MODEL, "--from", saved, "--json").document["owners"]
    assert {row["owner"] for row in told} == {None, "data-science", "data-engineering"}
    assert "(no owner)" in cli("owners", "--of", MODEL, "--from", saved).out


@pytest.mark.parametrize("node", ["titanic_data", "age"])
def test_q13_what_is_downstream(cli: InProcess, saved: Path, node: str) -> None:
    told = cli("downstream", node, "--from", saved, "--json").document
    assert names(told) == driver_names(build().what_is_downstream_of(node))


@pytest.mark.parametrize("begin", ["age", "titanic_data", "sex"])
def test_q14_what_is_between(cli: InProcess, saved: Path, begin: str) -> None:
    told = cli("path", begin, MODEL, "--from", saved, "--json").document
    assert names(told) == driver_names(build().what_is_the_path_between(begin, MODEL))


def test_q15_what_flows_into_the_encoders(cli: InProcess, saved: Path) -> None:
    shown = set(texts(cli("export", "+encoders", "--from", saved).out))
    assert {"encoders", "sex_encoder", "cabin_encoder", "location", "index_col"} <= shown
    assert not shown & {"training_set_v1", "fare", "family", "max_depth"}


def test_q16_which_are_my_production_features(cli: InProcess, saved: Path) -> None:
    told = cli("select", "tag:importance=production", "--from", saved, "--json").document
    wanted = {
        variable.name
        for variable in build().list_available_variables(tag_filter={"importance": "production"})
    }
    assert names(told) == wanted != set()


def test_q17_where_is_age_used(cli: InProcess, flows: Flows, store: Path) -> None:
    run_two_jobs(flows, store)
    words = ("select", "col:age+", "--from", "store", "--store", store, "--json")
    found = names(cli(*words).document)
    assert {"cleaned", "table", "age", "model"} <= found
    assert "random_state" not in found


def test_q18_who_owns_it(cli: InProcess, demo: Path) -> None:
    told = cli("catalog", "encoders", "--store", demo, "--json").document["nodes"]
    assert [row["owner"] for row in told] == ["data-science"]
    run = latest(demo)
    bodies = [json.loads(event.text) for event in events(run) if event.job.endswith(".encoders")]
    assert bodies
    for body in bodies:
        (owner,) = body["job"]["facets"]["ownership"]["owners"]
        assert owner["name"].endswith("data-science")


def test_q19_how_is_it_computed() -> None:
    told = demo_graph()
    node = told["family"]
    assert told.texts[node.function].strip() == inspect.getsource(features.family).strip()
    assert (node.doc, node.line > 0, bool(node.code)) == (
        "How many relatives travel along.",
        True,
        True,
    )


def test_q20_what_was_this_model_trained_on(cli: InProcess, flows: Flows, store: Path) -> None:
    _, clean = run_two_jobs(flows, store)
    run = latest(store)
    told = cli("report", "model", "--store", store, "--json").document["training_data"]
    assert [row["source"] for row in told] == [str(clean)]
    size = f"{clean.stat().st_size:,} bytes"
    assert size in told[0]["version"]
    done = [json.loads(e.text) for e in events(run) if e.type == "COMPLETE"]
    read = [i for body in done for i in body["inputs"] if i["name"] == str(clean)]
    assert read
    assert all("version" in dataset["facets"] for dataset in read)


def test_q22_data_steps_hyperparameters_and_algorithm(cli: InProcess, demo: Path) -> None:
    told = cli("report", MODEL, "--store", demo, "--json").document
    values = {row["name"]: row["value"] for row in told["hyperparameters"]}
    assert (values["random_state"], values["max_depth"]) == ("42", "None")
    assert told["facts"]["class_of_the_result"] == "RandomForestClassifier"
    revision = latest(demo).context.revision
    assert told["facts"].get("revision", "").startswith(revision.commit if revision else "")
    assert {"family", "sex_encoder", "training_set_v1"} <= {row["step"] for row in told["steps"]}


def test_q23_which_models_does_a_change_concern(cli: InProcess, saved: Path) -> None:
    words = ("select", "{}+ and kind:artifact", "--from", saved, "--json")
    for changed, concerned in (
        ("family", {"training_set_v1", MODEL}),
        ("sex_encoder", {"encoders", "training_set_v1", MODEL}),
        ("deck", set()),
    ):
        told = cli(words[0], words[1].format(changed), *words[2:]).document
        assert names(told) == concerned
