"""A query's text as tokens, each with its place."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, NoReturn, TypeAlias

from hamilton_ol.errors import QueryError
from hamilton_ol.graph.select.syntax import Words
from hamilton_ol.graph.select.vocabulary import CHANGED

Kind: TypeAlias = Literal[
    "word",
    "text",
    "regex",
    "field",
    "saved",
    "up",
    "down",
    "(",
    ")",
    ",",
    "or",
    "and",
    "not",
    "-",
    "..",
    "@",
    "end",
]
KEYWORDS: dict[str, Kind] = {"and": "and", "or": "or", "not": "not"}
SIGNS: dict[str, Kind] = {
    "(": "(",
    ")": ")",
    ",": ",",
    "|": "or",
    "&": "and",
    "!": "not",
    "-": "-",
    "@": "@",
}
OPERANDS = frozenset({"word", "text", "regex", "field", "saved", ")", "down"})
LONGEST = 100_000  # characters; nobody types that many

_BLANK = re.compile(r"\s*")
_UP = re.compile(r"([0-9]*)\+")
_DOWN = re.compile(r"\+([0-9]*)")
_SAVED = re.compile(r"\$([\w-]*)")
_FIELD = re.compile(r"([A-Za-z_]+):")
# A word ends before a blank, a sign and two dots; a minus within one is a part of it.
WORD = re.compile(r'(?:(?!\.\.)[^\s()|&,!"+@$])+')
# Two dots stand between revisions too: a field of them is one token.
REVISIONS = re.compile(r'[^\s()|&,!"+@$]+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_REGEX = re.compile(r"/((?:[^/\\]|\\.)*)/", re.DOTALL)
_COMPARED = re.compile(r">=|<=|>|<|=")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Token(NamedTuple):
    """A token.

    Attributes:
        kind: what it is.
        text: of a word, a quoted text, a regular expression, or a saved query's name.
        start, end: its place.
        is_apart: whether a blank stands before it.
        steps: of `up` and `down`: how many; -1 for all.
        operator, key, value: of a field.
    """

    kind: Kind
    text: str
    start: int
    end: int
    is_apart: bool
    steps: int = -1
    operator: str = ""
    key: Words | None = None
    value: Words | None = None


def tokens(query: str) -> list[Token]:
    """The tokens of a query; the last one is its end.

    Raises:
        QueryError: a part of it is no token.
    """
    if len(query) > LONGEST:
        raise QueryError(
            f"A query has at most {LONGEST:,} characters, not {len(query):,}",
            query=query,
            start=LONGEST,
            end=LONGEST,
        )
    return list(_Scanner(query).scan())


class _Scanner:
    def __init__(self, query: str) -> None:
        self._query, self._at = query, 0
        self._before: Token | None = None
        self._is_apart = True

    def scan(self) -> Iterator[Token]:
        while True:
            begin = self._at
            self._at = self._end(_BLANK)
            self._is_apart = self._at > begin or self._before is None
            token = self._next()
            self._before, self._at = token, token.end
            yield token
            if token.kind == "end":
                return

    def _end(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._query, self._at)
        return found.end() if found else self._at

    def _next(self) -> Token:
        query, at = self._query, self._at
        if at == len(query):
            return self._token("end", "", at)
        if query.startswith("..", at):
            return self._token("..", "..", at + 2)
        if (plus := self._plus()) is not None:
            return plus
        if query[at] in SIGNS:
            return self._token(SIGNS[query[at]], query[at], at + 1)
        if query[at] in '"/':
            return self._enclosed(query[at])
        if found := _SAVED.match(query, at):
            return self._token("saved", found[1], found.end())
        return self._field() or self._word()

    def _token(self, kind: Kind, text: str, end: int, steps: str = "") -> Token:
        """A token; more digits than the nodes of any graph have are as good as nine."""
        number = int(steps[:9]) if steps else -1
        return Token(kind, text, self._at, end, self._is_apart, number)

    def _plus(self) -> Token | None:
        """`+` behind an operand goes down, before one it goes up."""
        follows = self._before is not None and self._before.kind in OPERANDS
        if follows and not self._is_apart and (found := _DOWN.match(self._query, self._at)):
            return self._token("down", found[0], found.end(), found[1])
        if found := _UP.match(self._query, self._at):
            return self._token("up", found[0], found.end(), found[1])
        return None

    def _enclosed(self, sign: str) -> Token:
        found = (_QUOTED if sign == '"' else _REGEX).match(self._query, self._at)
        if found is None:
            self._fail(f"a closing {sign}", len(self._query))
        if sign == '"':
            return self._token("text", _unescaped(found[1]), found.end())
        return self._token("regex", found[1].replace("\\/", "/"), found.end())

    def _word(self) -> Token:
        end = self._end(WORD)
        text = self._query[self._at : end]
        if not text:
            self._fail("a name", self._at + 1)
        return self._token(KEYWORDS.get(text.lower(), "word"), text, end)

    def _field(self) -> Token | None:
        found = _FIELD.match(self._query, self._at)
        if found is None:
            return None
        begin, self._at = self._at, found.end()
        if compared := _COMPARED.match(self._query, self._at):
            self._at = compared.end()
        is_range = found[1].lower() == CHANGED
        key, value = self._words("" if is_range else "=", REVISIONS if is_range else WORD), None
        if key is not None and not is_range and self._query.startswith("=", self._at):
            self._at += 1
            value = self._words("") or self._fail("a value", self._at)
        token = Token("field", found[1], begin, self._at, self._is_apart)
        self._at = begin
        token = token._replace(operator=compared[0] if compared else "")
        return token._replace(value=key) if value is None else token._replace(key=key, value=value)

    def _words(self, stop: str, pattern: re.Pattern[str] = WORD) -> Words | None:
        """The words at this place, quoted or up to a sign; None where there are none."""
        if found := _QUOTED.match(self._query, self._at):
            self._at = found.end()
            return Words(_unescaped(found[1]), is_exact=True)
        begin, self._at = self._at, self._end(pattern)
        text = self._query[begin : self._at]
        if stop and stop in text:
            self._at = begin + text.index(stop)
        return Words(self._query[begin : self._at]) if self._at > begin else None

    def _fail(self, expected: str, end: int) -> NoReturn:
        raise QueryError(
            f"{expected[0].upper()}{expected[1:]} is missing",
            query=self._query,
            start=self._at,
            end=min(end, len(self._query)),
            expected=(expected,),
        )


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
