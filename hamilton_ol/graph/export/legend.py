"""What shapes, marks and colours of a picture mean, in one row of plain text."""

from collections.abc import Iterator

from hamilton_ol.graph.export.icons import icon, status
from hamilton_ol.graph.export.lettering import line
from hamilton_ol.graph.export.markup import element
from hamilton_ol.graph.export.outlines import Box, outline
from hamilton_ol.graph.export.palette import Palette
from hamilton_ol.graph.export.picture import Picture, duration
from hamilton_ol.graph.scene.estimates import width
from hamilton_ol.graph.scene.words import KINDS, STATUSES

_GAP, _LEAD = 20.0, 27.0
_SWATCH = (19.0, 14.0)
_STEP = (18.0, 10.0)  # of the scale of durations
_SAID = {"ok": "finished", "died": "did not end"}


def legend(picture: Picture, palette: Palette) -> tuple[str, float]:
    """The kinds and statuses that are there, around the height 0, from 0 to a width, px."""
    x, y = 0.0, 0.0
    found = []
    if picture.spans:
        drawn, wide = _scale(picture.spans, palette, (x, y))
        found.append(drawn)
        x += wide + _GAP
    for mark, text, lead in _entries(picture, palette):
        found.append(element("g", mark, transform=f"translate({x:.5g} {y:.5g})"))
        found.append(line("meta", text, (x + lead, y), palette.color("text2")))
        x += lead + width("meta", text) + _GAP
    return "".join(found), x


def _entries(picture: Picture, palette: Palette) -> Iterator[tuple[str, str, float]]:
    kinds = set(picture.scene.cards.kinds.tolist())
    for number, kind in enumerate(KINDS):
        if number in kinds:
            yield _swatch(kind, palette), kind, _LEAD
    ends = set(picture.looks.status.tolist())
    for number, word in enumerate(STATUSES):
        if word and number in ends:
            back = palette.color("canvas")
            mark = status(word, (7, 0), 13, palette.color(f"status.{word}"), back)
            yield mark, _SAID.get(word, word), 19.0


def _swatch(kind: str, palette: Palette) -> str:
    box = Box(0, -_SWATCH[1] / 2, *_SWATCH)
    radius = {"rx": 7.0 if kind == "input" else 4.0}
    frame = {"fill": palette.color("card"), "stroke": palette.color("border_strong")}
    shape = element("rect", x=0, y=box.top, width=box.width, height=box.height, **radius, **frame)
    if kind in {"config", "validator"}:
        shape = element("path", d=outline(kind, box), **frame)
    return shape + icon(kind, (4.5, -5), 10, palette.color(f"kind.{kind}"), 1.6)


def _scale(
    spans: tuple[float, float], palette: Palette, at: tuple[float, float]
) -> tuple[str, float]:
    """The colours of durations, from the shortest to the longest; and how wide that is."""
    x, y = at
    least, most = map(duration, spans)
    begin = x + width("meta", least) + 8
    steps = [
        element(
            "rect",
            x=begin + _STEP[0] * step,
            y=y - _STEP[1] / 2,
            width=_STEP[0],
            height=_STEP[1],
            fill=palette.heat(step / 4),
            stroke=palette.color("border_strong"),
            stroke_width="0.5",
        )
        for step in range(5)
    ]
    end = begin + 5 * _STEP[0] + 8
    ink = palette.color("text2")
    texts = line("meta", least, (x, y), ink) + line("meta", most, (end, y), ink)
    return "".join(steps) + texts, end + width("meta", most) - x
