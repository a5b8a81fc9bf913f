"""Patterns for names and values: `*` and `?`, and regular expressions that end in time."""

import fnmatch
import re
from collections.abc import Callable

from hamilton_ol.graph.select.syntax import Words

MOST_REPEATS = 3  # parts of any length; each more is another power of a name's length

_WILD = re.compile(r"[*?]")
_OPEN = r"\((?:\?(?:P<\w+>|[:=!>]|<[=!]))?"
_CLASS = r"\[\^?\]?(?:\\.|[^]\\])*\]"
_PART = re.compile(rf"\\.|{_CLASS}|{_OPEN}|\)|\||[*+?][?+]?|\{{[\d,]*\}}|.", re.DOTALL)
_REPEAT = re.compile(r"[*+?]|\{.*,")


def is_wild(text: str) -> bool:
    """Whether a text holds a wildcard."""
    return _WILD.search(text) is not None


def glob(pattern: str, *, folds_case: bool = False) -> re.Pattern[str]:
    """What matches a pattern with `*` (any characters) and `?` (one), in one pass over a name."""
    flags = re.IGNORECASE if folds_case else re.NOFLAG
    return re.compile(fnmatch.translate(pattern.replace("[", "[[]")), flags)


def matching(words: Words, *, folds_case: bool, has_parts: bool) -> Callable[[str], bool]:
    """What tells whether a value is meant.

    Args:
        words: of the query.
        folds_case: whether large and small letters are the same, where the words are not quoted.
        has_parts: whether the first or last parts of a value, between dots or slashes, are enough.
    """
    text = words.text
    if words.is_exact:
        return text.__eq__
    if is_wild(text):
        found = glob(text, folds_case=folds_case).match
        return lambda value: found(value) is not None
    wanted = text.casefold() if folds_case else text

    def is_meant(value: str) -> bool:
        known = value.casefold() if folds_case else value
        return known == wanted or (has_parts and _is_part(wanted, known))

    return is_meant


def _is_part(wanted: str, value: str) -> bool:
    return value.endswith((f".{wanted}", f"/{wanted}")) or value.startswith(
        (f"{wanted}.", f"{wanted}/")
    )


def is_slow(pattern: str) -> bool:
    """Whether a regular expression may take for ever: it repeats what is itself of any length."""
    open_groups, repeats, closed = [False], 0, False
    for part in _PART.findall(pattern):
        if part.startswith("("):
            open_groups.append(False)
        elif part == ")" and len(open_groups) > 1:
            closed = open_groups.pop()
            open_groups[-1] |= closed
            continue
        elif part == "|":
            open_groups[-1] = True
        elif _REPEAT.match(part) or part.startswith("{"):
            if closed:
                return True
            repeats += _REPEAT.match(part) is not None
            open_groups[-1] = True
        closed = False
    return repeats > MOST_REPEATS
