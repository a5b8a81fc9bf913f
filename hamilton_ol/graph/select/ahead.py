"""What a query of a large graph needs, looked up before the first one is typed."""

from typing import TYPE_CHECKING

from hamilton_ol.graph.select.completion import complete
from hamilton_ol.graph.select.conditions import index
from hamilton_ol.graph.select.vocabulary import FIELDS

if TYPE_CHECKING:
    from hamilton_ol.graph.lineage import LineageGraph

_BEGUN = ("+a", "tag:", "owner:", "type:")  # what a person types first
_RARE = frozenset({"code", "doc"})  # long texts, which few look for


def look_up(graph: "LineageGraph") -> None:
    """Make the indexes of a graph that are made when they are needed first; in any thread.

    Of 100,000 nodes this takes about half a second, and then no query waits for any of it.
    """
    for text in _BEGUN:
        complete(graph, text, len(text))
    for field in FIELDS:
        if field.values is not None and field.name not in _RARE:
            index(graph, field)
    _ = graph.up.sweep, graph.down.sweep, graph.facts.depths
    if len(graph.columns.origins):
        _ = graph.facts.flow.up.sweep, graph.facts.flow.down.sweep
