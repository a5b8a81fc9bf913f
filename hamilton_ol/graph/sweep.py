"""What is reached from where, found by looking at every node once, each after those before it.

There is no queue, and hardly anything to decide on the way: it takes a fourth of the time of a
search, however many nodes are found. It works where nothing is on a cycle.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from hamilton_ol.graph.adjacency import Adjacency, Ints, Mask

DEEPEST = 2000  # levels; each takes 20 µs to be found


class Sweep:
    """The edges of a graph, with the nodes in an order in which no edge leads back.

    Args:
        ranks: int (nodes): the place of each node in this order.
        starts: int32 (nodes + 1): where in `origins` those of each place begin.
        origins: int32 (edges): the places from which an edge leads to each place.
    """

    def __init__(self, ranks: NDArray[np.intp], starts: "Ints", origins: "Ints") -> None:
        self._ranks, self._starts, self._origins = ranks, starts, origins
        self._ones = np.ones(len(origins), np.bool_)

    def reached(self, roots: "Ints") -> "Mask":
        """Bool (nodes): those that can be reached from some, at least one, and these."""
        from scipy.sparse._sparsetools import csr_matvec  # noqa: PLC0415 - see `sweep`

        count = len(self._ranks)
        found = np.zeros(count, np.bool_)
        places = self._ranks[roots]
        found[places] = True
        first = int(places.min())
        rows = count - first, count, self._starts[first:], self._origins, self._ones
        # The product is added to the array that it is made of: a row sees what rows before it got.
        csr_matvec(*rows, found, found[first:])
        return found.take(self._ranks)


def sweep(edges: "Adjacency") -> Sweep | None:
    """The sweep along edges; None where they make a cycle, or scipy is not as it is known.

    The product in place is a function that scipy keeps to itself, so another scipy may lack it.
    """
    try:
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - takes 0.3 s
        from scipy.sparse._sparsetools import csr_matvec  # noqa: F401, PLC0415
    except ImportError:
        return None
    levels = edges.levels
    if levels is None:
        return None
    count = edges.count
    ones = np.ones(len(edges.targets), np.bool_)
    before = csr_matrix((ones, edges.targets, edges.starts), (count, count)).tocsc()
    # Rows of one length one after the other: the processor guesses right where each ends.
    order = np.lexsort((np.diff(before.indptr), levels))
    ranks = np.empty(count, np.intp)
    ranks[order] = np.arange(count)
    before = before[:, order]
    return Sweep(ranks, before.indptr, ranks[before.indices].astype(np.int32))


def levels_of(edges: "Adjacency") -> "Ints | None":
    """int32 (nodes): edges of the longest way to each; None for a cycle, and for very long ways."""
    missing = np.bincount(edges.targets, minlength=edges.count)
    levels = np.full(edges.count, -1, np.int32)
    numbers = np.empty(edges.count, np.intp)
    frontier = np.flatnonzero(missing == 0).astype(np.int32)
    for level in range(DEEPEST):
        levels[frontier] = level
        found = edges.after(frontier)
        if not len(found):
            break
        np.subtract.at(missing, found, 1)
        ready = found[missing[found] == 0]
        numbers[ready] = np.arange(len(ready))  # of several that are the same, the last one stays
        frontier = ready[numbers[ready] == np.arange(len(ready))]
    return None if (levels < 0).any() else levels
