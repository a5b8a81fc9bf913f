"""Curves of cubics, each kept once however many curves run through it.

Long edges share most of their way: of 100,000 cards that all stand open, ten curves run through a
cubic.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hamilton_ol.graph.scene.arrays import Floats, Ints, Numbers

PART = 100_000  # cubics that are cut at once
#: Odd numbers that spread what is multiplied with them over all bits.
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64
)
_SHIFT = np.uint64(29)


@dataclass(frozen=True, eq=False)
class Curves:
    """K of them.

    Attributes:
        start: curve r runs through the cubics number[start[r] : start[r + 1]], (K + 1,).
        number: of these, curve by curve, (C,).
        cubics: four points each, (S, 8); each is in a curve.
    """

    start: Ints
    number: Numbers
    cubics: Floats

    def __len__(self) -> int:
        """How many there are."""
        return len(self.start) - 1

    def points(self, curve: int) -> Floats:
        """A first point, then two control points and an end for each cubic, (P, 2)."""
        cubics = self.cubics[self.number[self.start[curve] : self.start[curve + 1]]]
        return np.vstack([cubics[:1, :2], cubics[:, 2:].reshape(-1, 2)])

    @property
    def ends(self) -> Floats:
        """First and last point of each, (K, 4)."""
        first, last = self.number[self.start[:-1]], self.number[self.start[1:] - 1]
        return np.hstack([self.cubics[first, :2], self.cubics[last, 6:]])


def cut(start: Ints, points: Floats) -> Curves:
    """Cut curves, of which r has the points start[r] .. start[r + 1], into cubics.

    Args:
        start: (K + 1,).
        points: as of `Curves.points`, (P, 2).
    """
    counts = np.maximum(np.diff(start) - 1, 0) // 3
    begin = np.concatenate(([0], np.cumsum(counts)))
    at = np.repeat(start[:-1] - 3 * begin[:-1], counts) + 3 * np.arange(int(begin[-1]))
    first, number = _unique(points, at)
    cubics = _all_cubics(points, at[first])
    if not _are_those(cubics, number, points, at):  # two different ones have one key
        cubics, number = _all_cubics(points, at), np.arange(len(at))
    return Curves(begin, number.astype(np.int32), cubics)


def only(curves: Curves) -> Curves:
    """The same without the cubics that no curve runs through."""
    used = np.bincount(curves.number, minlength=len(curves.cubics)) > 0
    number = (np.cumsum(used) - 1)[curves.number].astype(np.int32)
    return Curves(curves.start, number, curves.cubics[used])


def _all_cubics(points: Floats, at: Ints) -> Floats:
    found = np.empty((len(at), 8))
    for part in _parts(len(at)):
        found[part] = _cubics(points, at[part])
    return found


def _are_those(cubics: Floats, number: Ints, points: Floats, at: Ints) -> bool:
    """Whether each of the numbers means the cubic that begins at its point."""
    parts = _parts(len(at))
    return all(np.array_equal(cubics[number[part]], _cubics(points, at[part])) for part in parts)


def _cubics(points: Floats, at: Ints) -> Floats:
    """Those that begin at these points, (k, 8)."""
    return np.hstack([points[at + step] for step in range(4)])


def _parts(count: int) -> Iterator[slice]:
    """Of so many some at once: all are much more than what stays of them."""
    return (slice(first, first + PART) for first in range(0, count, PART))


def _unique(points: Floats, at: Ints) -> tuple[Ints, Ints]:
    """Which cubics are there once, in the order in which they come; which of these each is."""
    keys = np.zeros(len(at), np.uint64)
    for part in _parts(len(at)):
        words = _cubics(points, at[part]).view(np.uint64)
        for column in range(words.shape[1]):
            keys[part] = keys[part] * _FACTORS[column % 4] ^ words[:, column]
            keys[part] ^= keys[part] >> _SHIFT
    first, place = np.unique(keys, return_index=True, return_inverse=True)[1:]
    order = np.argsort(first)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return first[order], rank[place]
