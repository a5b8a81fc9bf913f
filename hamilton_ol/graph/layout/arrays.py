"""Arrays as all phases speak of them, and how their elements are grouped."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_GREATEST = 2**62
_SPREAD = 64


def starts(keys: Ints, count: int) -> Ints:
    """Where the run of each key 0 .. count - 1 begins once keys are sorted, and the end: (count + 1,)."""
    found = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=count), out=found[1:])
    return found


def order_by(*keys: Ints | Floats) -> Ints:
    """The stable order by some keys, the last being the primary one, as `np.lexsort` has it.

    One sort of single numbers, with their places in their last bits, takes a tenth of the time.
    """
    number, most = np.zeros(keys[0].size, np.int64), 1
    for key in reversed(keys):
        rank = _ranks(key)
        count = int(rank.max(initial=0)) + 1
        number, most = number * count + rank, most * count
    bits = number.size.bit_length()
    if most << bits > _GREATEST:
        return np.asarray(np.lexsort(keys), np.int64)
    number = (number << bits) | np.arange(number.size)
    number.sort()
    number &= (1 << bits) - 1
    return number


def _ranks(key: Ints | Floats) -> Ints:
    """Small numbers, 0 or more, in the order of a key."""
    if key.dtype.kind == "i" and key.size:
        low, high = int(key.min()), int(key.max())
        if high - low < _SPREAD * key.size:
            return np.asarray(key - low, np.int64)
    order = np.argsort(key)
    rises = np.append(np.zeros(min(key.size, 1), np.bool_), key[order][1:] > key[order][:-1])
    rank = np.empty(key.size, np.int64)
    rank[order] = np.cumsum(rises)
    return rank


def distinct(keys: Ints) -> tuple[Ints, Ints, Ints]:
    """(different keys, sorted; where each is first; which of them each element has), as `np.unique`."""
    order = order_by(keys)
    is_new = is_first(keys[order])
    of = np.empty(keys.size, np.int64)
    of[order] = np.cumsum(is_new) - 1
    first = order[is_new]
    return keys[first], first, of


def members(start: Ints, ids: Ints) -> tuple[Ints, Ints]:
    """Positions of the members of the runs `ids`, one run after the other, and the runs' sizes."""
    sizes = start[ids + 1] - start[ids]
    before = np.cumsum(sizes) - sizes
    return np.repeat(start[ids] - before, sizes) + np.arange(int(sizes.sum())), sizes


def counting(sizes: Ints) -> Ints:
    """0, 1, .. size - 1 for each size, one after the other."""
    before = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) - np.repeat(before, sizes)


def is_first(sorted_keys: Ints) -> Flags:
    """Whether an element is the first of its key, in sorted keys."""
    found = np.ones(sorted_keys.size, np.bool_)
    found[1:] = sorted_keys[1:] != sorted_keys[:-1]
    return found


def rank_within(key: Ints, *by: Floats | Ints) -> Ints:
    """The place of each element inside its key, ordered by `by`, the last being the primary one."""
    order = order_by(*by, key)
    first = np.flatnonzero(is_first(key[order]))
    rank = np.empty(key.size, np.int64)
    rank[order] = np.arange(key.size) - np.repeat(first, np.diff(np.append(first, key.size)))
    return rank


def dense_rank_within(key: Ints, by: Ints) -> Ints:
    """As `rank_within`, but equal elements share a place and no place is left out."""
    order = order_by(by, key)
    new_key = is_first(key[order])
    step = ((by[order][1:] != by[order][:-1]) | new_key[1:]).astype(np.int64)
    number = np.append(np.zeros(min(key.size, 1), np.int64), np.cumsum(step))
    rank = np.empty(key.size, np.int64)
    rank[order] = number - number[new_key][np.cumsum(new_key) - 1]
    return rank


def least(values: Floats, keys: Ints, count: int, default: float) -> Floats:
    """The least value of each key, or the default."""
    found = np.full(count, default)
    np.minimum.at(found, keys, values)
    return found


def greatest(values: Floats, keys: Ints, count: int, default: float) -> Floats:
    """The greatest value of each key, or the default."""
    found = np.full(count, default)
    np.maximum.at(found, keys, values)
    return found


def sums(values: Floats, keys: Ints, count: int) -> Floats:
    """The sum of each key's values."""
    return np.asarray(np.bincount(keys, weights=values, minlength=count), np.float64)


def means(values: Floats, keys: Ints, count: int) -> Floats:
    """The mean of each key's values, 0 where it has none."""
    return sums(values, keys, count) / np.maximum(np.bincount(keys, minlength=count), 1)


def spans(bounds: Ints) -> list[tuple[int, int]]:
    """Neighbouring bounds as pairs of plain integers."""
    return list(pairwise(bounds.tolist()))
