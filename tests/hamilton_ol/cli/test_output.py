"""What commands print, to whom."""

import io
import json
import sys
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamilton_ol.cli import output
from tests.support.commands import on_terminal
from tests.support.stores import MS, T0, plain_store

SECOND = 1000 * MS


@given(st.text(st.characters()))
def test_a_line_is_one_line_and_can_be_printed(text: str) -> None:
    line = output.one_line(text)
    assert line.isprintable()
    assert len(line) == len(text)


@given(st.recursive(st.text(st.characters()), st.lists, max_leaves=5))
def test_an_escaped_document_is_the_same_document(document: object) -> None:
    text = output.escaped(json.dumps(document, ensure_ascii=False, indent=1))
    assert json.loads(text) == document
    assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii", "cp1252"])
def test_json_is_json_in_every_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    document = {"name": "é ÿ 中 \x9b \udce9 🙂"}
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    output.prepare_streams()
    output.print_json(document)
    stream.flush()
    assert json.loads(stream.buffer.getvalue().decode(encoding)) == document


def test_a_table_is_printed_in_every_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", stream)
    output.prepare_streams()
    output.print_table(("took",), [("5 µs",), ("中",)])
    stream.flush()
    assert stream.buffer.getvalue() == b"took\n5 \xb5s\n\\u4e2d\n"


def test_columns_are_aligned_and_nothing_trails(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_table(("a", "bb"), [("1", ""), ("222", "3")])
    assert capsys.readouterr().out == "a    bb\n1\n222  3\n"


def test_on_a_narrow_terminal_each_row_is_told_line_by_line(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_store(store)
    _, wide = on_terminal(monkeypatch, "runs", "--store", store, columns=80)
    assert "──" in wide
    code, narrow = on_terminal(monkeypatch, "runs", "--store", store, columns=40)
    lines = [" ".join(click.unstyle(line).split()) for line in narrow.splitlines()]
    assert code == 0
    assert {"job titanic", "status SUCCEEDED"} <= set(lines)


def test_facts_without_a_value_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_facts([("run", "1"), ("parent", ""), ("status", "x\ny")])
    assert capsys.readouterr().out == "run     1\nstatus  x y\n"


def test_no_facts_are_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_facts([])
    assert capsys.readouterr().out == ""


def test_notes_are_on_stderr_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    output.note("one\ntwo\x1b[2J")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "one\ntwo [2J\n")


@pytest.mark.parametrize(
    ("nanoseconds", "text"),
    [
        (0, "0 µs"),
        (1_400, "1 µs"),
        (999_400, "999 µs"),
        (999_600, "1.0 ms"),
        (MS, "1.0 ms"),
        (999 * MS, "999.0 ms"),
        (SECOND - 10, "1.0 s"),
        (SECOND, "1.0 s"),
        (89 * SECOND, "89.0 s"),
        (90 * SECOND, "1.5 min"),
        (-5, "0 µs"),
    ],
)
def test_durations_have_a_fitting_unit(nanoseconds: int, text: str) -> None:
    assert output.duration(T0, T0 + nanoseconds) == text


@pytest.mark.parametrize("end", [None, 0])
def test_what_has_not_ended_has_no_duration(end: int | None) -> None:
    assert output.duration(T0, end) == ""


@given(st.integers(1, 4 * 10**18))
def test_times_are_exact_to_the_microsecond(time: int) -> None:
    text = output.utc_time(time)
    assert text is not None
    assert text.endswith(f".{time % SECOND // 1000:06d}+00:00")


def test_no_time_is_none() -> None:
    assert output.utc_time(0) is None


@pytest.mark.parametrize("stream", [None, io.StringIO()])
def test_a_closed_or_other_stream_is_no_terminal(stream: io.StringIO | None) -> None:
    assert not output.is_terminal(stream)
