"""Bundles of edges: how wide they are, and where their counts are written, none over another."""

import numpy as np

from hamilton_ol.graph.scene.arrays import Floats, Numbers
from hamilton_ol.graph.scene.tokens import tokens

PALE, PALE_TONED = 0.35, 0.15  # of the canvas in the colour of a bundle

MOST = 150  # counts, of the largest bundles
SHORTEST = 28.0  # px of the screen: on a shorter one a count would hide what it leads to
#: px of the screen from the start of a bundle, and the share of its first curve that this may be.
TRIES = ((40.0, 0.5), (62.0, 0.75), (84.0, 0.75), (20.0, 0.75))
WIDE, DIGIT, HIGH = 14.0, 7.0, 19.0  # px: a count without digits, each of them, from top to top
BENT = 2  # counts one above the other between the ends of a curve: it is not straight
PARTS = 12  # of a curve, which are taken for straight


def thickness(count: int) -> float:
    """How wide a bundle of so many edges is."""
    line = tokens()["line"]
    grown = line["bundle_least"] + line["bundle_growth"] * count**0.5
    return float(min(line["bundle_most"], grown))


def head(wide: float) -> float:
    """The size of the head of a bundle of that width."""
    return 7 + wide * 0.7


def places(cubics: Floats, counts: Numbers, zoom: float) -> Floats:
    """Where on its cubic each count is written, (k,).

    Args:
        cubics: that bundles begin with, (k, 8), in units of the scene.
        counts: what is written, (k,).
        zoom: px of the screen that a unit takes.

    Returns:
        The cubic's parameter, 0 to 1; NaN where there is no room. Straight bundles choose first, and
        of those alike the largest.
    """
    found = np.full(len(counts), np.nan)
    reach = np.hypot(*(cubics[:, 6:] - cubics[:, :2]).T) * zoom
    long = np.flatnonzero(reach >= SHORTEST)
    largest = long[np.argsort(-counts[long], kind="stable")][:MOST]
    cubics = cubics[largest] * zoom
    steps, spots = _tries(cubics)
    leeway = np.minimum(np.abs(cubics[:, 7] - cubics[:, 1]) // HIGH, BENT)
    wide = np.array([WIDE + DIGIT * len(f"{count:,}") for count in counts[largest].tolist()])
    taken, count = np.zeros((len(largest), 3)), 0  # place and width of what is written
    for order in np.argsort(leeway, kind="stable").tolist():
        away = np.abs(spots[order][:, None] - taken[:count, :2])
        is_over = (away[..., 0] < (wide[order] + taken[:count, 2]) / 2) & (away[..., 1] < HIGH)
        free = np.flatnonzero(~is_over.any(axis=1))
        if len(free):
            taken[count] = *spots[order, free[0]], wide[order]
            count, found[largest[order]] = count + 1, steps[order, free[0]]
    return found


def on_cubics(cubics: Floats, steps: Floats) -> Floats:
    """The points of cubics, (k, 8), at some parameters, (k, t) or (t,): (k, t, 2)."""
    back = 1 - steps
    weights = np.stack([back**3, 3 * steps * back**2, 3 * steps**2 * back, steps**3], axis=-1)
    points: Floats = weights @ cubics.reshape(-1, 4, 2)
    return points


def _tries(cubics: Floats) -> tuple[Floats, Floats]:
    """(parameters of the cubics, (k, tries), and the points there, (k, tries, 2))."""
    points = on_cubics(cubics, np.linspace(0.0, 1.0, PARTS + 1))
    parts = np.maximum(np.hypot(*np.diff(points, axis=1).transpose(2, 0, 1)), 1e-9)
    reached = np.cumsum(parts, axis=1)
    length = reached[:, -1:]
    wanted, most = np.array(TRIES).T
    along = np.minimum(wanted, most * length)
    at = (reached[:, None, :] < along[:, :, None]).sum(axis=2)
    row = np.arange(len(cubics))[:, None]
    steps = (at + 1 - (reached[row, at] - along) / parts[row, at]) / PARTS
    return steps, on_cubics(cubics, steps)
