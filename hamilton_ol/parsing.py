"""What is written in settings, as values; each raises ValueError with what it expected."""

import json
import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


def text(value: object) -> str:
    """A text that is not empty."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ValueError("a text that is not empty")


def path(value: object) -> Path:
    """A path, made absolute; `~` is the home folder."""
    if isinstance(value, str | os.PathLike) and str(value) and "\0" not in str(value):
        try:
            return Path(value).expanduser().absolute()
        except (OSError, RuntimeError) as error:  # no current folder, or no home of that user
            raise ValueError(f"a path ({error})") from error
    raise ValueError("a path")


def flag(value: object) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in TRUE | FALSE:
        return word in TRUE
    raise ValueError("1, true or yes; 0, false or no")


def count(value: object) -> int:
    """A whole number, 0 or more."""
    if not isinstance(value, bool):
        try:
            number = int(str(value).replace("_", ""))
        except ValueError:
            number = -1
        if number >= 0:
            return number
    raise ValueError("a whole number, 0 or more")


def _number(value: object) -> float:
    try:
        return float(str(value)) if not isinstance(value, bool) else math.nan
    except ValueError:
        return math.nan


def share(value: object) -> float:
    """A number from 0 to 1."""
    if 0 <= (number := _number(value)) <= 1:
        return number
    raise ValueError("a number from 0 to 1")


def seconds(value: object) -> float:
    """Seconds, 0 or more."""
    if 0 <= (number := _number(value)) < math.inf:
        return number
    raise ValueError("seconds, 0 or more")


def timeout(value: object) -> float:
    """Seconds, more than 0."""
    if number := seconds(value):
        return number
    raise ValueError("seconds, more than 0")


def texts(value: object) -> tuple[str, ...]:
    """Several texts; in one text they are separated by commas."""
    items = value.split(",") if isinstance(value, str) else value
    if isinstance(items, list | tuple | set | frozenset) and all(isinstance(i, str) for i in items):
        return tuple(item.strip() for item in items if item.strip())
    raise ValueError("a list of texts (in a variable: separated by commas)")


def mapping(value: object) -> Mapping[str, str]:
    """A table of texts; in one text it is a JSON object."""
    try:
        table = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        table = None
    if isinstance(table, Mapping) and all(
        isinstance(k, str) and isinstance(v, str) for k, v in table.items()
    ):
        return MappingProxyType(dict(table))
    raise ValueError("a table of texts (in a variable: a JSON object)")


def table(value: object) -> Mapping[str, object]:
    """A table of any values; in one text it is a JSON object."""
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, Mapping) and all(isinstance(key, str) for key in found):
        return MappingProxyType(dict(found))
    raise ValueError("a table (in a variable: a JSON object)")


def choice(*options: str) -> Callable[[object], str]:
    """Makes a parser that takes one of these words, in any case."""

    def parse(value: object) -> str:
        if isinstance(value, str) and value.strip().lower() in options:
            return value.strip().lower()
        raise ValueError("one of " + ", ".join(options))

    return parse
