"""Queries about when functions changed, and who changed them."""

import pickle
from pathlib import Path

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.errors import QueryError, UnknownRevisionError
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Edge, Node
from hamilton_ol.sources.histories import GitHistory
from hamilton_ol.sources.loading import load
from tests.support.lineages import graph
from tests.support.repositories import Repository

ONE = "def a(x: int) -> int:\n    return x + 1\n\n\ndef b(a: int) -> int:\n    return a + 2\n"
TWO = ONE.replace("a + 2", "a + 3")
THREE = TWO.replace("x + 1", "(x + 1)  # the same") + "\n\ndef c(b: int) -> int:\n    return b\n"


@pytest.fixture
def past(tmp_path: Path) -> Repository:
    """`b` was changed by Grace on main; `c` is new on a branch; on main `a` went on."""
    repository = Repository(tmp_path)
    repository.commit({"flow.py": ONE})
    repository.git("tag", "v1")
    repository.commit({"flow.py": TWO}, author="Grace Hopper")
    repository.git("checkout", "-q", "-b", "feature")
    repository.commit({"flow.py": THREE, "other.py": "1"})
    repository.git("checkout", "-q", "main")
    repository.commit({"flow.py": TWO.replace("x + 1", "x - 1")})
    repository.git("checkout", "-q", "feature")
    return repository


def flow(folder: Path, commit: str = "") -> LineageGraph:
    names = ["a", "b", "c"]
    nodes = [Node(n, n, module="flow", function=f"flow.{n}", file="flow.py") for n in names]
    made = LineageGraph([*nodes, Node("x", "x", "input")], [Edge("a", "b"), Edge("b", "c")])
    return made.with_history(GitHistory(str(folder), commit))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("changed:v1", "b c"),
        ("changed:v1..", "b c"),
        ("changed:v1..main", "a b"),
        ("changed:main..feature", "c"),
        ("changed:main..", "c"),
        ("changed:feature..main", "a"),
        ("changed:HEAD", ""),
        ("changed:..HEAD", ""),
        ("changed:v1..HEAD~1+", "b c"),
        ("blame:grace", "b"),
        ("blame:*hopper", "b"),
        ('blame:"*"', ""),
        ("blame:ada and not kind:input", "a c"),
    ],
)
def test_what_changed_and_whose_it_was(past: Repository, query: str, expected: str) -> None:
    assert flow(past.folder).select(query) == set(expected.split())


def test_what_is_not_committed_has_changed(past: Repository) -> None:
    (past.folder / "flow.py").write_text(THREE.replace("return b\n", "return -b\n"), "utf-8")
    made = flow(past.folder)
    assert made.select("changed:HEAD") == {"c"}
    assert made.select('blame:"not committed"') == {"c"}


def test_a_file_that_git_does_not_know_has_changed(past: Repository) -> None:
    (past.folder / "new.py").write_text("def n() -> int:\n    return 1\n", "utf-8")
    made = LineageGraph([Node("n", "n", module="new", function="new.n", file="new.py")], [])
    assert made.with_history(GitHistory(str(past.folder))).select("changed:HEAD") == {"n"}


def test_a_dataflow_of_a_revision_changed_up_to_this_revision(past: Repository) -> None:
    made = flow(past.folder, past.git("rev-parse", "main"))
    assert made.select("changed:v1") == {"a", "b"}
    assert made.select("blame:grace") == {"b"}


def test_a_node_whose_function_cannot_be_found_changed_with_its_file(past: Repository) -> None:
    nodes = [Node(n, n, "job", function=f"job:ns:{n}", file=f"{n}.py") for n in ("other", "gone")]
    made = LineageGraph(nodes, []).with_history(GitHistory(str(past.folder)))
    assert made.select("changed:main") == {"other"}


@pytest.mark.parametrize("revision", ["nope", "--output=x", "main..nope", "v1^{blob}"])
def test_a_revision_that_is_not_there_is_an_error_at_its_place(
    past: Repository, revision: str
) -> None:
    with pytest.raises(UnknownRevisionError, match="There is no revision") as found:
        flow(past.folder).select(f"a or changed:{revision}")
    assert (found.value.start, found.value.end) == (5, 13 + len(revision))
    assert "changed:main..HEAD" in found.value.hint


def test_without_a_repository_or_a_history_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="in no git repository"):
        flow(tmp_path).select("changed:HEAD")
    assert flow(tmp_path).select("blame:*") == set()
    with pytest.raises(QueryError, match="not known when functions"):
        graph("a>b").select("blame:ada")


def test_the_history_of_a_source_is_that_of_the_folder_or_the_revision(
    past: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(past.folder)
    now = pickle.loads(pickle.dumps(load("flow.py", settings=resolve({}))))
    assert now.select("changed:v1") == {"b", "c"}
    then = load("git:main", "flow.py", settings=resolve({}))
    assert then.select("changed:v1") == {"a", "b"}


def test_a_revision_is_looked_at_as_it_was_whatever_became_of_its_files(
    past: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(past.folder)
    past.git("mv", "flow.py", "moved.py")
    past.commit({"moved.py": "def d() -> int:\n    return 4\n"}, author="Alan Turing")
    then = load("git:main", "flow.py", settings=resolve({}))
    assert then.select("changed:v1") == {"a", "b"}
    assert then.select("blame:grace") == {"b"}
    (past.folder / "flow.py").symlink_to("moved.py")
    assert load("git:main", "flow.py", settings=resolve({})).select("blame:grace") == {"b"}


def test_of_several_sources_each_has_its_own_past(
    past: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(past.folder)
    both = pickle.loads(pickle.dumps(load("git:v1", "git:main", "flow.py", settings=resolve({}))))
    assert both.select("blame:grace") == {"git:main:b"}
    assert both.select("changed:v1") == {"git:main:a", "git:main:b"}
    assert both.history is not None
    assert both.history.revision() is None
