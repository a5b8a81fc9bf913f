"""A query as the terms that all have to hold, and as pieces that have a colour each."""

import re
from typing import NamedTuple

from hamilton_ol.errors import QueryError
from hamilton_ol.graph.select.parser import parse
from hamilton_ol.graph.select.syntax import And, Or, Query

_PIECE = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"?)|(?P<op>\.\.|[+@()|&,!]|\b(?:and|or|not)\b)
    |(?P<field>[A-Za-z_]+:)|(?P<name>(?:(?!\.\.)[^\s+@()|&,!":])+|\s+|.)""",
    re.VERBOSE | re.DOTALL,
)


class Piece(NamedTuple):
    """A part of a query's text; `kind` is op, field, text or name."""

    text: str
    kind: str


def pieces(query: str) -> list[Piece]:
    """The text in pieces; together they are the text."""
    return [Piece(m[0], m.lastgroup or "name") for m in _PIECE.finditer(query)]


def terms(query: str) -> list[str]:
    """The parts that all have to hold; a query that cannot be read is one."""
    if not query.strip():
        return []
    try:
        said = parse(query)
    except QueryError:
        return [query]
    return [_term(query, part) for part in said.parts] if isinstance(said, And) else [query.strip()]


def _term(query: str, part: Query) -> str:
    """A part as it is written: a name in quotes would be just that name."""
    text = query[part.span.start : part.span.end]
    return f"({text})" if isinstance(part, Or) else text


def narrowed(query: str, by: str) -> str:
    """What a query means of what another one means."""
    return f"{_operand(query)} and {_operand(by)}"


def _operand(query: str) -> str:
    try:
        return f"({query})" if isinstance(parse(query), Or) else query
    except QueryError:
        return query


def without(query: str, term: str) -> str:
    """The query without one of its terms."""
    rest = terms(query)
    if term in rest:
        rest.remove(term)
    return " and ".join(rest)
