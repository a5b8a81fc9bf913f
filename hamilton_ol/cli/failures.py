"""From what went wrong to what a person reads, and the exit code."""

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

import hamilton_ol
from hamilton_ol import errors
from hamilton_ol.config import environment
from hamilton_ol.masking import Masker

INTERNAL = 70
INTERRUPTED = 130
EXIT_CODES: Sequence[tuple[type[errors.HamiltonOLError], int]] = (
    (errors.SettingError, 2),
    (errors.MissingExtraError, 2),
    (errors.AmbiguousRunError, 2),
    (errors.RunNotFoundError, 3),
    (errors.DataflowError, 4),
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
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):  # whoever reads us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else INTERNAL
    return _internal(error, arguments)


def _known(error: errors.HamiltonOLError) -> int:
    click.echo(f"Error: {error}", err=True)
    if isinstance(error, errors.AmbiguousRunError):
        for candidate in error.candidates:
            click.echo(f"  {candidate}", err=True)
    if error.hint:
        click.echo(f"Hint: {error.hint}", err=True)
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), 1)


def _internal(error: BaseException, arguments: Sequence[str]) -> int:
    masker = Masker(environ=environment())
    text = "".join(
        [
            f"hamilton-ol {hamilton_ol.__version__}, Python {sys.version}\n",
            f"arguments: {masker.text(' '.join(arguments))}\n\n",
            masker.code("".join(traceback.format_exception(error))),
        ]
    )
    try:
        path = Path(tempfile.gettempdir()) / f"hamilton-ol-{time.strftime('%Y%m%d-%H%M%S')}.txt"
        path.write_text(text, encoding="utf-8")
    except OSError:
        click.echo(text, err=True)
        return INTERNAL
    click.echo(f"Error: this should not have happened ({type(error).__name__}).", err=True)
    click.echo(f"Hint: a report is in {path}; secrets in it are masked.", err=True)
    return INTERNAL
