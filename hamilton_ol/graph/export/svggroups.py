"""Boxes around the cards of a picture in SVG, and the bundles of edges between them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import dist, sqrt

from hamilton_ol.graph.export.lettering import line
from hamilton_ol.graph.export.markup import element
from hamilton_ol.graph.export.palette import Palette, blend
from hamilton_ol.graph.scene.estimates import width
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.scene.paths import number
from hamilton_ol.graph.scene.scene import Groups
from hamilton_ol.graph.scene.tokens import tokens

Point = tuple[float, float]
_RADIUS, _SIDE, _HEADING = 12.0, 14.0, 16.0  # of a box: to its heading, to the middle of that
_LONGEST = 60  # letters of a name
_LABEL = 40.0  # from the start of a bundle to its count
_PIECES = 32  # that a curve is measured in
_PALE, _PALE_TONED = 0.35, 0.15  # of the canvas in the colour of a bundle


def boxes(groups: Groups, palette: Palette) -> Iterator[str]:
    """Each box with its name and how many cards are in it, as the layout found room for them."""
    rows = zip(groups.names, groups.boxes.tolist(), groups.count.tolist(), strict=True)
    for name, (left, top, wide, high), count in rows:
        ground = {"fill": palette.color("group"), "stroke": palette.color("group_border")}
        box = element("rect", x=left, y=top, width=wide, height=high, rx=_RADIUS, **ground)
        yield box + _heading(shown(name, _LONGEST), f"{count:,}", (left, top, wide), palette)


def _heading(name: str, count: str, at: tuple[float, float, float], palette: Palette) -> str:
    """The name in the largest letters that have room, or none."""
    left, top, wide = at
    middle, ink = top + _HEADING, palette.color("muted")
    told = line("meta", count, (left + wide - _SIDE, middle), ink, anchor="end")
    room = wide - 3 * _SIDE - width("meta", count)
    role = next((r for r in ("name", "meta", "micro") if width(r, name, 600) <= room), "")
    ink = palette.color("text")
    return line(role, name, (left + _SIDE, middle), ink, weight=600) + told if role else told


def bundle(points: Sequence[Point], count: int, tone: str, ink: str, palette: Palette) -> str:
    """A curve that stands for several edges; the more, the wider.

    Args:
        points: a first point, then two control points and an end for each cubic.
        count: how many edges.
        tone: of the edges; empty for none.
        ink: their colour.
        palette: of the picture.
    """
    sizes = tokens()["line"]
    grown = sizes["bundle_least"] + sizes["bundle_growth"] * sqrt(count)
    wide = min(sizes["bundle_most"], grown)
    pale = blend(ink, palette.color("canvas"), _PALE_TONED if tone else _PALE)
    head, (*rest, control, tip) = 7 + wide * 0.7, points
    end = tip[0] - head
    trimmed = [*rest, (max(control[0] - head, rest[0][0]), control[1]), (end, tip[1])]
    first, *others = (f"{number(x)} {number(y)}" for x, y in trimmed)
    pen = {"stroke": pale, "stroke_width": f"{wide:g}"}
    curve = element("path", d=f"M{first}C{' '.join(others)}", fill="none", **pen)
    back, half = tip[0] - head * 1.25, head * 0.62
    sides = f"L{number(back)} {number(tip[1] - half)}V{number(tip[1] + half)}Z"
    return curve + element("path", d=f"M{number(tip[0])} {number(tip[1])}{sides}", fill=pale)


def label(points: Sequence[Point], count: int, tone: str, palette: Palette) -> str:
    """How many edges a bundle stands for, near its start; nothing for one."""
    if count < 2:  # noqa: PLR2004 - it says so itself
        return ""
    text, (x, y) = f"{count:,}", _near_start(points)
    wide = max(18.0, width("micro", text, 600) + 10)
    look = {"fill": palette.color("card"), "stroke": palette.color(tone or "border_strong")}
    plate = element("rect", x=x - wide / 2, y=y - 8, width=wide, height=16.0, rx=8.0, **look)
    ink = palette.color(tone or "text2")
    return plate + line("micro", text, (x, y), ink, weight=600, anchor="middle")


def _near_start(points: Sequence[Point]) -> Point:
    """A point of the first cubic, in its first half."""
    steps = [_at(points, step / _PIECES) for step in range(_PIECES + 1)]
    lengths = [dist(*pair) for pair in pairwise(steps)]
    left = min(_LABEL, sum(lengths) / 2)
    for step, length in zip(steps, lengths, strict=False):
        if left <= length:
            return step
        left -= length
    return steps[0]


def _at(points: Sequence[Point], t: float) -> Point:
    """A point of the first cubic, `t` from 0 to 1."""
    shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(s * p[side] for s, p in zip(shares, points, strict=False)) for side in (0, 1))
    return x, y
