"""Texts and numbers in an expression that is kept under a secret name."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hamilton_ol.masking.quotes import QUOTED, TEXT, inside, refilled
from hamilton_ol.masking.shapes import HARMLESS, MASK

FARTHEST = 4000  # characters that an expression is followed for
BRACKETS = "([{"

_PIECE = re.compile(
    rf"(?P<text>{TEXT})|(?P<comment>\#[^\n]*+)|(?P<open>[(\[{{])|(?P<close>[)\]}}])"
    r"|(?P<end>[,;\n])|(?P<number>(?<![\w.])\d[\d_]{3,}+(?!\w))",
    re.DOTALL,
)
_COLON = re.compile(r"\s*+:(?!:)")
# What stands before the name under which something is looked up, not before the thing itself.
_LOOKUP = re.compile(
    r"(?:\b(?:get|getenv|pop|setdefault|read|getpass|add_header|setenv|putenv)\(|[\w\])]\[)\s*\Z"
)
_NAME = re.compile(r"[\w.:/@-]+")
_BEFORE = 40


class Span(NamedTuple):
    """A part of a text and what to put in its place."""

    start: int
    end: int
    text: str


class Value(NamedTuple):
    """What is secret in a value, and where the value ends."""

    spans: list[Span]
    end: int


def quoted_at(text: str, at: int) -> Value | None:
    """The quoted text that begins here."""
    found = QUOTED.match(text, at)
    return Value(list(_spans(found)), found.end()) if found else None


def expression_at(text: str, at: int, *, is_bracket: bool = False) -> Value:
    """The texts and numbers of the expression that begins here.

    Args:
        text: of which it is a part.
        at: where it begins.
        is_bracket: whether it ends with its first bracket.
    """
    spans: list[Span] = []
    depth, farthest = 0, at + FARTHEST
    for piece in _PIECE.finditer(text, at, farthest):
        kind = piece.lastgroup
        depth += (kind == "open") - (kind == "close")
        is_end = kind == "end" and depth == 0 and text[piece.start() - 1] != "\\"
        if depth < 0 or is_end:
            return Value(spans, piece.start())
        if kind in ("text", "number") and not _is_name(text, piece, depth):
            spans += _spans(QUOTED.match(text, piece.start()) or piece)  # beyond the farthest, too
        if is_bracket and depth == 0:
            return Value(spans, piece.end())
    return Value(spans, max(min(farthest, len(text)), spans[-1].end if spans else 0))


def _spans(piece: re.Match[str]) -> Iterator[Span]:
    written = piece.group()
    if written[0].isdigit():
        yield Span(piece.start(), piece.end(), MASK)
    elif inside(written).lower() not in HARMLESS:
        yield Span(piece.start(), piece.end(), refilled(written, MASK))


def _is_name(text: str, piece: re.Match[str], depth: int) -> bool:
    """Whether a text is the key of a dict, or what something secret is looked up by."""
    if depth and _COLON.match(text, piece.end()):
        return True
    before = text[max(0, piece.start() - _BEFORE) : piece.start()]
    return bool(_LOOKUP.search(before) and _NAME.fullmatch(inside(piece.group())))
