"""What is written on the cards, before anything has a place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.scene import names
from hamilton_ol.graph.scene.arrays import Codes, Ints

NO_TAGS: Mapping[int, tuple["Tag", ...]] = {}


class Tag(NamedTuple):
    """A small label on a card. `tone` is a word of TONES; empty for a quiet one."""

    text: str
    tone: str = ""


@dataclass(frozen=True, eq=False)
class Cards:
    """What is written on n cards with R rows.

    Attributes:
        names: what the nodes are called, as it came: nothing in it is trusted.
        kinds: places in KINDS, (n,).
        types: of what each node gives; `second` is what is written of them.
        row_start: rows of card i are row_names[row_start[i] : row_start[i + 1]], (n + 1,).
        row_names: columns, fields.
        tags: {card: its labels}, for the cards that have any.
    """

    names: tuple[str, ...]
    kinds: Codes
    types: tuple[str, ...]
    row_start: Ints
    row_names: tuple[str, ...] = ()
    tags: Mapping[int, tuple[Tag, ...]] = field(default_factory=lambda: NO_TAGS)

    def __len__(self) -> int:
        """How many cards there are."""
        return len(self.names)

    def dressed(self, types: tuple[str, ...], tags: Mapping[int, tuple[Tag, ...]]) -> "Cards":
        """The same with other second lines and labels; what is known of the rest is not lost."""
        made = replace(self, types=types, tags=tags)
        known = vars(self)
        same = ("lines", "line_start", "rows", "row_card", "fields")
        vars(made).update({name: known[name] for name in same if name in known})
        return made

    def share(self, other: "Cards") -> None:
        """Hold the lines of names only once; the other has the same names."""
        known = vars(other)
        vars(self).update({key: known[key] for key in ("lines", "line_start") if key in known})

    @cached_property
    def rows(self) -> Ints:
        """How many rows each card has, (n,)."""
        return np.diff(self.row_start)

    @cached_property
    def row_card(self) -> Ints:
        """The card of each row, (R,)."""
        return np.repeat(np.arange(len(self)), self.rows)

    @cached_property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """The one or two lines of each name, safe to show."""
        return tuple(names.lines(names.named(name)) for name in self.names)

    @cached_property
    def second(self) -> tuple[str, ...]:
        """The second line of each card, as brief as its name and safe to show."""
        cards = zip(self.types, self.lines, strict=True)
        return tuple(names.shown(names.brief(text, names.beside(lines))) for text, lines in cards)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of the rows, safe to show."""
        return tuple(names.named(text) for text in self.row_names)

    @cached_property
    def line_start(self) -> Ints:
        """The lines of card i, all lines counted through, begin at line_start[i], (n + 1,)."""
        return np.concatenate(([0], np.cumsum([len(lines) for lines in self.lines]))).astype(
            np.int64
        )

    @cached_property
    def tagged(self) -> Codes:
        """1 for the cards that have labels, (n,)."""
        flags = np.zeros(len(self), np.uint8)
        flags[list(self.tags)] = 1
        return flags

    def fields_of(self, card: int) -> tuple[str, ...]:
        """The rows of one card, safe to show."""
        return self.fields[self.row_start[card] : self.row_start[card + 1]]
