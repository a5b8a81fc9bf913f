"""Every kind of source, by the name that a person gives it."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import hamilton_ol
from hamilton_ol import OpenLineageHook
from hamilton_ol.config import resolve
from hamilton_ol.errors import (
    DataflowError,
    GraphError,
    RunNotFoundError,
    StoreMissingError,
    UnknownRevisionError,
)
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.sources.loading import load
from hamilton_ol.store.writers import flush_all
from tests.support.events import parsed
from tests.support.flows import Flows, build, events, latest
from tests.support.foreign import dataset, event, ndjson

MAKER = """
    import pandas as pd
    from hamilton.function_modifiers import tag

    @tag(source="shop.orders", owner="sales")
    def {name}() -> pd.DataFrame:
        return pd.DataFrame({{"price": [1.0]}})

    def total({name}: pd.DataFrame) -> float:
        return float({name}["price"].sum())
"""
SOURCE = "dataset:hamilton:shop.orders"


@pytest.fixture
def run_flow(flows: Flows, store: Path) -> Callable[..., None]:
    """Executes a dataflow that reads `shop.orders`, recorded."""

    def run(name: str, job: str, text: str = MAKER) -> None:
        module = flows.module(text.format(name=name), f"flow_{name}")
        build([module], OpenLineageHook(job, store=store)).execute(["total"])
        assert flush_all(10)

    return run


def loaded(*sources: str, **settings: Any) -> LineageGraph:
    return load(*sources, settings=resolve(settings, environ={}))


def test_a_store_is_the_last_good_run_of_every_job_joined_on_what_they_read(
    run_flow: Callable[..., None], store: Path
) -> None:
    run_flow("orders", "daily")
    run_flow("sales", "weekly")
    graph = loaded("store", store=store)
    found = graph.downstream(SOURCE)
    assert {node.id for node in found.nodes} == {
        *(SOURCE, "job:hamilton:daily.orders", "job:hamilton:daily.total"),
        *("job:hamilton:weekly.sales", "job:hamilton:weekly.total"),
    }
    owners = {owner for node in graph.select(f'"{SOURCE}"+').nodes for owner in node.owners}
    assert owners == {"sales"}


def test_a_run_that_failed_does_not_hide_the_last_good_one(
    run_flow: Callable[..., None], store: Path
) -> None:
    run_flow("orders", "daily")
    broken = MAKER.replace('return float({name}["price"].sum())', "return 1 / 0")
    with pytest.raises(ZeroDivisionError):
        run_flow("changed", "daily", broken)
    assert flush_all(10)
    names = {node.name for node in loaded("store", store=store).nodes}
    assert names == {"orders", "total", "shop.orders"}
    assert "changed" in loaded("run:latest", store=store)


def test_an_empty_store_says_so(store: Path) -> None:
    with pytest.raises(StoreMissingError):
        loaded("store", store=store)
    (store / "segments").mkdir(parents=True)
    with pytest.raises(DataflowError, match="No run is recorded"):
        loaded("store", store=store)


@pytest.mark.parametrize("as_json", [True, False])
def test_a_stamp_leads_to_its_run(
    run_flow: Callable[..., None], store: Path, tmp_path: Path, as_json: bool
) -> None:
    run_flow("orders", "daily")
    facts, path = hamilton_ol.stamp(store=store), tmp_path / "model.stamp"
    lines = "\n".join(f"{name}={value}" for name, value in facts.items())
    path.write_text(json.dumps(facts) if as_json else lines)
    run_flow("sales", "daily")
    assert "orders" in loaded(f"stamp:{path}", store=store)


@pytest.mark.parametrize("content", ["{}", "[]", "no stamp", '{"hamilton_ol.run_id": 7}', ""])
def test_what_is_no_stamp_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x"
    path.write_text(content)
    with pytest.raises(DataflowError, match="is no stamp"):
        loaded(f"stamp:{path}")


@pytest.mark.parametrize("content", ["{", "[1]", '{"nodes": {}}', "\0"])
def test_what_is_no_graph_is_named_with_the_way_out(tmp_path: Path, content: str) -> None:
    path = tmp_path / "graph.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GraphError, match=r"graph\.json") as found:
        load(str(path))
    assert "hamilton-ol export" in found.value.hint


def test_a_stamp_of_another_store_is_a_run_that_is_not_found(
    run_flow: Callable[..., None], store: Path, tmp_path: Path
) -> None:
    run_flow("orders", "daily")
    path = tmp_path / "x"
    path.write_text('{"hamilton_ol.run_id": "ffffffff-0000-4000-8000-000000000000"}')
    with pytest.raises(RunNotFoundError):
        loaded(f"stamp:{path}", store=store)


def test_events_of_several_producers_and_a_run_join_on_their_datasets(
    run_flow: Callable[..., None], store: Path, tmp_path: Path
) -> None:
    run_flow("orders", "daily")
    path = tmp_path / "other.ndjson"
    path.write_bytes(ndjson(event("extract", outputs=[dataset("shop.orders", "hamilton")])))
    graph = loaded("run:latest", f"events:{path}", store=store)
    between = graph.between("job:etl:extract", "run:latest:total")
    assert {node.name for node in between.nodes} == {"extract", "shop.orders", "orders", "total"}
    assert graph["shop.orders"].kind == "dataset"


@pytest.mark.parametrize("source", ["", " "])
def test_a_source_without_a_name_is_none(source: str) -> None:
    with pytest.raises(DataflowError, match="no name"):
        load(source)


def test_our_own_events_are_loaded_as_the_run(
    run_flow: Callable[..., None], store: Path, tmp_path: Path
) -> None:
    run_flow("orders", "daily")
    path = tmp_path / "own.ndjson"
    path.write_bytes(ndjson(*map(parsed, events(latest(store)))))
    graph = loaded(f"events:{path}")
    assert set(graph.ids) == {"orders", "total", SOURCE}


# --- revisions -----------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose dataflow had `old` and has `new`, which is not committed."""
    folder = tmp_path / "repo"
    (folder / "code").mkdir(parents=True)
    flow = folder / "code" / "flow.py"
    git = ("git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@example.org")
    flow.write_text("def old(x: int) -> int:\n    return x\n")
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "one")):
        subprocess.run([*git, *words], check=True)
    flow.write_text("def new(x: int) -> int:\n    return x\n")
    monkeypatch.chdir(folder)
    return folder


