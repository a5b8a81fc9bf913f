"""Colours, fonts and measures as Qt values."""

from collections.abc import Collection
from threading import get_ident
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase

from hamilton_ol.graph.scene.tokens import ThemeName, tokens
from hamilton_ol.graph.scene.words import FIRST_KIND, KINDS

READABLE = 4.5  # contrast of text, as WCAG 2 wants it


class Theme:
    """One palette.

    Args:
        name: of the palette.
        families: names of the fonts that may be used; the system's without it.

    Attributes:
        name: of the palette.
        sans, mono: names of the fonts.
        line, size, zoom: measures in px.
    """

    def __init__(self, name: ThemeName = "light", families: Collection[str] | None = None) -> None:
        self.name = name
        numbers = tokens()
        self._palette = numbers[name]
        self._scale = numbers["type"]["scale"]
        self.line: dict[str, float] = numbers["line"]
        self.size: dict[str, float] = numbers["size"]
        self.zoom: dict[str, float] = numbers["zoom"]
        there = set(QFontDatabase.families() if families is None else families)
        self.sans = next((f for f in numbers["type"]["sans"] if f in there), "Sans Serif")
        self.mono = next((f for f in numbers["type"]["mono"] if f in there), "Monospace")
        self._colors: dict[tuple[str, float], QColor] = {}
        self._fonts: dict[tuple[object, ...], QFont] = {}

    def value(self, key: str) -> Any:
        """What the palette says, such as `status.ok` or `category.3`.

        Raises:
            KeyError, IndexError: there is no such thing.
        """
        value = self._palette
        for part in key.split("."):
            value = value[int(part)] if isinstance(value, list) else value[part]
        return value

    def color(self, key: str, alpha: float = 1.0) -> QColor:
        """A colour by its name; treat it as immutable."""
        found = self._colors.get((key, alpha))
        if found is None:
            found = self._colors[key, alpha] = faded(QColor(self.value(key)), alpha)
        return found

    def font(
        self, role: str, *, weight: int | None = None, px: float | None = None, mono: bool = False
    ) -> QFont:
        """The font of a role, in its own size or another one; treat it as immutable.

        A font remembers what Qt found out for it, which takes longer than to draw a word; but not
        for two threads.
        """
        key = get_ident(), role, weight, px, mono
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = self._font(role, weight, px, mono=mono)
        return found

    def _font(self, role: str, weight: int | None, px: float | None, *, mono: bool) -> QFont:
        """Make it; Qt knows whole px only."""
        pixels, usual = self._scale[role]
        font = QFont(self.mono if mono else self.sans)
        font.setPixelSize(max(1, round(pixels if px is None else px)))
        font.setWeight(QFont.Weight(weight or usual))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
        return font

    def pixels(self, role: str) -> float:
        """The size of a role's font in px."""
        return float(self._scale[role][0])

    def category(self, number: int) -> QColor:
        """Colour of an owner, a module, of which those after the eighth share one; or of a kind."""
        if number >= FIRST_KIND:
            return self.color(f"kind.{KINDS[number - FIRST_KIND]}")
        count = len(self._palette["category"])
        return self.color(f"category.{number}" if number < count else "muted")

    def heat(self, share: float) -> QColor:
        """Colour for a share of the longest, 0 to 1."""
        stops = self._palette["heat"]
        at = max(0.0, min(0.999, share)) * (len(stops) - 1)
        return blend(QColor(stops[int(at)]), QColor(stops[int(at) + 1]), at % 1)

    def ink_on(self, fill: QColor) -> QColor:
        """A colour of text that can be read on a fill."""
        choices = [self.color("text"), QColor("#FFFFFF"), QColor("#10141A")]
        if contrast(choices[0], fill) >= READABLE:
            return choices[0]
        return max(choices, key=lambda color: contrast(color, fill))


def faded(color: QColor, alpha: float) -> QColor:
    """A colour that lets something through."""
    made = QColor(color)
    made.setAlphaF(alpha)
    return made


def blend(one: QColor, other: QColor, share: float) -> QColor:
    """A mix of two opaque colours; share is of the other."""
    pairs = zip(one.toTuple()[:3], other.toTuple()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))


def luminance(color: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
