"""Files named by the hash of what they hold."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.errors import StoreUnreadableError
from hamilton_ol.store import documents
from tests.support.stores_random import QUICK

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(), max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@QUICK
@given(JSON)
def test_a_document_comes_back_as_it_was(document: object) -> None:
    assert json.loads(documents.dump(document)) == document


def test_equal_documents_are_one_file(tmp_path: Path) -> None:
    one = documents.write(tmp_path, {"a": 1, "b": 2})
    other = documents.write(tmp_path, {"b": 2, "a": 1})
    assert one == other
    assert [path.name for path in tmp_path.iterdir()] == [f"{one}.json"]
    assert documents.read(tmp_path, one) == {"a": 1, "b": 2}


def test_half_a_surrogate_pair_is_kept(tmp_path: Path) -> None:
    name = documents.write(tmp_path, {"column": "caf\udce9"})
    assert documents.read(tmp_path, name) == {"column": "caf\udce9"}


def test_a_document_is_for_its_owner_only(tmp_path: Path) -> None:
    name = documents.write(tmp_path / "graphs", [])
    path = tmp_path / "graphs" / f"{name}.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_document_that_is_needed_again_counts_as_new(tmp_path: Path) -> None:
    path = tmp_path / f"{documents.write(tmp_path, {})}.json"
    os.utime(path, (1, 1))
    documents.write(tmp_path, {})
    assert path.stat().st_mtime > 1


def test_a_document_that_was_cut_off_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / f"{documents.write(tmp_path, {'a': 1})}.json"
    path.write_bytes(b"")
    name = documents.write(tmp_path, {"a": 1})
    assert documents.read(tmp_path, name) == {"a": 1}


def test_a_document_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert documents.read(tmp_path, "0" * 32) is None


@pytest.mark.parametrize("held", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_document_that_is_no_json_is_unreadable(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "name.json").write_bytes(held)
    with pytest.raises(StoreUnreadableError, match=r"name\.json cannot be read") as caught:
        documents.read(tmp_path, "name")
    assert "Remove the file" in caught.value.hint


def test_a_folder_in_the_place_of_a_document_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "name.json").mkdir()
    with pytest.raises(StoreUnreadableError):
        documents.read(tmp_path, "name")


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "file"
    documents.replace(path, b"old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        documents.replace(tmp_path / "folder", b"new")
    documents.replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert sorted(found.name for found in tmp_path.iterdir()) == ["file", "folder"]


def test_two_threads_that_replace_one_file_do_not_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, real = list[str](), os.open

    def noting(path: Path, *more: int) -> int:
        parts.append(path.name)
        return real(path, *more)

    monkeypatch.setattr(os, "open", noting)
    for _ in range(2):
        documents.replace(tmp_path / "file", b"new")
    assert len(set(parts)) == 2
