"""Names as people see them: always plain text, whole, and never able to disturb what is around."""

import re
import unicodedata
from functools import lru_cache

from hamilton_ol.graph.scene.joiners import JOINERS, is_needed

LINE = 18  # a longer name breaks once
BRIEF = 21  # letters of a second line, which is smaller: about as wide as a line of a name
SMALLER = BRIEF / LINE
NAMELESS = "(no name)"
MOST = 160  # letters of a name that are shown; real ones are far shorter

# What has no picture or moves what is around it: controls, marks of direction, private use.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@lru_cache(maxsize=4096)
def _escape(letter: str) -> str:
    if unicodedata.category(letter) in _HIDDEN:
        code = ord(letter)
        if code > 0xFFFF:  # noqa: PLR2004 - as Python writes them
            return f"\\U{code:08x}"
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004
    return letter


def shown(name: str, most: int = MOST) -> str:
    """A name with what cannot be seen spelled out, capped with a count of what is left out.

    Joiners stay where emoji or a script need them.
    """
    if len(name) <= most and name.isascii() and name.isprintable():
        return name
    text = "".join(map(_escape, name[:most]))
    if any(joiner in name for joiner in JOINERS):
        pairs = enumerate(name[:most])
        text = "".join(c if c in JOINERS and is_needed(name, n) else _escape(c) for n, c in pairs)
    return text if len(name) <= most else f"{text} … {len(name) - most:,} more letters"


def named(name: str, most: int = MOST) -> str:
    """The same of what must be seen: that a name is empty, or blank, is told."""
    return shown(name, most) if name.strip() else NAMELESS


def lines(name: str, most: int = LINE) -> tuple[str, ...]:
    """The lines that a name takes: a long one breaks after the `_` or `.` nearest its middle."""
    if len(name) <= most:
        return (name,)
    cuts = [match.end() for match in re.finditer(r"[_.]", name) if 1 < match.end() < len(name)]
    if not cuts:
        return (name,)
    cut = min(cuts, key=lambda place: abs(place - 1 - len(name) / 2))
    return (name[:cut], name[cut:])


def beside(lines: tuple[str, ...]) -> int:
    """How many letters of a second line are no wider than the lines of a name."""
    return max(BRIEF, min(int(SMALLER * max(map(len, lines), default=0)), MOST - 1))


def brief(type_: str, most: int = BRIEF) -> str:
    """A type that makes no card wider: a long one without what is in brackets, or cut."""
    name, bracket, _ = type_.partition("[")
    if len(type_) <= most + 1:
        return type_
    return f"{name}[…]" if bracket and len(name) <= most else f"{type_[:most]}…"


def short(name: str, most: int = LINE) -> str:
    """A name as so many letters: of a long one the beginning, and the last quarter, which tells most."""
    end = most // 4
    return name if len(name) <= most else f"{name[: most - end - 1]}…{name[-end:]}"


_PLAIN = re.compile(
    r"[\x20-\x7e\xa1-\xac\xae-\u017f\u0391-\u03a9\u03b1-\u03c9\u0410-\u044f\u2026]*"
)


def is_plain(text: str) -> bool:
    """Whether a text can be set letter by letter: no joined, stacked or right-to-left letters."""
    return _PLAIN.fullmatch(text) is not None
