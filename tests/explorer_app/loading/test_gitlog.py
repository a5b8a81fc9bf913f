"""Files of nodes are found where the dataflow was opened, wherever the explorer was started."""

from pathlib import Path

import pytest

from explorer_app.loading.gitlog import changes_of
from explorer_app.loading.nodefiles import file_of
from hamilton_ol.graph.nodes import Node
from tests.support.repositories import Repository

FLOW = "src/flow.py"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that is not the current folder's."""
    made = Repository(tmp_path / "project")
    made.commit({FLOW: "def a() -> int:\n    return 1\n"}, author="Grace")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return made.folder


def test_git_is_asked_in_the_repository_of_what_was_opened(project: Path) -> None:
    node = Node("a", "a", module="flow", function="flow.a", file=FLOW, line=1)
    found = changes_of([node], [project / "src"])
    assert {name: change.author for name, change in found.items()} == {"a": "Grace"}
    assert not changes_of([node])


@pytest.mark.parametrize("told", ["", "gone.py", "../project/src/flow.py", "src", "a\0b"])
def test_what_is_no_file_there_is_not_found(project: Path, told: str) -> None:
    assert file_of(told, [project]) is None


def test_a_whole_path_is_taken_as_it_is(project: Path) -> None:
    assert file_of(str(project / FLOW), []) == project / FLOW
