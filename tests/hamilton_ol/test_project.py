"""Where a project begins, and what its pyproject.toml says."""

from pathlib import Path
from typing import Any

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.project import ProjectTable, project_root, read_table

OURS = '[tool.hamilton_ol]\nnamespace = "prod"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder three levels down."""
    path = tmp_path / "a" / "b" / "c"
    path.mkdir(parents=True)
    return path


def put(folder: Path, text: str) -> Path:
    """A pyproject.toml with this text."""
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_file_with_our_table_is_read(folder: Path) -> None:
    put(folder.parents[2], '[tool.hamilton_ol]\nnamespace = "far"\n')
    path = put(folder.parents[1], OURS)
    put(folder.parent, "[tool.other]\n")
    put(folder, "[project]\nname = 'x'\n")
    assert read_table(folder) == ProjectTable(path, {"namespace": "prod"})


def test_without_any_there_is_no_table(folder: Path) -> None:
    assert read_table(folder) == ProjectTable()


def test_the_current_folder_is_meant_by_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(folder.parent, OURS)
    monkeypatch.chdir(folder)
    assert read_table().path == path
    assert project_root() == folder.parent


@pytest.mark.parametrize("text", ["[tool", "a = ", "\udcff", "a = 1\na = 2", "a=" + "[" * 9999])
def test_a_file_that_is_no_toml_is_named(folder: Path, text: str) -> None:
    path = folder / "pyproject.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    found = read_table(folder)
    assert (found.path, found.values) == (path, {})
    assert found.problem.startswith(f"{path} cannot be read: ")
    assert resolve(environ={}, folder=folder).problems == (found.problem,)


@pytest.mark.parametrize("text", ["tool = 3", "[tool]", "[[tool]]", ""])
def test_a_file_of_others_says_nothing(folder: Path, text: str) -> None:
    put(folder, text)
    path = put(folder.parent, OURS)
    assert read_table(folder).path == path


def test_what_is_no_table_is_named(folder: Path) -> None:
    path = put(folder, "[tool]\nhamilton_ol = 3\n")
    assert read_table(folder).problem == f"{path}: [tool.hamilton_ol] is not a table"


def test_a_mark_of_an_editor_does_no_harm(folder: Path) -> None:
    put(folder, "\ufeff" + OURS)
    assert read_table(folder).values == {"namespace": "prod"}


@pytest.mark.parametrize(
    ("written", "expected"), [("runs", "a/runs"), ("../runs", "a/../runs"), ("/runs", "/runs")]
)
def test_a_path_starts_at_its_file_wherever_the_program_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch, written: str, expected: str
) -> None:
    put(folder.parents[1], f"[tool.hamilton_ol]\nstore = {written!r}\n")
    for current in (folder, folder.parent):
        monkeypatch.chdir(current)
        assert resolve(environ={}).store == folder.parents[2] / expected


def test_a_path_may_start_at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    put(folder, "[tool.hamilton_ol]\nstore = '~/runs'\n")
    assert resolve(environ={}, folder=folder).store == Path("/somewhere/runs")


def test_a_path_in_a_variable_starts_at_the_current_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert resolve(environ={"HAMILTON_OL_STORE": "runs"}).store == folder / "runs"


@pytest.mark.parametrize("mark", ["pyproject.toml", ".git"])
def test_a_project_begins_at_its_mark(folder: Path, mark: str) -> None:
    (folder.parent / mark).touch()
    assert project_root(folder) == folder.parent


def test_a_file_that_may_not_be_looked_at_is_named_and_no_root(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.is_file

    def is_file(self: Path) -> Any:
        if self.parent == folder:
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "is_file", is_file)
    (folder.parent / ".git").mkdir()
    assert "Permission denied" in read_table(folder).problem
    assert project_root(folder) == folder.parent


def test_a_current_folder_that_is_gone_is_no_project(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    folder.rmdir()
    with pytest.raises(FileNotFoundError):
        Path.cwd()
    assert read_table() == ProjectTable()
    assert project_root() is None
