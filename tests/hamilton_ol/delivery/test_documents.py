"""Documents that several processes change in turn."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hamilton_ol.delivery import documents
from hamilton_ol.delivery.documents import Document, SharedDocument


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "document.json"


def counted(old: Document | None) -> Document:
    return {"count": (old or {"count": 0})["count"] + 1}


def test_a_document_is_made_changed_and_removed(path: Path) -> None:
    document = SharedDocument(path)
    assert document.read() is None
    assert document.change(counted)
    assert document.change(counted)
    assert document.read() == {"count": 2}
    assert path.stat().st_mode & 0o777 == 0o600
    assert document.change(lambda _old: None)
    assert list(path.parent.iterdir()) == []


def test_a_shorter_one_leaves_nothing_of_a_longer(path: Path) -> None:
    document = SharedDocument(path)
    document.change(lambda _old: {"text": "x" * 100})
    document.change(lambda _old: {"text": "y"})
    assert document.read() == {"text": "y"}


def test_no_change_is_lost(path: Path) -> None:
    every = [SharedDocument(path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda number: every[number % 8].change(counted), range(200)))
    assert SharedDocument(path).read() == {"count": 200}


@pytest.mark.parametrize("odd", [b"", b"{", b"[]", b"\xff", b"[" * 5000])
def test_what_makes_no_sense_is_none(path: Path, odd: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(odd)
    assert SharedDocument(path).read() is None
    assert SharedDocument(path).change(counted)
    assert SharedDocument(path).read() == {"count": 1}


def test_one_that_was_removed_while_we_waited_is_made_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, original = SharedDocument(path), documents.lock
    document.change(counted)

    def lock(descriptor: int) -> bool:
        path.unlink()
        monkeypatch.undo()
        return original(descriptor)

    monkeypatch.setattr(documents, "lock", lock)
    assert document.change(counted)
    assert document.read() == {"count": 1}


def test_who_cannot_have_it_gives_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "PAUSE", 0.0)
    document = SharedDocument(path)
    document.change(counted)
    descriptor = os.open(path, os.O_RDWR)
    try:
        assert documents.lock(descriptor)
        assert not document.change(counted)
    finally:
        os.close(descriptor)
    assert document.change(counted)
    assert document.read() == {"count": 2}


def test_a_full_disk_leaves_no_half_of_a_document(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, write = SharedDocument(path), os.write
    document.change(counted)
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:5]))
        with pytest.raises(OSError, match="No space"):
            document.change(counted)
    assert path.read_bytes() == b""
