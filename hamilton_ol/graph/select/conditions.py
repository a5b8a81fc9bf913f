"""The nodes of which something is so: `field:value`."""

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.select import patterns, vocabulary
from hamilton_ol.graph.select.indexes import Derived, Index
from hamilton_ol.graph.select.syntax import Condition, Words
from hamilton_ol.graph.select.vocabulary import DEPTH, FIELD, TAG, Field

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph

#: What people write into a tag for yes and no.
TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
}


def tested(graph: "LineageGraph", said: Condition) -> Mask:
    """Bool (nodes): those of which it is so."""
    field = FIELD[said.field]
    if field.name == TAG:
        return _tagged(graph, said)
    if not field.unit:
        return index(graph, field).matching(matching(field, said.value))
    wanted = vocabulary.number_of(field, said.value.text)
    numbers = _numbers(graph, field)
    found: Mask = _COMPARE[said.operator](numbers, wanted)
    return found


def _numbers(graph: "LineageGraph", field: Field) -> NDArray[np.float64]:
    if field.name == DEPTH:
        return graph.facts.depths
    return graph.facts.numbers(field.number)


def index(graph: "LineageGraph", field: Field) -> Index:
    """The nodes by the values of a field."""

    def text(function: str, field: str) -> tuple[str, ...]:
        """A function's text; columns share that of the function that they are taken out of."""
        return () if field else (graph.texts.get(function, ""),)

    values = field.values or Derived(text, "function", "field")
    return graph.facts.index(field.name, values, is_of_whole=field.is_of_whole)


def matching(field: Field, words: Words) -> Callable[[str], bool]:
    """What tells whether a field's value is meant."""
    is_wild = not words.is_exact and patterns.is_wild(words.text)
    if field.matching == "within" and is_wild:
        words = Words(f"*{words.text}*")
    elif field.matching == "within":
        wanted = words.text.casefold()
        return lambda value: wanted in value.casefold()
    if field.matching == "begins" and not words.is_exact:
        words = Words(f"{words.text}*")
    has_parts = field.matching == "parts"
    return patterns.matching(words, folds_case=field.folds_case, has_parts=has_parts)


def _tagged(graph: "LineageGraph", said: Condition) -> Mask:
    """A key matches without case; `PII=false` is no tag unless just that is asked for."""
    key, value = (said.value, None) if said.key is None else (said.key, said.value)
    is_meant = patterns.matching(Words(key.text.lower()), folds_case=False, has_parts=False)
    test = _is_true if value is None else _tag_value(value)
    found: Mask = np.zeros(len(graph), np.bool_)
    for name, tag in graph.facts.tags.items():
        if is_meant(name):
            found |= tag.matching(test)
    return found


def _is_true(value: str) -> bool:
    return value.strip().lower() not in FALSE


def _tag_value(words: Words) -> Callable[[str], bool]:
    wanted = words.text.lower()
    for said in (TRUE, FALSE):
        if not words.is_exact and wanted in said:
            return lambda value, said=said: value.strip().lower() in said  # type: ignore[misc]
    return patterns.matching(words, folds_case=True, has_parts=False)
