"""Icons and marks of status as paths of SVG, each on its own field."""

from hamilton_ol.graph.export.markup import element

FIELD = 16.0  # of an icon; its top left is the origin
_ICONS = {
    "function": "M11.6 3.3C9.6 2.4 8.7 3.4 8.3 5.4L7 11.4C6.6 13.3 5.6 14 4 13.2M5.2 6.8H10.6",
    "input": "M2.2 8H9.6M6.6 4.9L9.8 8L6.6 11.1M13.2 3V13",
    "config": "M2 5H8M12.6 5H14M8.1 5a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0"
    "M2 11H3.4M8 11H14M3.5 11a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0",
    "source": "M3 4a5 2 0 1 0 10 0a5 2 0 1 0-10 0M3 4V12C3 14.6 13 14.6 13 12V4"
    "M3 8C3 10.6 13 10.6 13 8",
    "saver": "M8 2.2V9.4M5 6.6L8 9.6L11 6.6M2.5 10V13.6H13.5V10",
    "artifact": "M8 1.8L13.4 4.9V11.1L8 14.2L2.6 11.1V4.9ZM2.6 4.9L8 8L13.4 4.9M8 8V14.2",
    "validator": "M8 1.9L13 3.9V8C13 11 10.4 13.3 8 14.2C5.6 13.3 3 11 3 8V3.9Z"
    "M5.7 7.9L7.4 9.6L10.5 6.2",
    "column": "M4.1 2.6H11.9A1.5 1.5 0 0 1 13.4 4.1V11.9A1.5 1.5 0 0 1 11.9 13.4H4.1"
    "A1.5 1.5 0 0 1 2.6 11.9V4.1A1.5 1.5 0 0 1 4.1 2.6ZM6.3 2.6V13.4M9.7 2.6V13.4",
    "pii": "M5.3 5.2a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0-5.4 0M2.8 13.6C2.8 8.8 13.2 8.8 13.2 13.6",
    "unknown": "M5.4 5.6C5.4 1.8 10.8 1.8 10.8 5.4C10.8 7.6 8 7.6 8 10M8 13V13.1",
}
_MARK = 14.0  # field of a mark; its middle is the origin
_STROKE = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}


def icon(
    name: str, corner: tuple[float, float], size: float, ink: str, weight: float = 1.35
) -> str:
    """An icon with its top left at a corner; `weight` is in parts of its field of 16."""
    path = element("path", d=_ICONS[name], stroke=ink, stroke_width=f"{weight:g}", **_STROKE)
    shade = ""
    if name == "column":
        bar = {"x": 6.3, "y": 2.6, "width": 3.4, "height": 10.8}
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
