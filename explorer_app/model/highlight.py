"""Colours of Python source text; it need not be whole, or right."""

import keyword
import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<string>(?:[rbfuRBFU]{0,2})(?:\"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\Z)|'''(?:[^\\]|\\.)*?(?:'''|\Z)
        |"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?))
    |(?P<decorator>@[\w.]+)
    |(?P<word>[^\W\d]\w*)
    |(?P<plain>[^\w"'@\#]+|.)""",
    re.VERBOSE | re.DOTALL,
)

_CLASS = re.compile(r"_*[A-Z][^\W_]+")  # as classes are called


class Span(NamedTuple):
    """A piece of a line; `kind` is a colour of code, `plain` for none."""

    text: str
    kind: str


def lines_of(source: str) -> list[list[Span]]:
    """The pieces of each line."""
    lines: list[list[Span]] = [[]]
    for text, kind in _spans(source):
        first, *rest = text.split("\n")
        if first:
            lines[-1].append(Span(first, kind))
        lines += [[Span(part, kind)] if part else [] for part in rest]
    return lines


def _spans(source: str) -> Iterator[tuple[str, str]]:
    before = ""
    for match in _TOKEN.finditer(source):
        text, kind = match[0], match.lastgroup or "plain"
        if kind == "word":
            kind = _word(text, before)
        if text.strip():
            before = text
        yield text, kind


def _word(text: str, before: str) -> str:
    if keyword.iskeyword(text):
        return "keyword"
    if before in {"def", "class"}:
        return "name"
    is_type = _CLASS.fullmatch(text) is not None and not text.isupper()
    return "type" if is_type or before == "->" else "plain"
