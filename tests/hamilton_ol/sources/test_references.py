"""What git calls commits by: branches, tags, and the last commits themselves."""

import subprocess
from pathlib import Path

import pytest

from hamilton_ol.sources.references import BRANCH, COMMIT, REMOTE, TAG, references
from hamilton_ol.sources.repositories import quiet

HOSTILE = "<b>x\u202ey"


def run(folder: Path, *words: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *name, *words], check=True, env=quiet(folder))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, a branch, a tag of each kind and a name that would be markup."""
    folder = tmp_path / "repository"
    folder.mkdir()
    run(folder, "init", "-q", "-b", "main")
    run(folder, "commit", "-q", "--allow-empty", "-m", "first <i>commit</i>")
    run(folder, "tag", "v1")
    run(folder, "tag", "-a", "v2", "-m", "the second")
    run(folder, "branch", HOSTILE)
    run(folder, "commit", "-q", "--allow-empty", "-m", "second")
    run(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    run(folder, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    return folder


def test_branches_come_before_tags_and_these_before_commits(repository: Path) -> None:
    found = references(repository)
    kinds = [one.kind for one in found]
    assert kinds == [BRANCH, BRANCH, REMOTE, TAG, TAG, COMMIT, COMMIT]
    assert {one.name for one in found[:5]} == {"main", HOSTILE, "origin/main", "v1", "v2"}
    assert [one.subject for one in found[-2:]] == ["second", "first <i>commit</i>"]
    assert all(one.time.startswith("20") for one in found)


def test_a_tag_that_says_something_says_it(repository: Path) -> None:
    assert {one.subject for one in references(repository) if one.kind == TAG} == {
        "first <i>commit</i>",
        "the second",
    }


def test_each_name_is_one_that_git_knows(repository: Path) -> None:
    for one in references(repository):
        run(repository, "rev-parse", "--quiet", "--verify", "--end-of-options", one.name)


def test_a_folder_inside_is_in_the_repository(repository: Path) -> None:
    (repository / "inside").mkdir()
    assert references(repository / "inside") == references(repository)


def test_outside_of_a_repository_and_before_a_commit_there_is_none(tmp_path: Path) -> None:
    assert references(tmp_path) == []
    assert references(tmp_path / "nowhere") == []
    run(tmp_path, "init", "-q")
    assert references(tmp_path) == []
