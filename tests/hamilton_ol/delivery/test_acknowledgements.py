"""What a target has taken is never forgotten, whoever noted it."""

from pathlib import Path

import pytest

from hamilton_ol.delivery.acknowledgements import Acknowledgements


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "acks"


def test_what_was_noted_is_known_to_all(folder: Path) -> None:
    one, other = Acknowledgements(folder), Acknowledgements(folder)
    one.sent("r", "e1")
    other.rejected("r", "e2", "no")
    for known in (one, other, Acknowledgements(folder)):
        known.refresh()
        assert [known.of_run("r").has(event) for event in ("e1", "e2", "e3")] == [True, True, False]
        assert known.of_run("r").counts == (1, 1)


def test_looking_changes_nothing(folder: Path) -> None:
    assert not Acknowledgements(folder).of_run("r").is_done
    assert not folder.exists()


def test_the_counts_of_a_run_that_is_done_need_no_ids(folder: Path) -> None:
    known = Acknowledgements(folder)
    known.sent("r", "e1")
    known.done("r")
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[-1])
    told = Acknowledgements(folder).of_run("r")
    assert (told.is_done, told.counts) == (True, (1, 0))


@pytest.mark.parametrize(
    "odd",
    [
        b'{"v":1,"run":"r","k":"sent","ev',
        b"\xff\x00\n",
        b"[]\n",
        b'{"v":1,"run":7,"k":"sent","event":"e9"}\n',
        b'{"v":9,"run":"r","k":"sent","event":"e9"}\n',
        b'{"v":1,"run":"r","k":"from the future","event":"e9"}\n',
    ],
)
def test_a_line_that_makes_no_sense_costs_only_itself(folder: Path, odd: bytes) -> None:
    Acknowledgements(folder).sent("r", "e1")
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes() + odd)
    told = Acknowledgements(folder).of_run("r")
    assert (told.has("e1"), told.has("e9")) == (True, False)


def test_a_line_that_is_being_written_is_read_when_it_is_whole(folder: Path) -> None:
    Acknowledgements(folder).sent("r", "e1")
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    known = Acknowledgements(folder)
    assert not known.of_run("r").has("e1")
    path.write_bytes(whole)
    known.refresh()
    assert known.of_run("r").has("e1")
