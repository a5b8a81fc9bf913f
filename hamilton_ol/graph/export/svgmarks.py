"""Marks on the cards of a picture in SVG: what is followed, whose it is, the ends of a way."""

import math

from hamilton_ol.graph.export.icons import icon
from hamilton_ol.graph.export.legend import bars, ring
from hamilton_ol.graph.export.lettering import line
from hamilton_ol.graph.export.markup import element
from hamilton_ol.graph.export.palette import Palette
from hamilton_ol.graph.scene.cards import Tag
from hamilton_ol.graph.scene.estimates import width
from hamilton_ol.graph.scene.paths import Box
from hamilton_ol.graph.scene.tokens import tokens

_ACROSS = (0.0, 0.5, 1.0, 2.0, 4.0)  # from the left side to where a stripe ends
_TAG = 17.0  # height
_LEAD = 13.0  # of the icon before personal data


def halo(path: str, ink: str, share: float) -> str:
    """Around the node that is asked about."""
    wide = f"{tokens()['line']['halo']:g}"
    pen = {"stroke": ink, "stroke_width": wide, "stroke_opacity": f"{share:g}"}
    return element("path", d=path, fill="none", stroke_linejoin="round", **pen)


def stripe(kind: str, box: Box, ink: str) -> str:
    """At the left of a card, inside its outline: of an owner, a module, a kind."""
    above = [(box.left + x, box.top + _corner(kind, box.height, x)) for x in _ACROSS]
    below = [(x, 2 * box.top + box.height - y) for x, y in reversed(above)]
    d = "L".join(f"{x:.5g} {y:.5g}" for x, y in (*above, *below))
    return element("path", d=f"M{d}Z", fill=ink)


def _corner(kind: str, height: float, x: float) -> float:
    """How far below the top of a card its outline is, so far from its left side."""
    if kind == "source":
        return 0.0
    if kind == "config":
        return max(min(9.0, height / 3) - x, 0.0)
    if kind == "validator":
        return height / 2 * (1 - x / min(10.0, height / 2.6))
    radius = min(height / 2, 16.0) if kind == "input" else 6.0
    return radius - math.sqrt(radius**2 - (radius - x) ** 2)


def end(edge: tuple[float, float], ink: str, back: str) -> str:
    """What is followed ends at this point of a card's right side; edges go on behind it."""
    x, y = edge
    tie = element("path", d=f"M{x:.5g} {y:.5g}h7.5", stroke=ink, stroke_width="1.5")
    return tie + ring((x + 13, y), ink, back)


def barrier(edge: tuple[float, float], ink: str) -> str:
    """What is followed is stopped behind this point."""
    return bars((edge[0] + 5, edge[1]), ink)


def letter(text: str, at: tuple[float, float], tone: str, palette: Palette) -> str:
    """Names an end of a way."""
    back, ink = palette.color("canvas"), palette.color("card")
    place = {"cx": at[0], "cy": at[1], "r": 9.5}
    disc = element("circle", fill=palette.color(tone), stroke=back, stroke_width="3", **place)
    return disc + line("meta", text, at, ink, weight=600, anchor="middle")


def labels(tags: tuple[Tag, ...], at: tuple[float, float], palette: Palette) -> str:
    """Small labels in a row."""
    x, y = at
    found = []
    for tag in tags:
        lead = _LEAD if tag.tone == "pii" else 0.0
        wide = width("micro", tag.text) + 12 + lead
        ink = palette.color(tag.tone or "text2")
        back = palette.color(palette.soft(tag.tone) if tag.tone else "sunken")
        found.append(
            element("rect", x=x, y=y, width=wide, height=_TAG, rx=_TAG / 2, fill=back)
            + (icon("pii", (x + 5, y + 3), 11, ink, 1.6) if lead else "")
            + line("micro", tag.text, (x + 6 + lead, y + _TAG / 2), ink)
        )
        x += wide + 4
    return "".join(found)
