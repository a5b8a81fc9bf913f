"""What stays where it is on the screen while a scene is arranged otherwise."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.arrays import Floats
from hamilton_ol.graph.scene.scene import Scene

NEAR = 0.1  # px that nobody sees
FEW = 64  # cards; to sort 100,000 takes as long as all else


def place_of(scene: Scene, card: int) -> tuple[float, float] | None:
    """The corner of a card, or of the box that it is in; None when neither is shown."""
    groups = scene.groups
    group = int(groups.of_node[card]) if len(groups) else -1
    box = groups.boxes[group] if group >= 0 else scene.boxes[card]
    return (float(box[0]), float(box[1])) if np.isfinite(box[0]) else None


def nearest(scene: Scene, view: Viewport) -> int:
    """The card nearest to the middle of a view, or one in a closed box that is; -1 when none is."""
    boxes, of = scene.boxes, scene.groups.of_node
    if len(scene.closed):
        inside = np.flatnonzero(np.isin(of, scene.closed))
        first = inside[np.unique(of[inside], return_index=True)[1]]
        boxes = boxes.copy()
        boxes[first] = scene.groups.boxes[of[first]]
    middle = boxes[:, :2] + boxes[:, 2:] / 2
    shown = np.flatnonzero(np.isfinite(middle[:, 0]))
    if not shown.size:
        return -1
    away = np.abs(middle[shown] - (view.x, view.y)).sum(axis=1)
    return int(shown[away.argmin()])


def shift(old: Scene, new: Scene, card: int) -> tuple[float, float] | None:
    """How far the scene moves below a card, or its box; None where it is not in both."""
    if card < 0 or len(old) != len(new):
        return None
    before, after = place_of(old, card), place_of(new, card)
    if before is None or after is None:
        return None
    return after[0] - before[0], after[1] - before[1]


def drift(
    old: Scene, new: Scene, view: Viewport, first: Sequence[int] = ()
) -> tuple[float, float] | None:
    """How far what is looked at has moved in a scene of other cards; None if nothing of it is left.

    Args:
        old: the scene that was shown.
        new: the one that will be; cards are the same by their names.
        view: which part is seen.
        first: cards of the old scene that count most; then the nearest to the middle of the view.
    """
    middle = old.boxes[:, :2] + old.boxes[:, 2:] / 2
    away = np.abs(middle - (view.x, view.y)).sum(axis=1)
    away[list(first)] -= 1e12
    number = _numbers(old.cards.names, new.cards.names)
    for card in _by_distance(away):
        other = number(card)
        before, after = place_of(old, card), place_of(new, other) if other >= 0 else None
        if before is not None and after is not None:
            return after[0] - before[0], after[1] - before[1]
    return None


def _numbers(old: Sequence[str], new: Sequence[str]) -> Callable[[int], int]:
    """What says the number of an old card among the new ones; -1 where it is not there."""
    if old == new:
        return lambda card: card
    numbers = {name: number for number, name in enumerate(new)}
    return lambda card: numbers.get(old[card], -1)


def _by_distance(away: Floats) -> Iterator[int]:
    """All that has a distance, the nearest first; hardly anybody asks for more than a few."""
    count = int(np.isfinite(away).sum())
    if count > FEW:
        near = np.argpartition(away, FEW)[:FEW]
        yield from near[np.argsort(away[near])].tolist()
    yield from np.argsort(away)[FEW if count > FEW else 0 : count].tolist()


def is_same(one: Scene, other: Scene) -> bool:
    """Whether all cards are at the same places: then nothing has to be shown to move."""
    if one.cards.names != other.cards.names:
        return False
    there = np.isfinite(one.boxes)
    is_same = np.array_equal(there, np.isfinite(other.boxes))
    return is_same and not (np.abs(one.boxes - other.boxes)[there] > NEAR).any()
