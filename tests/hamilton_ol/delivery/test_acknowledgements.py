"""What a target has taken is never forgotten, whoever noted it."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.delivery.acknowledgements import PIECE, Acknowledgements, encoded


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


@pytest.mark.parametrize("is_refused_first", [True, False])
def test_an_event_that_one_process_saw_taken_and_another_refused_counts_once(
    folder: Path, *, is_refused_first: bool
) -> None:
    one, other = Acknowledgements(folder), Acknowledgements(folder)
    if is_refused_first:
        other.rejected("r", "e", "no")
    one.sent("r", "e")
    if not is_refused_first:
        other.rejected("r", "e", "no")
    for known in (one, other, Acknowledgements(folder)):
        known.refresh()
        assert known.of_run("r").counts == (0, 1)
        known.close()


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_who_say_that_a_run_is_done_who_knows_most_counts(
    folder: Path, order: int
) -> None:
    known = Acknowledgements(folder)
    lines = [encoded({"run": "r", "k": "done", "sent": n, "rejected": n - 1}) for n in (1, 3)]
    known.file.add(b"".join(lines[::order]))
    assert Acknowledgements(folder).of_run("r").counts == (3, 2)
    assert Acknowledgements(folder).total == 3


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


def test_older_lines_without_job_and_start_are_read(folder: Path) -> None:
    folder.mkdir()
    old = b'{"v":1,"run":"r","k":"sent","event":"e"}\n{"v":1,"run":"r","k":"done","sent":1,"rejected":0}\n'
    (folder / "20260101000000-1-aa.ndjson").write_bytes(old)
    known = Acknowledgements(folder)
    told = known.of_run("r")
    assert (told.is_done, told.counts, told.started) == (True, (1, 0), 0)
    assert known.newest("n", "j") == (0, "")
    assert known.has_any


def test_what_was_taken_after_a_refusal_is_known_in_whatever_order_it_is_read(
    folder: Path,
) -> None:
    one = Acknowledgements(folder)
    one.failed("r", "bad", "oops", 7.0)
    other = Acknowledgements(folder)
    other.sent("s", "fine")
    other.sent("s", "too")
    texts = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sum(text.count(b"passed") for text in texts.values()) == 1
    for number, data in enumerate(sorted(texts.values(), key=lambda text: b"passed" not in text)):
        (folder / f"{number}.ndjson").write_bytes(data)
    for name in texts:
        (folder / name).unlink()
    (doubt,) = Acknowledgements(folder).of_run("r").doubts.values()
    assert (doubt.times, doubt.was_passed, doubt.until) == (1, True, 7.0)


def test_the_doubts_of_older_lines_are_read(folder: Path) -> None:
    folder.mkdir()
    old = b'{"v":1,"run":"r","k":"failed","event":"e","times":2,"total":5,"until":7.0,"why":"no"}\n'
    (folder / "20260101000000-1-aa.ndjson").write_bytes(old)
    (doubt,) = Acknowledgements(folder).of_run("r").doubts.values()
    assert (doubt.times, doubt.was_passed, doubt.why) == (2, False, "no")


_IDS = st.sampled_from(["r", "s", "ü", 'a"b', "a\\b", "a b", ""])
_LINES = st.one_of(
    st.builds(lambda run, event: encoded({"run": run, "k": "sent", "event": event}), _IDS, _IDS),
    st.sampled_from(
        [
            b'{"v":1,"run":"r","k":"sent","event":"e1","g":1}\n',
            b'{"v":1,"run":"r","k":"again","g":1}\n',
            b'{"v":1,"run":"r","k":"done","sent":2,"rejected":0}\n',
            b'{"v":1,"run":"s","k":"sent","ev{"v":1,"run":"s","k":"sent","event":"e2"}\n',
            b'{"v":2,"run":"r","k":"sent","event":"e3"}\n',
            b'{"v":1,"run":"r","k":"sent","event":"e4"},{"v":1,"run":"r","k":"done","sent":1}\n',
            b'{"v":1,"run":"r","k":"rejected","event":"e5","why":"no"',
            b'"w":1}\n',
            b"[]\n",
            b"\n",
            b"\xff\n",
        ]
    ),
)


@given(st.lists(_LINES, max_size=8))
def test_lines_say_the_same_whether_they_are_read_together_or_alone(lines: list[bytes]) -> None:
    found = []
    for piece in (1, PIECE):
        with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patched:
            patched.setattr("hamilton_ol.delivery.acknowledgements.PIECE", piece)
            (Path(home) / "a.ndjson").write_bytes(b"".join(lines))
            known = Acknowledgements(Path(home))
            found.append((known.runs(), known.foreign))
    assert found[0] == found[1]


def test_what_is_noted_together_survives_together(folder: Path) -> None:
    known, sizes = Acknowledgements(folder), []
    with known.together():
        known.begins("r", "n", "j", 5)
        known.sent("r", "e")
        known.done("r")
        sizes.append(Acknowledgements(folder).total)
    assert sizes == [0]
    other = Acknowledgements(folder)
    assert other.newest("n", "j") == (5, "r")
    assert other.of_run("r").is_done


@pytest.mark.parametrize("is_first", [True, False])
def test_what_was_noted_before_a_run_was_sent_anew_does_not_count(
    folder: Path, *, is_first: bool
) -> None:
    folder.mkdir()
    old = b'{"v":1,"run":"r","k":"sent","event":"e1"}\n{"v":1,"run":"r","k":"done","sent":1,"rejected":0}\n'
    (folder / "1-old.ndjson").write_bytes(old)
    new = b'{"v":1,"run":"r","k":"again","g":1}\n{"v":1,"run":"r","k":"sent","event":"e2","g":1}\n'
    (folder / ("0-new.ndjson" if is_first else "2-new.ndjson")).write_bytes(new)
    told = Acknowledgements(folder).of_run("r")
    assert (told.is_done, told.sent, told.counts) == (False, {"e2"}, (1, 0))


def test_an_event_costs_one_write_and_no_open(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Acknowledgements(folder)
    known.open()
    opened, written = list[object](), list[bytes]()
    write = os.write

    def count(descriptor: int, data: bytes) -> int:
        written.append(data)
        return write(descriptor, data)

    monkeypatch.setattr(os, "open", lambda *a, **_: opened.append(a))
    monkeypatch.setattr(os, "write", count)
    for number in range(10):
        known.sent("r", f"e{number}")
    assert (len(opened), len(written)) == (0, 10)


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
