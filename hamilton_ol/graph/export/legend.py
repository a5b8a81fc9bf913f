"""What shapes, marks and colours of a picture mean, in one row of plain text."""

from collections.abc import Iterator

from hamilton_ol.graph.export.icons import icon, status
from hamilton_ol.graph.export.lettering import line
from hamilton_ol.graph.export.markup import element
from hamilton_ol.graph.export.palette import Palette
from hamilton_ol.graph.export.picture import Picture, Sign, duration
from hamilton_ol.graph.scene.estimates import width
from hamilton_ol.graph.scene.outlines import outline
from hamilton_ol.graph.scene.paths import Box
from hamilton_ol.graph.scene.words import KINDS, STATUSES

_GAP, _LEAD = 20.0, 27.0
_SWATCH = (19.0, 14.0)
_STEP = (18.0, 10.0)  # of the scale of durations
_HEAD = "M20 0L14 -3V3Z"  # of an arrow
_SAID = {"ok": "finished", "died": "did not end"}


def legend(picture: Picture, palette: Palette) -> tuple[str, float]:
    """What is to be explained, around the height 0, from 0 to a width, px."""
    title = line("meta", picture.title, (0, 0), palette.color("text2"), weight=600)
    x, found = width("meta", picture.title, 600) + _GAP if title else 0.0, [title]
    for sign in picture.signs or tuple(_usual(picture)):
        mark, lead = _mark(sign, palette)
        if mark:
            found.append(element("g", mark, transform=f"translate({x:.5g} 0)"))
            found.append(line("meta", sign.label, (x + lead, 0), palette.color("text2")))
            x += lead + width("meta", sign.label) + _GAP
    return "".join(found), x


def _usual(picture: Picture) -> Iterator[Sign]:
    """Durations, kinds and statuses that are there."""
    if picture.spans:
        least, most = map(duration, picture.spans)
        yield Sign("heat", "", most, least)
    kinds = set(picture.scene.cards.kinds.tolist())
    yield from (Sign("kind", kind, kind) for n, kind in enumerate(KINDS) if n in kinds)
    ends = set(picture.looks.status.tolist())
    for number, word in enumerate(STATUSES):
        if word and number in ends:
            yield Sign("status", word, _SAID.get(word, word))


def _mark(sign: Sign, palette: Palette) -> tuple[str, float]:
    """A mark around the height 0, and where its text begins; an empty one for what is not known."""
    match sign.sign:
        case "kind":
            return _swatch(sign.key, palette), _LEAD
        case "status":
            ink, back = palette.color(f"status.{sign.key}"), palette.color("canvas")
            return status(sign.key, (7, 0), 13, ink, back), 19.0
        case "line":
            ink = palette.color(sign.key)
            pen = {"stroke": ink, "stroke_width": "2"}
            return element("path", d="M0 0H16", **pen) + element("path", d=_HEAD, fill=ink), 26.0
        case "category":
            box = {"x": 0, "y": -4.5, "width": 9, "height": 9, "rx": 2.5}
            return element("rect", **box, fill=palette.category(int(sign.key))), 15.0
        case "end":
            return ring((7.0, 0.0), palette.color("pii"), palette.color("canvas")), 20.0
        case "barrier":
            return bars((3.0, 0.0), palette.color("barrier")), 17.0
        case "heat":
            return _scale(sign.least, palette)
    return "", 0.0


def ring(at: tuple[float, float], ink: str, back: str) -> str:
    """Something that is followed ends here."""
    place = {"cx": at[0], "cy": at[1]}
    outer = element("circle", r=5.5, fill=back, stroke=ink, stroke_width="1.5", **place)
    return outer + element("circle", r=2.5, fill=ink, **place)


def bars(at: tuple[float, float], ink: str) -> str:
    """It is stopped here."""
    x, y = at
    d = f"M{x:.5g} {y - 6:.5g}V{y + 6:.5g}M{x + 4:.5g} {y - 6:.5g}V{y + 6:.5g}"
    return element("path", d=d, fill="none", stroke=ink, stroke_width="2.2", stroke_linecap="round")


def _swatch(kind: str, palette: Palette) -> str:
    box = Box(0, -_SWATCH[1] / 2, *_SWATCH)
    radius = {"rx": 7.0 if kind == "input" else 4.0}
    frame = {"fill": palette.color("card"), "stroke": palette.color("border_strong")}
    shape = element("rect", x=0, y=box.top, width=box.width, height=box.height, **radius, **frame)
    if kind in {"config", "validator"}:
        shape = element("path", d=outline(kind, box), **frame)
    return shape + icon(kind, (4.5, -5), 10, palette.color(f"kind.{kind}"), 1.6)


def _scale(least: str, palette: Palette) -> tuple[str, float]:
    """The colours of durations, from the shortest on, and where the longest is written."""
    begin = width("meta", least) + 8
    steps = [
        element(
            "rect",
            x=begin + _STEP[0] * step,
            y=-_STEP[1] / 2,
            width=_STEP[0],
            height=_STEP[1],
            fill=palette.heat(step / 4),
            stroke=palette.color("border_strong"),
            stroke_width="0.5",
        )
        for step in range(5)
    ]
    text = line("meta", least, (0, 0), palette.color("text2"))
    return "".join(steps) + text, begin + 5 * _STEP[0] + 8
