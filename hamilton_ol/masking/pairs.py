"""Secrets beside a name that says so: `password=...`, `"token": "..."`, `auth=("me", "...")`.

The same search serves prose and source code. In code a bare word is a name that is passed on
(`token=token`), so that only texts and numbers are masked, wherever they stand in the expression.
"""

import re
from collections.abc import Callable

from hamilton_ol.masking.expressions import (
    BRACKETS,
    Span,
    Value,
    expression_at,
    quoted_at,
)
from hamilton_ol.masking.keys import is_ambiguous
from hamilton_ol.masking.quotes import TEXT
from hamilton_ol.masking.shapes import HARMLESS, MASK

IsSecret = Callable[[str], bool]
#: (text, where the value begins, its name, what stands between them) -> what is secret in it
ReadValue = Callable[[str, int, str, str], Value]
SHORTEST = 4  # characters of a word after a colon that is taken for a secret

_PAIR = (
    r"(?<![\w.-])(?P<key>[\w.-]++)"
    r"[\\\"'`*\]]{0,6}"  # the end of a quoted name, or of a subscript
    r"(?P<between>[ \t]*+(?::=|={1,3}>?|!=|:(?!//|:))[ \t]*+)"
)
_IN_PROSE = re.compile(_PAIR)
# In code, comments and texts that are no key are passed over: they are prose.
_IN_CODE = re.compile(rf"{TEXT}(?!\]?[ \t]*+[:=])|\#[^\n]*+|{_PAIR}", re.DOTALL)
_PROSE_OF_CODE = re.compile(rf"{TEXT}|\#[^\n]*+", re.DOTALL)
_NAME = re.compile(r"[\w.-]{2,}+")
# The first of two words that together are a secret's name; `key` alone is none.
_SECOND = frozenset({"key", "keys", "string"})
_FIRST = re.compile(
    r"(?:api|access|private|account|shared|signing|encryption|secret|master|storage|connection"
    r"|ssh)[ ]\Z",
    re.IGNORECASE,
)

# Up to a blank, or to a sign that something else follows, such as another pair.
_BARE = re.compile(r"(?:[^\s,;&\"']|[,;&](?=[^\s,;&\"'])(?![\w.-]*+[ \t]*+[=:])|[\"'](?=\w))++")
_AROUND = "()[]{}<>.:!?*`|"
# All of a line such as `Authorization: Digest username=..., response=...`
_HEADER = re.compile(
    r"(?=[^\n\"']{0,200}[\d=]|(?i:bearer|basic|token|apikey|digest) \S)[^\n\"']*[^\s\"']"
)
# `str | None = ` between a name and its value.
_ANNOTATION = re.compile(
    r"[A-Za-z_][\w.]*+(?:\[[^\]\n]{0,80}\]++)?+"
    r"(?:[ ]*+\|[ ]*+[\w.]++(?:\[[^\]\n]{0,80}\]++)?+)*+[ ]*+=(?!=)[ ]*+"
)
_PLACEHOLDER = re.compile(r"\{\w*+\}?|[xX]{3,}|\*+")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+://")
_WORD = re.compile(r"[^\W\d_]+(?:'\w{1,2}|(?:\.[A-Za-z]+)+)?(?:\[[A-Za-z., |\[\]]*)?")

# `("password", "...")`, `get("PASSWORD", "...")`, `["--password", "..."]`
_COUPLE = re.compile(
    rf"(?P<mark>[\"'])(?P<key>[\w.-]++)(?P=mark)(?P<between>[ \t]*+,\s*+)(?={TEXT})", re.DOTALL
)
_IN_COUPLE = re.compile(r"(?:^|[^\w\])]|(?P<lookup>\b(?:get|getenv|pop|set\w*|putenv)))\(\s*\Z")
_FLAG = re.compile(r"(?<![\w-])--(?P<key>[\w-]++)(?P<between>[ ]++)(?!-)")
_BEFORE = 20  # characters in which what stands before a name is looked for


