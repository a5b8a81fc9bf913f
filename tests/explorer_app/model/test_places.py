"""What is typed, dropped, remembered or told as a path need not be one."""

from pathlib import Path

import pytest

from explorer_app.loading.trust import code_folders, untrusted
from explorer_app.loading.watched import imported_by, watched
from explorer_app.model.exports import file_problem_of
from explorer_app.model.places import home, is_folder, is_there, path_of
from explorer_app.model.savedqueries import of_project
from explorer_app.model.sources import is_there as is_source_there
from explorer_app.model.sources import of_file, of_folder, of_revision, source_of
from hamilton_ol.config import resolve
from hamilton_ol.errors import DataflowError
from hamilton_ol.sources.loading import load

ODD = (
    "~nobody_is_called_so/flow.py",
    "a\0b.py",
    "x" * 5000,
    "circle.py",
    "circle.py/x",
    "\ud800.py",
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "circle.py").symlink_to("circle.py")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("text", ODD)
def test_what_is_no_path_is_not_there(text: str) -> None:
    path = path_of(text)
    assert not is_there(path)
    assert not is_folder(path)
    assert not is_source_there(text)
    assert not is_source_there(f"events:{text}")
    assert source_of(text) == text
    assert of_project((text,)) == {}
    assert file_problem_of(path / "a.png")
    assert isinstance(file_problem_of(path), str)
    for read in (of_folder, of_file):
        with pytest.raises(DataflowError, match="There is no "):
            read(text)
    assert of_revision("main", text).sources[0] == "git:main"


@pytest.mark.parametrize("text", ODD)
def test_nobody_trusts_what_is_no_path_and_nothing_is_watched(here: Path, text: str) -> None:
    folders = code_folders((text,), here)
    assert untrusted(folders, [here / "elsewhere"]) == folders
    assert untrusted([here], [Path(text)]) == [here]
    settings = resolve({}, environ={})
    for source in (text, f"events:{text}"):
        assert watched((source,), settings) == {}
        assert imported_by((source,), settings, 0) == {}


@pytest.mark.parametrize("scheme", ["", "module:", "events:", "stamp:"])
@pytest.mark.parametrize("text", ODD)
def test_what_is_no_path_is_a_clear_error(scheme: str, text: str) -> None:
    for executes in (True, False):
        with pytest.raises(DataflowError) as found:
            load(f"{scheme}{text}", settings=resolve({}, environ={}), executes=executes)
        assert len(str(found.value)) < 400
        assert found.value.hint


def test_a_module_without_text_is_told(here: Path) -> None:
    settings = resolve({}, environ={})
    with pytest.raises(DataflowError, match="There is no text of the module 'nowhere'"):
        load("module:nowhere", settings=settings, executes=False)
    (here / "flow.py").write_text("def a() -> int:\n    return 1\n", encoding="utf-8")
    found = load("flow.py", "module:nowhere", settings=settings, executes=False)
    assert set(found.ids) == {"a"}
    assert found.problems[-1] == "There is no text of the module 'nowhere'"


def test_who_has_no_home_saves_here(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_type: type[Path]) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", classmethod(nobody))
    assert home() == here


def test_a_package_without_a_file_is_no_reason_to_trust_another_folder(
    here: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "spacious").mkdir()
    (elsewhere / "filled.py").touch()
    monkeypatch.syspath_prepend(str(elsewhere))
    assert code_folders(("module:spacious.flow",), here) == [here]
    assert code_folders(("module:filled",), here) == [elsewhere]
