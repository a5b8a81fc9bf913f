"""Who changed a function last."""

from pathlib import Path

import pytest

from hamilton_ol.graph.nodes import Node
from hamilton_ol.sources.changes import NOT_YET, head, last_changes
from tests.support.repositories import Repository

ONE = "def a() -> int:\n    return 1\n\n\ndef b() -> int:\n    return 2\n"
TWO = ONE.replace("return 2", "return 3")


def told(name: str, file: str = "flow.py", line: int = 1) -> Node:
    return Node(name, name, module="flow", function=f"flow.{name}", file=file, line=line)


def test_each_function_has_the_change_that_touched_it_last(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    first = repository.commit({"flow.py": ONE})
    second = repository.commit({"flow.py": TWO}, author="Grace Hopper")
    changes = last_changes([told("a"), told("b"), told("gone")], tmp_path)
    assert {name: (c.commit, c.author) for name, c in changes.items()} == {
        "a": (first, "Ada"),
        "b": (second, "Grace Hopper"),
        "gone": (first, "Ada"),  # nothing is known but its line
    }
    assert changes["b"].time == "2023-11-14T22:19:20+00:00"
    assert changes["b"].subject == "Change flow.py"
    assert last_changes([told("b")], tmp_path, first)["b"].commit == first


def test_of_two_changes_within_a_second_the_later_one_counts(tmp_path: Path) -> None:
    repository = Repository(tmp_path, step=0)
    repository.commit({"flow.py": ONE})
    second = repository.commit({"flow.py": TWO}, author="Grace Hopper")
    assert last_changes([told("b")], tmp_path)["b"].commit == second


def test_what_is_not_committed_says_so(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({"flow.py": ONE})
    (tmp_path / "flow.py").write_text(TWO, encoding="utf-8")
    change = last_changes([told("b")], tmp_path)["b"]
    assert (change.commit, change.author) == ("", NOT_YET)
    assert head(tmp_path) == (repository.git("rev-parse", "HEAD"), True)


@pytest.mark.parametrize(
    "file", ["../secret.py", "/etc/passwd", "--output=x", "a\0b", "~nobody/x", ""]
)
def test_files_outside_the_repository_are_not_looked_at(tmp_path: Path, file: str) -> None:
    (tmp_path / "secret.py").write_text(ONE, encoding="utf-8")
    Repository(tmp_path / "inside").commit({"flow.py": ONE})
    assert last_changes([told("a", file)], tmp_path / "inside") == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inside", "secret.py"]


def test_a_name_that_looks_like_an_option_is_a_file(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    commit = repository.commit({"--output=x.py": ONE})
    assert last_changes([told("a", "--output=x.py")], tmp_path)["a"].commit == commit


@pytest.mark.parametrize("commit", ["--upload-pack=x", "main", "HEAD;ls", ""])
def test_only_a_full_hash_is_a_revision(tmp_path: Path, commit: str) -> None:
    Repository(tmp_path).commit({"flow.py": ONE})
    assert last_changes([told("a")], tmp_path, commit) == {}


def test_without_a_repository_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "flow.py").write_text(ONE, encoding="utf-8")
    assert (last_changes([told("a")], tmp_path), head(tmp_path)) == ({}, None)
