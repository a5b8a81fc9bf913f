"""The files of a commit, unpacked."""

import contextlib
import os
import tracemalloc
from pathlib import Path

import pytest

from hamilton_ol.config import resolve
from hamilton_ol.errors import DataflowError
from hamilton_ol.sources import archives
from hamilton_ol.sources.archives import unpack
from hamilton_ol.sources.loading import load
from tests.support.repositories import Repository

FLOW = "def a(x: int) -> int:\n    return x\n"
MB = 1 << 20


def test_files_come_out_as_they_went_in_and_are_not_in_memory(tmp_path: Path) -> None:
    repository, place = Repository(tmp_path / "r"), tmp_path / "out"
    noise = os.urandom(16 * MB).hex()
    commit = repository.commit({"flow.py": FLOW, "deep/er/noise.txt": noise})
    tracemalloc.start()
    assert unpack(repository.folder, commit, place) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (place / "flow.py").read_text("utf-8") == FLOW
    assert (place / "deep" / "er" / "noise.txt").read_text("utf-8") == noise
    assert peak < 8 * MB


def test_too_much_is_an_error_before_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST", 2 * MB)
    repository, place = Repository(tmp_path / "r"), tmp_path / "out"
    commit = repository.commit({"a.txt": "a" * 16 * MB})
    with pytest.raises(DataflowError, match="take more than 2 MB"):
        unpack(repository.folder, commit, place)
    assert sum(path.stat().st_size for path in place.rglob("*")) <= 4 * MB


def test_links_that_lead_out_are_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(tmp_path)
    (tmp_path / "out.py").symlink_to("/etc/passwd")
    (tmp_path / "up.py").symlink_to("../../x.py")
    (tmp_path / "same.py").symlink_to("flow.py")
    commit = repository.commit({"flow.py": FLOW})
    place = tmp_path / "place"
    assert unpack(tmp_path, commit, place) == ["out.py", "up.py"]
    assert sorted(path.name for path in place.iterdir()) == ["flow.py", "same.py"]
    monkeypatch.chdir(tmp_path)
    found = load("git:main", "flow.py", settings=resolve({}, environ={}))
    assert "out.py leads out of the repository, so it was left out" in found.problems


def test_what_git_does_not_tell_is_an_error(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({"flow.py": FLOW})
    with pytest.raises(DataflowError, match="git did not tell all files of 000000000000"):
        unpack(tmp_path, "0" * 40, tmp_path / "place")


@pytest.mark.parametrize("name", ["..", "/etc", "C:\\x"])
def test_nothing_is_written_outside_whatever_a_tree_names(tmp_path: Path, name: str) -> None:
    repository, place = Repository(tmp_path / "r"), tmp_path / "deep" / "place"
    repository.commit({"flow.py": FLOW})
    flow = repository.git("rev-parse", "HEAD:flow.py")
    inner = _tree(repository, "100644 evil.py\0", flow)
    outer = _tree(repository, f"40000 {name}\0", inner)
    commit = repository.git("commit-tree", "-m", "evil", outer)
    with contextlib.suppress(DataflowError):  # git refuses `..` by itself
        unpack(repository.folder, commit, place)
    assert [path for path in tmp_path.rglob("evil.py") if not path.is_relative_to(place)] == []
    assert not Path("/etc/evil.py").exists()


def _tree(repository: Repository, entry: str, of: str) -> str:
    """A tree that git itself would not write; its hash."""
    path = repository.folder / ".git" / "entry"
    path.write_bytes(entry.encode() + bytes.fromhex(of))
    return repository.git("hash-object", "-t", "tree", "-w", "--literally", str(path))
