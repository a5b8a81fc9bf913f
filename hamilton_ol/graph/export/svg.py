"""A picture as SVG: nothing in it refers to anything outside, and no text in it is markup."""

from collections.abc import Iterator, Mapping
from itertools import accumulate, groupby
from typing import NamedTuple

import numpy as np

from hamilton_ol.graph.export.legend import legend
from hamilton_ol.graph.export.lettering import families, line
from hamilton_ol.graph.export.markup import SEPARATOR, element, plain
from hamilton_ol.graph.export.palette import Palette
from hamilton_ol.graph.export.picture import Picture
from hamilton_ol.graph.export.svgcards import Cards
from hamilton_ol.graph.export.svggroups import boxes, bundle, label, spots
from hamilton_ol.graph.scene.estimates import width
from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.scene.paths import number
from hamilton_ol.graph.scene.tokens import ThemeName, tokens
from hamilton_ol.graph.scene.words import TONES

_LOWEST = 160.0  # px
_SIDE, _TOP, _FOOT = 30.0, 58.0, 64.0
_DIM = -1  # how an edge looks that steps back, below all tones
_TRIM = 4.0  # a curve ends inside its arrow head
_ARROW = (6.0, 3.0)  # length, half its width
_CORNERS = 4  # of an arrow, with the one where it ends
_LONGEST = 30_000  # points of a path; of one with more than 32,767 Qt draws only the beginning

Points = list[tuple[float, float]]


class Frame(NamedTuple):
    """What is seen, px."""

    left: float
    top: float
    width: float
    height: float


def svg(picture: Picture, theme: ThemeName = "light") -> str:
    """A picture as an SVG document.

    Args:
        picture: what is shown.
        theme: in which colours.
    """
    palette = Palette(theme)
    signs, wide = legend(picture, palette)
    frame = _frame(picture, max(wide, _trail_width(picture)))
    foot = f"translate({number(frame.left + _SIDE)} {number(frame.top + frame.height - 28)})"
    view = (frame.left, frame.top, frame.width, frame.height)
    return element(
        "svg",
        element("title", plain(f" {SEPARATOR} ".join(picture.trail))),
        element("rect", **_box(frame), fill=palette.color("canvas")),
        *_trail(picture, palette, frame),
        "\n",
        *boxes(picture.scene.groups, palette),
        *_edges(picture, palette),
        "\n",
        *(Cards(picture, palette).one(card) + "\n" for card in _order(picture)),
        element("g", signs, transform=foot),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(map(number, view)),
        width=frame.width,
        height=frame.height,
        font_family=families(),
    )


def _box(frame: Frame) -> dict[str, float]:
    return {"x": frame.left, "y": frame.top, "width": frame.width, "height": frame.height}


def _frame(picture: Picture, least: float) -> Frame:
    left, top, right, bottom = picture.scene.bounds
    wide = float(np.ceil(max(right - left, least) + 2 * _SIDE))
    high = float(np.ceil(max(bottom - top + _TOP + _FOOT, _LOWEST)))
    return Frame(float(np.floor(left - _SIDE)), float(np.floor(top - _TOP)), wide, high)


def _order(picture: Picture) -> list[int]:
    """What steps back is drawn first."""
    order: list[int] = np.argsort(~picture.looks.dim, kind="stable").tolist()
    return [card for card in order if np.isfinite(picture.scene.boxes[card, 0])]


def _trail_width(picture: Picture) -> float:
    return sum(width("body", shown(text), 500) + 24 for text in picture.trail)


def _trail(picture: Picture, palette: Palette, frame: Frame) -> Iterator[str]:
    x, y = frame.left + _SIDE, frame.top + 28
    for number_, text in enumerate(map(shown, picture.trail)):
        is_last = number_ == len(picture.trail) - 1
        weight = 500 if is_last else 400
        ink = palette.color("text" if is_last else "muted")
        if number_:
            yield line("body", SEPARATOR, (x, y), palette.color("muted"))
            x += 14
        yield line("body", text, (x, y), ink, weight=weight)
        x += width("body", text, weight) + 10


# --- edges ---------------------------------------------------------------------------------------


def _edges(picture: Picture, palette: Palette) -> Iterator[str]:
    """All curves in few paths for each way they look, those that step back first.

    In a path of their own curves that lie on each other would get darker sides.
    """
    scene, tone = picture.scene, picture.looks.edge_tone.astype(int)
    is_bundle = scene.routes.is_bundle
    look = np.where(picture.looks.edge_dim, _DIM, tone)
    of_route: dict[int, int] = {}
    for route, code in zip(scene.edges.route.tolist(), look.tolist(), strict=True):
        if route >= 0:  # of edges that share a curve the loudest is seen
            of_route[route] = max(code, of_route.get(route, _DIM))
    for code in sorted(set(of_route.values())):
        routes = [route for route, found in sorted(of_route.items()) if found == code]
        key, weight = ("edge_dim", "edge") if code == _DIM else (TONES[code] or "edge", "edge")
        if code > 0:
            weight = "path" if TONES[code] == "path" else "lit"
        ink = palette.color(key)
        yield from _bundles(picture, palette, [r for r in routes if is_bundle[r]], code, ink)
        curves = [_points(picture, route) for route in routes if not is_bundle[route]]
        pen = {"stroke": ink, "stroke_width": f"{tokens()['line'][weight]:g}"}
        for part in _parts(curves):
            yield element("path", d="".join(map(_curve, part)), fill="none", **pen)
        for part in _parts(curves):
            yield element("path", d="".join(map(_arrow, part)), fill=ink)
    yield from _counts(picture, palette, of_route)


def _bundles(
    picture: Picture, palette: Palette, routes: list[int], code: int, ink: str
) -> Iterator[str]:
    """Bundles that look the same."""
    counts = picture.scene.routes.count
    for route in routes:
        yield bundle(_points(picture, route), int(counts[route]), _tone(code), ink, palette)


def _counts(picture: Picture, palette: Palette, of_route: Mapping[int, int]) -> Iterator[str]:
    """Over all curves: how many edges bundles stand for."""
    counts = picture.scene.routes.count
    for route, at in spots(picture.scene.routes).items():
        if route in of_route:
            yield label(at, int(counts[route]), _tone(of_route[route]), palette)


def _tone(code: int) -> str:
    return TONES[code] if code > 0 else ""


def _parts(curves: list[Points]) -> Iterator[list[Points]]:
    """Curves, as many at a time as one path may hold."""
    begins = accumulate((max(len(curve), _CORNERS) for curve in curves), initial=0)
    for _, part in groupby(zip(begins, curves, strict=False), lambda one: one[0] // _LONGEST):
        yield [curve for _, curve in part]


def _points(picture: Picture, route: int) -> Points:
    points = picture.scene.routes.curves.points(route)
    return [(float(x), float(y)) for x, y in points]


def _curve(points: Points) -> str:
    if len(points) < 2:  # noqa: PLR2004 - no curve
        return ""
    *rest, control, tip = points
    trimmed = [*rest, (control[0] - _TRIM, control[1]), (tip[0] - _TRIM, tip[1])]
    first, *others = (f"{number(x)} {number(y)}" for x, y in trimmed)
    return f"M{first}C{' '.join(others)}"


def _arrow(points: Points) -> str:
    x, y = points[-1]
    back, half = x - _ARROW[0], _ARROW[1]
    return f"M{number(x)} {number(y)}L{number(back)} {number(y - half)}V{number(y + half)}Z"
