"""What a command prints: tables for a person, plain text for a pipe, one document for `--json`.

What was recorded is data: its control characters never reach a terminal.
"""

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TextIO

import click

SECOND = 1_000_000_000
SHORT = 8  # characters of the beginning of a run's id
MOST_DRAWN = 500  # rows; drawing more of them takes seconds
UNBROKEN = 10  # signs of a word that a column shows in one piece
_STYLES = {
    "SUCCEEDED": "green",
    "FAILED": "bold red",
    "SENTINEL": "red",
    "ABORTED": "yellow",
    "DIED": "bold red",
    "RUNNING": "cyan",
}


def prepare_streams() -> None:
    """Let no character of a recorded name stop a command on a terminal that cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person watches; there is no stream where the caller closed it."""
    return stream is not None and stream.isatty()


def one_line(text: str) -> str:
    """Text from a record: no line breaks, and no control characters of a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def say(text: str) -> None:
    """A line of the result."""
    click.echo(one_line(text))


def note(text: str) -> None:
    """Something that belongs to no result: on stderr."""
    for line in text.splitlines():
        click.echo(one_line(line), err=True)


def print_json(document: Any) -> None:
    """One document on stdout."""
    is_ascii = getattr(sys.stdout, "encoding", None) not in ("utf-8", "UTF-8", "utf8")
    text = json.dumps(_finite(document), indent=2, ensure_ascii=is_ascii, allow_nan=False)
    click.echo(escaped(text))


def _finite(value: Any) -> Any:
    """The same without numbers that JSON does not know: they become their names."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


class _Escapes(dict[int, str]):
    """{character: how JSON escapes it, if it cannot be printed}, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_harmless = character.isprintable() or character == "\n"
        self[code] = character if is_harmless else json.dumps(character)[1:-1]
        return self[code]


_ESCAPES = _Escapes()


def escaped(text: str) -> str:
    """JSON in which what cannot be printed is escaped."""
    return text.translate(_ESCAPES)


# --- tables --------------------------------------------------------------------------------------


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table: drawn on a terminal, aligned plain text in a pipe."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    if is_terminal(sys.stdout) and len(cells) <= MOST_DRAWN:
        _draw(columns, cells)
    else:
        for line in _aligned([columns, *cells]):
            click.echo(line)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _draw(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - only for a terminal
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    if _least([columns, *rows]) > console.width:
        for row in rows:
            print_facts(zip(columns, row, strict=True))
            click.echo()
        return
    table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0), show_edge=False)
    is_short = all(len(row[0]) <= SHORT for row in rows)
    for column in columns:
        table.add_column(column, overflow="fold")
    table.columns[0].no_wrap = is_short  # an id is copied in one piece
    for row in rows:
        table.add_row(*(Text(cell, style=_STYLES.get(cell, "")) for cell in row))
    console.print(table)


def _least(rows: Sequence[Sequence[str]]) -> int:
    """Signs that a line needs so that no short word is broken."""
    words = (" ".join(column).split() for column in zip(*rows, strict=True))
    return sum(min(max(map(len, column), default=0), UNBROKEN) + 1 for column in words)


def print_facts(facts: Iterable[tuple[str, str]]) -> None:
    """Names and values, one a line; what is empty is left out."""
    shown = [(name, one_line(value)) for name, value in facts if value]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        click.echo(f"{click.style(name.ljust(width), bold=True)}  {value}")


# --- times ---------------------------------------------------------------------------------------


def local_time(time: int) -> str:
    """Nanoseconds since the epoch as a person reads them, in the local zone."""
    return datetime.fromtimestamp(time // SECOND).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def utc_time(time: int) -> str | None:
    """Nanoseconds since the epoch as ISO 8601, to the microsecond; None for 0."""
    if not time:
        return None
    seconds, rest = divmod(time, SECOND)
    moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest // 1000)
    return moment.isoformat(timespec="microseconds")


def duration(start: int, end: int | None) -> str:
    """How long something took, with a fitting unit."""
    if not end:
        return ""
    seconds = max(end - start, 0) / SECOND
    if seconds < 0.000_999_5:  # noqa: PLR2004 - less than a millisecond, rounded
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 0.999_95:  # noqa: PLR2004 - less than a second, rounded
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds:.1f} s" if seconds < 90 else f"{seconds / 60:.1f} min"  # noqa: PLR2004
