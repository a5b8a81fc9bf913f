"""From what went wrong to a sentence and an exit code."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from hamilton_ol import errors
from hamilton_ol.cli.failures import EXIT_CODES, report
from hamilton_ol.store.reader import StoreReader
from tests.support.commands import InProcess
from tests.support.stores import plain_store


@pytest.fixture(autouse=True)
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that reports go to."""
    folder = tmp_path / "reports"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def kinds(of: type[errors.HamiltonOLError]) -> Iterator[type[errors.HamiltonOLError]]:
    """A class of errors and all below it."""
    yield of
    for kind in of.__subclasses__():
        yield from kinds(kind)


def make(kind: type[errors.HamiltonOLError]) -> errors.HamiltonOLError:
    """An error of a class."""
    more: dict[str, object] = {}
    if issubclass(kind, errors.RefusedError):
        more["status"] = 500
    if issubclass(kind, AMBIGUOUS):
        more["candidates"] = ["one", "two\x1b[2J"]
    return kind("what happened", hint="what to do", **more)


AMBIGUOUS = (errors.AmbiguousRunError, errors.AmbiguousNodeError)
CODES = {
    "SettingError": 2,
    "MissingExtraError": 2,
    "AmbiguousRunError": 2,
    "QueryError": 2,
    "AmbiguousNodeError": 2,
    "RunNotFoundError": 3,
    "UnknownNodeError": 3,
    "UnknownRevisionError": 3,
    "DataflowError": 4,
    "GraphError": 4,
    "LayoutError": 70,
    "LayoutCancelledError": 130,
    "DeliveryError": 5,
    "UnreachableError": 5,
    "NotAskedError": 5,
    "RefusedError": 5,
    "NewerRunError": 5,
    "StoreError": 6,
    "StoreMissingError": 6,
    "StoreUnreadableError": 6,
    "StoreTooNewError": 6,
}


KINDS = [*dict.fromkeys(kinds(errors.HamiltonOLError))][1:]


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.__name__)
def test_every_error_has_its_sentence_hint_and_code(
    kind: type[errors.HamiltonOLError], capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(make(kind), []) == CODES[kind.__name__]
    out, err = capsys.readouterr()
    candidates = "  one\n  two [2J\n" if issubclass(kind, AMBIGUOUS) else ""
    assert (out, err) == ("", f"Error: what happened\n{candidates}Hint: what to do\n")


def test_the_table_of_codes_names_only_what_there_is() -> None:
    assert {kind.__name__ for kind, _ in EXIT_CODES} <= set(CODES)


def test_control_characters_in_an_error_do_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report(errors.DataflowError("a\x1b[2J\nb\x9b", hint="c\x07"), [])
    assert capsys.readouterr().err == "Error: a [2J\nb \nHint: c \n"


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), 130, "\nStopped.\n"),
        (click.Abort(), 130, "\nStopped.\n"),
        (click.exceptions.Exit(3), 3, ""),
        (click.UsageError("so not"), 2, "Error: so not\n"),
        (SystemExit(4), 4, ""),
        (SystemExit(None), 0, ""),
    ],
    ids=repr,
)
def test_what_ends_a_command_otherwise(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(error, []) == code
    assert capsys.readouterr().err == told


# --- what should not have happened ---------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader with a bug."""

    def runs(_self: StoreReader) -> None:
        raise ZeroDivisionError("of postgres://ada:hunter2@db/x and token=abcdef123456")

    monkeypatch.setattr(StoreReader, "runs", runs)


@pytest.mark.usefixtures("broken")
def test_an_internal_error_is_a_sentence_and_a_report(
    cli: InProcess, store: Path, reports: Path
) -> None:
    done = cli("runs", "--store", plain_store(store), "--job", "postgres://ada:hunter2@db")
    (path,) = reports.iterdir()
    assert (done.code, done.out) == (70, "")
    assert done.err == (
        "Error: this should not have happened (ZeroDivisionError).\n"
        f"Hint: a report is in {path}; secrets in it are masked.\n"
    )
    text = path.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "arguments: runs --store" in text
    assert "ZeroDivisionError: of postgres://db/x" in text


@pytest.mark.usefixtures("broken")
def test_a_report_holds_no_secrets(
    cli: InProcess, store: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_API_KEY", "value-of-a-variable")
    cli("runs", "--store", plain_store(store), "--job", "value-of-a-variable")
    text = next(reports.iterdir()).read_text(encoding="utf-8")
    for secret in ("hunter2", "abcdef123456", "value-of-a-variable"):
        assert secret not in text


@pytest.mark.usefixtures("broken")
def test_a_report_is_for_its_owner_only_and_never_written_over(
    cli: InProcess, store: Path, reports: Path
) -> None:
    for _ in range(3):
        cli("runs", "--store", plain_store(store))
    found = list(reports.iterdir())
    assert len(found) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}


@pytest.mark.usefixtures("broken")
def test_a_report_that_cannot_be_written_is_printed(
    cli: InProcess, store: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(tempfile, "mkstemp", full)
    done = cli("runs", "--store", plain_store(store))
    assert done.code == 70
    assert "Traceback" in done.err
    assert "hunter2" not in done.err


@pytest.mark.usefixtures("broken")
def test_an_internal_error_leaves_stdout_to_json(cli: InProcess, store: Path) -> None:
    assert cli("runs", "--store", plain_store(store), "--json").out == ""
