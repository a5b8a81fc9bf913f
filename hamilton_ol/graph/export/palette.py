"""Colours of a picture, as text."""

from typing import Any

from hamilton_ol.graph.scene.tokens import ThemeName, tokens
from hamilton_ol.graph.scene.words import FIRST_KIND, KINDS

READABLE = 4.5  # contrast of text, as WCAG 2 wants it
_DARK, _WHITE = "#10141A", "#FFFFFF"


class Palette:
    """The colours of one theme."""

    def __init__(self, theme: ThemeName) -> None:
        self._palette: dict[str, Any] = tokens()[theme]

    def color(self, key: str) -> str:
        """A colour by its name, such as `status.ok`."""
        value: Any = self._palette
        for part in key.split("."):
            value = value[part]
        return str(value)

    def heat(self, share: float) -> str:
        """The colour for a share of the longest, 0 to 1."""
        stops = self._palette["heat"]
        at = max(0.0, min(0.999, share)) * (len(stops) - 1)
        return blend(stops[int(at)], stops[int(at) + 1], at % 1)

    def category(self, number: int) -> str:
        """Colour of an owner, a module, of which those after the eighth share one; or of a kind."""
        if number >= FIRST_KIND:
            return self.color(f"kind.{KINDS[number - FIRST_KIND]}")
        found = self._palette["category"]
        return str(found[number]) if number < len(found) else self.color("muted")

    def soft(self, tone: str) -> str:
        """The name of the fill behind small text of a tone."""
        if tone == "barrier":
            return "path_soft"
        return f"{tone}_soft" if f"{tone}_soft" in self._palette else "sunken"

    def number(self, key: str) -> float:
        """A number by its name, such as `halo_share`."""
        return float(self._palette[key])

    def ink_on(self, fill: str) -> str:
        """A colour of text that can be read on a fill."""
        text = self.color("text")
        if contrast(text, fill) >= READABLE:
            return text
        return max((text, _WHITE, _DARK), key=lambda ink: contrast(ink, fill))


def parts(color: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def blend(one: str, other: str, share: float) -> str:
    """A mix of two colours; share is of the other."""
    pairs = zip(parts(one), parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    shares = (part / 255 for part in parts(color))
    red, green, blue = (
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of WCAG
        for v in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