def test_a_revision_is_the_dataflow_as_it_was_and_the_work_tree_stays(repository: Path) -> None:
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    for revision in ("main", "HEAD"):
        assert "old" in loaded(f"git:{revision}", "code/flow.py")
    assert "new" in loaded("code/flow.py")
    after = {p: p.read_bytes() for p in repository.rglob("*") if p.is_file() and p.suffix != ".pyc"}
    assert after == before


def test_an_older_revision_is_the_one_that_is_read(repository: Path) -> None:
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run([*git, "commit", "-qam", "two"], check=True, cwd=repository)
    assert set(loaded("git:main~1", "code/flow.py")) == {"old", "x"}
    assert set(loaded("git:main", "code/flow.py")) == {"new", "x"}


def test_a_revision_is_of_the_repository_of_a_whole_path(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "old" in loaded("git:main", str(repository / "code"))
    assert "old" in loaded("git:main", str(repository / "code" / "flow.py"))


@pytest.mark.parametrize("is_whole", [True, False])
def test_changes_are_those_of_the_repository_of_a_path(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_whole: bool
) -> None:
    (elsewhere := tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(elsewhere)
    file = repository / "code" / "flow.py"
    graph = loaded(str(file) if is_whole else os.path.relpath(file, elsewhere))
    assert graph.history is not None
    assert graph.history.last_changes(graph.nodes)


def test_the_projects_modules_are_those_that_are_meant(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '[tool.hamilton_ol]\nmodules = ["flow.py"]\n'
    (repository / "code" / "pyproject.toml").write_text(text)
    monkeypatch.chdir(repository / "code")
    assert "old" in load("git:main", settings=resolve({}, environ={}))


@pytest.mark.parametrize(
    "revision", ["nothing", "--upload-pack=x", "-h", "", "main:code/flow.py", "a..b", "@{99}"]
)
def test_what_is_no_revision_is_named_and_never_an_option(repository: Path, revision: str) -> None:
    assert repository
    with pytest.raises(UnknownRevisionError, match="There is no revision") as caught:
        loaded(f"git:{revision}", "code/flow.py")
    assert "git:HEAD~3" in caught.value.hint


def test_a_revision_needs_modules(repository: Path) -> None:
    assert repository
    with pytest.raises(DataflowError, match="Nothing says which modules"):
        loaded("git:main")


def test_a_folder_that_was_not_there_yet_is_named(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "later").mkdir()
    monkeypatch.chdir(repository / "later")
    with pytest.raises(DataflowError, match="there is no folder 'later'"):
        loaded("git:main", "flow.py")


def test_outside_of_a_repository_git_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataflowError, match="git cannot read"):
        loaded("git:main", "flow.py")


@pytest.mark.parametrize("source", ["flow.py", ".", "module:flow"])
def test_what_cannot_be_imported_is_marked_in_a_file_as_in_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "import no_such_thing\n\n\ndef total(price: int) -> int:\n    return price\n"
    (tmp_path / "flow.py").write_text(text, encoding="utf-8")
    found = loaded(source)
    kinds = {node.name: node.kind for node in found.nodes}
    assert kinds == {"total": "unknown", "price": "input"}
    assert "No module named 'no_such_thing'" in found.problems[0]
    read = load(source, settings=resolve({}, environ={}), executes=False)
    assert {node.name: node.kind for node in read.nodes} == {"total": "function", "price": "input"}


def test_what_a_run_did_not_execute_is_skipped_in_it(
    run_flow: Callable[..., None], store: Path
) -> None:
    more = "\n    def twice(total: float) -> float:\n        return 2 * total\n"
    run_flow("orders", "daily", MAKER + more)
    graph = loaded("run:latest", store=store)
    assert [node.id for node in graph.select("status:skipped").nodes] == ["twice"]
    assert [node.run for node in graph.select("status:skipped").nodes] == [""]
    assert len(loaded("store", store=store).select("status:skipped")) == 0


def test_why_code_was_not_imported_is_told_first(tmp_path: Path) -> None:
    path = tmp_path / "flow.py"
    path.write_text(
        "import absent_package\n"
        "from hamilton.function_modifiers import check_output\n"
        "@check_output(range=(0, 1))\n"
        "def share() -> float:\n"
        "    return 0.5\n",
        encoding="utf-8",
    )
    first, *others = load(path, settings=resolve({}, environ={})).problems
    assert "No module named 'absent_package'" in first
    assert any("checks of share" in problem for problem in others)
