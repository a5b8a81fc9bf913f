"""Matrices that are mostly empty: by scipy where that is worth its import, else in plain numpy."""

from collections.abc import Callable

import numpy as np

from hamilton_ol.graph.layout.arrays import Floats, Ints, sums

LARGE = 20_000  # entries; fewer take less time here than importing scipy.sparse does


def multiplier(size: int, row: Ints, column: Ints, value: Floats) -> Callable[[Floats], Floats]:
    """Multiplies a square matrix by vectors, (size,).

    Args:
        size: of the matrix.
        row: of each entry.
        column: of each entry.
        value: of each entry; those of one place are added up.
    """
    if row.size > LARGE:
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - takes 0.2 s

        matrix = csr_matrix((value, (row, column)), shape=(size, size))
        return lambda vector: np.asarray(matrix @ vector, np.float64)
    return lambda vector: sums(value * vector[column], row, size)


def components(size: int, one: Ints, other: Ints) -> Ints:
    """The connected part that each of some things is in, numbered by the first of each, (size,)."""
    root = np.arange(size)
    while True:
        near = root.copy()
        ends = root[one], root[other]
        least = np.minimum(*ends)
        for end in ends:
            np.minimum.at(near, end, least)
        while not np.array_equal(further := near[near], near):
            near = further
        if np.array_equal(near, root):
            return np.unique(root, return_inverse=True)[1].reshape(-1)
        root = near
