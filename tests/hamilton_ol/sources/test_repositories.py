"""Git is asked about repositories of anybody: no program runs because one of them names it."""

import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.errors import DataflowError
from hamilton_ol.graph.nodes import Node
from hamilton_ol.sources.archives import unpack
from hamilton_ol.sources.changes import head, last_changes
from hamilton_ol.sources.histories import GitHistory
from hamilton_ol.sources.loading import load
from hamilton_ol.sources.references import references
from hamilton_ol.sources.repositories import check_filters
from tests.support.repositories import Repository, use_old_git

FLOW = "def a(x: int) -> int:\n    return x\n"
NODE = Node("a", "a", module="flow", function="flow.a", file="flow.py", line=1)
NAME = "e=vil.filter"  # what is a sign in a setting on the command line
SIGNATURE = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n"


def program(folder: Path, name: str) -> str:
    """A program that leaves a file when it runs, and passes on what it is given."""
    file = folder / name.replace("/", "_")
    file.write_text(f"#!/bin/sh\necho x >> '{folder}/ran'\ncat\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def armed(tmp_path: Path) -> Path:
    """A repository whose settings name a program wherever git can run one, with a change."""
    repository, programs = Repository(tmp_path / "armed"), tmp_path / "programs"
    programs.mkdir()
    first = repository.commit(
        {"flow.py": FLOW, ".gitattributes": f"*.py filter={NAME} diff=evil\n"}
    )
    told = repository.git("cat-file", "commit", first)
    lines, _, message = f"{told}\n".partition("\n\n")
    signed = subprocess.run(
        ["git", "-C", str(repository.folder), "hash-object", "-t", "commit", "-w", "--stdin"],
        input=f"{lines}\n{SIGNATURE}\n{message}",
        capture_output=True,
        text=True,
        check=True,
    )
    repository.git("reset", "--hard", signed.stdout.strip())
    (repository.folder / "flow.py").write_text(FLOW.replace("return x", "return -x"), "utf-8")
    for key in ("clean", "smudge"):
        repository.git("config", f"filter.{NAME}.{key}", program(programs, key))
    for key in ("core.fsmonitor", "gpg.program", "diff.external"):
        repository.git("config", key, program(programs, key))
    for key in ("textconv", "command"):
        repository.git("config", f"diff.evil.{key}", program(programs, key))
    repository.git("config", f"filter.{NAME}.required", "true")
    repository.git("config", "log.showSignature", "true")
    return repository.folder


ASKS: dict[str, Callable[[Path], object]] = {
    "what is checked out": head,
    "last changes": lambda folder: last_changes([NODE], folder),
    "names of revisions": references,
    "what changed": lambda folder: GitHistory(str(folder)).changed([NODE], "HEAD.."),
    "files of a revision": lambda folder: unpack(folder, "HEAD", folder.parent / "out"),
    "a revision": lambda folder: (
        load(
            "git:HEAD", str(folder / "flow.py"), settings=resolve({}, environ={}), executes=False
        ).ids
    ),
}


@pytest.mark.parametrize("what", ASKS)
def test_no_program_runs_because_a_repository_names_it(armed: Path, what: str) -> None:
    assert ASKS[what](armed) or what == "files of a revision"  # it says something
    assert not (armed.parent / "programs" / "ran").exists()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """(repository, commit) with a filter that a person has set for all, as what fetches large files."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (tmp_path / ".gitconfig").write_text('[filter "mine"]\n\tsmudge = tr x y\n', encoding="utf-8")
    repository = Repository(tmp_path / "r")
    commit = repository.commit({"a.txt": "x", ".gitattributes": "*.txt filter=mine\n"})
    return repository.folder, commit


def test_what_a_person_has_set_for_all_repositories_stays(
    own: tuple[Path, str], tmp_path: Path
) -> None:
    unpack(*own, tmp_path / "out")
    assert (tmp_path / "out" / "a.txt").read_text("utf-8") == "y"


@pytest.fixture(params=["2.30.1", "2.25.0", "1.8.3.1"])
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The version of the git that there is."""
    use_old_git(monkeypatch, tmp_path / "bin", request.param)
    return ".".join(request.param.split(".")[:2])


@pytest.mark.parametrize("what", ASKS)
def test_an_old_git_is_not_asked_for_what_would_run_such_a_program(
    armed: Path, old: str, what: str
) -> None:
    if what == "names of revisions":
        assert ASKS[what](armed)
    else:
        with pytest.raises(DataflowError, match=rf"git {old} would run .*{NAME}") as found:
            ASKS[what](armed)
        assert "2.31" in found.value.hint
    assert not (armed.parent / "programs" / "ran").exists()


def test_an_old_git_is_asked_what_runs_none(armed: Path, old: str) -> None:
    first = last_changes([NODE], armed, commit=Repository(armed).git("rev-parse", "HEAD").strip())
    assert first["a"].commit
    assert GitHistory(str(armed)).changed([NODE], "HEAD..HEAD") == frozenset()


@pytest.mark.usefixtures("old")
def test_an_old_git_is_asked_where_only_a_person_has_set_filters(
    own: tuple[Path, str], tmp_path: Path
) -> None:
    unpack(*own, tmp_path / "out")
    assert (tmp_path / "out" / "a.txt").read_text("utf-8") == "y"
    folder, commit = own
    assert head(folder) == (commit, False)


@pytest.mark.parametrize(
    ("version", "is_old"), [("2.31.0", False), ("2.30.9", True), ("3.0.0", False)]
)
def test_the_first_git_that_can_leave_filters_out_is_asked(
    armed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, is_old: bool
) -> None:
    use_old_git(monkeypatch, tmp_path / "bin", version)
    with pytest.raises(DataflowError) if is_old else nullcontext():
        check_filters(armed)
