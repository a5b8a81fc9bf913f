"""Icons and marks of status as paths of SVG, each on its own field."""

from hamilton_ol.graph.export.markup import element
from hamilton_ol.graph.scene.icons import FIELD, ICONS, SHADE

_MARK = 14.0  # field of a mark; its middle is the origin
_STROKE = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}


def icon(
    name: str, corner: tuple[float, float], size: float, ink: str, weight: float = 1.35
) -> str:
    """An icon with its top left at a corner; `weight` is in parts of its field of 16."""
    path = element("path", d=ICONS[name], stroke=ink, stroke_width=f"{weight:g}", **_STROKE)
    shade = ""
    if name == "column":
        bar = dict(zip(("x", "y", "width", "height"), SHADE, strict=True))
        shade = element("rect", **bar, fill=ink, fill_opacity="0.35")
    return _placed(shade + path, corner, size / FIELD)


def _placed(content: str, at: tuple[float, float], scale: float) -> str:
    return element("g", content, transform=f"translate({at[0]:.5g} {at[1]:.5g}) scale({scale:.4g})")


def status(name: str, middle: tuple[float, float], size: float, ink: str, back: str) -> str:
    """How an execution ended; each mark has its own silhouette."""
    stroked = {"stroke": ink, **_STROKE}
    over = {**stroked, "stroke": back}
    marks = {
        "ok": element("path", d="M-4.2 0.4L-1.2 3.4L4.4 -3.2", stroke_width="1.6", **stroked),
        "failed": element("path", d="M0 -8L8 0L0 8L-8 0Z", fill=ink)
        + element("path", d="M-2.4 -2.4L2.4 2.4M2.4 -2.4L-2.4 2.4", stroke_width="1.8", **over),
        "running": element("circle", r=5.6, stroke_width="2", stroke_opacity="0.28", **stroked)
        + element("path", d="M0 -5.6A5.6 5.6 0 0 1 4.3 3.6", stroke_width="2.2", **stroked),
        "skipped": element(
            "circle", r=5.8, stroke=ink, stroke_width="1.5", fill="none", stroke_dasharray="2.6 1.8"
        )
        + element("path", d="M-2.4 0H2.4", stroke_width="1.6", **stroked),
        "died": element("rect", x=-7, y=-7, width=14, height=14, rx=3, fill=ink)
        + element("path", d="M-5 0H-3L-1.6 -3.6L0.2 3.4L1.4 0H5", stroke_width="1.5", **over),
    }
    return _placed(marks[name], middle, size / _MARK)
