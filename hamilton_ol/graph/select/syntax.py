"""What a query says, as a tree.

    expression := and ("or" and)*            `|` is "or"
    and        := minus ("and"? minus)*      `&` is "and", and so is a blank
    minus      := not ("-" not)*
    not        := "not" not | path           `!` is "not"
    path       := reach (".." reach)*        all on any way from left to right
    reach      := [n]+x  x+[n]  [n]+x+[n]  @x  x
    x          := ( expression ) | function(...) | field:value | name | na*me | "a name" | /re/
                  | $saved | *

Where in the text a part stands makes no difference to what it is.
"""

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias


class Span(NamedTuple):
    """Where something stands in the text: from one character to before another."""

    start: int = 0
    end: int = 0


class Words(NamedTuple):
    """What is compared with.

    Attributes:
        text: the words.
        is_exact: whether they were quoted, so that no wildcard is in them and their case counts.
    """

    text: str
    is_exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a query.

    Attributes:
        span: where it stands.
    """

    span: Span = field(default=Span(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name(Part):
    """The nodes that are called so, by id, name or what they read; else whose names are like it.

    Attributes:
        text: the name.
        is_quoted: whether just this name is meant, so that no other is like it.
    """

    text: str
    is_quoted: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Glob(Part):
    """The nodes whose names match a pattern with `*` and `?`; `*` alone is every node."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Regex(Part):
    """The nodes in whose names a regular expression is found."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Saved(Part):
    """A query that was saved under a name."""

    name: str


@dataclass(frozen=True, slots=True)
class Condition(Part):
    """The nodes of which something is so: `field:value`, `field:>value`, `tag:key=value`."""

    field: str
    value: Words
    operator: str = ""
    key: Words | None = None


@dataclass(frozen=True, slots=True)
class Call(Part):
    """What a function makes of its arguments."""

    function: str
    arguments: "tuple[Query | int, ...]"


@dataclass(frozen=True, slots=True)
class Reach(Part):
    """Some nodes with what they come from and what comes from them.

    Attributes:
        of: the nodes.
        up, down: how many edges to go; -1 for all, None for not at all.
        is_built: `@`: with all that is needed to make what comes from them.
    """

    of: "Query"
    up: int | None = None
    down: int | None = None
    is_built: bool = False


@dataclass(frozen=True, slots=True)
class Path(Part):
    """All nodes on any way from the first through the next ones to the last."""

    steps: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Not(Part):
    """All other nodes."""

    of: "Query"


@dataclass(frozen=True, slots=True)
class Minus(Part):
    """The nodes of the first that are in none of the others."""

    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class And(Part):
    """The nodes that are in all parts."""

    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Or(Part):
    """The nodes that are in any part."""

    parts: "tuple[Query, ...]"


Query: TypeAlias = (
    Name | Glob | Regex | Saved | Condition | Call | Reach | Path | Not | Minus | And | Or
)
EVERY = "*"
