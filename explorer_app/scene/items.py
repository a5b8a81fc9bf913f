"""What keys and screen readers go to: cards, and groups that are closed."""

import numpy as np

from explorer_app.scene.hits import NOTHING, Hit
from hamilton_ol.graph.scene.arrays import Floats, Ints
from hamilton_ol.graph.scene.scene import Scene


class Items:
    """The cards of a scene and, after them, its groups; a group counts while it is closed.

    An item is the number of a card, or that of a group plus the number of cards.

    Args:
        scene: n cards in G groups.

    Attributes:
        boxes: left, top, width, height, (n + G, 4); NaN for what is not shown, and for open groups.
        holder: the item that a card is seen in: itself, its closed group, or -1, (n,).
        order: the items that are shown, by the x of their middle.
    """

    def __init__(self, scene: Scene) -> None:
        count = self._cards = len(scene)
        groups = np.full((len(scene.groups), 4), np.nan)
        groups[scene.closed] = scene.groups.boxes[scene.closed]
        self.boxes: Floats = np.vstack([scene.boxes, groups])
        self.holder: Ints = np.where(np.isfinite(scene.boxes[:, 0]), np.arange(count), -1)
        if len(scene.closed):
            of = scene.groups.of_node
            inside = np.isin(of, scene.closed)
            self.holder[inside] = count + of[inside]
        middle = self.boxes[:, 0] + self.boxes[:, 2] / 2
        shown = np.flatnonzero(np.isfinite(middle))
        self.order: Ints = shown[np.argsort(middle[shown], kind="stable")]
        self._places = np.full(len(self.boxes), -1)
        self._places[self.order] = np.arange(len(self.order))

    def __len__(self) -> int:
        """How many there are, shown or not."""
        return len(self.boxes)

    def place_of(self, item: int) -> int:
        """The place of an item in `order`, -1 when it is not shown."""
        return int(self._places[item])

    def seen(self, item: int) -> int:
        """The item that an item is seen in, -1 for none."""
        return int(self.holder[item]) if 0 <= item < self._cards else item

    def bounds_of(self, items: Ints) -> tuple[float, float, float, float] | None:
        """Left, top, right, bottom of what is seen of some items; None when that is nothing."""
        groups = np.arange(self._cards, len(self))
        found = np.append(self.holder, groups)[items]
        boxes = self.boxes[found[found >= 0]]
        boxes = boxes[np.isfinite(boxes[:, 0])]
        if not len(boxes):
            return None
        (left, top), (right, bottom) = boxes[:, :2].min(0), (boxes[:, :2] + boxes[:, 2:]).max(0)
        return float(left), float(top), float(right), float(bottom)

    def followed(self, item: int, other: "Items") -> int:
        """Where an item is when the same cards are arranged otherwise: the first card that was in it.

        Args:
            item: of these, -1 for none.
            other: those of the new scene.
        """
        if item < 0:
            return -1
        cards = np.array([item]) if item < self._cards else np.flatnonzero(self.holder == item)
        seen = other.holder[cards]
        seen = seen[seen >= 0]
        return int(seen[other._places[seen].argmin()]) if seen.size else -1  # noqa: SLF001 - of the same class

    def group(self, item: int) -> int:
        """The group that an item is; -1 for a card, and for none."""
        return item - self._cards if item >= self._cards else -1

    def hit(self, item: int) -> Hit:
        """An item as if the pointer was over it."""
        if item < 0:
            return NOTHING
        group = self.group(item)
        return Hit("group", group=group) if group >= 0 else Hit("node", item)

    def at(self, hit: Hit) -> int:
        """The item that a pointer is over; -1 for none, and for an open group."""
        if hit.node >= 0 or hit.group < 0:
            return hit.node
        item = self._cards + hit.group
        return item if np.isfinite(self.boxes[item, 0]) else -1
