"""A query as text, from what it says: menus write queries, and a person can go on from there."""

import re

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
    Words,
)
from hamilton_ol.graph.select.tokens import KEYWORDS, REVISIONS, WORD
from hamilton_ol.graph.select.vocabulary import CHANGED, TAG

#: How tightly parts hold together; what holds less tightly goes into parentheses.
_TIGHTNESS: dict[type[Query], int] = {Or: 0, And: 1, Minus: 2, Not: 3, Path: 4, Reach: 5}
_TIGHT = 6
_SIGN = {Or: " or ", And: " and ", Minus: " - ", Path: ".."}

# What needs no quotes: plainer than what the scanner takes.
_BARE = re.compile(r"[^\W\d](?:[\w-]|\.(?=[\w-]))*")
_REGEX_PART = re.compile(r"\\.|/", re.DOTALL)


def text_of(query: Query) -> str:
    """The text that says it; `parse` makes the same of it again."""
    return _text(query, 0)


def _text(query: Query, tightness: int) -> str:
    found = _plain(query)
    return f"({found})" if _TIGHTNESS.get(type(query), _TIGHT) < tightness else found


def _plain(query: Query) -> str:
    match query:
        case Or(parts) | And(parts) | Minus(parts):
            inner = _TIGHTNESS[type(query)] + 1
            return _SIGN[type(query)].join(_text(part, inner) for part in parts)
        case Path(steps):
            return _SIGN[Path].join(_text(step, _TIGHTNESS[Reach]) for step in steps)
        case Not(of):
            return f"not {_text(of, _TIGHTNESS[Not])}"
        case Reach():
            return _reach(query)
        case Call(function, arguments):
            shown = (str(a) if isinstance(a, int) else _text(a, 0) for a in arguments)
            return f"{function}({', '.join(shown)})"
        case _:
            return _operand(query)


def _reach(query: Reach) -> str:
    of = _text(query.of, _TIGHT)
    if query.is_built:
        return f"@{of}"
    up = "" if query.up is None else f"{_steps(query.up)}+"
    return up + of + ("" if query.down is None else f"+{_steps(query.down)}")


def _steps(steps: int) -> str:
    return "" if steps < 0 else str(steps)


def _operand(query: Query) -> str:
    match query:
        case Name(name, is_quoted):
            is_bare = not is_quoted and _BARE.fullmatch(name) and name.lower() not in KEYWORDS
            return name if is_bare else _quoted(name)
        case Glob(pattern):
            return pattern
        case Regex(pattern):
            return f"/{_REGEX_PART.sub(_escaped, pattern)}/"
        case Saved(name):
            return f"${name}"
        case Condition(field, value, operator, key):
            before = "" if key is None else f"{_words(key, field)}="
            return f"{field}:{operator}{before}{_words(value, '' if key else field)}"
        case _:
            raise TypeError(f"not a query: {type(query).__name__}")


def _escaped(part: re.Match[str]) -> str:
    return "\\/" if part[0] == "/" else part[0]


def _words(words: Words, field: str) -> str:
    """As they are where that says the same; a tag's key ends before `=`."""
    text = words.text
    is_cut = text.startswith(("<", ">", "=")) or (field == TAG and "=" in text)
    pattern = REVISIONS if field == CHANGED else WORD
    is_bare = pattern.fullmatch(text) is not None and not (field and is_cut)
    return text if is_bare and not words.is_exact else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
