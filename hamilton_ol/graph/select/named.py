"""The nodes that a query names, by what they are called."""

import re
from typing import TYPE_CHECKING

import numpy as np

from hamilton_ol.errors import UnknownNodeError
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.select.conditions import index, matching
from hamilton_ol.graph.select.syntax import EVERY, Glob, Name, Query, Regex, Words
from hamilton_ol.graph.select.vocabulary import FIELD

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph

_NAME = FIELD["name"]


def named(graph: "LineageGraph", said: Query, query: str) -> Mask:
    """Bool (nodes): those that a name, a pattern or a regular expression means.

    Args:
        graph: that is asked.
        said: what is to be found.
        query: the whole, for errors.

    Raises:
        UnknownNodeError: no node is called so.
    """
    match said:
        case Glob(pattern):
            if pattern == EVERY:
                return np.ones(len(graph), np.bool_)
            return index(graph, _NAME).matching(matching(_NAME, Words(pattern)))
        case Regex(pattern):
            found = re.compile(pattern)
            return index(graph, _NAME).matching(lambda name: found.search(name) is not None)
        case Name():
            return _called(graph, said, query)
        case _:
            raise TypeError(f"not a query: {type(said).__name__}")


def _called(graph: "LineageGraph", said: Name, query: str) -> Mask:
    """The node with this id, else those of this name, that read what is called so, or like it."""
    name, number = said.text, graph.index.get(said.text)
    numbers = graph.names.all_of(name) if number is None else (number,)
    numbers = numbers or index(graph, FIELD["source"]).having(name)
    if not numbers and not said.is_quoted:
        numbers = [n for like in graph.facts.names.like(name) for n in graph.names.all_of(like)]
    if not numbers:
        near, (start, end) = graph.names.near(name), said.span
        raise UnknownNodeError.of(name, near, query=query, start=start, end=end)
    found: Mask = np.zeros(len(graph), np.bool_)
    found[list(numbers)] = True
    return found
