"""Lines get to disk whatever the disk does, and are there when the process is killed."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from hamilton_ol.delivery.logfile import LARGEST, LogFile
from tests.support.children import Signal, ended, forked


def held(folder: Path) -> list[bytes]:
    """All whole lines in a folder."""
    files = sorted(folder.glob("*.ndjson"))
    lines = [line for path in files for line in path.read_bytes().splitlines(keepends=True)]
    return [line for line in lines if line.endswith(b"\n")]


def test_nothing_is_made_before_there_is_something_to_say(tmp_path: Path) -> None:
    LogFile(tmp_path / "log").close()
    assert list(tmp_path.iterdir()) == []


def test_what_was_added_survives_a_kill(tmp_path: Path) -> None:
    said = Signal()

    def add() -> None:
        file = LogFile(tmp_path)
        for number in range(100):
            file.add(b"%d\n" % number)
        said.say()
        signal.pause()

    with forked(add) as pid:
        said.wait()
        os.kill(pid, signal.SIGKILL)
        assert ended(pid) == -signal.SIGKILL
    assert held(tmp_path) == [b"%d\n" % number for number in range(100)]


def test_a_full_disk_loses_no_line_and_tears_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, write = LogFile(tmp_path), os.write
    file.add(b"1\n")
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:2]))
        with pytest.raises(OSError, match="No space"):
            file.add(b"second\n")
        with pytest.raises(OSError, match="No space"):
            file.open()
    file.add(b"third\n")
    assert sorted(held(tmp_path)) == [b"1\n", b"second\n", b"third\n"]


def test_a_folder_that_was_removed_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    file = LogFile(folder)
    file.add(b"1\n")
    shutil.rmtree(folder)
    file.add(b"2\n")
    file.add(b"3\n")
    assert held(folder) == [b"2\n", b"3\n"]


def test_a_descriptor_that_somebody_closed_is_not_written_to(tmp_path: Path) -> None:
    file = LogFile(tmp_path / "log")
    file.add(b"1\n")
    os.close(file._descriptor)
    theirs = os.open(tmp_path / "theirs", os.O_WRONLY | os.O_CREAT)
    assert theirs == file._descriptor
    file.add(b"2\n")
    file.close()
    os.write(theirs, b"mine")
    os.close(theirs)
    assert (tmp_path / "theirs").read_bytes() == b"mine"
    assert sorted(held(tmp_path / "log")) == [b"1\n", b"2\n"]


def test_a_large_file_is_put_down(tmp_path: Path) -> None:
    file = LogFile(tmp_path)
    file.add(b"x" * LARGEST + b"\n")
    file.add(b"2\n")
    file.add(b"3\n")
    assert len(list(tmp_path.iterdir())) == 2
    assert len(held(tmp_path)) == 3
    assert len(file.names) == 2


def test_a_forked_child_has_a_file_of_its_own(tmp_path: Path) -> None:
    file = LogFile(tmp_path)
    file.add(b"parent\n")

    def add() -> None:
        file.add(b"child\n")
        assert len(file.names) == 1

    with forked(add) as pid:
        assert ended(pid) == 0
    file.add(b"parent\n")
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [
        b"child\n",
        b"parent\nparent\n",
    ]


def test_what_a_parent_could_not_write_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = LogFile(tmp_path)
    file.add(b"1\n")
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda *_: 0)
        with pytest.raises(OSError, match="No space"):
            file.add(b"2\n")
    with forked(lambda: file.add(b"child\n")) as pid:
        assert ended(pid) == 0
    file.open()
    assert sorted(held(tmp_path)) == [b"1\n", b"2\n", b"child\n"]
