"""How many pairs of a sequence are in the wrong order."""

from collections.abc import Callable

import numpy as np

from hamilton_ol.graph.layout.arrays import Ints

BLOCK = 64
ROWS = 4096  # blocks that are compared at once


def inversions(values: Ints, check: Callable[[], None]) -> int:
    """The number of i < j with values[i] > values[j]; values are 0 or greater.

    Blocks of 64 are compared pair by pair, all blocks at once; sorted blocks are then merged two by
    two, where a binary search says how many of the left one are greater.
    """
    if values.size <= 1:
        return 0
    top = int(values.max()) + 2
    padded = np.concatenate((values, np.full(-values.size % BLOCK, top - 1)))
    blocks = padded.reshape(-1, BLOCK)
    return _inside(blocks, check) + _between(np.sort(blocks, axis=1).ravel(), top, check)


def _inside(blocks: Ints, check: Callable[[], None]) -> int:
    total = 0
    for begin in range(0, blocks.shape[0], ROWS):
        check()
        some = blocks[begin : begin + ROWS]
        for step in range(1, BLOCK):
            total += int(np.count_nonzero(some[:, :-step] > some[:, step:]))
    return total


def _between(values: Ints, top: int, check: Callable[[], None]) -> int:
    total, size = 0, BLOCK
    while size < values.size:
        check()
        block = np.arange(values.size) // size
        pair, is_right = block >> 1, (block & 1).astype(np.bool_)
        key = values + pair * top
        left, right = key[~is_right], key[is_right]
        ends = np.searchsorted(left, (pair[is_right] + 1) * top)
        total += int((ends - np.searchsorted(left, right, "right")).sum())
        values = np.sort(key, kind="stable") - pair * top
        size *= 2
    return total