def mask_prose(text: str, is_secret: IsSecret) -> str:
    """Mask the values of secret names in text for people, or in what `repr` makes of data."""
    if ":" in text or "=" in text:
        text = _mask(text, _IN_PROSE, is_secret, _prose_value)
    return _mask_lists(text, is_secret)


def mask_code(text: str, is_secret: IsSecret) -> str:
    """Mask the values of secret names in source code; comments and texts in it are prose."""
    names = set(_NAME.findall(text))
    if not any(is_secret(name) or name.lower() in _SECOND for name in names):
        return text
    text = _PROSE_OF_CODE.sub(lambda found: mask_prose(found.group(), is_secret), text)
    text = _mask(text, _IN_CODE, is_secret, _code_value)
    return _mask_lists(text, is_secret)


def _mask_lists(text: str, is_secret: IsSecret) -> str:
    if "," in text and ('"' in text or "'" in text):
        text = _mask(text, _COUPLE, is_secret, _couple_value)
    if "--" in text:
        text = _mask(text, _FLAG, is_secret, _prose_value)
    return text


def _mask(text: str, pattern: re.Pattern[str], is_secret: IsSecret, value_of: ReadValue) -> str:
    parts: list[str] = []
    copied = passed = 0
    for found in pattern.finditer(text):
        key = found["key"]
        if not key or found.start() < passed:
            continue
        if is_secret(key) or (key.lower() in _SECOND and _is_second(text, found.start())):
            spans, passed = value_of(text, found.end(), key, found["between"])
            for start, end, masked in spans:
                parts += text[copied:start], masked
                copied = end
    return "".join([*parts, text[copied:]]) if parts else text


def _is_second(text: str, start: int) -> bool:
    return _FIRST.search(text[max(0, start - _BEFORE) : start]) is not None


def _prose_value(text: str, at: int, key: str, between: str) -> Value:
    quoted = quoted_at(text, at)
    if quoted is not None:
        return quoted
    if text[at : at + 1] in BRACKETS:
        inner = expression_at(text, at, is_bracket=True)
        if inner.spans:
            return inner
    if key.lower().endswith(("authorization", "cookie")):
        line = _HEADER.match(text, at)
        if line is not None:
            return Value([Span(*line.span(), MASK)], line.end())
    is_given = "=" in between
    annotation = None if is_given else _ANNOTATION.match(text, at)
    if annotation is not None:
        return _prose_value(text, annotation.end(), "", "=")
    return _bare(text, at, is_given=is_given)


def _bare(text: str, at: int, *, is_given: bool) -> Value:
    """A value without quotes; after a colon a word of letters only belongs to a sentence."""
    found = _BARE.match(text, at)
    if found is None:
        return Value([], at)
    written = found.group()
    core = written.strip(_AROUND)
    start = at + len(written) - len(written.lstrip(_AROUND))
    is_plain = core.lower() in HARMLESS or _PLACEHOLDER.fullmatch(core) or _URL.match(core)
    if is_plain or (not is_given and (len(core) < SHORTEST or _WORD.fullmatch(core))):
        return Value([], at)
    return Value([Span(start, start + len(core), MASK)], found.end())


def _code_value(text: str, at: int, key: str, _between: str) -> Value:
    begins = text[at : at + 1]
    if is_ambiguous(key) and begins not in (*BRACKETS, '"', "'"):
        return Value([], at)  # `session = requests.get("https://...")`
    return expression_at(text, at)


def _couple_value(text: str, at: int, key: str, between: str) -> Value:
    """The second of two texts, when the first is certain to name it."""
    value = quoted_at(text, at)
    if value is None:
        return Value([], at)
    start = at - len(between) - len(key) - 2  # the quotes
    before = _IN_COUPLE.search(text[max(0, start - _BEFORE) : start])
    is_couple = before is not None and (before["lookup"] or text[value.end : value.end + 1] == ")")
    return value if is_couple or key.startswith("-") else Value([], at)
