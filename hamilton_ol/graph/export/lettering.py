"""Text in a picture, as SVG writes it."""

from typing import Literal

from hamilton_ol.graph.export.markup import element, plain
from hamilton_ol.graph.scene.estimates import advance, is_sure, width
from hamilton_ol.graph.scene.tokens import tokens

_BASE = 0.355  # of the size; from the middle of a line down to where its letters stand


def families() -> str:
    """The fonts that may be used, the best first."""
    named = (f"'{name}'" if " " in name else name for name in tokens()["type"]["sans"])
    return ", ".join((*named, "sans-serif"))


def line(
    role: str,
    text: str,
    at: tuple[float, float],
    ink: str,
    *,
    weight: int | None = None,
    anchor: Literal["start", "middle", "end"] = "start",
) -> str:
    """One line of text; whatever the font, it takes the room that was kept for it.

    Args:
        role: of the text.
        text: what is written.
        at: where it begins, or ends, and the middle of its height.
        ink: its colour.
        weight: if it is not that of the role.
        anchor: which part of it is at that place.
    """
    size, usual = tokens()["type"]["scale"][role]
    said, room = plain(text), _fitted(role, text, weight)
    if not said:
        return ""
    return element(
        "text",
        said,
        x=at[0],
        y=at[1] + _BASE * size,
        fill=ink,
        font_size=float(size),
        font_weight=str(weight or usual),
        text_anchor=None if anchor == "start" else anchor,
        textLength=room,
        lengthAdjust=None if room is None else "spacingAndGlyphs",
    )


def _fitted(role: str, text: str, weight: int | None) -> float | None:
    """The width that is kept for a text, where it is known well enough to set it so."""
    is_known = is_sure(text.replace("\u2026", ""))  # a long text is cut with an ellipsis
    return width(role, text, weight) if is_known and advance(text) > 0 else None
