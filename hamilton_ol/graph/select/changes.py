"""The nodes whose functions changed: `changed:main..HEAD`, `blame:ada`."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from hamilton_ol.errors import DataflowError
from hamilton_ol.graph.adjacency import Mask
from hamilton_ol.graph.select.conditions import matching
from hamilton_ol.graph.select.indexes import Derived
from hamilton_ol.graph.select.syntax import Condition
from hamilton_ol.graph.select.vocabulary import BLAME, FIELD

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph


def nodes(graph: "LineageGraph", said: Condition) -> Mask:
    """Bool (nodes): those of which it is so.

    Raises:
        DataflowError: it is not known when their functions changed, or there is no such revision.
    """
    history, field = graph.history, FIELD[said.field]
    if history is None:
        raise DataflowError(
            "It is not known when functions of this graph changed",
            hint="hamilton_ol.load() and hamilton_ol.lineage() look for it in git.",
        )
    if field.name == BLAME:
        last = cache(lambda: history.last_changes(graph.nodes))
        index = graph.facts.index(
            BLAME, Derived(lambda node: (last()[node].author,) if node in last() else (), "id")
        )
        return index.matching(matching(field, said.value))
    changed = graph.facts.changed
    revisions = said.value.text
    if revisions not in changed:
        changed[revisions] = history.changed(graph.nodes, revisions)
    found = changed[revisions]
    return np.fromiter((node in found for node in graph.ids), np.bool_, len(graph))
