"""What git says of the modules' repository, and that it is left as it was."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic

import pytest

from hamilton_ol.dataflow import revision
from hamilton_ol.dataflow.revision import clean_remote, read_revision
from hamilton_ol.records import Revision
from tests.support.graphs import finish

ME = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "protocol.file.allow=always")


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder."""
    done = subprocess.run(
        ["git", *ME, "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(folder: Path) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "m")
    return git(folder, "rev-parse", "HEAD")


def read(*files: Path) -> Revision | None:
    return finish(read_revision(files))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit of `pkg/flow.py` and `other.txt`, and one ignored file."""
    root = tmp_path.resolve() / "repository"
    (root / "pkg").mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch", "work")
    (root / "pkg" / "flow.py").write_text("x = 1\n")
    (root / "other.txt").write_text("text\n")
    (root / ".gitignore").write_text("ignored.py\n")
    commit(root)
    return root


def test_a_clean_repository_is_told_with_commit_branch_and_remote(repository: Path) -> None:
    git(repository, "remote", "add", "origin", "https://user:pw@example.org/a/b.git")
    assert read(repository / "pkg" / "flow.py") == Revision(
        commit=git(repository, "rev-parse", "HEAD"),
        dirty=False,
        branch="work",
        remote="https://example.org/a/b.git",
    )


def test_the_repository_is_that_of_the_modules_not_of_the_working_folder(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    git(elsewhere, "init", "--quiet")
    (elsewhere / "a").touch()
    commit(elsewhere)
    monkeypatch.chdir(elsewhere)
    found = read(tmp_path / "outside.py", repository / "pkg" / "flow.py", elsewhere / "a")
    assert found is not None
    assert found.commit == git(repository, "rev-parse", "HEAD")


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"])
def test_the_environment_does_not_lead_to_another_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "/nowhere")
    found = read(repository / "pkg" / "flow.py")
    assert found is not None
    assert not found.dirty


@pytest.mark.parametrize(
    ("change", "dirty"),
    [
        ("a tracked file", True),
        ("a staged file", True),
        ("a removed file", True),
        ("an untracked module", True),
        ("an ignored module", True),
        ("a module that is no longer tracked", True),
        ("another untracked file", False),
        ("a touched file", False),
        ("many modules", False),
    ],
)
def test_a_repository_is_dirty_where_what_runs_is_not_what_is_committed(
    repository: Path, change: str, dirty: bool
) -> None:
    flow, modules = repository / "pkg" / "flow.py", [repository / "pkg" / "flow.py"]
    match change:
        case "a tracked file":
            (repository / "other.txt").write_text("changed\n")
        case "a staged file":
            (repository / "new.txt").write_text("new\n")
            git(repository, "add", "new.txt")
        case "a removed file":
            (repository / "other.txt").unlink()
        case "an untracked module" | "an ignored module":
            modules.append(repository / f"{change.split()[1]}.py".replace("untracked", "[n]ew"))
            modules[1].write_text("y = 1\n")
        case "a module that is no longer tracked":
            git(repository, "rm", "--cached", "--quiet", "pkg/flow.py")
            git(repository, "commit", "--quiet", "--message", "gone")
        case "another untracked file":
            (repository / "notes.txt").write_text("notes\n")
        case "a touched file":
            later = flow.stat().st_mtime + 5
            os.utime(flow, (later, later))
        case "many modules":
            modules += [repository / "pkg" / f"{'m' * 100}{n}.py" for n in range(700)]
            for module in modules[1:]:
                module.write_text("z = 1\n")
            commit(repository)
    found = read(*modules)
    assert found is not None
    assert found.dirty is dirty


def test_a_name_with_signs_of_patterns_is_a_name(repository: Path) -> None:
    odd = repository / "a[b]*.py"
    odd.write_text("x = 1\n")
    commit(repository)
    found = read(odd)
    assert found is not None
    assert not found.dirty


def test_a_detached_head_has_no_branch(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--detach")
    found = read(repository / "pkg" / "flow.py")
    assert found is not None
    assert found.branch is None


def test_a_branch_that_is_called_as_a_tag_is_found(repository: Path) -> None:
    git(repository, "tag", "work")
    found = read(repository / "pkg" / "flow.py")
    assert found is not None
    assert found.branch in {"work", "heads/work"}


def test_a_second_work_tree_has_its_own_commit(repository: Path, tmp_path: Path) -> None:
    tree = tmp_path.resolve() / "tree"
    git(repository, "worktree", "add", "--quiet", "-b", "side", str(tree))
    (tree / "pkg" / "flow.py").write_text("x = 2\n")
    expected = commit(tree)
    assert (tree / ".git").is_file()
    found = read(tree / "pkg" / "flow.py")
    assert found is not None
    assert (found.commit, found.branch, found.dirty) == (expected, "side", False)


def test_a_submodule_is_a_repository_of_its_own(repository: Path, tmp_path: Path) -> None:
    outer = tmp_path.resolve() / "outer"
    outer.mkdir()
    git(outer, "init", "--quiet")
    git(outer, "submodule", "--quiet", "add", str(repository), "inner")
    commit(outer)
    found = read(outer / "inner" / "pkg" / "flow.py")
    assert found is not None
    assert found.commit == git(repository, "rev-parse", "HEAD")
    (outer / "inner" / "notes.txt").touch()
    (outer / "flow.py").write_text("x = 1\n")
    commit(outer)
    assert read(outer / "flow.py") == Revision(git(outer, "rev-parse", "HEAD"), False, "master")


def test_a_repository_that_is_reached_by_a_link_is_the_same(
    repository: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(repository)
    found = read(link / "pkg" / "flow.py")
    assert found is not None
    assert not found.dirty


def test_without_repository_commit_or_git_there_is_no_revision(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    git(empty, "init", "--quiet")
    assert read(empty / "flow.py") is None
    assert read(tmp_path / "flow.py") is None
    assert read() is None
    monkeypatch.setenv("PATH", "")
    assert read(repository / "pkg" / "flow.py") is None


def test_an_installed_package_is_in_no_repository(repository: Path) -> None:
    installed = repository / ".venv" / "lib" / "site-packages" / "flow.py"
    assert read(installed) is None


def test_the_repository_is_not_touched(repository: Path) -> None:
    flow = repository / "pkg" / "flow.py"
    os.utime(flow, (1_000_000_000, 1_000_000_000))  # git would like to note it in its index
    before = {path: path.stat().st_mtime_ns for path in (repository / ".git").rglob("*")}
    assert read(flow) is not None
    after = {path: path.stat().st_mtime_ns for path in (repository / ".git").rglob("*")}
    assert after == before


HANGING = """#!{python}
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
with open({pids!r}, "a") as pids:
    print(os.getpid(), child.pid, file=pids)
print("deadbeef", flush=True)
child.wait()
"""


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git that hangs, with a child that holds its output open; gives where pids are noted."""
    pids, program = tmp_path / "pids", tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(HANGING.format(python=sys.executable, pids=str(pids)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return pids


def are_gone(pids: list[int]) -> bool:
    """Whether processes end within ten seconds; one that nobody waits for has ended too."""
    end, pause = monotonic() + 10, threading.Event()
    while monotonic() < end:
        if not any(map(runs, pids)):
            return True
        pause.wait(0.01)
    return False


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def noted(pids: Path) -> list[int]:
    return [int(pid) for pid in pids.read_text().split()]


def test_a_git_that_hangs_is_given_up_with_all_that_it_started(
    repository: Path, hanging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revision, "PATIENCE", 1.0)
    begin = monotonic()
    assert read(repository / "pkg" / "flow.py") is None
    assert monotonic() - begin < 20
    assert len(noted(hanging)) == 2
    assert are_gone(noted(hanging))


def test_who_does_not_want_to_wait_any_more_leaves_no_git_behind(
    repository: Path, hanging: Path
) -> None:
    reading = read_revision([repository / "pkg" / "flow.py"])
    while not (hanging.exists() and len(noted(hanging)) == 2):
        next(reading)
    reading.close()
    assert are_gone(noted(hanging))


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("https://user:pw@example.org/a/b.git", "https://example.org/a/b.git"),
        ("https://token@example.org:8443/a/b?x=secret", "https://example.org:8443/a/b"),
        ("ssh://git@example.org:22/a/b", "ssh://example.org:22/a/b"),
        ("git@example.org:a/b.git", "ssh://example.org/a/b.git"),
        ("example.org:a/b.git?token=secret", "ssh://example.org/a/b.git"),
        ("/srv/git/b.git", None),
        ("../b.git", None),
        ("file:///srv/git/b.git", None),
        ("C:\\Users\\someone\\b.git", None),
        ("C:/git/b.git", None),
        ("ext::ssh -i secret host", None),
        ("codecommit::us-east-1://b", None),
    ],
)
def test_a_remote_is_told_without_persons_and_secrets(remote: str, expected: str | None) -> None:
    assert clean_remote(remote) == expected
