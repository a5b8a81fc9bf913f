"""The one table of what can be asked: fields and functions, with their help.

Parser, evaluation, completion and `hamilton-ol select --help` all read it.
"""

import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from hamilton_ol.graph.select import facts, structure
from hamilton_ol.graph.select.facts import Values
from hamilton_ol.graph.select.indexes import Attribute

Matching = Literal["whole", "parts", "within", "begins"]


class Field(NamedTuple):
    """One field, asked as `name:value`.

    Attributes:
        name: of the field.
        doc: which nodes it means.
        example: a query.
        values: of a node; None for fields with numbers.
        matching: `whole` values, the first or last of their `parts`, what is `within` them, or what
            they begin with.
        folds_case: whether large and small letters are the same.
        is_of_whole: whether what is said of a column is said of the whole result too.
        number: the field of a node with numbers, which are compared with `>` and `<`; empty for
            others, and for `depth`.
        unit: of numbers: `count` or `time`.
    """

    name: str
    doc: str
    example: str
    values: Values | None = None
    matching: Matching = "whole"
    folds_case: bool = True
    is_of_whole: bool = False
    number: str = ""
    unit: Literal["", "count", "time"] = ""


class Function(NamedTuple):
    """One function, asked as `name(nodes, ...)`.

    Attributes:
        name: of the function.
        doc: which nodes it means.
        example: a query.
        takes: what its arguments are: `nodes`, or a `count`, which may be left out.
        call: gets the graph and a mask or number for each argument; None for a set that whoever
            asks has.
    """

    name: str
    doc: str
    example: str
    takes: tuple[Literal["nodes", "count"], ...]
    call: Callable[..., Any] | None


TAG = "tag"
COLUMN = "col"
DEPTH = "depth"
CHANGED, BLAME = "changed", "blame"
FIELDS: tuple[Field, ...] = (
    Field(
        "name", "nodes that are called so", "name:*_encoder", Attribute("name"), folds_case=False
    ),
    Field(TAG, "nodes with a tag, or a tag and value; `false` is no tag", "tag:PII=true"),
    Field("owner", "nodes that somebody owns", "owner:data-science", Attribute("owners")),
    Field("type", "nodes whose result has a type", "type:DataFrame", Attribute("type"), "parts"),
    Field(
        "kind", "nodes of a kind: function, input, column, artifact, ...", "kind:input", facts.KINDS
    ),
    Field("module", "nodes of a module", "module:features", Attribute("module"), "parts"),
    Field(
        "file",
        "nodes whose function is in a file",
        "file:features.py",
        Attribute("file"),
        "parts",
    ),
    Field(
        "group",
        "a function with its columns, checks and steps; all of a subdag",
        "group:titanic_data",
        facts.GROUPS,
        "parts",
    ),
    Field("ns", "datasets and jobs of a namespace", "ns:hamilton", Attribute("namespace")),
    Field(
        "source",
        "nodes that read a dataset outside",
        "source:prod.kaggle",
        facts.SOURCES,
        is_of_whole=True,
    ),
    Field(
        "sink",
        "nodes that write a dataset outside",
        "sink:*.csv",
        facts.SINKS,
    ),
    Field(
        COLUMN,
        "nodes with a column; `+` follows the column where that is known",
        "col:age+",
        facts.COLUMNS,
        folds_case=False,
    ),
    Field(
        "doc",
        "nodes whose documentation has these words",
        'doc:"training set"',
        Attribute("doc"),
        "within",
    ),
    Field(
        "code", "nodes whose function's text has these words", "code:read_csv", matching="within"
    ),
    Field(
        CHANGED,
        "nodes whose function changed between two revisions, or since one",
        "changed:main..HEAD",
    ),
    Field(BLAME, "nodes whose function somebody changed last", "blame:ada", matching="within"),
    Field(
        "status",
        "nodes that ended so in the run: failed, skipped, cached, ...",
        "status:failed+",
        Attribute("status"),
    ),
    Field(
        "run",
        "nodes that a run executed, by the beginning of its id",
        "run:1f3a",
        Attribute("run"),
        "begins",
    ),
    Field(
        DEPTH,
        "nodes that so many steps lead to from the beginning, at most; 0 is the beginning",
        "depth:<=2",
        unit="count",
    ),
    Field(
        "dur",
        "nodes that took so long in the run",
        "dur:>5s",
        number="seconds",
        unit="time",
    ),
    Field(
        "rows",
        "nodes whose result had so many rows",
        "rows:>1000",
        number="rows",
        unit="count",
    ),
)
FUNCTIONS: tuple[Function, ...] = (
    Function(
        "roots",
        "those that come from no other of them",
        "roots(+model)",
        ("nodes",),
        structure.roots,
    ),
    Function(
        "sinks",
        "those that no other of them comes from",
        "sinks(tag:PII+)",
        ("nodes",),
        structure.sinks,
    ),
    Function(
        "parents", "what they are made of directly", "parents(model)", ("nodes",), structure.parents
    ),
    Function(
        "children", "what is made of them directly", "children(age)", ("nodes",), structure.children
    ),
    Function(
        "near",
        "they, and all so many steps away",
        "near(age, 2)",
        ("nodes", "count"),
        structure.near,
    ),
    Function(
        "between",
        "all on any way from the first to the second",
        "between(age, model)",
        ("nodes", "nodes"),
        structure.between,
    ),
    Function(
        "shortest",
        "one shortest way from the first to the second",
        "shortest(age, model)",
        ("nodes", "nodes"),
        structure.shortest,
    ),
    Function(
        "unused",
        "results that nothing takes, and that are no artifacts",
        "unused()",
        (),
        structure.unused,
    ),
    Function(
        "critical",
        "the chain up to them that took longest in the run",
        "critical(model)",
        ("nodes",),
        structure.critical,
    ),
    Function("sel", "what is selected in the explorer", "sel()+", (), None),
    Function("view", "what the explorer shows now", "view() and tag:PII", (), None),
)
FIELD = {field.name: field for field in FIELDS}
FUNCTION = {function.name: function for function in FUNCTIONS}

_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-zµ]*)", re.IGNORECASE)
_UNITS = {
    "count": {"": 1.0, "k": 1e3, "m": 1e6},
    "time": {"": 1.0, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0},
}


def number_of(field: Field, written: str) -> float | None:
    """The number that is written for a field, in seconds if it is a time; None if it is none."""
    found = _NUMBER.fullmatch(written)
    unit = _UNITS[field.unit].get(found[2].lower()) if found else None
    return float(found[1]) * unit if found and unit else None


def help_rows() -> list[tuple[str, str]]:
    """(what can be asked, what it means), for a person."""
    operators = [
        ("+x  x+  2+x+1", "x and what it comes from; what comes from it; so many steps"),
        ("a..b", "all on any way from a to b"),
        ("@x", "x, what comes from it, and all that is needed for that"),
        ("a and b  a or b  not a  a - b", "also `&`, `|`, `!`, and a blank for `and`"),
        ("x", "the node that is called x, else those whose names hold the parts of x"),
        ("$name", "the query that is saved under this name"),
        ('*_x  "a name"  /re/', "names by pattern, just this one, by regular expression"),
    ]
    fields = [(field.example, field.doc) for field in FIELDS]
    return [*operators, *fields, *((f.example, f.doc) for f in FUNCTIONS)]
