"""Sheets with fans: many cards, or chains of cards, with the same neighbours."""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from hamilton_ol.graph.layout import Edges, Groups, Sheet
from tests.support.sheets import sheets

KINDS = ("out", "in", "both")  # fed by a card, read by one, or both


def fan(kind: str, count: int = 1000, length: int = 1) -> Sheet:
    """A fan by itself: its strands first, then the card before them and the card after them."""
    hub, sink = count * length, count * length + 1
    source, target = strand_edges(kind, 0, (count, length), ([hub], [sink]))
    cards = count * length + 2 - (kind != "both")
    target[target == sink] = cards - 1
    names = [f"n{number:05}" for number in range(cards)]
    return Sheet(names, edges=Edges(source, target))


def strand_edges(
    kind: str, first: int, shape: tuple[int, int], ends: tuple[list[int], list[int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(source, target) of the edges of a fan whose cards are numbered from `first`.

    Args:
        kind: of KINDS.
        first: number of the first card.
        shape: strands, and cards in each.
        ends: what feeds all of them, what reads all of them.
    """
    cards = first + np.arange(shape[0] * shape[1]).reshape(shape)
    hubs, sinks = (ends[0] if kind != "in" else []), (ends[1] if kind != "out" else [])
    pairs = [(cards[:, :-1].ravel(), cards[:, 1:].ravel())]
    pairs += [(np.full(shape[0], hub), cards[:, 0]) for hub in hubs]
    pairs += [(cards[:, -1], np.full(shape[0], sink)) for sink in sinks]
    source, target = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return source.astype(np.int64), target.astype(np.int64)


@st.composite
def fanned(draw: st.DrawFn, *, grouped: bool = False) -> Sheet:
    """A small sheet, and a fan or two somewhere in it, each inside one group or in none."""
    base = draw(sheets(most=12, grouped=False))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    groups = draw(st.integers(1, 3)) if grouped else 0
    count = max(len(base), 4)  # of cards that fans may hang on
    of, pairs = chance.integers(-1, max(groups, 1), count).tolist(), []
    for _ in range(draw(st.integers(1, 2))):
        shape = draw(st.integers(41, 60)), draw(st.integers(1, 3))
        hubs, sinks = (chance.permutation(count)[: draw(st.integers(1, 2))].tolist() for _ in "ab")
        pairs.append(strand_edges(draw(st.sampled_from(KINDS)), len(of), shape, (hubs, sinks)))
        of += [draw(st.integers(-1, groups - 1)) if groups else -1] * (shape[0] * shape[1])
    source, target = (np.concatenate(side) for side in zip(*pairs, strict=True))
    names, closed = [f"group_{number}" for number in range(groups)], chance.random(groups) < 0.3
    boxes = Groups(names, of, collapsed=closed) if grouped else None
    return _carded(base, chance, source, target, len(of), boxes)


def _carded(
    base: Sheet,
    chance: np.random.Generator,
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    cards: int,
    groups: Groups | None,
) -> Sheet:
    more = cards - len(base)
    rows = np.append(base.rows, np.where(chance.random(more) < 0.1, chance.integers(1, 4, more), 0))
    height = np.append(base.height, chance.integers(20, 70, more) + rows[len(base) :] * 20.0 + 5)
    return Sheet(
        [f"card_{number:03}" for number in chance.permutation(cards)],
        width=np.append(base.width, chance.integers(20, 260, more).astype(float)),
        height=height,
        rows=rows,
        edges=Edges(
            np.append(base.edges.source, source),
            np.append(base.edges.target, target),
            row=np.append(base.edges.row, np.full(source.size, -1)),
            argument=np.append(base.edges.argument, chance.integers(0, 9, source.size)),
        ),
        groups=groups,
    )
