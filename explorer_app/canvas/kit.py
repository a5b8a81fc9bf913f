"""What one scale needs: sprites and letters, made when they are needed first."""

from collections.abc import Iterator

from PySide6.QtGui import QColor

from explorer_app.canvas.atlas import Atlas
from explorer_app.canvas.glyphs import Glyphs
from explorer_app.canvas.theme import Theme
from hamilton_ol.graph.scene.arrays import Ints

KEPT = 4  # scales


class Kit:
    """Sprites and letters of one scale."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.atlas = Atlas()
        self._glyphs: dict[tuple[str, int | None, int, int, int], Glyphs] = {}

    def glyphs(
        self,
        role: str,
        weight: int | None,
        px: float,
        color: QColor,
        back: QColor,
        letters: Ints,
    ) -> Iterator[None]:
        """Make letters; `found` has them afterwards."""
        yield from self.found(role, weight, px, color, back).prepare(letters)

    def found(
        self, role: str, weight: int | None, px: float, color: QColor, back: QColor
    ) -> Glyphs:
        """Letters of a role, a size and a colour on another."""
        steps = max(4, round(px * 4))  # quarter pixels
        key = (role, weight, steps, color.rgb(), back.rgb())
        found = self._glyphs.get(key)
        if found is None:
            font = self._theme.font(role, weight=weight)
            grown = steps / 4 / self._theme.pixels(role)
            found = self._glyphs[key] = Glyphs(font, grown, color, back)
        return found


class Kits:
    """The kits of the last few scales."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._kits: dict[float, Kit] = {}

    def at(self, scale: float) -> Kit:
        """The kit of a scale; the one that was not used for longest makes room."""
        kit = self._kits.pop(scale, None) or Kit(self._theme)
        while len(self._kits) >= KEPT:
            self._kits.pop(next(iter(self._kits)))
        self._kits[scale] = kit
        return kit
