"""How commands write texts of tables."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hamilton_ol.cli import output

if TYPE_CHECKING:
    from hamilton_ol.graph.export.sections import Paper

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("md", "html", "csv")
_SUFFIXES = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".csv": "csv"}


def paper_options(function: F) -> F:
    """`--format` and `--output`."""
    form = click.option("--format", "form", type=click.Choice(FORMATS), help="By default md.")
    file = click.option(
        "--output", "-o", "file", type=click.Path(path_type=Path), help="By default stdout."
    )
    return form(file(function))


def chosen(form: str | None, file: Path | None) -> str:
    """The format that was asked for, or that the file's name says.

    Raises:
        click.UsageError: its name says none.
    """
    if form is not None or file is None:
        return form or "md"
    if file.suffix.lower() not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise click.UsageError(f"{file.name!r} says no format: give --format, or end it in {known}")
    return _SUFFIXES[file.suffix.lower()]


def write_paper(paper: "Paper", form: str, file: Path | None, *, as_json: bool) -> None:
    """Write a text to a file or stdout; `--json` always goes to stdout."""
    from hamilton_ol.graph.export import sections  # noqa: PLC0415 - `--help` needs none of it

    if as_json:
        output.print_json(sections.document(paper))
        return
    writers = {"md": sections.markdown, "html": sections.html, "csv": sections.csv_text}
    text = writers[form](paper)
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from error
    output.note(f"Wrote {file}")
