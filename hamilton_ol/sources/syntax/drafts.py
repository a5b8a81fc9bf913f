"""A node that is being made of a function, and what the function says of it."""

import ast
import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hamilton_ol.records import Kind
from hamilton_ol.sources.syntax.annotations import outer_name, type_text

Function = ast.FunctionDef | ast.AsyncFunctionDef
Tags = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Taken:
    """What an argument is: the node that it comes from, its type, and whether it must be there."""

    node: str
    type: str = ""
    required: bool = True


@dataclass
class Draft:
    """A node that is being made.

    Attributes:
        name, kind, type, doc, owner, field: as of the record.
        takes: {argument: what it is}.
        tags: of it.
        fields: (name, type) of what its result is taken apart into.
    """

    name: str
    type: str
    doc: str
    kind: Kind = "function"
    owner: str = ""
    field: str | None = None
    takes: dict[str, Taken] = dataclasses.field(default_factory=dict)
    tags: Tags = dataclasses.field(default_factory=dict)
    fields: tuple[tuple[str, str], ...] = ()


def draft_of(function: Function, name: str) -> Draft:
    """The node that a function makes by itself."""
    doc, takes = ast.get_docstring(function) or "", dict(_arguments(function))
    return Draft(name, type_text(function.returns), doc, _kind(function), name, takes=takes)


def _arguments(function: Function) -> Iterator[tuple[str, Taken]]:
    spec = function.args
    positional = [*spec.posonlyargs, *spec.args]
    optional = {a.arg for a in positional[len(positional) - len(spec.defaults) :]}
    optional |= {a.arg for a, d in zip(spec.kwonlyargs, spec.kw_defaults, strict=True) if d}
    for argument in (*positional, *spec.kwonlyargs):
        name = argument.arg
        yield name, Taken(name, type_text(argument.annotation), name not in optional)


def _kind(function: Function) -> Kind:
    if outer_name(function.returns) == "Parallelizable":
        return "expand"
    spec = function.args
    found = [a.annotation for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    return "collect" if "Collect" in map(outer_name, found) else "function"


def tags_of(found: Mapping[str, Any]) -> Tags:
    """Tags as they are recorded."""
    tags: Tags = {}
    for key, value in found.items():
        several = isinstance(value, list | tuple)
        tags[str(key)] = tuple(map(_text, value)) if several else _text(value)
    return tags


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
