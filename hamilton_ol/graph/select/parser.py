"""From a query's text to what it says."""

import re
from collections.abc import Callable, Sequence
from typing import NoReturn

from hamilton_ol.errors import QueryError
from hamilton_ol.graph.select import patterns, vocabulary
from hamilton_ol.graph.select.syntax import (
    And,
    Call,
    Condition,
    Glob,
    Minus,
    Name,
    Not,
    Or,
    Path,
    Query,
    Reach,
    Regex,
    Saved,
    Span,
    Words,
)
from hamilton_ol.graph.select.tokens import Kind, Token, tokens

DEEPEST = 60  # parentheses, functions and `not` within each other
TERM = ("a name", "a field", "a function", "(", "not")
AFTER = ("and", "or", "-", "..")
_STARTS = frozenset({"word", "text", "regex", "field", "saved", "up", "(", "@", "not"})
_DELIMITERS = frozenset({"end", ")", ",", "or", "and", ".."})


def parse(query: str) -> Query:
    """What a query says.

    Raises:
        QueryError: it says nothing; the error knows the character, and what could stand there.
    """
    return _Parser(query).whole()


class _Parser:
    def __init__(self, query: str) -> None:
        self._query, self._tokens = query, tokens(query)
        self._place = self._depth = 0

    def whole(self) -> Query:
        found = self._or()
        if self._now.kind != "end":
            self._stray()
        return found

    # --- tokens --------------------------------------------------------------------------------

    @property
    def _now(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._now
        self._place += token.kind != "end"
        return token

    def _accept(self, kind: Kind) -> bool:
        """Step over a token of this kind, if it is the next one."""
        is_there = self._now.kind == kind
        self._place += is_there
        return is_there

    def _span(self, start: int) -> Span:
        return Span(start, self._tokens[self._place - 1].end)

    def _fail(
        self, message: str, token: Token, expected: Sequence[str] = (), hint: str = ""
    ) -> NoReturn:
        raise QueryError(
            message,
            query=self._query,
            start=token.start,
            end=token.end,
            expected=expected,
            hint=hint or (f"Expected {_either(expected)}." if expected else ""),
        )

    def _stray(self) -> NoReturn:
        token, depth = self._now, self._depth
        expected = (*AFTER, *((")",) if depth else ("the end",)))
        if token.kind == ",":
            hint = "What is in both is `a and b`, what is in either `a or b`."
            self._fail("A comma stands only within a function", token, AFTER, hint)
        if token.kind == "down":
            self._fail("One + is enough", token, hint="x+2 goes two steps, x+ all.")
        self._fail(f"{_shown(token)} cannot stand here", token, expected)

    # --- expressions ---------------------------------------------------------------------------

    def _or(self) -> Query:
        return self._chain(self._and, "or", Or)

    def _and(self) -> Query:
        start, parts = self._now.start, [self._minus()]
        while self._accept("and") or self._now.kind in _STARTS:
            self._check_blank()
            parts.append(self._minus())
        return parts[0] if len(parts) == 1 else And(tuple(parts), span=self._span(start))

    def _minus(self) -> Query:
        return self._chain(self._not, "-", Minus)

    def _chain(
        self, part: Callable[[], Query], kind: Kind, make: "type[Or | Minus | Path]"
    ) -> Query:
        start, parts = self._now.start, [part()]
        while self._accept(kind):
            parts.append(part())
        return parts[0] if len(parts) == 1 else make(tuple(parts), span=self._span(start))

    def _not(self) -> Query:
        start = self._now.start
        if not self._accept("not"):
            return self._chain(self._reach, "..", Path)
        self._deeper()
        found = Not(self._not(), span=self._span(start))
        self._depth -= 1
        return found

    def _reach(self) -> Query:
        token = self._now
        if self._accept("@"):
            return Reach(self._operand(), is_built=True, span=self._span(token.start))
        up = self._take().steps if token.kind == "up" else None
        if up is not None and self._now.is_apart:
            self._fail("A + stands directly before or behind what it is about", token)
        of = self._operand()
        down = self._take().steps if self._now.kind == "down" else None
        if up is None and down is None:
            return of
        return Reach(of, up, down, span=self._span(token.start))

    def _check_blank(self) -> None:
        """Two things without a blank between them are a mistake."""
        before = self._tokens[self._place - 1]
        if not self._now.is_apart and before.kind not in _DELIMITERS | {"("}:
            self._fail(f"A blank is missing before {_shown(self._now)}", self._now)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            self._fail(f"More than {DEEPEST} parts stand within each other", self._now)

    # --- operands ------------------------------------------------------------------------------

    def _operand(self) -> Query:
        token = self._take()
        span = Span(token.start, token.end)
        if token.kind == "(":
            return self._group(token)
        if token.kind == "word":
            return self._word(token)
        if token.kind == "text":
            return Name(token.text, is_quoted=True, span=span)
        if token.kind == "regex":
            return Regex(self._regex(token), span=span)
        if token.kind == "field":
            return self._test(token)
        if token.kind == "saved":
            return self._saved(token)
        return self._missing(token)

    def _missing(self, token: Token) -> NoReturn:
        if token.kind == "end":
            self._fail("The query ends too early", token, TERM)
        hint = "`not x` leaves x out; `a - x` takes it away from a." if token.kind == "-" else ""
        self._fail(f"{_shown(token)} cannot stand here", token, TERM, hint)

    def _group(self, opened: Token) -> Query:
        self._deeper()
        found = self._or()
        self._close(opened)
        return found

    def _close(self, opened: Token) -> None:
        if not self._accept(")"):
            if self._now.kind == "end":
                self._fail("This parenthesis is not closed", opened, (*AFTER, ")"))
            self._stray()
        self._depth -= 1

    def _word(self, token: Token) -> Query:
        if self._now.kind == "(" and not self._now.is_apart:
            return self._call(token)
        make = Glob if patterns.is_wild(token.text) else Name
        return make(token.text, span=Span(token.start, token.end))

    def _saved(self, token: Token) -> Saved:
        if not token.text:
            self._fail("The name of a saved query is missing", token, ("a saved query",))
        return Saved(token.text, span=Span(token.start, token.end))

    def _regex(self, token: Token) -> str:
        try:
            re.compile(token.text)
        except (re.error, OverflowError, RecursionError) as error:
            self._fail(f"This is no regular expression: {error}", token)
        if patterns.is_slow(token.text):
            self._fail(
                "This regular expression could take for ever",
                token,
                hint="Repeat nothing that is itself of any length, and at most three parts.",
            )
        return token.text

    def _call(self, token: Token) -> Query:
        function = vocabulary.FUNCTION.get(token.text)
        if function is None:
            self._unknown("function", token.text, [*vocabulary.FUNCTION], token)
        opened = self._take()
        self._deeper()
        arguments: list[Query | int] = []
        for number, takes in enumerate(function.takes):
            if takes == "count" and self._now.kind != ",":
                break
            if number and not self._accept(","):
                self._few(function, opened)
            arguments.append(self._count() if takes == "count" else self._or())
        self._close(opened)
        return Call(function.name, tuple(arguments), span=self._span(token.start))

    def _few(self, function: vocabulary.Function, opened: Token) -> NoReturn:
        if self._now.kind == "end":
            self._fail("This parenthesis is not closed", opened, (*AFTER, ",", ")"))
        count, example = len(function.takes), function.example
        self._fail(f"{function.name}() takes {count} arguments, as in {example}", self._now, (",",))

    def _count(self) -> int:
        token = self._take()
        if not (token.kind == "word" and token.text.isascii() and token.text.isdigit()):
            self._fail("A number of steps is missing", token, ("a number",))
        return int(token.text[:9])

    def _test(self, token: Token) -> Condition:
        field = vocabulary.FIELD.get(token.text.lower())
        if field is None:
            self._unknown(
                "field", token.text, [*vocabulary.FIELD], token, " Quote a name with a colon."
            )
        value = token.value
        if value is None:
            self._fail(f"What {field.name}: is to be is missing", token, ("a value",))
        key, operator = token.key, token.operator
        if key is not None and field.name != vocabulary.TAG:
            value, key = Words(f"{key.text}={value.text}", key.is_exact or value.is_exact), None
        if field.unit:
            operator = operator or "="
            if vocabulary.number_of(field, value.text) is None:
                self._fail(f"{field.name}: is compared with a number", token, (field.example,))
        elif operator:
            self._fail(f"{field.name}: is no number, so it is not compared", token)
        return Condition(field.name, value, operator, key, span=Span(token.start, token.end))

    def _unknown(
        self, what: str, name: str, known: Sequence[str], token: Token, more: str = ""
    ) -> NoReturn:
        from difflib import get_close_matches  # noqa: PLC0415 - only for a typo

        near = get_close_matches(name.lower(), known, 1, 0.5)
        hint = f"Is {near[0]!r} meant?" if near else f"There are {', '.join(known)}."
        self._fail(f"There is no {what} {name[:80]!r}", token, known, hint + more)


def _shown(token: Token) -> str:
    return "the end" if token.kind == "end" else repr(token.text[:80] or token.kind)


def _either(expected: Sequence[str]) -> str:
    return " or ".join([*([", ".join(expected[:-1])] if expected[1:] else []), expected[-1]])
