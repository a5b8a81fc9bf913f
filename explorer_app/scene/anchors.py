"""What stays where it is on the screen while a scene is arranged otherwise."""

import numpy as np

from explorer_app.scene.viewport import Viewport
from hamilton_ol.graph.scene.scene import Scene


def place_of(scene: Scene, card: int) -> tuple[float, float] | None:
    """The corner of a card, or of the box that it is in; None when neither is shown."""
    groups = scene.groups
    group = int(groups.of_node[card]) if len(groups) else -1
    box = groups.boxes[group] if group >= 0 else scene.boxes[card]
    return (float(box[0]), float(box[1])) if np.isfinite(box[0]) else None


def nearest(scene: Scene, view: Viewport) -> int:
    """The card nearest to the middle of a view, -1 when none is shown."""
    middle = scene.boxes[:, :2] + scene.boxes[:, 2:] / 2
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
