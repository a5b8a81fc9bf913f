"""From what went wrong to what a person reads, and the exit code."""

import contextlib
import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

import hamilton_ol
from hamilton_ol import errors
from hamilton_ol.cli.output import note
from hamilton_ol.config import environment
from hamilton_ol.masking import Masker

INTERNAL = 70
INTERRUPTED = 130
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
LONGEST_QUERY = 1000  # characters of a query that is shown with its mistake
LONGEST = 100_000  # characters of a report; the end of a traceback says most
EXIT_CODES: Sequence[tuple[type[errors.HamiltonOLError], int]] = (
    (errors.SettingError, 2),
    (errors.MissingExtraError, 2),
    (errors.AmbiguousRunError, 2),
    (errors.RunNotFoundError, 3),
    (errors.UnknownNodeError, 3),
    (errors.UnknownRevisionError, 3),
    (errors.QueryError, 2),
    (errors.DataflowError, 4),
    (errors.GraphError, 4),
    (errors.LayoutError, INTERNAL),
    (errors.LayoutCancelledError, INTERRUPTED),
    (errors.DeliveryError, 5),
    (errors.StoreError, 6),
)


def report(error: BaseException, arguments: Sequence[str]) -> int:
    """Say what went wrong on stderr; the exit code that stands for it."""
    if isinstance(error, errors.HamiltonOLError):
        return _known(error)
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        note("\nStopped.")  # below the ^C that the terminal shows
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):  # whoever reads us has seen enough
        _discard_output()
        return 0
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        _discard_output()
        note(f"Error: the output could not be written: {error.strerror}")
        return INTERNAL
    if isinstance(error, SystemExit) and isinstance(error.code, int | None):
        return error.code or 0
    return _internal(error, arguments)


def _discard_output() -> None:
    """Let the interpreter, when it ends, write what is left to where it disturbs nobody."""
    with Path(os.devnull).open("wb") as nowhere, contextlib.suppress(OSError, ValueError):
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _known(error: errors.HamiltonOLError) -> int:
    note(f"Error: {Masker().text(str(error), LONGEST)}")  # it may quote an address
    if isinstance(error, errors.QueryError) and 0 < len(error.query) <= LONGEST_QUERY:
        note(f"  {error.query}")
        note(f"  {' ' * error.start}{'^' * max(error.end - error.start, 1)}")
    if isinstance(error, errors.AmbiguousRunError | errors.AmbiguousNodeError):
        for candidate in error.candidates:
            note(f"  {candidate}")
    if error.hint:
        note(f"Hint: {error.hint}")
    return exit_code(error)


def exit_code(error: errors.HamiltonOLError) -> int:
    """The exit code that stands for an error."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), 1)


def _internal(error: BaseException, arguments: Sequence[str]) -> int:
    masker = Masker(environ=environment())
    text = "".join(
        [
            f"hamilton-ol {hamilton_ol.__version__}, Python {sys.version}\n",
            f"arguments: {masker.text(' '.join(arguments))}\n\n",
            masker.text("".join(traceback.format_exception(error))[-LONGEST:], LONGEST),
        ]
    )
    note(f"Error: this should not have happened ({type(error).__name__}).")
    try:
        note(f"Hint: a report is in {_keep(text)}; secrets in it are masked.")
    except OSError:
        note(text)
    return INTERNAL


def _keep(text: str) -> str:
    """Write the report to a file of its own, which only its owner may read; the path."""
    descriptor, path = tempfile.mkstemp(prefix="hamilton-ol-", suffix=".txt")
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return path
