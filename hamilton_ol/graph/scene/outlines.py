"""Outlines of cards by kind, as paths of SVG: each can be told without its colour."""

from hamilton_ol.graph.scene.paths import Box, joined, polyline, rounded, turn

RADIUS = 6.0
RULE = 4.5  # from the edge of a source to its second rule
_LOW = 34.0  # a capsule that is lower has round ends


def outline(kind: str, box: Box, radius: float = RADIUS) -> str:
    """The outline of a card."""
    match kind:
        case "config":
            return _cut_corners(box)
        case "validator":
            return _pointed(box)
        case "artifact":
            return _folded(box, radius)
    radii = {
        "source": (0, radius, radius, 0),
        "saver": (radius, 0, 0, radius),
        "column": (2, 2, 2, 2),
        "input": (box.height / 2 if box.height < _LOW else 16.0,) * 4,
    }
    return rounded(box, radii.get(kind, (radius,) * 4))


def inner(kind: str, box: Box) -> str:
    """The second stroke of the shapes that have one: the fold of an artifact, a source's rule."""
    if kind == "artifact":
        fold = _fold(box)
        corner = (box.right - fold, box.top + fold)
        return polyline((corner[0], box.top), corner, (box.right, corner[1]))
    if kind in {"source", "saver"}:
        x = box.left + RULE if kind == "source" else box.right - RULE
        return polyline((x, box.top), (x, box.bottom))
    return ""


def small(kind: str, r: float) -> str:
    """The shape of a node around the origin, where there is no room for a card."""
    box = Box(-r, -r, 2 * r, 2 * r)
    match kind:
        case "input":
            return rounded(Box(-1.3 * r, -0.75 * r, 2.6 * r, 1.5 * r), (r,) * 4)
        case "config":
            return outline("config", box)
        case "source" | "saver":
            return _half_round(r, -1 if kind == "source" else 1)
        case "artifact":
            return polyline((-r, -r), (0.3 * r, -r), (r, -0.3 * r), (r, r), (-r, r)) + "Z"
        case "validator":
            return polyline((0, -1.25 * r), (1.25 * r, 0), (0, 1.25 * r), (-1.25 * r, 0)) + "Z"
        case "column":
            return rounded(Box(-0.5 * r, -1.1 * r, r, 2.2 * r), (0,) * 4)
    return rounded(box, (0.55 * r,) * 4)


def _half_round(r: float, side: int) -> str:
    far = 1.5 * side * r
    return polyline((-side * r, -r), (0.2 * side * r, -r)) + joined(
        *("C", far, -r, far, r, 0.2 * side * r, r, "L", -side * r, r, "Z")
    )


def _fold(box: Box) -> float:
    return min(10.0, box.height / 3)


def _folded(box: Box, radius: float) -> str:
    fold = _fold(box)
    return polyline((box.right - fold, box.top), (box.right, box.top + fold)) + joined(
        *("V", box.bottom - radius, *turn(radius, -radius, radius)),
        *("H", box.left + radius, *turn(radius, -radius, -radius)),
        *("V", box.top + radius, *turn(radius, radius, -radius), "Z"),
    )


def _cut_corners(box: Box) -> str:
    cut = min(9.0, box.height / 3)
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    upper = ((left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut))
    lower = ((right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut))
    return polyline(*upper, *lower) + "Z"


def _pointed(box: Box) -> str:
    point = min(10.0, box.height / 2.6)
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    upper = ((left + point, top), (right - point, top), (right, box.middle))
    return (
        polyline(*upper, (right - point, bottom), (left + point, bottom), (left, box.middle)) + "Z"
    )
