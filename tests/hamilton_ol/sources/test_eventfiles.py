"""Files of events, whoever wrote them and whatever is wrong in them."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hamilton_ol.errors import DataflowError
from hamilton_ol.sources import eventfiles
from hamilton_ol.sources.eventfiles import read_events
from hamilton_ol.sources.problems import MOST, Problems
from tests.support.foreign import event, ndjson

TOLD = [event("a"), event("b", 1)]
UNREAD = frozenset({"producer", "schemaURL"})
EVENTS = [{key: part for key, part in one.items() if key not in UNREAD} for one in TOLD]
FORMS: dict[str, Callable[[], bytes]] = {
    "an event a line": lambda: ndjson(*EVENTS),
    "without the last line break": lambda: ndjson(*EVENTS).rstrip(),
    "with empty lines and a CRLF": lambda: ndjson(*EVENTS).replace(b"\n", b"\r\n\r\n"),
    "an array on a line": lambda: json.dumps(EVENTS).encode(),
    "an array over many lines": lambda: json.dumps(EVENTS, indent=1).encode(),
    "an answer of Marquez": lambda: json.dumps({"events": EVENTS, "totalCount": 2}).encode(),
    "compressed": lambda: gzip.compress(ndjson(*EVENTS)),
    "compressed, over many lines": lambda: gzip.compress(json.dumps(EVENTS, indent=1).encode()),
}


def read(path: Path | str) -> tuple[list[dict[str, Any]], list[str]]:
    """(events, problems) of a file."""
    problems = Problems()
    return list(read_events([path], problems)), list(problems)


def test_of_an_event_only_that_is_kept_which_somebody_reads(tmp_path: Path) -> None:
    path = tmp_path / "events"
    path.write_bytes(ndjson(*TOLD))
    assert read(path) == (EVENTS, [])


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_file_is_read(tmp_path: Path, form: str) -> None:
    path = tmp_path / "events"
    path.write_bytes(FORMS[form]())
    assert read(path) == (EVENTS, [])


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_from_standard_input(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(FORMS[form]())))
    assert read("-") == (EVENTS, [])


def test_of_standard_input_without_end_the_beginning_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [ndjson(one) for one in EVENTS]
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"".join(lines * 1000))))
    monkeypatch.setattr("hamilton_ol.sources.eventfiles.LARGEST_STDIN", len(lines[0]))
    told = "standard input: more than 0 MB, the rest is left out"
    assert read("-") == (EVENTS[:1], [told])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(lines[0])))
    assert read("-") == (EVENTS[:1], [])


def test_one_event_over_many_lines(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(EVENTS[0], indent=2))
    assert read(path) == (EVENTS[:1], [])


def test_a_folder_is_all_files_of_events_below_it_and_no_link(tmp_path: Path) -> None:
    folder = tmp_path / "events"
    (folder / "deeper").mkdir(parents=True)
    (folder / "deeper" / "one.ndjson.gz").write_bytes(gzip.compress(ndjson(EVENTS[0])))
    (folder / "two.json").write_bytes(ndjson(EVENTS[1]))
    (folder / "notes.txt").write_text("no events")
    (tmp_path / "outside.json").write_bytes(ndjson(event("outside")))
    (folder / "link.json").symlink_to(tmp_path / "outside.json")
    assert read(folder) == (EVENTS, [])


def test_what_is_broken_is_named_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "e.ndjson"
    deep = b"[" * 100_000 + b"\n"
    lines = [
        ndjson(EVENTS[0]),
        b"{torn\n",
        b"7\n",
        deep,
        b"[3]\n",
        b"\xff\xfe\n",
        ndjson(EVENTS[1]),
    ]
    path.write_bytes(b"".join(lines))
    events, problems = read(path)
    assert events == EVENTS
    assert [problem.partition(": ")[0] for problem in problems] == [
        f"{path}, line 2",
        f"{path}, line 3",
        f"{path}, line 4",
        f"{path}, line 5, item 1",
        f"{path}, line 6",
    ]
    assert "nested too deeply" in problems[2]


def test_a_broken_first_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "e.ndjson"
    path.write_bytes(b'{"torn\n' + ndjson(*EVENTS))
    events, problems = read(path)
    assert events == EVENTS
    assert [problem.partition(": ")[0] for problem in problems] == [f"{path}, line 1"]


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_line_that_is_too_long_is_skipped_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(eventfiles, "LONGEST_LINE", 1000)
    path, long = tmp_path / "e.ndjson", ndjson(event("x" * 5000))
    path.write_bytes(long + ndjson(*EVENTS) if place == "first" else ndjson(*EVENTS) + long)
    events, problems = read(path)
    assert events == EVENTS
    number = 1 if place == "first" else 3
    assert problems == [f"{path}, line {number}: longer than 0 MB, left out"]


def test_what_is_compressed_and_torn_is_read_up_to_there(tmp_path: Path) -> None:
    path = tmp_path / "e.gz"
    whole = gzip.compress(b"".join(ndjson(event(f"job{n}", n % 10)) for n in range(2000)))
    path.write_bytes(whole[: len(whole) // 2])
    events, problems = read(path)
    assert 0 < len(events) < 2000
    assert "cannot be read after line" in problems[0]


def test_numbers_that_are_none_and_repeated_keys_are_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "e.ndjson"
    path.write_bytes(b'{"job":{"namespace":"n","name":"a","name":"b"},"x":NaN,"y":-Infinity}\n')
    events, problems = read(path)
    assert events == [{"job": {"namespace": "n", "name": "b"}, "x": None, "y": None}]
    assert problems == []


def test_problems_are_said_a_hundred_times_and_then_counted(tmp_path: Path) -> None:
    path = tmp_path / "e.ndjson"
    path.write_bytes(ndjson(EVENTS[0]) + b"no\n" * (MOST + 7))
    events, problems = read(path)
    assert events == EVENTS[:1]
    assert len(problems) == MOST + 1
    assert problems[-1] == "7 more such problems"


@pytest.mark.parametrize("name", ["nothing.json", "."])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / "folder" / name / "x.json"
    with pytest.raises(DataflowError, match="cannot be read"):
        read(path)


def test_progress_is_told_in_bytes_and_ends_the_reading_when_it_raises(tmp_path: Path) -> None:
    path = tmp_path / "e.ndjson"
    path.write_bytes(ndjson(*[event(f"job{n}") for n in range(1000)]))
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 2:
            raise KeyboardInterrupt

    events = read_events([path], Problems(), progress)
    with pytest.raises(KeyboardInterrupt):
        list(events)
    assert {total for _, total in told} == {path.stat().st_size}
    assert 0 < told[0][0] <= told[1][0] <= path.stat().st_size


def test_in_the_end_all_of_all_files_is_read(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.json").write_bytes(ndjson(event(name)))
    told: list[tuple[int, int]] = []
    assert len([*read_events([tmp_path], Problems(), lambda *given: told.append(given))]) == 2
    size = (tmp_path / "a.json").stat().st_size
    assert told == [(size, 2 * size), (2 * size, 2 * size)]
