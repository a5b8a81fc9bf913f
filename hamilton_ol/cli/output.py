"""What a command prints: tables for a person, plain text for a pipe, one document for `--json`."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import click

SECOND = 1_000_000_000


def print_json(document: Any) -> None:
    """One document on stdout."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def note(text: str) -> None:
    """Something that belongs to no result: on stderr."""
    click.echo(text, err=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """A table: drawn on a terminal, aligned plain text in a pipe."""
    cells = [[_one_line(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _draw(columns, cells, title)
        return
    if title:
        click.echo(title)
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    for row in (columns, *cells):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())


def print_facts(facts: Iterable[tuple[str, str]]) -> None:
    """Names and values, one a line; what is empty is left out."""
    shown = [(name, _one_line(value)) for name, value in facts if value]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        click.echo(f"{click.style(name.ljust(width), bold=True)}  {value}")


def _draw(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - only for a terminal
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=title or None, title_justify="left", header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell, style=_STYLES.get(cell, "")) for cell in row))
    Console().print(table)


_STYLES = {
    "SUCCEEDED": "green",
    "FAILED": "bold red",
    "SENTINEL": "red",
    "ABORTED": "yellow",
    "DIED": "bold red",
    "RUNNING": "cyan",
}


def _one_line(text: str) -> str:
    """Text from a record is data: no line breaks and no control characters of a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def local_time(time: int) -> str:
    """Nanoseconds since the epoch as a person reads them, in the local zone."""
    return datetime.fromtimestamp(time / SECOND).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def utc_time(time: int) -> str | None:
    """Nanoseconds since the epoch as ISO 8601; None for 0."""
    if not time:
        return None
    return datetime.fromtimestamp(time / SECOND, UTC).isoformat()


def duration(start: int, end: int | None) -> str:
    """How long something took, with a fitting unit."""
    if not end:
        return ""
    seconds = max(end - start, 0) / SECOND
    if seconds < 0.001:  # noqa: PLR2004 - a millisecond
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 1:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds:.1f} s" if seconds < 90 else f"{seconds / 60:.1f} min"  # noqa: PLR2004


def progress(label: str) -> Callable[[int, int], None]:
    """A bar on stderr that appears when something takes longer than a second."""
    from hamilton_ol.cli.progress import Progress  # noqa: PLC0415 - most commands need none

    return Progress(label).show
