"""Nodes by any piece of what is written of them, as quickly as a person types."""

import numpy as np

from hamilton_ol.graph.adjacency import Ints, Mask
from hamilton_ol.graph.lineage import LineageGraph
from hamilton_ol.graph.nodes import Node
from hamilton_ol.graph.scene.kinds import kind_of

END = "\n"  # between two nodes; no piece reaches over it


class Searched:
    """All that is written of the nodes of a graph, in one text."""

    def __init__(self, graph: LineageGraph) -> None:
        texts = [_written(node) for node in graph.nodes]
        self._text = END.join(texts)
        lengths = np.array([len(text) + 1 for text in texts], np.int64)
        self._starts: Ints = np.cumsum(lengths) - lengths

    def matches(self, piece: str) -> Mask:
        """Bool (nodes): those of which all words of a text are written somewhere."""
        found: Mask = np.ones(len(self._starts), np.bool_)
        for word in piece.casefold().split():
            found &= self._with(word)
        return found

    def _with(self, word: str) -> Mask:
        found: Mask = np.zeros(len(self._starts), np.bool_)
        starts, count = self._starts, len(self._starts)
        at = self._text.find(word)
        while at >= 0:
            row = int(np.searchsorted(starts, at, side="right")) - 1
            found[row] = True
            if row + 1 == count:
                break
            at = self._text.find(word, int(starts[row + 1]))
        return found


def _written(node: Node) -> str:
    parts = [node.name, kind_of(node), node.type, node.module, *node.owners, node.status]
    for key, value in node.tags.items():
        parts += [key, value] if isinstance(value, str) else [key, *value]
    return " ".join(parts).replace(END, " ").casefold()
