"""Elements of XML and HTML. Every text that came from outside goes through here."""

from html import escape

from hamilton_ol.graph.scene.names import shown
from hamilton_ol.graph.scene.paths import number

Value = str | float
SEPARATOR = "\u203a"  # between the steps of a trail


def element(name: str, *content: str, **attributes: Value | None) -> str:
    """An element around markup.

    Args:
        name: of the element.
        content: markup that is inside.
        attributes: `stroke_width` is `stroke-width`; one that is None is left out.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(content)
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def _value(value: Value) -> str:
    return escape(value) if isinstance(value, str) else number(value)


def plain(text: str, most: int = 2000) -> str:
    """Text that came from outside, as markup that only shows it."""
    return escape(shown(text, most))
