"""Boxes around the cards of a picture in SVG, and the bundles of edges between them."""

from collections.abc import Iterator, Sequence

import numpy as np

from hamilton_ol.graph.export.lettering import line
from hamilton_ol.graph.export.markup import element
from hamilton_ol.graph.export.palette import Palette, blend
from hamilton_ol.graph.scene.bundles import (
    PALE,
    PALE_TONED,
    head,
    on_cubics,
    places,
    thickness,
)
from hamilton_ol.graph.scene.estimates import width
from hamilton_ol.graph.scene.names import named
from hamilton_ol.graph.scene.paths import number
from hamilton_ol.graph.scene.scene import Groups, Routes

Point = tuple[float, float]
_RADIUS, _SIDE, _HEADING = 12.0, 14.0, 16.0  # of a box: to its heading, to the middle of that
_LONGEST = 60  # letters of a name


def boxes(groups: Groups, palette: Palette) -> Iterator[str]:
    """Each box with its name and how many cards are in it, as the layout found room for them."""
    rows = zip(groups.names, groups.boxes.tolist(), groups.count.tolist(), strict=True)
    for name, (left, top, wide, high), count in rows:
        ground = {"fill": palette.color("group"), "stroke": palette.color("group_border")}
        box = element("rect", x=left, y=top, width=wide, height=high, rx=_RADIUS, **ground)
        yield box + _heading(named(name, _LONGEST), f"{count:,}", (left, top, wide), palette)


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
    wide, (*rest, control, tip) = thickness(count), points
    pale = blend(ink, palette.color("canvas"), PALE_TONED if tone else PALE)
    long = head(wide)
    end = tip[0] - long
    trimmed = [*rest, (max(control[0] - long, rest[0][0]), control[1]), (end, tip[1])]
    first, *others = (f"{number(x)} {number(y)}" for x, y in trimmed)
    pen = {"stroke": pale, "stroke_width": f"{wide:g}"}
    curve = element("path", d=f"M{first}C{' '.join(others)}", fill="none", **pen)
    back, half = tip[0] - long * 1.25, long * 0.62
    sides = f"L{number(back)} {number(tip[1] - half)}V{number(tip[1] + half)}Z"
    return curve + element("path", d=f"M{number(tip[0])} {number(tip[1])}{sides}", fill=pale)


def spots(routes: Routes) -> dict[int, Point]:
    """Where the counts of bundles are written, by the numbers of their curves: as on the canvas."""
    starts = np.flatnonzero(routes.is_bundle & (routes.count > 1))
    if not len(starts):
        return {}
    cubics = np.stack([routes.curves.points(route)[:4].ravel() for route in starts.tolist()])
    steps = places(cubics, routes.count[starts], 1.0)
    some = np.flatnonzero(~np.isnan(steps))
    found = on_cubics(cubics[some], steps[some, None])[:, 0].tolist()
    return dict(zip(starts[some].tolist(), found, strict=True))


def label(at: Point, count: int, tone: str, palette: Palette) -> str:
    """How many edges a bundle stands for."""
    text, (x, y) = f"{count:,}", at
    wide = max(18.0, width("micro", text, 600) + 10)
    look = {"fill": palette.color("card"), "stroke": palette.color(tone or "border_strong")}
    plate = element("rect", x=x - wide / 2, y=y - 8, width=wide, height=16.0, rx=8.0, **look)
    ink = palette.color(tone or "text2")
    return plate + line("micro", text, (x, y), ink, weight=600, anchor="middle")
