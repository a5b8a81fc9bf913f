"""How strongly a link draws the items at its ends."""

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, sums
from hamilton_ol.graph.layout.net import Net

FEW = 4
STIFF, STIFFEST = 2.0, 4.0
TINY = 1e-9


def pulls(net: Net, *, trunk: float, branch: float, branches: float) -> tuple[Floats, Floats]:
    """The weight of each link as its tail and as its head feel it, (S,) and (S,).

    Many branches together draw a lane less than a few do: so the trunk of a hub runs straight.

    Args:
        net: the items.
        trunk: weight of a link between two lanes.
        branch: of a link between a card and a lane.
        branches: of all such links at one side of a lane together, at most.
    """
    lane = net.is_lane
    tail, head = net.tail.item, net.head.item
    inner = lane[tail] & lane[head]
    mixed = lane[tail] ^ lane[head]
    weight = np.where(inner, trunk, np.where(mixed, branch, 1.0))
    return (
        _shared(weight, tail, mixed & lane[tail], net.items, branches),
        _shared(weight, head, mixed & lane[head], net.items, branches),
    )


def stiffness(net: Net) -> Floats:
    """How many times its weight a link counts, (S,): trunks that many branches leave bend least."""
    lane, tail, head = net.is_lane, net.tail.item, net.head.item
    branches = np.bincount(tail[~lane[head]], minlength=net.items)
    branches += np.bincount(head[~lane[tail]], minlength=net.items)
    most = np.maximum(branches[tail], branches[head])
    return np.where(lane[tail] & lane[head], np.clip(most / STIFF, 1.0, STIFFEST), 1.0)


def _shared(weight: Floats, item: Ints, is_branch: Flags, items: int, most: float) -> Floats:
    total = sums(weight[is_branch], item[is_branch], items)
    number = np.bincount(item[is_branch], minlength=items)
    few = np.minimum(1.0, FEW / np.maximum(number, 1))
    factor = np.minimum(1.0, few * most / np.maximum(total, TINY))
    return np.asarray(np.where(is_branch, weight * factor[item], weight), np.float64)
