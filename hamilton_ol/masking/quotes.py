"""Quoted texts, as Python, JSON and most other languages write them."""

import re

#: A text in quotes; one whose end is missing, because it was cut, reaches to the end of the line.
TEXT = (
    r"(?>[rbufRBUF]{0,2}(?:"
    r"\"{3}(?:\\.|(?!\"{3}).)*+(?:\"{3}|\Z)|'{3}(?:\\.|(?!'{3}).)*+(?:'{3}|\Z)"
    r"|\"(?:\\.|[^\"\\\n])*+\"?+|'(?:\\.|[^'\\\n])*+'?+))"
)
# A text within a text: `"{\"password\": \"secret\"}"`.
_ESCAPED = r"(?P<escape>\\++[\"'])(?:(?!(?P=escape))[^\n])*+(?:(?P=escape))?+"
QUOTED = re.compile(rf"{TEXT}|{_ESCAPED}", re.DOTALL)
_MARK = re.compile(r"([rbufRBUF]{0,2})(\\*(?:\"{3}|'{3}|[\"']))")


def inside(quoted: str) -> str:
    """What stands between the quotes."""
    opening, closing = _marks(quoted)
    return quoted[len(opening) : len(quoted) - len(closing)]


def refilled(quoted: str, text: str) -> str:
    """The same quotes around another text."""
    opening, closing = _marks(quoted)
    return f"{opening}{text}{closing}"


def _marks(quoted: str) -> tuple[str, str]:
    found = _MARK.match(quoted)
    if found is None:
        return "", ""
    opening, mark = found.group(), found[2]
    is_closed = len(quoted) >= len(opening) + len(mark) and quoted.endswith(mark)
    return opening, mark if is_closed else ""
