"""What a layout keeps of an earlier one: parts, layers, the order, and places of columns and lanes."""

import numpy as np

from hamilton_ol.graph.layout.arrays import Flags, Floats, Ints, is_first, order_by
from hamilton_ol.graph.layout.columns import Columns, aligned, depths, gaps
from hamilton_ol.graph.layout.flow import Flow
from hamilton_ol.graph.layout.lanes import Lanes
from hamilton_ol.graph.layout.memory import NEW, Trail
from hamilton_ol.graph.layout.net import Net
from hamilton_ol.graph.layout.parts import Layers
from hamilton_ol.graph.layout.sparse import multiplier
from hamilton_ol.graph.layout.style import Spacing, Style

ROUNDS = 12  # of spreading places from cards that have one
FAR = 1 << 40


def kept_parts(part: Ints, alone: Flags, trail: Trail) -> Ints:
    """Parts as they were: one that falls off its part must not move away from it, (n,)."""
    old = trail.part
    oldest = np.full(int(part.max(initial=0)) + 1, FAR)
    tied = np.flatnonzero((old >= 0) & ~alone)
    np.minimum.at(oldest, part[tied], old[tied])
    new = part + int(old.max(initial=0)) + 1
    found = np.where(oldest[part] < FAR, oldest[part], new)
    found = np.where(alone & (old >= 0), old, found)
    return np.unique(found, return_inverse=True)[1].reshape(-1)


def kept_places(flow: Flow, trail: Trail) -> Floats:
    """Places of cards: their own, else near to what they have edges with, (n,)."""
    known = trail.is_known
    place = np.where(known, np.nan_to_num(trail.middle), 0.0)
    if known.all() or not flow.edges:
        return np.where(known, place, place.max(initial=0.0) + 1)
    ends = np.concatenate((flow.source, flow.target))
    others = np.concatenate((flow.target, flow.source))
    summed = multiplier(flow.cards, ends, others, np.ones(ends.size))
    has = known.astype(np.float64)
    for _ in range(ROUNDS):
        total = summed(has)
        mean = summed(place * has) / np.maximum(total, 1e-9)
        place = np.where(known, place, np.where(total > 0, mean, place))
        has = np.where(known, 1.0, (total > 0) * 1.0)
    return np.where(has > 0, place, place.max(initial=0.0) + 1)


def kept_lanes(lanes: Lanes, layers: Layers, trail: Trail) -> Floats:
    """Where the lanes of known trunks were, (D,); NaN for the others."""
    found = np.full(lanes.count, np.nan)
    if not lanes.count or not trail.lane_card.size:
        return found
    layer = _layers_now(layers, trail)
    rows = int(max(lanes.row.max(initial=0), trail.lane_row.max(initial=0))) + 4
    old = (trail.lane_card * rows + trail.lane_row + 3) * (layers.count + 1) + layer
    order = order_by(old)
    trunk = lanes.trunk
    new = (lanes.card[trunk] * rows + lanes.row[trunk] + 3) * (layers.count + 1) + lanes.layer
    at = np.minimum(np.searchsorted(old[order], new), order.size - 1)
    same = old[order][at] == new
    found[same] = trail.lane_middle[order[at[same]]]
    return found


