"""Outlines of cards by kind, as paths of SVG: each can be told without its colour."""

from collections.abc import Sequence
from typing import NamedTuple

from hamilton_ol.graph.export.markup import number

RADIUS = 6.0
RULE = 4.5  # from the edge of a source to its second rule
_LOW = 34.0  # a capsule that is lower has round ends


class Box(NamedTuple):
    """A rectangle, px."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """The height of its middle, y."""
        return self.top + self.height / 2


def polyline(*points: tuple[float, float]) -> str:
    """Straight lines from point to point."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def rounded(box: Box, radii: Sequence[float]) -> str:
    """A rectangle with its own radius at each corner, from the top left on, clockwise."""
    one, two, three, four = (min(r, box.height / 2, box.width / 2) for r in radii)
    steps = (
        *("M", box.left + one, box.top, "H", box.right - two),
        *_turn(two, two, two),
        *("V", box.bottom - three, *_turn(three, -three, three)),
        *("H", box.left + four, *_turn(four, -four, -four)),
        *("V", box.top + one, *_turn(one, one, -one), "Z"),
    )
    return " ".join(s if isinstance(s, str) else number(s) for s in steps)


def _turn(radius: float, right: float, down: float) -> tuple[str | float, ...]:
    return ("a", radius, radius, 0, 0, 1, right, down) if radius else ()


def outline(kind: str, box: Box) -> str:
    """The outline of a card."""
    if kind in {"config", "validator", "artifact"}:
        draw = {"config": _cut_corners, "validator": _pointed, "artifact": _folded}[kind]
        return draw(box)
    radii = {
        "source": (0, RADIUS, RADIUS, 0),
        "saver": (RADIUS, 0, 0, RADIUS),
        "column": (2, 2, 2, 2),
        "input": (box.height / 2 if box.height < _LOW else 16.0,) * 4,
    }
    return rounded(box, radii.get(kind, (RADIUS,) * 4))


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


def _fold(box: Box) -> float:
    return min(10.0, box.height / 3)


def _folded(box: Box) -> str:
    fold, radius = _fold(box), RADIUS
    begin = polyline((box.right - fold, box.top), (box.right, box.top + fold))
    steps = (
        *("V", box.bottom - radius, *_turn(radius, -radius, radius)),
        *("H", box.left + radius, *_turn(radius, -radius, -radius)),
        *("V", box.top + radius, *_turn(radius, radius, -radius), "Z"),
    )
    return begin + " ".join(s if isinstance(s, str) else number(s) for s in steps)


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
