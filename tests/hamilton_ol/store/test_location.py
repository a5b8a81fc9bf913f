"""Which store is meant where several may be."""

import os
from pathlib import Path

import pytest
from platformdirs import user_data_path

from hamilton_ol.errors import StoreMissingError
from hamilton_ol.store import location


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    return tmp_path


@pytest.fixture
def of_the_user() -> Path:
    """A store of runs that belong to no project."""
    return location.create(user_data_path("hamilton-ol", appauthor=False))


def test_the_store_of_a_project_is_its_own(project: Path, of_the_user: Path) -> None:
    with pytest.raises(StoreMissingError, match="no store of recorded runs yet") as caught:
        location.find(None, project)
    assert str(of_the_user) in caught.value.hint
    made = location.create(None, project)
    assert location.find(None, project) == made == project / location.FOLDER


def test_where_a_project_cannot_have_one_the_runs_are_the_users(
    project: Path, of_the_user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != project)
    assert location.find(None, project) == of_the_user


def test_without_any_store_none_is_named(project: Path) -> None:
    with pytest.raises(StoreMissingError) as caught:
        location.find(None, project)
    assert "which has runs" not in caught.value.hint
    assert os.fspath(project / location.FOLDER) in str(caught.value)