def _layers_now(layers: Layers, trail: Trail) -> Ints:
    """The layer that now holds what an old lane ran beside, (old D,); none is `layers.count`."""
    known = np.flatnonzero(trail.is_known)
    deep = int(max(trail.layer.max(initial=0), trail.lane_layer.max(initial=0))) + 1
    part = layers.part[layers.of]
    key = part[known] * deep + trail.layer[known]
    pair, count = np.unique(key * (layers.count + 1) + layers.of[known], return_counts=True)
    order = np.lexsort((-count, pair // (layers.count + 1)))
    pair = pair[order][is_first(pair[order] // (layers.count + 1))]
    keys, now = pair // (layers.count + 1), pair % (layers.count + 1)
    wanted = part[trail.lane_card] * deep + trail.lane_layer
    at = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[at] == wanted, now[at], layers.count)


def kept_columns(
    flow: Flow, net: Net, place: Floats, style: Style, spacing: Spacing, trail: Trail
) -> Columns:
    """Columns where they were, unless something pushes them."""
    layers = net.layers
    depth, width = depths(flow, layers, style)
    gap = gaps(net, place, spacing)
    old = _old_begins(layers, trail).tolist()
    begin = np.zeros(layers.count)
    end = 0.0
    for layer in range(layers.count):
        is_known = old[layer] == old[layer]  # not NaN
        if layers.step[layer] == 0:
            begin[layer] = old[layer] if is_known else 0.0
        else:
            least = end + (spacing.column if is_known else gap[layer - 1])
            begin[layer] = max(least, old[layer]) if is_known else least
        end = begin[layer] + width[layer]
    return aligned(layers, begin, width, depth, style, spacing)


def _old_begins(layers: Layers, trail: Trail) -> Floats:
    """The median of where the columns of its cards began, (L,), NaN for a layer of new cards."""
    known = np.flatnonzero(trail.is_known)
    layer, column = layers.of[known], trail.column[known]
    order = np.lexsort((column, layer))
    bounds = np.searchsorted(layer[order], np.arange(layers.count + 1))
    middle = (bounds[:-1] + bounds[1:]) // 2
    values = np.append(column[order], np.nan)
    return np.where(bounds[1:] > bounds[:-1], values[np.minimum(middle, order.size)], np.nan)


def kept_corners(
    layers: Layers,
    trail: Trail,
    along: Columns,
    extents: tuple[Floats, Floats, Floats],
    room: float,
) -> tuple[Floats, Floats]:
    """Where each part begins: where it was, unless another is there; new ones come below all.

    Args:
        layers: of the cards.
        trail: where they were.
        along: columns, already where they were.
        extents: length, first place across and height of each part.
        room: between two parts.
    """
    length, low, height = extents
    known = np.zeros(length.size, np.bool_)
    known[layers.part[layers.of[trail.is_known]]] = True
    u = along.begin[layers.first].copy()
    length = length - u
    v = low.copy()
    u[~known] = u[known].min()
    below = float((low + height)[known].max()) + room
    done: list[int] = []
    order = np.lexsort((-length * height, ~known)).tolist()
    for part in order:
        if not known[part]:
            v[part] = below
        _make_room(part, done, (u, v, length, height), room)
        below = max(below, float(v[part] + height[part]) + room)
        done.append(part)
    return u - along.begin[layers.first], v


def _make_room(
    part: int, done: list[int], boxes: tuple[Floats, Floats, Floats, Floats], room: float
) -> None:
    """Move a part the shorter way until it meets none of those that are done."""
    u, v, length, height = boxes
    others = np.array(done, np.int64)
    while True:
        meets = (
            (u[part] < u[others] + length[others])
            & (u[others] < u[part] + length[part])
            & (v[part] < v[others] + height[others])
            & (v[others] < v[part] + height[part])
        )
        if not meets.any():
            return
        hit = others[meets]
        along = float((u[hit] + length[hit]).max() - u[part]) + room
        across = float((v[hit] + height[hit]).max() - v[part]) + room
        if along < across:
            u[part] += along
        else:
            v[part] += across


def trail_of(layers: Layers, lanes: Lanes, along: Columns, place: Floats) -> Trail:
    """What the next layout needs of this one."""
    cards = layers.of.size
    trunk = lanes.trunk
    none = np.full(cards, NEW)
    return Trail(
        along.begin[layers.of],
        place[:cards],
        layers.step[layers.of],
        layers.part[layers.of],
        lanes.card[trunk],
        lanes.row[trunk],
        layers.step[lanes.layer],
        place[cards:],
        none,
        none,
    )
