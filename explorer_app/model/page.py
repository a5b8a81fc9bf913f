"""A page of plain text about a node or a way, as values that any view can show."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Item(NamedTuple):
    """A row about a node: click it to go there."""

    kind: str
    text: str
    note: str
    node: int


class Step(NamedTuple):
    """A station of a way."""

    mark: str
    text: str
    note: str
    node: int


class Code(NamedTuple):
    """Source text; `line` is the number of its first line.

    A line, counted from 0, and a word in it may be marked.
    """

    text: str
    line: int
    marked: int = -1
    word: str = ""


class Fact(NamedTuple):
    """A name and a value; `status` is a word of `scene.words.STATUSES`, or empty.

    One that is quiet explains the line above it.
    """

    text: str
    note: str
    status: str = ""
    is_quiet: bool = False


class Alert(NamedTuple):
    """What went wrong, as long as it is."""

    text: str


class Address(NamedTuple):
    """Where more is written, in full; it is shown, and opened only when a person wants it."""

    text: str


class Share(NamedTuple):
    """A node's part of a whole, 0 to 1; click it to go there."""

    text: str
    note: str
    share: float
    node: int


class Labels(NamedTuple):
    """(text, tone) of labels, and what they are at the right."""

    labels: tuple[tuple[str, str], ...]
    note: str = ""


Line = Item | Step | Code | Fact | Labels | Alert | Share | Address


class Section(NamedTuple):
    """A part of the page under a heading; `note` stands at the right of it."""

    title: str
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Page:
    """All of it.

    Attributes:
        title: the answer, not the name of the panel.
        kind: of the icon before it, empty for none.
        second: a line below it.
        text: what the documentation says.
        labels: (text, tone).
        numbers: (number, what it counts).
        sections: the rest.
        status: of a run, before the title instead of a kind; empty for none.
        file, line: where the source text is; empty and 0 where that is not known.
    """

    title: str
    kind: str = ""
    second: str = ""
    text: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = field(default=())
    file: str = ""
    line: int = 0
    status: str = ""

    @property
    def summary(self) -> str:
        """What stands before the sections, in one line."""
        labels = ", ".join(text for text, _ in self.labels)
        numbers = ", ".join(" ".join(pair) for pair in self.numbers)
        said = (self.title, self.second, self.text.rstrip("."), labels, numbers)
        return ". ".join(part for part in said if part)
